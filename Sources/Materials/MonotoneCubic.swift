import LinearAlgebra

/// A table y(x) read by piecewise cubics that are smooth and never overshoot the data.
///
/// Slopes at the points are those of Fritsch and Butland (SIAM J. Sci. Stat. Comput. 5 (1984) 300): the weighted harmonic
/// mean of the neighbouring secants, zero where these differ in sign. So y is once continuously differentiable, monotone
/// wherever the data are, and positive data give positive values.
public struct MonotoneCubic: Sendable, Hashable {
    /// Abscissae, increasing.
    public let x: [Double]
    /// Ordinates.
    public let y: [Double]
    @usableFromInline let slopes: [Double]

    /// The cubic through the given points.
    ///
    /// - Precondition: two points or more, `x` strictly increasing, all finite, as many `y` as `x`.
    public init(x: [Double], y: [Double]) {
        precondition(x.count >= 2 && x.count == y.count)
        let intervals = x.count - 1
        let lengths = (0..<intervals).map { x[$0 + 1] - x[$0] }
        precondition(lengths.allSatisfy { $0 > 0 })
        let secants = (0..<intervals).map { (y[$0 + 1] - y[$0]) / lengths[$0] }
        var slopes = [Double](repeating: 0, count: x.count)
        for point in 1..<max(1, intervals) where secants[point - 1] * secants[point] > 0 {
            let left = 2 * lengths[point] + lengths[point - 1]
            let right = lengths[point] + 2 * lengths[point - 1]
            slopes[point] = (left + right) / (left / secants[point - 1] + right / secants[point])
        }
        slopes[0] = Self.endSlope(lengths, secants, first: 0, second: min(1, intervals - 1))
        slopes[intervals] = Self.endSlope(lengths, secants, first: intervals - 1, second: max(0, intervals - 2))
        self.x = x
        self.y = y
        self.slopes = slopes
    }

    /// Three-point slope at an end, kept from overshooting.
    private static func endSlope(_ lengths: [Double], _ secants: [Double], first: Int, second: Int) -> Double {
        let (h0, h1) = (lengths[first], lengths[second])
        let slope = ((2 * h0 + h1) * secants[first] - h0 * secants[second]) / (h0 + h1)
        if slope * secants[first] <= 0 { return 0 }
        if secants[first] * secants[second] <= 0 && abs(slope) > 3 * abs(secants[first]) { return 3 * secants[first] }
        return slope
    }

    /// The integral of y over the domain: h (y₀ + y₁)/2 + h² (m₀ - m₁)/12 for each interval.
    public var integral: Double {
        (0..<(x.count - 1)).reduce(0) { sum, low in
            let length = x[low + 1] - x[low]
            return sum + length * (y[low] + y[low + 1]) / 2 + length * length * (slopes[low] - slopes[low + 1]) / 12
        }
    }

    /// The range of x that the table covers.
    public var domain: ClosedRange<Double> { x[0]...x[x.count - 1] }

    /// The value at `argument`; outside the domain the end values hold.
    @inlinable
    public func callAsFunction<S: LawScalar>(_ argument: S) -> S {
        let at = argument.primal
        let last = x.count - 1
        if !(at > x[0]) { return S(y[0]) }
        if !(at < x[last]) { return S(y[last]) }
        var low = 0
        var high = last
        while high - low > 1 {
            let middle = (low + high) / 2
            if x[middle] <= at { low = middle } else { high = middle }
        }
        let length = x[high] - x[low]
        let s = (1 / length) * (argument - S(x[low]))
        // Hermite's cubic: y0 + s (m0 + s (c2 + s c3))
        let rise = y[high] - y[low]
        let m0 = length * slopes[low]
        let m1 = length * slopes[high]
        let c2 = 3 * rise - 2 * m0 - m1
        let c3 = m0 + m1 - 2 * rise
        return y[low] + s * (m0 + s * (c2 + c3 * s))
    }
}
