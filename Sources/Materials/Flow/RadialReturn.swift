import LinearAlgebra

/// The state of a point after an implicit step of a flow law.
@frozen
public struct RadialReturn<S: LawScalar>: Sendable {
    /// Von Mises stress q at the end of the step, Pa.
    public let stress: S
    /// Increment of the equivalent plastic strain dp.
    public let plasticStrain: S
    /// Resistance s at the end of the step, Pa.
    public let resistance: S
    /// Newton iterations that the solution took; zero where it is explicit.
    public let iterations: Int

    @inlinable
    init(stress: S, plasticStrain: S, resistance: S, iterations: Int) {
        self.stress = stress
        self.plasticStrain = plasticStrain
        self.resistance = resistance
        self.iterations = iterations
    }

    /// The energy per volume q dp that the step turns into heat or stores as defects, J/m3; never negative.
    @inlinable public var dissipation: S { stress * plasticStrain }
}

extension FlowLaw {
    /// Integrates the flow law over a time step with the backward Euler rule (radial return).
    ///
    ///     q = q_tr - 3 G dp,   dp = dt r k F(q/f, s),   s = s_n + h(y, s) dp
    ///
    /// for an elastic trial stress q_tr (M. L. Wilkins 1964; J. C. Simo and T. J. R. Hughes, Computational
    /// Inelasticity, 1998). The unknown is w = ln φ of the share φ = 3 G dp / q_tr of the trial stress that relaxes:
    /// then y = w + ln[q_tr / (3 G dt r k)], the law gives s(y, dp) and σ(y, s), and the step is
    ///
    ///     g(w) = ln[σ f / q_tr + φ] = 0
    ///
    /// Nearly straight in w whatever the trial stress, g is solved by Newton's rule, with its slope by dual numbers,
    /// inside a bracket that is known beforehand. The derivatives in S are those of the solution, by the implicit
    /// function theorem: dw = -dg / g′.
    ///
    /// The root is unique where softening does not outrun unloading, H0 |1 - s/s*|^a q/s < 3 G; for metals 3 G is
    /// larger by a factor of hundreds.
    ///
    /// - Throws: ``RadialReturnError`` for an input that is not a number, is infinite or out of its range.
    @inlinable
    public func radialReturn<S: LawScalar>(_ step: TrialStep<S>) throws(RadialReturnError) -> RadialReturn<S> {
        let primal = step.primal
        try primal.check()
        if primal.trialStress / (3 * primal.shearModulus) == 0 { return unloaded(step) }
        if primal.timeStep == 0 || rateConstant * primal.alloy.rate == 0 { return instantaneous(step) }

        let root = solve(RelaxationEquation(primal, rateConstant: rateConstant))
        let equation = RelaxationEquation(step, rateConstant: rateConstant)
        let here = equation.evaluate(self, at: S(root.w))
        let correction: S = (-1 / root.evaluation.residual.partials) * here.residual
        let relaxed: S = here.relaxed + here.relaxed * correction
        let strain: S = here.strain + here.strain * correction
        let resistance: S = here.resistance + root.evaluation.resistance.partials * correction
        // whichever form of q loses no digits; the first cannot exceed q_tr
        let stress: S =
            relaxed.primal < 0.5
            ? step.trialStress * (1 - relaxed)
            : step.alloy.strength * (here.stress + root.evaluation.stress.partials * correction)
        return RadialReturn(
            stress: stress, plasticStrain: strain, resistance: resistance, iterations: root.iterations)
    }

    /// The root of g in plain numbers, with g and its slope there.
    @inlinable
    func solve(
        _ plain: RelaxationEquation<Double>
    ) -> (w: Double, evaluation: RelaxationEquation<Dual<Double>>.Evaluation, iterations: Int) {
        let equation = RelaxationEquation<Dual<Double>>(constant: plain)
        // g >= 0 at `high`, where all of the trial stress relaxes. g <= 0 at `low`: no more than half of it relaxes,
        // and at the largest resistance that the step can reach the metal carries no more than half
        var high = 0.0
        let hardest = max(plain.resistance, saturatedResistance(logRate: plain.offset))
        let carried = logRate(stress: 0.5 * plain.trialStress, resistance: hardest) - plain.offset
        var low = min(-Double.logTwo, carried)
        var w = min(0, logRate(stress: plain.trialStress, resistance: plain.resistance) - plain.offset)
        var iterations = 0
        while true {
            iterations += 1
            let found = equation.evaluate(self, at: Dual.variable(w))
            let newton = w - found.residual.value / found.residual.partials
            // what rounding leaves of y; the correction in S takes the rest
            let tolerance = 1e-12 * (1 + abs(w) + abs(plain.offset))
            if abs(newton - w) <= tolerance || high - low <= tolerance { return (w, found, iterations) }
            if found.residual.value > 0 { high = w } else { low = w }
            // a law that defeats Newton's rule is bisected: the bracket then halves with every evaluation
            w = newton > low && newton < high && iterations < 40 ? newton : 0.5 * (low + high)
        }
    }

    /// A step whose trial stress is zero, or too small for its strain to be a number: the law is linear there.
    @inlinable
    func unloaded<S: LawScalar>(_ step: TrialStep<S>) -> RadialReturn<S> {
        let primal = step.primal
        let slope = rate(stress: Dual<Double>.variable(0), resistance: Dual(primal.resistance)).partials
        let fluidity = primal.timeStep * primal.alloy.rate * slope / primal.alloy.strength
        let carried = 1 / (1 + 3 * primal.shearModulus * fluidity)
        return RadialReturn(
            stress: carried * step.trialStress, plasticStrain: fluidity * carried * step.trialStress,
            resistance: step.resistance, iterations: 0)
    }

    /// A step of no duration, or of metal that does not flow: the derivative with respect to the step is the rate.
    @inlinable
    func instantaneous<S: LawScalar>(_ step: TrialStep<S>) -> RadialReturn<S> {
        let scaled: S = step.trialStress / step.alloy.strength
        let strain: S = step.timeStep * rate(stress: step.trialStress, resistance: step.resistance, alloy: step.alloy)
        let slope = hardening(
            logRate: logRate(stress: scaled, resistance: step.resistance), resistance: step.resistance)
        return RadialReturn(
            stress: step.trialStress - 3 * step.shearModulus * strain, plasticStrain: strain,
            resistance: step.resistance + slope * strain, iterations: 0)
    }
}
