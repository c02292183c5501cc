/// ``KirchhoffTransform`` in eight lanes, each with the transform of its own law.
struct LaneTransform {
    private var lower = Lanes.zero
    private var inverseSpacing = Lanes.zero
    private var last = Lanes.zero
    private var factor = Lanes.zero
    private var offsets = SIMD8<Int>(repeating: 1)
    private var cubics: [SIMD4<Double>] = []
    /// The largest unknown that the transform of each lane covers, mol/m3.
    private(set) var upper = Lanes.zero
    /// Where the transforms begin that are there already.
    private var places: [ObjectIdentifier: Int] = [:]

    /// A transform that lanes share.
    final class Shared {
        let transform: KirchhoffTransform

        init(_ transform: KirchhoffTransform) { self.transform = transform }
    }

    /// Gives a lane its transform, times a factor in m2/s.
    mutating func put(_ shared: Shared, factor: Double, into lane: Int) {
        let transform = shared.transform
        if places[ObjectIdentifier(shared)] == nil {
            places[ObjectIdentifier(shared)] = cubics.count
            cubics += transform.cubics
        }
        lower[lane] = transform.lower
        inverseSpacing[lane] = transform.inverseSpacing
        last[lane] = Double(transform.cubics.count - 2)
        offsets[lane] = (places[ObjectIdentifier(shared)] ?? 0) + 1
        upper[lane] = transform.upper
        self.factor[lane] = factor
    }

    /// Forgets all transforms.
    mutating func clear() {
        cubics.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }

    /// φ and its slope: the arithmetic of ``KirchhoffTransform/callAsFunction(_:)``.
    @inline(__always)
    func callAsFunction(_ unknown: Lanes) -> (value: Lanes, slope: Lanes) {
        let place = (unknown - lower) * inverseSpacing
        var shifted = place - 0.5
        // The comparison is false for a NaN too.
        shifted.replace(with: -1, where: .!(shifted .>= -1))
        shifted.replace(with: last, where: shifted .> last)
        // Adding 1.5 2^52 rounds to a whole number, which then stands in the lowest bits.
        let rounder = 6_755_399_441_055_744.0
        let rounded = shifted + rounder
        var interval = rounded - rounder
        interval.replace(with: 0, where: interval .< 0)
        let s = place - interval
        let bits = unsafeBitCast(rounded, to: SIMD8<UInt64>.self)
        let cubics = cubics.span
        @inline(__always) func cubic(_ lane: Int) -> SIMD4<Double> {
            cubics[unchecked: offsets[lane] + Int(Int32(truncatingIfNeeded: bits[lane]))]
        }
        let (c0, c1, c2, c3) = (cubic(0), cubic(1), cubic(2), cubic(3))
        let (c4, c5, c6, c7) = (cubic(4), cubic(5), cubic(6), cubic(7))
        let x = Lanes(c0.x, c1.x, c2.x, c3.x, c4.x, c5.x, c6.x, c7.x)
        let y = Lanes(c0.y, c1.y, c2.y, c3.y, c4.y, c5.y, c6.y, c7.y)
        let z = Lanes(c0.z, c1.z, c2.z, c3.z, c4.z, c5.z, c6.z, c7.z)
        let w = Lanes(c0.w, c1.w, c2.w, c3.w, c4.w, c5.w, c6.w, c7.w)
        let value = x + s * (y + s * (z + s * w))
        let slope = (y + s * (2 * z + s * (3 * w))) * inverseSpacing
        return (factor * value, factor * slope)
    }
}
