import Quantities
import TimeIntegration

// A segment of constant current: stepped until it ends or the cell fails.
extension FluxBalanceRun {
    mutating func segment(
        _ density: Double, _ ends: [CellStep.End], isHeld: Bool = false
    ) throws -> Outcome {
        currentDensity = density
        let (limit, limitName) = timeLimit(ends)
        segmentTime = 0
        try restart(isHeld: isHeld)
        try recordRow()
        if let failure = failureAtStart() { return fail(failure) }
        let watched = ends.compactMap {
            WatchedEnd($0, start: value(of: $0, integrator.state, at: 0), isStripped: currentDensity > 0)
        }
        if let met = watched.first(where: { $0.excess(of: value(of: $0.end, integrator.state, at: 0)) >= 0 }) {
            return .done(met.end.name)
        }
        let longestStep = ledger.longestStep(density)
        while true {
            let rest = limit - segmentTime
            guard rest > integrator.time else {
                fold()
                return ledger.isExhausted(limitName) ? fail(.exhausted) : .done(limitName)
            }
            do { try integrator.step(limit: min(rest, integrator.time + longestStep)) } catch { throw failure(error) }
            let (event, end) = try landOnFirst(of: watched)
            noteVoids()
            try recordFrames(stepEnds: event != nil || end != nil || integrator.time >= rest)
            try recordRow()
            if let end {
                fold()
                return .done(end.end.name)
            }
            if let event {
                fold()
                if let failure = event.failure(isStripped: isStripped(event.electrode)) { return fail(failure) }
                change(event)
                try begin()
            }
            if let observer {
                let goesOn = try observer.progress(progress(of: limit))
                if !goesOn {
                    fold()
                    return .interrupted
                }
            }
        }
    }

    /// Changes what the interface of an electrode does after an event.
    mutating func change(_ event: CellEvent) {
        let electrode = event.electrode
        switch event.kind {
        case .opens:
            integrator.system.become(.open, electrode: electrode)
            hasVoids[electrode] = false
            if electrode == 0 { ledger.voidsOpened(at: began) }
        case .closes:
            integrator.system.become(.closed, electrode: electrode)
            hasVoids[electrode] = false
        case .fills: integrator.system.become(.full, electrode: electrode)
        case .losesContact, .depletes, .saturates: break
        }
    }

    mutating func fail(_ failure: CellFailure) -> Outcome {
        ledger.failed(at: began)
        return .failed(failure)
    }

    func isStripped(_ electrode: Int) -> Bool { (electrode == 0) == (currentDensity > 0) }

    /// The time within the segment at which it ends without an event, s, and what ends it then.
    func timeLimit(_ ends: [CellStep.End]) -> (Double, String) {
        let size = abs(currentDensity)
        var (limit, name) = ledger.exhaustion(
            currentDensity: currentDensity, system: integrator.system, state: integrator.state)
        for end in ends {
            switch end {
            case .time(let time) where time < limit: (limit, name) = (time, end.name)
            case .charge(let charge) where size > 0 && charge / size < limit: (limit, name) = (charge / size, end.name)
            default: break
            }
        }
        return (limit, name)
    }

    // MARK: - Restarts

    /// Begins a segment: fluxes, springs and the state of the interfaces.
    mutating func restart(isHeld: Bool) throws {
        let flux = currentDensity / Constants.faraday
        let state = integrator.state
        integrator.system.stack.stiffness = parameters.stack.stiffness(of: fixture)
        integrator.system.stack.loadRate =
            integrator.system.stack.stiffness * ledger.expansionRate(currentDensity, integrator.system)
        integrator.system.begin(state, migration: { $0 == 0 ? flux : -flux }, isHeld: isHeld)
        for electrode in integrator.system.interfaces.indices {
            if case .open = integrator.system.interfaces[electrode].contact, electrode == 0 {
                ledger.voidsOpened(at: began)
            }
        }
        try begin()
    }

    /// Starts the integrator from the present state.
    mutating func begin() throws {
        integrator.system.stack.thinned = integrator.system.thinned(integrator.state)
        do { try integrator.restart() } catch { throw failure(error) }
    }

    /// Adds what has passed since the last restart to time, charge and load.
    mutating func fold() {
        let time = integrator.time
        guard time > 0 else { return }
        integrator.system.stack.load = integrator.system.load(time: time, state: integrator.state)
        integrator.system.stack.thinned = integrator.system.thinned(integrator.state)
        began += time
        segmentTime += time
        ledger.pass(currentDensity, for: time)
        integrator.forgetTime()
    }
}
