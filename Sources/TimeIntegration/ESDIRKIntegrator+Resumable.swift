import Checkpoints

/// What an integrator carries from step to step besides its vectors.
private struct IntegratorMemory: Codable {
    var time: Double
    var previousTime: Double
    var proposedStep: Double
    var work: IntegratorWork
    var previousError: Double
    var stepsSinceRestart: Int
    var newtonConstant: Double
    var chords: ChordAcceleration.Experience
    /// Where the kept matrix was formed, the state there apart.
    var factoredTime: Double
    var factoredShift: Double

    /// Counters beyond this are none.
    private static let mostCounted = 1 << 52

    /// Refuses what no integrator can have left.
    func check() throws(SavedState.Problem) {
        let counters = [work.steps, work.rejected, work.newtonIterations, work.factorisations, stepsSinceRestart]
        guard counters.allSatisfy((0...Self.mostCounted).contains) else {
            throw SavedState.Problem("`integrator` has a counter that is negative or too large")
        }
        guard time.isFinite, previousTime >= 0, previousTime <= time, proposedStep > 0, previousError > 0,
            newtonConstant >= 0, factoredTime.isFinite, factoredShift.isFinite, chords.contraction > 0
        else { throw SavedState.Problem("`integrator` has a time, a step or an error that cannot be") }
    }
}

extension ESDIRKIntegrator: Resumable {
    private static var memoryName: String { "integrator" }
    private static var stateName: String { "integrator/state" }
    private static var rateName: String { "integrator/rate" }
    private static var factoredName: String { "integrator/factored" }

    /// Puts the integrator and what its system keeps in, as they are between two steps. Dense output of the step before is not kept;
    /// a matrix is kept as the state at which it was formed.
    public func save(to saved: inout SavedState) {
        let place = factored.now
        saved.store(
            IntegratorMemory(
                time: time, previousTime: previousTime, proposedStep: proposedStep, work: work,
                previousError: previousError, stepsSinceRestart: stepsSinceRestart, newtonConstant: newtonConstant,
                chords: chords.experience, factoredTime: place.time, factoredShift: place.shift),
            as: Self.memoryName)
        saved.store(state, as: Self.stateName)
        saved.store(lastRate, as: Self.rateName)
        if keepsFactor(place.shift) { saved.store(place.state, as: Self.factoredName) }
        system.save(to: &saved)
    }

    /// Goes on from a state; the system must have been made as it was.
    public mutating func restore(from saved: SavedState) throws(SavedState.Problem) {
        let memory: IntegratorMemory = try saved.record(Self.memoryName)
        try memory.check()
        let state = try saved.finiteNumbers(Self.stateName, count: state.count)
        let rate = try saved.finiteNumbers(Self.rateName, count: state.count)
        var place = FactoredPlace(time: memory.factoredTime, shift: memory.factoredShift, state: factored.now.state)
        if keepsFactor(place.shift) {
            place.state = try saved.finiteNumbers(Self.factoredName, count: state.count)
        }
        try system.restore(from: saved)
        time = memory.time
        previousTime = memory.previousTime
        proposedStep = memory.proposedStep
        work = memory.work
        previousError = memory.previousError
        stepsSinceRestart = memory.stepsSinceRestart
        newtonConstant = memory.newtonConstant
        chords.experience = memory.chords
        factored.restore(place)
        self.state = state
        previousState = state
        copy(rate, to: &rates, at: self.place(ofStage: Self.last))
    }

    /// Whether a matrix of that γ Δt goes on to be used, and with entries that depend on where it was formed.
    private func keepsFactor(_ shift: Double) -> Bool { system.stageMatrix == .approximate && shift > 0 }

    /// The rate of the last stage, with which the next step begins.
    private var lastRate: [Double] {
        let first = place(ofStage: Self.last)
        return Array(rates[first..<first + state.count])
    }
}
