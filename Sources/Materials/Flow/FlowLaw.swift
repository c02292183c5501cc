import LinearAlgebra

/// An isotropic viscoplastic flow law of lithium at one temperature.
///
/// It gives the rate of the equivalent plastic strain of a von Mises stress σ and a deformation resistance s, the only
/// internal variable:
///
///     dp/dt = r k F(σ / f, s),    ds/dt = h(y, s) dp/dt,    y = ln[(dp/dt) / (r k)]
///
/// with the rate constant k, and the factors f and r of ``AlloyScaling`` for magnesium in solution. A law is stated in
/// y because F spans hundreds of decades between the flow stress and an elastic trial stress while y does not: F is
/// written as y(σ, s) and as its inverse σ(y, s). Laws without hardening ignore s.
public protocol FlowLaw: Sendable, Hashable {
    /// The rate constant k, 1/s: the rate at y = 0.
    var rateConstant: Double { get }
    /// The resistance of undeformed metal, Pa; where nothing hardens, the constant stress scale of the law.
    var initialResistance: Double { get }
    /// The rate of lithium, 1/s, at a stress and a resistance in Pa. Holds at zero stress; large stresses give large
    /// numbers, never a NaN.
    func rate<S: LawScalar>(stress: S, resistance: S) -> S
    /// y, the logarithm of rate over rate constant, at a stress above zero and a resistance in Pa.
    func logRate<S: LawScalar>(stress: S, resistance: S) -> S
    /// The stress in Pa at y: the inverse of ``logRate(stress:resistance:)``, which rises with y and does not fall
    /// with the resistance.
    func stress<S: LawScalar>(logRate: S, resistance: S) -> S
    /// The resistance in Pa that flow at constant y tends to. It never falls with y.
    func saturatedResistance<S: LawScalar>(logRate: S) -> S
    /// The hardening h = ds/dp at y and a resistance in Pa, Pa; negative above the saturated resistance.
    func hardening<S: LawScalar>(logRate: S, resistance: S) -> S
    /// The resistance in Pa after a step of the backward Euler rule, s = before + h(y, s) strain, for a strain >= 0. It
    /// lies between `before` and the saturated resistance.
    func hardened<S: LawScalar>(_ before: S, strain: S, logRate: S) -> S
}

/// A flow law whose resistance stays as it is.
public protocol NonHardeningLaw: FlowLaw {}

extension NonHardeningLaw {
    /// The constant stress scale, Pa.
    @inlinable
    public func saturatedResistance<S: LawScalar>(logRate: S) -> S { S(initialResistance) }

    /// None.
    @inlinable
    public func hardening<S: LawScalar>(logRate: S, resistance: S) -> S { S(0) }

    /// The resistance before.
    @inlinable
    public func hardened<S: LawScalar>(_ before: S, strain: S, logRate: S) -> S { before }
}

extension FlowLaw {
    /// The rate of equivalent plastic strain, 1/s, of an alloy at a von Mises stress and a resistance in Pa.
    @inlinable
    public func rate<S: LawScalar>(stress: S, resistance: S, alloy: AlloyScaling<S>) -> S {
        alloy.rate * rate(stress: stress / alloy.strength, resistance: resistance)
    }

    /// The von Mises stress in Pa at which the metal flows at a rate above zero in 1/s with a resistance in Pa.
    @inlinable
    public func flowStress<S: LawScalar>(rate: S, resistance: S, alloy: AlloyScaling<S> = .none) -> S {
        let logRate = S.log(rate / (rateConstant * alloy.rate))
        return alloy.strength * stress(logRate: logRate, resistance: resistance)
    }

    /// The von Mises stress in Pa that flow at a constant rate above zero in 1/s tends to.
    @inlinable
    public func saturatedStress<S: LawScalar>(rate: S, alloy: AlloyScaling<S> = .none) -> S {
        let logRate = S.log(rate / (rateConstant * alloy.rate))
        return alloy.strength * saturatedStress(logRate: logRate)
    }

    /// The rate in 1/s that flow under a constant von Mises stress above zero in Pa tends to.
    ///
    /// It solves ln σ(y, s*(y)) = ln σ by Newton's rule, which converges from anywhere because the left side rises with
    /// a falling slope.
    @inlinable
    public func saturatedRate<S: LawScalar>(stress: S, alloy: AlloyScaling<S> = .none) -> S {
        let target = S.log(stress / alloy.strength)
        var y = logRate(stress: (stress / alloy.strength).primal, resistance: initialResistance)
        var slope = 1.0
        for _ in 0..<100 {
            let found = Dual.log(saturatedStress(logRate: Dual<Double>.variable(y)))
            slope = found.partials
            let step = (found.value - target.primal) / slope
            y -= step
            if !(abs(step) > 1e-14 * (1 + abs(y))) { break }
        }
        // d ln σ = slope dy, so the derivatives of the stress carry over to y
        let lifted = y + (1 / slope) * (target - target.primal)
        return rateConstant * alloy.rate * S.exp(lifted)
    }

    /// σ(y, s*(y)) of lithium.
    @inlinable
    func saturatedStress<S: LawScalar>(logRate: S) -> S {
        stress(logRate: logRate, resistance: saturatedResistance(logRate: logRate))
    }
}
