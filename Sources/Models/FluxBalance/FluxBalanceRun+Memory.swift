import Checkpoints

// Where a run stands, so that it can go on from there.
extension FluxBalanceRun {
    /// Where a run stands in its protocol, and what it remembers there from time step to time step.
    struct Memory: Codable {
        /// The present step.
        var step = 0
        /// The part of the step in which the current is constant: a ramp has many.
        var part = 0
        /// The segment that runs; nil before it has begun.
        var segment: Segment?
        /// The current density of the segment, A/m2, positive while the working electrode is stripped.
        var currentDensity = 0.0
        /// Events in the segment so far.
        var events = 0
        /// Time of the run when the integrator was last restarted, s.
        var began = 0.0
        /// Time within the segment at that moment, s.
        var segmentTime = 0.0
        /// Time of the run when the step began, s, and the charge that had passed by then, C/m2.
        var stepBegan = 0.0
        var chargeBefore = 0.0
        /// How the cell is held.
        var fixture: StackParameters.Fixture
        /// Whether the voids of an electrode have been wide enough that they can close.
        var hasVoids: [Bool]
        /// The steps that are over.
        var reports: [ProtocolStepReport] = []

        /// Notes that the present step is over, when so much charge in C/m2 has passed in the run.
        mutating func endStep(_ report: ProtocolStepReport, charge: Double) {
            reports.append(report)
            (step, part) = (step + 1, 0)
            (stepBegan, chargeBefore) = (began, charge)
        }
    }

    /// What ends a segment.
    struct Segment: Codable {
        /// The time within the segment at which it ends without an event, s.
        var limit: Double
        /// What ends it then.
        var limitName: String
        /// Ends that depend on the state.
        var watched: [WatchedEnd]
    }

    /// Everything that the run goes on from after a time step that is recorded and has not ended its segment.
    var state: SavedState {
        var saved = SavedState()
        saved.store(memory, as: "protocol")
        saved.store(ledger.memory, as: "ledger")
        saved.store(integrator.system.memory, as: "cell")
        integrator.save(to: &saved)
        clock.save(to: &saved)
        return saved
    }

    /// Goes on from a state.
    mutating func restore(from saved: SavedState) throws(SavedState.Problem) {
        memory = try saved.record("protocol")
        ledger.memory = try saved.record("ledger")
        try checkPlace()
        let cell: FluxBalanceSystem.Memory = try saved.record("cell")
        let electrodes = integrator.system.interfaces.count
        guard cell.interfaces.count == electrodes, memory.hasVoids.count == electrodes else {
            throw SavedState.Problem("it has not the \(electrodes) electrodes of the cell")
        }
        integrator.system.memory = cell
        try integrator.restore(from: saved)
        try clock.restore(from: saved)
        newtonBefore = integrator.work.newtonIterations
        guard integrator.time >= 0, integrator.time <= Self.longestTime else {
            throw SavedState.Problem("its time within a segment is \(integrator.time) s")
        }
    }

    /// Refuses a place that the protocol has not.
    private func checkPlace() throws(SavedState.Problem) {
        guard parameters.steps.indices.contains(memory.step) else {
            throw SavedState.Problem("it stands in protocol step \(memory.step) of \(parameters.steps.count)")
        }
        let parts = parameters.steps[memory.step].parts
        guard (0..<parts).contains(memory.part) else {
            throw SavedState.Problem("it stands in part \(memory.part) of \(parts) of protocol step \(memory.step)")
        }
        guard memory.segment != nil, (0...Self.mostEvents).contains(memory.events) else {
            throw SavedState.Problem("it does not stand between two time steps")
        }
        guard memory.began >= 0, memory.began.isFinite else {
            throw SavedState.Problem("its time is \(memory.began) s")
        }
    }
}
