import Checkpoints
import Quantities
import TimeIntegration

/// A cell under a protocol of currents and pressures: its electrodes between stripping and plating, voids and contact, until it fails or
/// the protocol is done.
///
/// Each step is a row of segments of constant current. Within a segment the interface of an electrode opens voids, closes them or fills
/// its lattice; the integrator lands on each such event and goes on with other equations.
public struct FluxBalanceRun {
    let parameters: FluxBalanceParameters
    let observer: (any RunObserver)?
    var integrator: ESDIRKIntegrator<FluxBalanceSystem>
    var records: FluxBalanceRecords
    var ledger: CellLedger
    var clock: FrameClock
    var memory: Memory
    /// Newton iterations of the last time step, and those up to it.
    var newtonIterations = 0
    var newtonBefore = 0
    var scratch: [Double]

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
        memory = Memory(fixture: parameters.stack.fixture, hasVoids: system.interfaces.map { _ in false })
        scratch = state
    }

    static let model = "flux-balance"

    /// Runs the protocol to its end, to the failure of the cell, or until the observer stops it.
    ///
    /// - Parameter saved: where the run goes on; nil for its start.
    /// - Throws: ``RunFailure`` when a step cannot be made, `SavedState.Problem`, and whatever the observer throws.
    public mutating func run(resuming saved: SavedState? = nil) throws -> RunReport {
        try observer?.begin(records.outline(integrator.system, state: integrator.state))
        if let saved {
            try restore(from: saved)
        } else if clock.schedule != .finalOnly {
            try recordFrame(of: integrator.state, at: 0)
        }
        var outcome = Outcome.done("")
        while memory.step < parameters.steps.count, case .done = outcome {
            let step = parameters.steps[memory.step]
            outcome = try perform(step)
            memory.endStep(
                ProtocolStepReport(
                    name: step.name, end: outcome.name, duration: memory.began - memory.stepBegan,
                    charge: ledger.charge - memory.chargeBefore, utilisation: nil), charge: ledger.charge)
        }
        try recordFrame(of: integrator.state, at: memory.began)
        var finished = true
        if case .interrupted = outcome { finished = false }
        return RunReport(
            finished: finished,
            results: ledger.results(
                integrator.system, state: integrator.state, duration: memory.began, records, work: integrator.work),
            steps: memory.reports)
    }

    /// How a step or a segment of one ended.
    enum Outcome {
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

    /// Runs a step, or goes on with it.
    mutating func perform(_ step: CellStep) throws -> Outcome {
        if memory.segment == nil {
            if let fixture = step.fixture { memory.fixture = fixture }
            if let pressure = step.pressure { integrator.system.stack.load = pressure }
        }
        switch step.kind {
        case .strip(let density): return try segment(density, step.ends)
        case .plate(let density): return try segment(-density, step.ends)
        case .rest: return try segment(0, step.ends)
        case .hold: return try segment(0, step.ends, isHeld: true)
        case .ramp(let ramp): return try perform(ramp)
        }
    }

    mutating func perform(_ ramp: CellStep.Ramp) throws -> Outcome {
        while memory.part < ramp.parts {
            let part = ramp.part(memory.part)
            let outcome = try segment(part.currentDensity, [part.end])
            if case .failed(let failure) = outcome, failure.isOfCurrent, !part.isRest {
                ledger.rampFailed(at: part.density, lastBorne: part.densityBefore)
            }
            // Another end is that of the cathode's range: the level was not passed.
            guard case .done(let end) = outcome, end == part.end.name else { return outcome }
            if part.endsLevel { ledger.rampBore(part.density) }
            memory.part += 1
        }
        return .done("ramp")
    }

    // MARK: - Records

    /// Time of the run, s.
    private var time: Double { memory.began + integrator.time }

    var moment: FluxBalanceRecords.Moment {
        let charge = ledger.charge - memory.currentDensity * integrator.time
        return FluxBalanceRecords.Moment(
            protocolStep: memory.step, stepSize: integrator.time - integrator.previousTime,
            currentDensity: memory.currentDensity,
            charge: charge, stateOfCharge: ledger.stateOfCharge(charge: charge), time: integrator.time,
            lithiumImbalance: ledger.imbalance(integrator.system, state: integrator.state, charge: charge),
            newtonIterations: integrator.work.newtonIterations - newtonBefore, capacity: ledger.cathodeCapacity)
    }

    mutating func recordRow() throws {
        let moment = moment
        newtonIterations = moment.newtonIterations
        newtonBefore = integrator.work.newtonIterations
        ledger.note(moment, integrator.system, state: integrator.state)
        guard let observer else { return }
        let row: [Double]
        do {
            row = try records.row(&integrator.system, state: integrator.state, moment)
        } catch { throw RunFailure("\(Self.model): \(error)") }
        try observer.record(time: time, row: row)
    }

    mutating func recordFrames(stepEnds: Bool) throws {
        guard observer != nil else { return }
        while let due = clock.nextMoment(upTo: time) {
            integrator.interpolate(at: due - memory.began, into: &scratch)
            try recordFrame(of: scratch, at: due)
        }
        if clock.takesState(stepEnds: stepEnds, steps: integrator.work.steps) {
            try recordFrame(of: integrator.state, at: time)
        }
    }

    mutating func recordFrame(of state: [Double], at time: Double) throws {
        guard let observer, try clock.begins(at: time) else { return }
        let (points, fields) = records.frame(integrator.system, state: state)
        try observer.record(time: time, points: points, fields: fields)
    }

    func progress(of limit: Double) -> RunProgress {
        let part = limit.isFinite && limit > 0 ? min(1, (memory.segmentTime + integrator.time) / limit) : 0
        return RunProgress(
            fraction: (Double(memory.step) + part) / Double(parameters.steps.count), time: time,
            step: integrator.time - integrator.previousTime, steps: integrator.work.steps,
            newtonIterations: newtonIterations, protocolStep: memory.step, stepName: parameters.steps[memory.step].name)
    }

    func failure(_ failure: StepFailure) -> RunFailure {
        RunFailure(
            "\(Self.model): the equations could not be advanced in protocol step \(memory.step) "
                + "(\(parameters.steps[memory.step].name)) beyond \(digits(memory.began + failure.time)) s: \(failure.description); "
                + failure.advice(or: "try a smaller `numerics.relative_tolerance`, or end the step before"))
    }
}
