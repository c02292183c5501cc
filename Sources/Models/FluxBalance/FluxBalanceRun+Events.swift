// What ends a time step of a cell before its end.
extension FluxBalanceRun {
    /// Lands on the event or the end within the last step that happens first.
    mutating func landOnFirst(of watched: [WatchedEnd]) throws -> (CellEvent?, WatchedEnd?) {
        var (first, end): (CellEvent?, WatchedEnd?) = (nil, nil)
        let tolerance = integrator.settings.eventTolerance
        // An event that lies before another shortens the step again, so the last one found is the first to happen.
        for electrode in memory.hasVoids.indices {
            let (one, other) = CellEvent.possible(
                at: electrode, in: integrator.system, largestVoid: largestVoid, canClose: memory.hasVoids[electrode])
            if let one, try land(on: one, tolerance) { first = one }
            if let other, try land(on: other, tolerance) { first = other }
        }
        for candidate in watched {
            let (run, system) = (records, integrator.system)
            let moment = moment
            let landed: Bool
            do {
                landed = try integrator.landOnEvent(tolerance: tolerance) {
                    candidate.excess(of: run.value(of: candidate.end, system, state: $1, moment.at($0)))
                }
            } catch { throw failure(error) }
            if landed { (first, end) = (nil, candidate) }
        }
        return (first, end)
    }

    mutating func land(on event: CellEvent, _ tolerance: Double) throws -> Bool {
        guard integrator.seesEvent(at: event.place, { event.excess(of: $0) }) else { return false }
        do { return try integrator.landOnEvent(tolerance: tolerance) { event.excess(of: $1[event.place]) } } catch {
            throw failure(error)
        }
    }

    /// What an end watches, at a time since the last restart.
    func value(of end: CellStep.End, _ state: [Double], at time: Double) -> Double {
        records.value(of: end, integrator.system, state: state, moment.at(time))
    }

    /// The void fraction at which the local current i/χ reaches i_c, or contact counts as lost.
    private var largestVoid: Double {
        1 - max(abs(memory.currentDensity) / parameters.criticalCurrentDensity, parameters.working.leastContact)
    }

    /// Why the cell cannot bear the current with the contact that it has.
    func failureAtStart() -> CellFailure? {
        for electrode in memory.hasVoids.indices where !integrator.system.interfaces[electrode].isAlloy {
            let void = integrator.system.void(electrode, in: integrator.state)
            guard void >= largestVoid else { continue }
            return isStripped(electrode) && void > Interface.leastVoid ? .contactLost : .intrusion
        }
        return nil
    }

    mutating func noteVoids() {
        if integrator.system.interfaces[0].isOpen { ledger.voidsOpened(at: memory.began) }
        for electrode in memory.hasVoids.indices
        where integrator.system.void(electrode, in: integrator.state) > Interface.faintVoid {
            memory.hasVoids[electrode] = true
        }
    }
}
