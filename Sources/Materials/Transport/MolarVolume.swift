import LinearAlgebra

/// Molar volume of an alloy of lithium and a host against lithium's mole fraction x.
///
///     V(x) = x V_Li + (1 - x) V_host + x (1 - x) R(d),   R = v₀ + v₁ d + v₂ d² + v₃ d³,   d = 2x - 1
///
/// O. Redlich, A. T. Kister, Ind. Eng. Chem. 40 (1948) 345. The partial molar volumes are the intercepts of the
/// tangent,
///
///     V̄_Li = V + (1 - x) V′ = V_Li + (1 - x)² (R + 2 x R_d),   V̄_host = V - x V′ = V_host + x² (R - 2 (1 - x) R_d)
///
/// and satisfy x dV̄_Li + (1 - x) dV̄_host = 0 (Gibbs-Duhem). The concentration c = x / V rises with x where V̄_host >
/// 0, as dc/dx = V̄_host / V².
@frozen
public struct MolarVolume: Sendable, Hashable {
    /// Molar volume of pure lithium V_Li, m3/mol.
    public let lithiumVolume: Double
    /// Molar volume of the pure host V_host, m3/mol.
    public let hostVolume: Double
    /// Coefficients v₀ ... v₃ of the excess volume, m3/mol.
    public let excess: SIMD4<Double>

    /// Why numbers make no molar volume.
    public struct Invalid: Error, Hashable, CustomStringConvertible {
        /// What is wrong, in one sentence without a full stop.
        public let description: String
    }

    /// An ideal mixture, V = x V_Li + (1 - x) V_host, of two positive molar volumes in m3/mol.
    @inlinable
    public init(lithiumVolume: Double, hostVolume: Double) {
        self.lithiumVolume = lithiumVolume
        self.hostVolume = hostVolume
        excess = SIMD4()
    }

    /// A mixture with an excess volume, all in m3/mol.
    ///
    /// - Throws: ``Invalid`` unless Σ (1 + 2k) |v_k| is less than V_Li and V_host. As |d|, x and 1 - x do not exceed
    ///   one, the partial molar volumes are then positive at every composition, and a concentration has one mole
    ///   fraction.
    public init(lithiumVolume: Double, hostVolume: Double, excess: SIMD4<Double>) throws(Invalid) {
        let magnitudes = excess.replacing(with: -excess, where: excess .< 0)
        let bound = (magnitudes * SIMD4(1, 3, 5, 7)).sum()
        guard bound < min(lithiumVolume, hostVolume) else {
            throw Invalid(
                description:
                    "the excess volume reaches \(bound) m3/mol by the bound sum (1 + 2k) |v_k|, which must stay "
                    + "below the volumes \(lithiumVolume) of lithium and \(hostVolume) of the host, give smaller v_k")
        }
        self.lithiumVolume = lithiumVolume
        self.hostVolume = hostVolume
        self.excess = excess
    }

    /// Molar volume V(x), m3/mol.
    @inlinable
    public func callAsFunction<S: LawScalar>(moleFraction x: S) -> S {
        let mixed: S = lithiumVolume * x + hostVolume * (1 - x)
        return mixed + x * (1 - x) * series(x).value
    }

    /// Partial molar volume of lithium V̄_Li, m3/mol.
    @inlinable
    public func lithiumPartialVolume<S: LawScalar>(moleFraction x: S) -> S {
        let series: (value: S, slope: S) = series(x)
        let host: S = 1 - x
        return lithiumVolume + host * host * (series.value + 2 * x * series.slope)
    }

    /// Partial molar volume of the host V̄_host, m3/mol.
    @inlinable
    public func hostPartialVolume<S: LawScalar>(moleFraction x: S) -> S {
        let series: (value: S, slope: S) = series(x)
        return hostVolume + x * x * (series.value - 2 * (1 - x) * series.slope)
    }

    /// Lithium concentration c = x / V(x), mol/m3.
    @inlinable
    public func concentration<S: LawScalar>(moleFraction x: S) -> S { x / self(moleFraction: x) }

    /// The mole fraction x of a lithium concentration c in mol/m3.
    ///
    /// Without an excess volume x = c V_host / [1 + (V_host - V_Li) c]. Otherwise Newton's method between bounds solves
    /// it for the value, and the derivative is that of the inverse function, dx/dc = V² / V̄_host. Outside 0 ... 1 /
    /// V_Li the tangent of the end continues x(c), so that an iteration that overshoots finds its way back.
    @inlinable
    public func moleFraction<S: LawScalar>(concentration c: S) -> S {
        let start = min(max(c.primal, 0), 1 / lithiumVolume)
        let x = moleFraction(solving: start)
        let volume: Double = self(moleFraction: x)
        let slope = volume * volume / hostPartialVolume(moleFraction: x)
        return x + slope * (c - start)
    }

    /// The root of c V(x) - x in 0 ... 1, for c within 0 ... 1 / V_Li.
    @usableFromInline
    func moleFraction(solving c: Double) -> Double {
        var low = 0.0
        var high = 1.0
        var x = min(hostVolume * c / (1 + (hostVolume - lithiumVolume) * c), 1)
        // bisection alone ends after 52 halvings; Newton's step needs a few
        for _ in 0..<64 {
            let volume: Double = self(moleFraction: x)
            let residual = x - c * volume
            if residual < 0 { low = x } else { high = x }
            // d(x - c V)/dx = 1 - c V′, which is V̄_host / V at the root
            let slope = 1 - c * (lithiumPartialVolume(moleFraction: x) - hostPartialVolume(moleFraction: x))
            var next = x - residual / slope
            if !(next >= low && next <= high) { next = (low + high) / 2 }
            let change = abs(next - x)
            x = next
            if change <= 4 * x.ulp { break }
        }
        return x
    }

    /// R and its derivative R_d at d = 2x - 1.
    @inlinable
    func series<S: LawScalar>(_ x: S) -> (value: S, slope: S) {
        let d: S = 2 * x - 1
        let value: S = excess[0] + d * (excess[1] + d * (excess[2] + excess[3] * d))
        let slope: S = excess[1] + d * (2 * excess[2] + (3 * excess[3]) * d)
        return (value, slope)
    }
}
