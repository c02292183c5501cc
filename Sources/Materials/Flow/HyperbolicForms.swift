import Foundation
import LinearAlgebra

/// Hyperbolic functions in forms that do not overflow, for flow laws in sinh(σ/s).
///
/// Beyond 20 the neglected term e^(-2x) < 5e-18 is below rounding, so both branches are the same function.
extension LawScalar {
    /// ln sinh x for x > 0.
    @inlinable
    static func logSinh(_ x: Self) -> Self {
        x.primal < 20 ? log(sinh(x)) : x - Double.logTwo
    }

    /// asinh(e^u), the inverse of ``logSinh(_:)``.
    @inlinable
    static func asinhExp(_ u: Self) -> Self {
        u.primal < 20 ? asinh(exp(u)) : u + Double.logTwo
    }

    /// (sinh x)^n for x >= 0, continued by its tangent in ln sinh x where it exceeds e^600, so that no argument gives
    /// an infinity whose derivatives are not numbers.
    @inlinable
    static func sinhPower(_ x: Self, _ exponent: Double) -> Self {
        if x.primal < 1 { return pow(sinh(x), exponent) }
        let logarithm: Self = exponent * logSinh(x)
        let limit = 600.0
        if logarithm.primal < limit { return exp(logarithm) }
        return Foundation.exp(limit) * (logarithm - (limit - 1))
    }
}

extension Double {
    /// ln 2
    @inlinable static var logTwo: Double { 0.6931471805599453 }
}
