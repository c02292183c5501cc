// The implicit stages of a step: M k = R(Y), Y = stage base + γ Δt k, each solved for its rate k.
extension ESDIRKIntegrator {
    /// Forms and factors M - `shift` J, and remembers where.
    mutating func factor(time: Double, state: [Double], shift: Double) throws(StageFailure) {
        factored.move { place in
            (place.time, place.shift) = (time, -1)
            if !place.state.isEmpty { copy(state, to: &place.state) }
        }
        try form(time: time, state: state, shift: shift)
        factored.move { $0.shift = shift }
    }

    /// Forms and factors M - `shift` J without a word of where: for a matrix that no later stage uses.
    mutating func form(time: Double, state: [Double], shift: Double) throws(StageFailure) {
        guard system.factor(time: time, state: state, shift: shift) else {
            guard system.notFiniteRow(time: time, state: state, shift: shift) != nil else {
                throw StageFailure(.singular)
            }
            copy(state, to: &trial)
            throw StageFailure(notFinite(at: time, shift: shift))
        }
    }

    /// Forms the matrix again that was there when the step began, or when the run was saved.
    private mutating func refreshFactor(state: [Double]) throws(StageFailure) {
        let place = factored.now
        guard system.factor(time: place.time, state: place.state.isEmpty ? state : place.state, shift: place.shift)
        else { throw StageFailure(.singular) }
        factored.refresh()
    }

    /// What is not finite, where a stage or the end of a step is not.
    mutating func notFinite(at time: Double, shift: Double) -> StepFailure.Cause {
        func cause(_ value: Double, _ name: String) -> StepFailure.Cause {
            .notFinite("\(name) became \(value.isNaN ? "not a number" : "infinite")")
        }
        let problem = system.solutionProblem
        if let index = firstNotFinite(trial) {
            return cause(trial[index], "the unknown of " + system.place(ofUnknown: index))
        }
        do throws(StageFailure) { try evaluateResidual(time: time, state: trial) } catch { return error.cause }
        if let index = firstNotFinite(correction) { return cause(correction[index], system.place(ofUnknown: index)) }
        if let row = system.notFiniteRow(time: time, state: trial, shift: shift) {
            return .notFinite("the derivative of \(system.place(ofUnknown: row)) became infinite or not a number")
        }
        if let problem { return .notSolved(problem) }
        return .notFinite("the solution of the implicit step became infinite or not a number")
    }

    /// Writes R(t, y) to `correction`.
    mutating func evaluateResidual(time: Double, state: [Double]) throws(StageFailure) {
        do throws(EvaluationFailure) {
            try system.residual(time: time, state: state, into: &correction)
        } catch {
            throw StageFailure(.notEvaluated(error))
        }
    }

    /// (M - γ Δt A) k = R(stage base): exact at once when R is linear.
    mutating func solveLinearStage(_ stage: Int, time: Double, shift: Double) throws(StageFailure) {
        if shift != factored.now.shift {
            try factor(time: time, state: stageBase, shift: shift)
            work.factorisations += 1
        } else if factored.isStale {
            try refreshFactor(state: stageBase)
        }
        try evaluateResidual(time: time, state: stageBase)
        if system.solvesByIteration {
            guessRate(ofStage: stage)
            system.solve(&correction, near: rate)
        } else {
            system.solve(&correction)
        }
        system.restoreInvariants(of: &correction)
        work.newtonIterations += 1
        swap(&rate, &correction)
        moveTrial(shift: shift)
    }

    /// Newton's iteration, (M - γ Δt A(Y)) δk = R(Y) - M k.
    mutating func iterateByNewton(_ stage: Int, time: Double, shift: Double) throws(StageFailure) {
        let unit = 1 / (settings.relativeTolerance * system.scale)
        // First guess: the line through the rates of the two stages before.
        let guess = ESDIRK43.guessWeight(ofStage: stage)
        copy(rates, from: place(ofStage: stage - 1), to: &rate)
        if guess != 0 {
            add(guess, times: rates, from: place(ofStage: stage - 1), to: &rate)
            add(-guess, times: rates, from: place(ofStage: stage - 2), to: &rate)
        }
        moveTrial(shift: shift)
        var before = Double.infinity
        for iteration in 1...StepControl.mostIterations {
            try form(time: time, state: trial, shift: shift)
            work.factorisations += 1
            try evaluateDefect(time: time)
            system.solve(&correction)
            work.newtonIterations += 1
            let change = largestMagnitude(of: correction) * shift * unit
            guard change.isFinite else { throw StageFailure(notFinite(at: time, shift: shift)) }
            add(1, times: correction, to: &rate)
            system.restoreInvariants(of: &rate)
            moveTrial(shift: shift)
            // Newton converges quadratically: what is left is C change², C = change / before² of a stage shortly before. A
            // single iterate is trusted only with a tenfold margin.
            if iteration == 1 {
                if change == 0
                    || StepControl.singleIterateMargin * newtonConstant * change * change < StepControl.newtonTolerance
                {
                    return
                }
            } else {
                let contraction = change / before
                // A change at round-off says nothing of C but that it is no larger.
                newtonConstant = max(change, StepControl.roundOff / settings.relativeTolerance) / (before * before)
                if change == 0
                    || (contraction < 1 && change * contraction / (1 - contraction) < StepControl.newtonTolerance)
                {
                    return
                }
                if iteration > 2 && contraction > StepControl.divergence {
                    throw StageFailure(.newtonDiverged(lastChange: change, before: before))
                }
            }
            before = change
        }
        throw StageFailure(.newtonDiverged(lastChange: before, before: before))
    }

