import Quantities
import TimeIntegration

// A segment of constant current: stepped until it ends or the cell fails.
extension FluxBalanceRun {
    /// Runs a segment to its end, or goes on with it.
    mutating func segment(
        _ density: Double, _ ends: [CellStep.End], isHeld: Bool = false
    ) throws -> Outcome {
        defer { memory.segment = nil }
        if memory.segment == nil, let outcome = try begin(density, ends, isHeld: isHeld) { return outcome }
        guard let segment = memory.segment else { preconditionFailure("a segment has begun") }
        let longestStep = ledger.longestStep(density)
        while true {
            let rest = segment.limit - memory.segmentTime
            guard rest > integrator.time else {
                fold()
                if segment.limitName == Self.endless { throw neverEnded(ends) }
                return ledger.isExhausted(segment.limitName) ? fail(.exhausted) : .done(segment.limitName)
            }
            do { try integrator.step(limit: min(rest, integrator.time + longestStep)) } catch { throw failure(error) }
            let (event, end) = try landOnFirst(of: segment.watched)
            noteVoids()
            try checkSettling()
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
                if event.kind == .closes, event.electrode == 0,
                    let met = segment.watched.first(where: \.isOfFullContact)
                {
                    return .done(met.end.name)
                }
                memory.events += 1
                if memory.events > Self.mostEvents { throw tooManyEvents() }
                try begin()
            }
            if let observer, try !observer.goesOn(after: progress(of: segment.limit), state: { state }) {
                fold()
                return .interrupted
            }
        }
    }

    /// Begins a segment. Returns how it ends where it does so at once.
    private mutating func begin(_ density: Double, _ ends: [CellStep.End], isHeld: Bool) throws -> Outcome? {
        memory.currentDensity = density
        memory.segmentTime = 0
        memory.events = 0
        let (limit, limitName) = timeLimit(ends)
        try restart(isHeld: isHeld)
        try recordRow()
        if let failure = failureAtStart() { return fail(failure) }
        let watched = ends.compactMap {
            WatchedEnd(
                $0, start: value(of: $0, integrator.state, at: 0), isStripped: density > 0,
                hasCathode: ledger.cathodeCapacity.isFinite)
        }
        if let met = watched.first(where: { $0.excess(of: value(of: $0.end, integrator.state, at: 0)) >= 0 }) {
            return .done(met.end.name)
        }
        memory.segment = Segment(limit: limit, limitName: limitName, watched: watched)
        return nil
    }

    /// Changes what the interface of an electrode does after an event.
    mutating func change(_ event: CellEvent) {
        let electrode = event.electrode
        switch event.kind {
        case .opens:
            integrator.system.become(.open, electrode: electrode)
            memory.hasVoids[electrode] = false
        case .closes:
            integrator.system.become(.closed, electrode: electrode)
            memory.hasVoids[electrode] = false
            // What round-off leaves of the voids goes to the creep path, so that lithium is kept.
            let void = integrator.system.interfaces[electrode].smallStart
            integrator.move(from: void, to: void + 1)
        case .fills: integrator.system.become(.full, electrode: electrode)
        case .losesContact, .depletes, .saturates: break
        }
    }

    mutating func fail(_ failure: CellFailure) -> Outcome {
        ledger.failed(at: memory.began)
        return .failed(failure)
    }

    /// The longest that a step can last, s; one that has no other end by then is endless.
    static var longestTime: Double { 1e12 }
    private static var endless: String { "endless" }
    /// Most events in a segment.
    static var mostEvents: Int { 100_000 }

    private func neverEnded(_ ends: [CellStep.End]) -> RunFailure {
        let names = ends.map { "`until.\($0.name)`" }.joined(separator: " or ")
        return RunFailure(
            "\(Self.model): protocol step \(memory.step) (\(parameters.steps[memory.step].name)) had not reached its end, \(names), "
                + "after \(digits(Self.longestTime)) s; add an end that it will reach, such as `time`")
    }

    private func tooManyEvents() -> RunFailure {
        RunFailure(
            "\(Self.model): voids opened and closed \(Self.mostEvents) times in protocol step \(memory.step) "
                + "(\(parameters.steps[memory.step].name)) by \(digits(memory.began)) s; try a smaller `numerics.relative_tolerance`"
        )
    }

    /// Stops a run whose stack settles by more than its lithium is thick: the law of confined creep does not thin the layer, and holds for
    /// gaps that take the load away.
    private func checkSettling() throws {
        guard parameters.stack.confinedCreep != nil else { return }
        for electrode in memory.hasVoids.indices {
            let settling = integrator.system.settling(electrode, in: integrator.state)
            guard settling > parameters.working.thickness else { continue }
            throw RunFailure(
                "\(Self.model): the stack has settled by \(digits(settling)) m at \(digits(memory.began + integrator.time)) s, more than the "
                    + "\(digits(parameters.working.thickness)) m of its lithium; confined creep is stated for a fixed gap, whose pressure "
                    + "falls as the stack settles: set `fixture: fixed_gap`, a shorter step, or a lower pressure")
        }
    }

    func isStripped(_ electrode: Int) -> Bool { (electrode == 0) == (memory.currentDensity > 0) }

    /// The time within the segment at which it ends without an event, s, and what ends it then.
    func timeLimit(_ ends: [CellStep.End]) -> (Double, String) {
        let size = abs(memory.currentDensity)
        var (limit, name) = ledger.exhaustion(
            currentDensity: memory.currentDensity, system: integrator.system, state: integrator.state)
        if limit > Self.longestTime { (limit, name) = (Self.longestTime, Self.endless) }
        for end in ends {
            switch end {
            case .time(let time) where time < limit: (limit, name) = (time, end.name)
            // A charge that is just what is left counts as passed.
            case .charge(let charge) where size > 0 && charge / size <= limit * (1 + 1e-9):
                (limit, name) = (charge / size, end.name)
            default: break
            }
        }
        return (limit, name)
    }

    // MARK: - Restarts

    /// Begins a segment: fluxes, springs and the state of the interfaces.
    mutating func restart(isHeld: Bool) throws {
        let flux = memory.currentDensity / Constants.faraday
        let state = integrator.state
        integrator.system.stack.stiffness = parameters.stack.stiffness(of: memory.fixture)
        integrator.system.stack.loadRate =
            integrator.system.stack.stiffness * ledger.expansionRate(memory.currentDensity, integrator.system)
        do {
            try integrator.system.begin(state, migration: { $0 == 0 ? flux : -flux }, isHeld: isHeld)
        } catch { throw RunFailure("\(Self.model): \(error)") }
        for electrode in memory.hasVoids.indices {
            memory.hasVoids[electrode] = integrator.system.void(electrode, in: state) > Interface.leastVoid
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
        memory.began += time
        memory.segmentTime += time
        ledger.pass(memory.currentDensity, for: time)
        integrator.forgetTime()
    }
}
