import Quantities
import TimeIntegration

/// A cell under a protocol of currents and pressures: its electrodes between stripping and plating, voids and contact, until it fails or
/// the protocol is done.
///
/// Each step is a row of segments of constant current. Within a segment the interface of an electrode opens voids, closes them or fills
/// its lattice; the integrator lands on each such event and goes on with other equations.
public struct FluxBalanceRun {
    private let parameters: FluxBalanceParameters
    private let observer: (any RunObserver)?
    private var integrator: ESDIRKIntegrator<FluxBalanceSystem>
    private var records: FluxBalanceRecords
    private var ledger: CellLedger
    private var clock: FrameClock
    private var fixture: StackParameters.Fixture
    /// The present step and the current of its segment, A/m2, positive while the working electrode is stripped.
    private var stepIndex = 0
    private var currentDensity = 0.0
    /// Time of the run when the integrator was last restarted, s.
    private var began = 0.0
    /// Time within the present step at that moment, s, and within the segment.
    private var segmentTime = 0.0
    /// Whether the voids of an electrode have been wide enough that they can close.
    private var hasVoids: [Bool]
    private var newtonBefore = 0
    private var scratch: [Double]

    /// Prepares a cell; nothing is computed yet.
    public init(_ parameters: FluxBalanceParameters, observer: (any RunObserver)?) {
        self.parameters = parameters
        self.observer = observer
        let system = FluxBalanceSystem(parameters)
        let state = system.initialState
        integrator = ESDIRKIntegrator(system: system, state: state, settings: parameters.integrator)
        records = FluxBalanceRecords(parameters)
        ledger = CellLedger(parameters, system: system, state: state)
        clock = FrameClock(parameters.frames, model: Self.model)
        fixture = parameters.stack.fixture
        hasVoids = system.electrodes.indices.map { system.void($0, in: state) > FluxElectrode.leastVoid }
        scratch = state
    }

    private static let model = "flux-balance"

    /// Runs the protocol to its end, to the failure of the cell, or until the observer stops it.
    ///
    /// - Throws: ``RunFailure`` when a step cannot be made, and whatever the observer throws.
    public mutating func run() throws -> RunReport {
        try observer?.begin(records.outline(integrator.system, state: integrator.state))
        if clock.schedule != .finalOnly { try recordFrame(of: integrator.state, at: 0) }
        var reports: [ProtocolStepReport] = []
        var outcome = Outcome.done("")
        for (index, step) in parameters.steps.enumerated() {
            stepIndex = index
            let (start, chargeBefore) = (began, ledger.charge)
            outcome = try perform(step)
            reports.append(
                ProtocolStepReport(
                    name: step.name, end: outcome.name, duration: began - start,
                    charge: ledger.charge - chargeBefore, utilisation: nil))
            guard case .done = outcome else { break }
        }
        try recordFrame(of: integrator.state, at: began)
        var finished = true
        if case .interrupted = outcome { finished = false }
        return RunReport(
            finished: finished,
            results: ledger.results(
                integrator.system, state: integrator.state, duration: began, records, work: integrator.work),
            steps: reports)
    }

    /// How a step or a segment of one ended.
    private enum Outcome {
        /// By one of its ends.
        case done(String)
        /// The cell failed.
        case failed(CellFailure)
        /// The observer stopped the run.
        case interrupted

        var name: String {
            switch self {
            case .done(let name): name
            case .failed(let failure): failure.rawValue
            case .interrupted: "interrupted"
            }
        }
    }

    // MARK: - Steps

    private mutating func perform(_ step: CellStep) throws -> Outcome {
        if let fixture = step.fixture { self.fixture = fixture }
        if let pressure = step.pressure { integrator.system.stack.load = pressure }
        switch step.kind {
        case .strip(let density): return try segment(density, step.ends)
        case .plate(let density): return try segment(-density, step.ends)
        case .rest: return try segment(0, step.ends)
        case .hold: return try segment(0, step.ends, isHeld: true)
        case .ramp(let ramp): return try perform(ramp)
        }
    }

