import LinearAlgebra

/// The thermodynamic factor of a substitutional solution at one temperature.
///
///     Γ = (x / RT) dμ_Li/dx = 1 + x (1 - x) G_ex″ / RT
///
/// with G_ex = x (1 - x) Σ L_n d^n, d = 2x - 1, is with G_ex″ = (1 - d²) P″ - 4 d P′ - 2 P
///
///     Γ = 1 + x (1 - x) Σ k_n d^n,   k_n = (n + 1)(n + 2)(L_n+2 - L_n) / RT
///
/// Γ is one in both pure components, and negative where the phase decomposes by itself.
@frozen
public struct ThermodynamicFactor: Sendable, Hashable {
    /// k_0 to k_3.
    @usableFromInline let low: SIMD4<Double>
    /// k_4 to k_7.
    @usableFromInline let high: SIMD4<Double>
    /// Whether any of the latter is not zero.
    @usableFromInline let isLong: Bool

    /// The factor of a phase with Redlich-Kister coefficients L_n in J/mol, at most eight, and RT in J/mol.
    init(coefficients: [Double], thermalEnergy: Double) {
        var k = SIMD8<Double>.zero
        for index in coefficients.indices {
            let next = index + 2 < coefficients.count ? coefficients[index + 2] : 0
            k[index] = Double((index + 1) * (index + 2)) * (next - coefficients[index]) / thermalEnergy
        }
        (low, high) = (k.lowHalf, k.highHalf)
        isLong = high != .zero
    }

    /// Γ at mole fraction x of lithium.
    @inlinable @inline(__always)
    public func callAsFunction<S: LawScalar>(moleFraction x: S) -> S {
        let y = 1 - x
        let d = x - y
        var sum = Self.cubic(low, d)
        if isLong {
            let square = d * d
            sum = sum + square * square * Self.cubic(high, d)
        }
        return 1 + x * y * sum
    }

    /// k_0 + k_1 d + k_2 d² + k_3 d³
    @inlinable @inline(__always)
    static func cubic<S: LawScalar>(_ k: SIMD4<Double>, _ d: S) -> S {
        let upper = k.z + k.w * d
        let middle = k.y + upper * d
        return k.x + middle * d
    }
}