    /// Chord iteration with a matrix near M - γ Δt A, kept from earlier stages and steps while it contracts.
    ///
    /// A matrix formed for another γ Δt, or one with which an earlier stage converged slowly, is formed anew first. A stage
    /// that does not converge with an old matrix is tried once more with a new one.
    mutating func iterateByChords(_ stage: Int, time: Double, shift: Double) throws(StageFailure) {
        let isFar = factored.now.shift <= 0 || abs(shift / factored.now.shift - 1) > 0.2
        var isNew = false
        guessRate(ofStage: stage)
        moveTrial(shift: shift)
        if isFar || chords.isSlow {
            try factor(time: time, state: trial, shift: shift)
            work.factorisations += 1
            isNew = true
        } else if factored.isStale {
            try refreshFactor(state: trial)
        }
        do throws(StageFailure) {
            try accelerateChords(stage, time: time, shift: shift)
        } catch {
            if isNew { throw error }
            copy(rates, from: place(ofStage: stage - 1), to: &rate)
            moveTrial(shift: shift)
            try factor(time: time, state: trial, shift: shift)
            work.factorisations += 1
            try accelerateChords(stage, time: time, shift: shift)
        }
    }

    private mutating func accelerateChords(_ stage: Int, time: Double, shift: Double) throws(StageFailure) {
        let unit = 1 / (settings.relativeTolerance * system.scale)
        chords.begin()
        var before = Double.infinity
        for iteration in 1...chords.mostIterations {
            try evaluateDefect(time: time)
            system.solve(&correction)
            work.newtonIterations += 1
            let change = largestMagnitude(of: correction) * shift * unit
            guard change.isFinite else { throw StageFailure(notFinite(at: time, shift: shift)) }
            if iteration > 1 {
                // One contraction by chance says little: the mean of it and of what was seen before.
                chords.learn(change / before)
                if iteration > 3 && change > 4 * before {
                    throw StageFailure(.newtonDiverged(lastChange: change, before: before))
                }
            }
            chords.improve(&rate, by: correction)
            system.restoreInvariants(of: &rate)
            moveTrial(shift: shift)
            let left = change * chords.experience.contraction / (1 - chords.experience.contraction)
            // What earlier stages promise is trusted with a tenfold margin.
            if change == 0 || left < (iteration == 1 ? 0.001 : 0.01) {
                chords.end(iterations: iteration)
                return
            }
            before = change
        }
        throw StageFailure(.newtonDiverged(lastChange: before, before: before))
    }

    /// Writes R(Y) - M k to `correction`.
    private mutating func evaluateDefect(time: Double) throws(StageFailure) {
        try evaluateResidual(time: time, state: trial)
        system.subtractMass(times: rate, from: &correction)
    }

    /// Y = stage base + γ Δt k in `trial`.
    private mutating func moveTrial(shift: Double) {
        copy(stageBase, to: &trial)
        add(shift, times: rate, to: &trial)
    }

    /// The first guess of a stage's rate: the polynomial through the rates of the stages before it, the last three at most.
    private mutating func guessRate(ofStage stage: Int) {
        let known = max(0, stage - 3)..<stage
        let place = ESDIRK43.times[stage]
        clear(&rate)
        for node in known {
            var weight = 1.0
            for other in known where other != node {
                weight *=
                    (place - ESDIRK43.times[other]) / (ESDIRK43.times[node] - ESDIRK43.times[other])
            }
            add(weight, times: rates, from: self.place(ofStage: node), to: &rate)
        }
    }
}
