import LinearAlgebra
import Quantities

/// How the current of Li = Li+ + e- at an electrode stands to the overpotential η.
///
/// A law is a function between two pure numbers, i / i₀ with the exchange current density i₀, and u = F η / RT. The
/// current is positive while lithium is stripped (anodic). A law dissipates, i η >= 0, within ``overpotentials``.
public protocol ChargeTransferLaw: Sendable, Hashable {
    /// The overpotentials in V for which the law is stated.
    var overpotentials: ClosedRange<Double> { get }
    /// i / i₀ at u = F η / RT.
    func relativeCurrent<S: LawScalar>(reducedOverpotential u: S) -> S
    /// u = F η / RT at a ratio i / i₀.
    func reducedOverpotential<S: LawScalar>(relativeCurrent ratio: S) -> S
}

extension ChargeTransferLaw {
    /// Current density i in A/m2 at an overpotential in V, an exchange current density in A/m2 and a temperature in K.
    ///
    /// Beyond F |η| / RT = 600, which is 15 V at 25 degC, the tangent continues the law, so that no current overflows
    /// and an iteration that strays there comes back.
    @inlinable
    public func currentDensity<S: LawScalar>(overpotential: S, exchangeCurrentDensity: S, temperature: S) -> S {
        let u: S = (Constants.faraday / Constants.gasConstant) * overpotential / temperature
        let end = 600.0
        if abs(u.primal) <= end {
            return exchangeCurrentDensity * relativeCurrent(reducedOverpotential: u)
        }
        let signed = u.primal < 0 ? -end : end
        let tangent = relativeCurrent(reducedOverpotential: Dual<Double>.variable(signed))
        return exchangeCurrentDensity * (tangent.value + tangent.partials * (u - signed))
    }

    /// Overpotential η in V at a current density and an exchange current density in A/m2 and a temperature in K.
    @inlinable
    public func overpotential<S: LawScalar>(currentDensity: S, exchangeCurrentDensity: S, temperature: S) -> S {
        let u: S = reducedOverpotential(relativeCurrent: currentDensity / exchangeCurrentDensity)
        return (Constants.gasConstant / Constants.faraday) * temperature * u
    }
}
