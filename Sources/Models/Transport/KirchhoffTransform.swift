import LinearAlgebra

/// Kirchhoff's transform φ(u) = ∫ 𝒟 du of a coefficient that depends on the unknown alone, which makes the flux linear:
///
///     𝒟(u) ∂u/∂Z = ∂φ/∂Z
///
/// (G. Kirchhoff, Vorlesungen über die Theorie der Wärme, 1894). It is kept as Hermite's cubics on equal intervals, through the
/// integrals at the knots and with the coefficient as slope there. Below its range, where an unresolved front undershoots, it
/// goes on as a straight line. An evaluation is a cubic and its slope, whatever the law, with the same bits for one number as in
/// lanes.
struct KirchhoffTransform: Sendable {
    /// The least unknown, mol/m3.
    let lower: Double
    /// 1 / length of an interval, m3/mol.
    let inverseSpacing: Double
    /// Coefficients of 1, s, s², s³ on each interval, s from 0 to 1, m2/s mol/m3. The first is the line below the range, as if that were
    /// one more interval.
    private(set) var cubics: [SIMD4<Double>]

    /// The intervals that a transform has at most; one that would need more cannot be extended.
    static let mostIntervals = 1 << 20
    private static let finest = 1 << 14

    /// The transform of a coefficient in m2/s between two unknowns in mol/m3, to `accuracy` relative to its whole rise.
    ///
    /// The intervals are halved until the cubics meet the integrals half way between the knots to the accuracy, or are too
    /// short to matter.
    init(from lower: Double, to upper: Double, accuracy: Double, coefficient: (Double) -> Double) {
        precondition(upper > lower)
        var intervals = 64
        while true {
            let spacing = (upper - lower) / Double(intervals)
            let slope = coefficient(lower) * spacing
            var cubics = [SIMD4(-slope, slope, 0, 0)]
            cubics.reserveCapacity(intervals + 1)
            var largestError = 0.0
            for interval in 0..<intervals {
                let cubic = Self.cubic(
                    after: cubics[interval], from: lower + Double(interval) * spacing, spacing: spacing,
                    coefficient: coefficient)
                cubics.append(cubic.coefficients)
                largestError = max(largestError, cubic.error)
            }
            let rise = cubics[intervals].sum()
            if largestError <= accuracy * abs(rise) || intervals >= Self.finest || !largestError.isFinite
                || !rise.isFinite
            {
                self.lower = lower
                inverseSpacing = 1 / spacing
                self.cubics = cubics
                return
            }
            intervals *= 2
        }
    }

    /// The largest unknown that the transform covers, mol/m3: half an interval before its end, so that what is appended changes no
    /// bit of what was covered before.
    var upper: Double { lower + (Double(cubics.count - 1) - 0.5) / inverseSpacing }

    /// Goes on to a larger unknown in intervals of the same length.
    ///
    /// - Returns: false when that would take too many.
    mutating func extend(to unknown: Double, coefficient: (Double) -> Double) -> Bool {
        let needed = (unknown - lower) * inverseSpacing
        guard needed < Double(Self.mostIntervals) else { return false }
        let spacing = 1 / inverseSpacing
        while Double(cubics.count - 1) < needed + 1 {
            let interval = cubics.count - 1
            cubics.append(
                Self.cubic(
                    after: cubics[interval], from: lower + Double(interval) * spacing, spacing: spacing,
                    coefficient: coefficient
                ).coefficients)
        }
        return true
    }

    /// φ and its slope 𝒟 at an unknown not above ``upper``; NaN where the unknown is.
    @inline(__always)
    func callAsFunction(_ unknown: Double) -> (value: Double, slope: Double) {
        let place = (unknown - lower) * inverseSpacing
        // The interval that holds the place. Between two of them either will do: both have its value and its slope.
        let nearest = (place - 0.5).rounded(.toNearestOrEven)
        let last = Double(cubics.count - 2)
        let interval = nearest >= 0 ? (nearest < last ? nearest : last) : -1
        let s = place - interval
        let c = cubics[Int(interval) + 1]
        let value = c.x + s * (c.y + s * (c.z + s * c.w))
        let slope = (c.y + s * ((c.z + c.z) + s * (3 * c.w))) * inverseSpacing
        return (value, slope)
    }

    /// The cubic that follows another, and how far it is off half way.
    private static func cubic(
        after previous: SIMD4<Double>, from start: Double, spacing: Double,
        coefficient: (Double) -> Double
    ) -> (coefficients: SIMD4<Double>, error: Double) {
        let value = previous.sum()
        let slope = previous.y + 2 * previous.z + 3 * previous.w
        let half = 0.5 * spacing
        let firstHalf = gauss(from: start, length: half, coefficient: coefficient)
        let rise = firstHalf + gauss(from: start + half, length: half, coefficient: coefficient)
        let endSlope = coefficient(start + spacing) * spacing
        let cubic = SIMD4(value, slope, 3 * rise - 2 * slope - endSlope, slope + endSlope - 2 * rise)
        let middle = 0.5 * (cubic.y + 0.5 * (cubic.z + 0.5 * cubic.w))
        return (cubic, abs(middle - firstHalf))
    }

    /// An integral by Gauss's rule of three points.
    private static func gauss(from start: Double, length: Double, coefficient: (Double) -> Double) -> Double {
        let offset = 0.5 * (0.6).squareRoot()
        let sum =
            5 * coefficient(start + (0.5 - offset) * length) + 8 * coefficient(start + 0.5 * length)
            + 5 * coefficient(start + (0.5 + offset) * length)
        return length * sum / 18
    }
}
