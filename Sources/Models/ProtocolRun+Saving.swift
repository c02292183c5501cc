import Checkpoints

extension ProtocolRun {
    /// Everything that the protocol goes on from after a time step that is recorded.
    func state(of records: some ProtocolRecords) -> SavedState {
        var saved = SavedState()
        saved.store(memory, as: "protocol")
        integrator.save(to: &saved)
        clock.save(to: &saved)
        records.save(to: &saved)
        return saved
    }

    mutating func restore(
        records: inout some ProtocolRecords, from saved: SavedState
    ) throws(SavedState.Problem) {
        memory = try saved.record("protocol")
        try integrator.restore(from: saved)
        guard steps.indices.contains(memory.stepIndex), memory.reports.count == memory.stepIndex else {
            throw SavedState.Problem("it stands in protocol step \(memory.stepIndex) of \(steps.count)")
        }
        guard let ends = memory.ends, ends.metAtStart == nil, integrator.time < ends.limit, memory.stepBegan.isFinite
        else { throw SavedState.Problem("it does not stand within protocol step \(memory.stepIndex)") }
        try clock.restore(from: saved)
        try records.restore(from: saved)
        newtonBefore = integrator.work.newtonIterations
    }
}
