// Where a step or a run begins: its rate, and the length of the first step.
extension ESDIRKIntegrator {
    /// Tells the system that a step begins at the present state.
    mutating func begin(at time: Double) throws(StageFailure) {
        do throws(EvaluationFailure) { try system.beginStep(time: time, state: state) } catch {
            throw StageFailure(.notEvaluated(error))
        }
        experienceBefore = (newtonConstant, chords.experience)
        factored.keep()
        isTriedBefore = false
    }

    /// Writes M⁻¹ R(t, y) to `correction`.
    mutating func evaluateRate(of state: [Double], time: Double) throws(StageFailure) {
        if system.stageMatrix == .exact {
            try form(time: time, state: state, shift: 0)
        } else {
            try factor(time: time, state: state, shift: 0)
        }
        try evaluateResidual(time: time, state: state)
        system.solve(&correction)
        guard largestMagnitude(of: correction).isFinite else {
            copy(state, to: &trial)
            throw StageFailure(notFinite(at: time, shift: 0))
        }
    }

    /// A first step whose local error is about the tolerance (Hairer, Nørsett and Wanner, Solving ODEs I, II.4).
    mutating func firstStep() -> Double {
        let unit = 1 / (settings.relativeTolerance * system.scale)
        copy(rates, from: place(ofStage: Self.last), to: &rate)
        let rateSize = largestMagnitude(of: rate)
        guard rateSize > 0 else { return settings.maximumStep }
        // An explicit probe that moves the state by a hundredth of the tolerance.
        let probe = StepControl.probe / (rateSize * unit)
        copy(state, to: &trial)
        add(probe, times: rate, to: &trial)
        do throws(StageFailure) { try evaluateRate(of: trial, time: probe) } catch { return probe }
        add(-1, times: rate, to: &correction)
        let curvature = largestMagnitude(of: correction) / probe
        // |y′′| Δt² / 2 of a hundredth of the tolerance, or a hundred probes where the rate does not change.
        return min(
            StepControl.mostProbes * probe,
            curvature > 0 ? (StepControl.firstCurvature / (curvature * unit)).squareRoot() : .infinity)
    }
}
