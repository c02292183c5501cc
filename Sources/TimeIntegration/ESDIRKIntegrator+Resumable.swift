import Checkpoints

/// What an integrator carries from step to step besides its state and its last rate.
private struct IntegratorMemory: Codable {
    var time: Double
    var previousTime: Double
    var proposedStep: Double
    var work: IntegratorWork
    var previousError: Double
    var stepsSinceRestart: Int
    var newtonConstant: Double
}

extension ESDIRKIntegrator: Resumable {
    /// Puts the integrator in as it is between two steps. Dense output of the step before is not kept.
    public func save(to saved: inout SavedState) {
        saved.store(
            IntegratorMemory(
                time: time, previousTime: previousTime, proposedStep: proposedStep, work: work,
                previousError: previousError, stepsSinceRestart: stepsSinceRestart, newtonConstant: newtonConstant),
            as: "integrator")
        saved.store(state, as: "integrator/state")
        saved.store(lastRate, as: "integrator/rate")
    }

    /// Goes on from a state; the system must be as it was.
    public mutating func restore(from saved: SavedState) throws(SavedState.Problem) {
        let memory: IntegratorMemory = try saved.record("integrator")
        let state = try saved.numbers("integrator/state", count: state.count)
        let rate = try saved.numbers("integrator/rate", count: state.count)
        time = memory.time
        previousTime = memory.previousTime
        proposedStep = memory.proposedStep
        work = memory.work
        previousError = memory.previousError
        stepsSinceRestart = memory.stepsSinceRestart
        newtonConstant = memory.newtonConstant
        takeUp(state: state, lastRate: rate)
    }
}