    private mutating func perform(_ ramp: CellStep.Ramp) throws -> Outcome {
        for level in 0..<ramp.levels {
            let density = ramp.first + Double(level) * ramp.increment
            let directions: [Double] =
                switch ramp.direction {
                case .strip: [1]
                case .plate: [-1]
                case .alternate: [1, -1]
                }
            for direction in directions {
                let length: CellStep.End =
                    switch ramp.length {
                    case .time(let time): .time(time)
                    case .charge(let charge): .charge(charge)
                    }
                let outcome = try segment(direction * density, [length])
                if case .failed = outcome { ledger.rampFailed(at: density, increment: ramp.increment) }
                guard case .done = outcome else { return outcome }
            }
            ledger.rampBore(density)
            if ramp.rest > 0 {
                let outcome = try segment(0, [.time(ramp.rest)])
                guard case .done = outcome else { return outcome }
            }
        }
        return .done("ramp")
    }

    // MARK: - A segment of constant current

    private mutating func segment(
        _ density: Double, _ ends: [CellStep.End], isHeld: Bool = false
    ) throws -> Outcome {
        currentDensity = density
        let (limit, limitName) = timeLimit(ends)
        segmentTime = 0
        try restart(isHeld: isHeld)
        try recordRow()
        if let failure = failureAtStart() { return fail(failure) }
        let watched = watchedEnds(ends)
        if let met = watched.first(where: { excess(of: $0, $0, integrator.state) >= 0 }) { return .done(met.name) }
        while true {
            guard limit > segmentTime + integrator.time else {
                fold()
                return ledger.isExhausted(limitName) ? fail(.exhausted) : .done(limitName)
            }
            do { try integrator.step(limit: limit - segmentTime) } catch { throw failure(error) }
            var met: Event?
            // An event that lies before another shortens the step again, so the last one found is the first to happen.
            for electrode in integrator.system.electrodes.indices {
                for kind in Event.Kind.allCases where isPossible(kind, electrode) {
                    let event = Event.interface(kind, electrode)
                    if try land(on: event) { met = event }
                }
            }
            for end in watched where try land(on: .end(end)) { met = .end(end) }
            noteVoids()
            try recordFrames(stepEnds: met != nil || segmentTime + integrator.time >= limit)
            try recordRow()
            switch met {
            case .end(let end)?:
                fold()
                return .done(end.name)
            case .interface(let kind, let electrode)?:
                if let failure = kind.failure(isStripped: isStripped(electrode)) {
                    fold()
                    return fail(failure)
                }
                fold()
                change(kind, electrode)
                try begin()
            case nil: break
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

    /// What the interface of an electrode becomes at an event.
    private mutating func change(_ kind: Event.Kind, _ electrode: Int) {
        switch kind {
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

    private mutating func fail(_ failure: CellFailure) -> Outcome {
        ledger.failed(at: began)
        return .failed(failure)
    }

    private func isStripped(_ electrode: Int) -> Bool { (electrode == 0) == (currentDensity > 0) }

    /// The time within the segment at which it ends without an event, s, and what ends it then.
    private func timeLimit(_ ends: [CellStep.End]) -> (Double, String) {
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
    private mutating func restart(isHeld: Bool) throws {
        let flux = currentDensity / Constants.faraday
        let state = integrator.state
        integrator.system.stack.stiffness = parameters.stack.stiffness(of: fixture)
        integrator.system.stack.loadRate =
            integrator.system.stack.stiffness * ledger.expansionRate(currentDensity, integrator.system)
        integrator.system.begin(state, migration: { $0 == 0 ? flux : -flux }, isHeld: isHeld)
        for electrode in integrator.system.electrodes.indices {
            if case .open = integrator.system.electrodes[electrode].contact, electrode == 0 {
                ledger.voidsOpened(at: began)
            }
        }
        try begin()
    }

    /// Starts the integrator from the present state.
    private mutating func begin() throws {
        integrator.system.stack.thinned = integrator.system.thinned(integrator.state)
        do { try integrator.restart() } catch { throw failure(error) }
    }

    /// Adds what has passed since the last restart to time, charge and load.
    private mutating func fold() {
        let time = integrator.time
        guard time > 0 else { return }
        integrator.system.stack.load = integrator.system.load(time: time, state: integrator.state)
        integrator.system.stack.thinned = integrator.system.thinned(integrator.state)
        began += time
        segmentTime += time
        ledger.pass(currentDensity, for: time)
        integrator.forgetTime()
    }

    // MARK: - Events

    /// What ends a time step before its end.
    private enum Event {
        enum Kind: CaseIterable {
            /// The lattice at the electrolyte has lost what it can lose: voids open.
            case opens
            /// The voids are closed.
            case closes
            /// The lattice at the electrolyte is full.
            case fills
            /// The contact that is left is too small for the current.
            case losesContact
            /// Li-Mg has no lithium left at the electrolyte, or no room.
            case depletes, saturates

            func failure(isStripped: Bool) -> CellFailure? {
                switch self {
                case .opens, .closes, .fills: nil
                case .losesContact: isStripped ? .contactLost : .intrusion
                case .depletes: .depletion
                case .saturates: .saturation
                }
            }
        }
        case interface(Kind, Int)
        case end(WatchedEnd)
    }

    private func isPossible(_ kind: Event.Kind, _ electrode: Int) -> Bool {
        let layer = integrator.system.electrodes[electrode]
        switch (kind, layer.contact) {
        case (.opens, .closed): return layer.lattice != nil && !layer.isAlloy && layer.migration > layer.prescribedCreep
        case (.fills, .closed): return layer.lattice != nil && !layer.isAlloy && layer.migration < 0
        case (.closes, .open): return true
        case (.losesContact, .open): return true
        case (.depletes, _): return layer.isAlloy && layer.migration > 0
        case (.saturates, _): return layer.isAlloy && layer.migration < 0
        default: return false
        }
    }

    /// How far a state is past an event, over the whole way to it; negative before.
    private func excess(of kind: Event.Kind, _ electrode: Int, _ state: [Double]) -> Double {
        let system = integrator.system
        let layer = system.electrodes[electrode]
        switch kind {
        case .opens: return system.surface(electrode, in: state) / layer.criticalUnknown - 1
        case .fills: return -system.surface(electrode, in: state) / layer.criticalUnknown
        // Voids that have only just opened are wider than round-off before they can close.
        case .closes: return -system.void(electrode, in: state) - (hasVoids[electrode] ? 0 : FluxElectrode.faintVoid)
        case .losesContact: return system.void(electrode, in: state) - largestVoid
        case .depletes: return 1 - system.surface(electrode, in: state) / layer.criticalUnknown
        case .saturates: return system.surface(electrode, in: state) / layer.saturatedUnknown - 1
        }
    }

    /// The void fraction at which the local current i/χ reaches i_c, or contact counts as lost.
    private var largestVoid: Double {
        1 - max(abs(currentDensity) / parameters.criticalCurrentDensity, parameters.working.leastContact)
    }

    /// Why the cell cannot bear the current with the contact that it has.
    private func failureAtStart() -> CellFailure? {
        let system = integrator.system
        for electrode in system.electrodes.indices where !system.electrodes[electrode].isAlloy {
            let void = system.void(electrode, in: integrator.state)
            guard void >= largestVoid else { continue }
            return isStripped(electrode) && void > FluxElectrode.leastVoid ? .contactLost : .intrusion
        }
        return nil
    }

    private mutating func noteVoids() {
        for electrode in hasVoids.indices
        where integrator.system.void(electrode, in: integrator.state) > FluxElectrode.faintVoid {
            hasVoids[electrode] = true
        }
    }

    /// An end of a step that depends on the state, and the side from which it is reached.
    private struct WatchedEnd {
        let end: CellStep.End
        let target: Double
        let direction: Double
        let way: Double
        var name: String { end.name }
    }

    private func watchedEnds(_ ends: [CellStep.End]) -> [WatchedEnd] {
        ends.compactMap { end in
            guard let target = end.target else { return nil }
            let start = value(of: end, integrator.state)
            let way = max(abs(target - start), 1e-9 * max(abs(target), abs(start)))
            let direction: Double =
                if case .contact = end { currentDensity > 0 ? -1 : 1 } else { target >= start ? 1 : -1 }
            return WatchedEnd(end: end, target: target, direction: direction, way: way)
        }
    }

    private func value(of end: CellStep.End, _ state: [Double]) -> Double {
        switch end {
        case .contact: 1 - integrator.system.void(0, in: state)
        case .voltage: records.potentials(integrator.system, state: state, moment).voltage
        case .time, .charge: .nan
        }
    }

    private func excess(of watched: WatchedEnd, _ end: WatchedEnd, _ state: [Double]) -> Double {
        watched.direction * (value(of: watched.end, state) - watched.target) / watched.way
    }

    private mutating func land(on event: Event) throws -> Bool {
        let run = self
        do {
            return try integrator.landOnEvent(tolerance: integrator.settings.eventTolerance) { state in
                switch event {
                case .interface(let kind, let electrode): run.excess(of: kind, electrode, state)
                case .end(let watched): run.excess(of: watched, watched, state)
                }
            }
        } catch { throw failure(error) }
    }

    // MARK: - Records

    private var moment: FluxBalanceRecords.Moment {
        let charge = ledger.charge - currentDensity * integrator.time
        return FluxBalanceRecords.Moment(
            protocolStep: stepIndex, stepSize: integrator.time - integrator.previousTime,
            currentDensity: currentDensity,
            charge: charge, stateOfCharge: ledger.stateOfCharge(charge: charge), time: integrator.time,
            lithiumImbalance: ledger.imbalance(integrator.system, state: integrator.state, charge: charge),
            newtonIterations: integrator.work.newtonIterations - newtonBefore)
    }

    private mutating func recordRow() throws {
        let moment = moment
        newtonBefore = integrator.work.newtonIterations
        ledger.note(moment, integrator.system, state: integrator.state)
        guard let observer else { return }
        let row: [Double]
        do {
            row = try records.row(&integrator.system, state: integrator.state, moment)
        } catch { throw RunFailure("\(Self.model): \(error)") }
        try observer.record(time: began + integrator.time, row: row)
    }

    private mutating func recordFrames(stepEnds: Bool) throws {
        guard observer != nil else { return }
        while let due = clock.nextMoment(upTo: began + integrator.time) {
            integrator.interpolate(at: due - began, into: &scratch)
            try recordFrame(of: scratch, at: due)
        }
        if clock.takesState(stepEnds: stepEnds, steps: integrator.work.steps) {
            try recordFrame(of: integrator.state, at: began + integrator.time)
        }
    }

    private mutating func recordFrame(of state: [Double], at time: Double) throws {
        guard let observer, try clock.begins(at: time) else { return }
        let (points, fields) = records.frame(integrator.system, state: state)
        try observer.record(time: time, points: points, fields: fields)
    }

    private func progress(of limit: Double) -> RunProgress {
        let part = limit.isFinite && limit > 0 ? min(1, (segmentTime + integrator.time) / limit) : 0
        return RunProgress(
            fraction: (Double(stepIndex) + part) / Double(parameters.steps.count), time: began + integrator.time,
            step: integrator.time - integrator.previousTime, steps: integrator.work.steps,
            newtonIterations: integrator.work.newtonIterations, protocolStep: stepIndex,
            stepName: parameters.steps[stepIndex].name)
    }

    private func failure(_ failure: StepFailure) -> RunFailure {
        RunFailure(
            "\(Self.model): the equations could not be advanced in protocol step \(stepIndex) "
                + "(\(parameters.steps[stepIndex].name)) beyond \(digits(began + failure.time)) s: \(failure.description); "
                + "try a smaller `numerics.relative_tolerance`, or end the step before")
    }
}

/// How a cell fails.
enum CellFailure: String, Sendable {
    /// An electrode that was stripped has too little contact left for the current: i/χ reaches i_c, or χ its least value.
    case contactLost = "contact_lost"
    /// Lithium enters the electrolyte where it is plated: i/χ reaches i_c.
    case intrusion
    /// Li-Mg has no lithium left at the electrolyte.
    case depletion
    /// Li-Mg has no room left at the electrolyte.
    case saturation
    /// No lithium is left.
    case exhausted
}

extension CellStep.End {
    /// The value at which a quantity of the state ends the step.
    fileprivate var target: Double? {
        switch self {
        case .voltage(let value), .contact(let value): value
        case .time, .charge: nil
        }
    }
}
