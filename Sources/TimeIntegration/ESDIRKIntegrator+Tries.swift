// A try of a step, which leaves no trace when it is taken back.
extension ESDIRKIntegrator {
    enum Outcome {
        /// The end is in `trial`; the largest local error relative to the tolerance.
        case made(error: Double)
        case failed(StepFailure.Cause)
    }

    /// One try from `previousState` at `previousTime`.
    mutating func attempt(length: Double) -> Outcome {
        if settings.repeatsSteps {
            let work = work
            for part in [0.3, 1] { _ = attemptOnce(length: part * length) }
            self.work = work
        }
        return attemptOnce(length: length)
    }

    private mutating func attemptOnce(length: Double) -> Outcome {
        if isTriedBefore {
            (newtonConstant, chords.experience) = experienceBefore
            factored.rewind()
            system.rewind()
        }
        isTriedBefore = true
        let shift = ESDIRK43.gamma * length
        for stage in 1..<ESDIRK43.stages {
            writeBase(ofStage: stage, length: length)
            let stageTime = previousTime + ESDIRK43.times[stage] * length
            do throws(StageFailure) {
                switch system.stageMatrix {
                case .constant: try solveLinearStage(stage, time: stageTime, shift: shift)
                case .exact: try iterateByNewton(stage, time: stageTime, shift: shift)
                case .approximate: try iterateByChords(stage, time: stageTime, shift: shift)
                }
            } catch {
                return .failed(error.cause)
            }
            copy(rate, to: &rates, at: place(ofStage: stage))
        }
        // error = Δt Σ (b_j - b̂_j) k_j
        for index in stageBase.indices { stageBase[index] = 0 }
        for stage in 0..<ESDIRK43.stages {
            let weight = ESDIRK43.errorWeights[stage]
            if weight != 0 { add(length * weight, times: rates, from: place(ofStage: stage), to: &stageBase) }
        }
        let largest = largestMagnitude(of: stageBase)
        guard largest.isFinite else { return .failed(notFiniteStage(length: length)) }
        return .made(error: largest / (settings.relativeTolerance * system.scale))
    }

    /// y + Δt Σ_{j<i} a_ij k_j in `stageBase`.
    @inline(__always)
    private mutating func writeBase(ofStage stage: Int, length: Double) {
        copy(previousState, to: &stageBase)
        for earlier in 0..<stage {
            let weight = ESDIRK43.table[stage][earlier]
            if weight != 0 { add(length * weight, times: rates, from: place(ofStage: earlier), to: &stageBase) }
        }
    }

    /// What is not finite in the first stage of a step whose rate is not, or at its end.
    private mutating func notFiniteStage(length: Double) -> StepFailure.Cause {
        let shift = ESDIRK43.gamma * length
        for stage in 1..<ESDIRK43.stages {
            copy(rates, from: place(ofStage: stage), to: &rate)
            if firstNotFinite(rate) == nil { continue }
            writeBase(ofStage: stage, length: length)
            copy(stageBase, to: &trial)
            return notFinite(at: previousTime + ESDIRK43.times[stage] * length, shift: shift)
        }
        return notFinite(at: previousTime + length, shift: shift)
    }
}
