import LinearAlgebra

/// The scalar equation of a radial return, g(w) = ln[σ f / q_tr + φ] with φ = e^w; see
/// ``FlowLaw/radialReturn(_:)``.
@frozen
@usableFromInline
struct RelaxationEquation<S: LawScalar> {
    /// The trial stress over the strength factor q_tr / f, Pa.
    @usableFromInline let trialStress: S
    /// The strain q_tr / 3G that relaxes it wholly.
    @usableFromInline let elasticStrain: S
    /// The resistance s_n, Pa.
    @usableFromInline let resistance: S
    /// y - w = ln[q_tr / (3 G dt r k)]
    @usableFromInline let offset: S

    /// The terms of the equation at one w.
    @frozen
    @usableFromInline
    struct Evaluation {
        /// g
        @usableFromInline let residual: S
        /// φ
        @usableFromInline let relaxed: S
        /// dp
        @usableFromInline let strain: S
        /// s, Pa
        @usableFromInline let resistance: S
        /// σ, Pa
        @usableFromInline let stress: S

        @inlinable
        init(residual: S, relaxed: S, strain: S, resistance: S, stress: S) {
            self.residual = residual
            self.relaxed = relaxed
            self.strain = strain
            self.resistance = resistance
            self.stress = stress
        }
    }

    @inlinable
    init(_ step: TrialStep<S>, rateConstant: Double) {
        trialStress = step.trialStress / step.alloy.strength
        elasticStrain = step.trialStress / (3 * step.shearModulus)
        resistance = step.resistance
        // a logarithm each, so that no step is too short or too long for a product
        offset = S.log(elasticStrain) - S.log(rateConstant * step.alloy.rate) - S.log(step.timeStep)
    }

    @inlinable
    func evaluate<Law: FlowLaw>(_ law: Law, at w: S) -> Evaluation {
        let y: S = w + offset
        let relaxed = S.exp(w)
        let strain: S = relaxed * elasticStrain
        let resistance = law.hardened(self.resistance, strain: strain, logRate: y)
        let stress = law.stress(logRate: y, resistance: resistance)
        return Evaluation(
            residual: S.log(stress / trialStress + relaxed), relaxed: relaxed, strain: strain, resistance: resistance,
            stress: stress)
    }
}

extension RelaxationEquation where S == Dual<Double> {
    /// The equation with constant coefficients, to be differentiated with respect to w.
    @inlinable
    init(constant: RelaxationEquation<Double>) {
        trialStress = Dual(constant.trialStress)
        elasticStrain = Dual(constant.elasticStrain)
        resistance = Dual(constant.resistance)
        offset = Dual(constant.offset)
    }
}
