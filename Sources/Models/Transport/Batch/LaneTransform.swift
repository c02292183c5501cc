/// ``KirchhoffTransform`` in eight lanes, each with the transform of its own law.
struct LaneTransform {
    /// Where the cubics of each lane stand.
    struct Places {
        fileprivate var lower = Lanes.zero
        fileprivate var inverseSpacing = Lanes.zero
        fileprivate var last = Lanes.zero
        fileprivate var offsets = SIMD8<Int>(repeating: 1)
    }

    private(set) var places = Places()
    /// The cubics of all transforms, one after the other.
    private(set) var cubics: [SIMD4<Double>] = []
    /// The largest unknown that the transform of each lane covers, mol/m3.
    private(set) var upper = Lanes.zero
    /// Where the transforms begin that are there already.
    private var beginnings: [ObjectIdentifier: Int] = [:]

    /// A transform that lanes share.
    final class Shared {
        let transform: KirchhoffTransform

        init(_ transform: KirchhoffTransform) { self.transform = transform }
    }

    /// Gives a lane its transform.
    mutating func put(_ shared: Shared, into lane: Int) {
        let transform = shared.transform
        let beginning = beginnings[ObjectIdentifier(shared)] ?? cubics.count
        if beginning == cubics.count {
            beginnings[ObjectIdentifier(shared)] = beginning
            cubics += transform.cubics
        }
        places.lower[lane] = transform.lower
        places.inverseSpacing[lane] = transform.inverseSpacing
        places.last[lane] = Double(transform.cubics.count - 2)
        places.offsets[lane] = beginning + 1
        upper[lane] = transform.upper
    }

    /// Forgets all transforms.
    mutating func clear() {
        cubics.removeAll(keepingCapacity: true)
        beginnings.removeAll(keepingCapacity: true)
    }

    /// φ and its slope: the arithmetic of ``KirchhoffTransform/callAsFunction(_:)``.
    @inline(__always)
    static func evaluate(
        _ unknown: Lanes, _ places: Places, _ cubics: Span<SIMD4<Double>>
    ) -> (value: Lanes, slope: Lanes) {
        let place = (unknown - places.lower) * places.inverseSpacing
        var shifted = place - 0.5
        // The comparison is false for a NaN too.
        shifted.replace(with: -1, where: .!(shifted .>= -1))
        shifted.replace(with: places.last, where: shifted .> places.last)
        // Adding 1.5 2^52 rounds to a whole number, which then stands in the lowest bits.
        let rounder = 6_755_399_441_055_744.0
        let rounded = shifted + rounder
        let s = place - (rounded - rounder)
        let bits = unsafeBitCast(rounded, to: SIMD8<Int64>.self)
        @inline(__always) func cubic(_ lane: Int) -> SIMD4<Double> {
            cubics[unchecked: places.offsets[lane] &+ Int(Int32(truncatingIfNeeded: bits[lane]))]
        }
        let low = transposed(cubic(0), cubic(1), cubic(2), cubic(3))
        let high = transposed(cubic(4), cubic(5), cubic(6), cubic(7))
        let x = Lanes(lowHalf: low.x, highHalf: high.x)
        let y = Lanes(lowHalf: low.y, highHalf: high.y)
        let z = Lanes(lowHalf: low.z, highHalf: high.z)
        let w = Lanes(lowHalf: low.w, highHalf: high.w)
        let value = x + s * (y + s * (z + s * w))
        let slope = (y + s * ((z + z) + s * (3 * w))) * places.inverseSpacing
        return (value, slope)
    }

    /// The columns of four rows, by shuffles of whole vectors.
    @inline(__always)
    private static func transposed(
        _ a: SIMD4<Double>, _ b: SIMD4<Double>, _ c: SIMD4<Double>, _ d: SIMD4<Double>
    ) -> (x: SIMD4<Double>, y: SIMD4<Double>, z: SIMD4<Double>, w: SIMD4<Double>) {
        let (ab, cd) = (SIMD8(lowHalf: a, highHalf: b), SIMD8(lowHalf: c, highHalf: d))
        let even = SIMD8(lowHalf: ab.evenHalf, highHalf: cd.evenHalf)
        let odd = SIMD8(lowHalf: ab.oddHalf, highHalf: cd.oddHalf)
        return (even.evenHalf, odd.evenHalf, even.oddHalf, odd.oddHalf)
    }
}
