import Foundation
import LinearAlgebra

/// Charge transfer limited by one activated step, after Butler and Volmer.
///
///     i = i₀ [exp(α_a F η / RT) - exp(-α_c F η / RT)]
///
/// (J. Newman, K. E. Thomas-Alyea, Electrochemical Systems, 3rd ed., 2004, ch. 8). Valid where no transport in front of
/// the interface limits the current; i₀ depends on temperature (``Arrhenius``) and on the concentrations at the
/// interface.
@frozen
public struct ButlerVolmer: ChargeTransferLaw {
    /// Anodic transfer coefficient α_a, of stripping.
    public let anodicCoefficient: Double
    /// Cathodic transfer coefficient α_c, of plating.
    public let cathodicCoefficient: Double

    /// A law of two transfer coefficients, both greater than 0 and not above 1; for a single step α_a + α_c = 1.
    @inlinable
    public init(anodicCoefficient: Double, cathodicCoefficient: Double) {
        self.anodicCoefficient = anodicCoefficient
        self.cathodicCoefficient = cathodicCoefficient
    }

    /// Every overpotential.
    @inlinable
    public var overpotentials: ClosedRange<Double> { -Double.infinity...Double.infinity }

    /// The law for |F η| much less than RT, i = i₀ (α_a + α_c) F η / RT.
    @inlinable
    public var linearLimit: LinearChargeTransfer {
        LinearChargeTransfer(coefficientSum: anodicCoefficient + cathodicCoefficient)
    }

    /// The law for F η much greater than RT, i = i₀ exp(α_a F η / RT).
    @inlinable
    public var anodicLimit: TafelChargeTransfer { TafelChargeTransfer(.anodic, coefficient: anodicCoefficient) }

    /// The law for -F η much greater than RT, i = -i₀ exp(-α_c F η / RT).
    @inlinable
    public var cathodicLimit: TafelChargeTransfer { TafelChargeTransfer(.cathodic, coefficient: cathodicCoefficient) }

    /// i / i₀ = 2 exp[(α_a - α_c) u / 2] sinh[(α_a + α_c) u / 2], without the cancellation of the two exponentials.
    @inlinable
    public func relativeCurrent<S: LawScalar>(reducedOverpotential u: S) -> S {
        let sum = anodicCoefficient + cathodicCoefficient
        let difference = anodicCoefficient - cathodicCoefficient
        return 2 * S.exp((difference / 2) * u) * S.sinh((sum / 2) * u)
    }

    /// u = asinh(i / 2i₀) / α for equal coefficients; otherwise the root for the value and 1 / (di/du) for the
    /// derivative.
    @inlinable
    public func reducedOverpotential<S: LawScalar>(relativeCurrent ratio: S) -> S {
        if anodicCoefficient == cathodicCoefficient { return S.asinh(0.5 * ratio) / anodicCoefficient }
        let magnitude = abs(ratio.primal)
        let u =
            ratio.primal < 0
            ? -Self.root(of: magnitude, forward: cathodicCoefficient, backward: anodicCoefficient)
            : Self.root(of: magnitude, forward: anodicCoefficient, backward: cathodicCoefficient)
        let slope = anodicCoefficient * exp(anodicCoefficient * u) + cathodicCoefficient * exp(-cathodicCoefficient * u)
        return u + (ratio - ratio.primal) / slope
    }

    /// The root u >= 0 of e^(a u) - e^(-c u) = r for r >= 0.
    ///
    /// Taking logarithms, g(u) = a u - ln(r + e^(-c u)) = 0. As g rises and is concave, Newton's method that starts
    /// left of the root, as max(0, ln r / a) is, climbs to it without passing it; and no power overflows.
    @usableFromInline
    static func root(of r: Double, forward a: Double, backward c: Double) -> Double {
        var u = max(0, log(r) / a)
        while true {
            let less = expm1(-c * u)
            let sum = 1 + less + r
            let residual = a * u - log1p(less + r)
            let step = residual / (a + c * (1 + less) / sum)
            u -= step
            // at rounding error the climb ends
            if !(step < -4 * u.ulp) { return u }
        }
    }
}
