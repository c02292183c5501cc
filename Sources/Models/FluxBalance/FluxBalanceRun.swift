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
    var fixture: StackParameters.Fixture
    /// The present step and the current of its segment, A/m2, positive while the working electrode is stripped.
    var stepIndex = 0
    var currentDensity = 0.0
    /// Time of the run when the integrator was last restarted, s.
    var began = 0.0
    /// Time within the present segment at that moment, s.
    var segmentTime = 0.0
    /// Whether the voids of an electrode have been wide enough that they can close.
    var hasVoids: [Bool]
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
        fixture = parameters.stack.fixture
        hasVoids = system.interfaces.map { _ in false }
        scratch = state
    }

    static let model = "flux-balance"

    /// Runs the protocol to its end, to the failure of the cell, or until the observer stops it.
    ///
    /// - Throws: ``RunFailure`` when a step cannot be made, and whatever the observer throws.
    public mutating func run(resuming saved: SavedState? = nil) throws -> RunReport {
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

    mutating func perform(_ step: CellStep) throws -> Outcome {
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

    mutating func perform(_ ramp: CellStep.Ramp) throws -> Outcome {
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
                if case .failed(let failure) = outcome, failure.isOfCurrent {
                    ledger.rampFailed(at: density, lastBorne: level == 0 ? 0 : density - ramp.increment)
                }
                guard case .done(let end) = outcome else { return outcome }
                // The cathode has come to an end of its range: the level was not passed.
                guard end == length.name else { return outcome }
            }
            ledger.rampBore(density)
            if ramp.rest > 0 {
                let outcome = try segment(0, [.time(ramp.rest)])
                guard case .done = outcome else { return outcome }
            }
        }
        return .done("ramp")
    }

    // MARK: - Records

    var moment: FluxBalanceRecords.Moment {
        let charge = ledger.charge - currentDensity * integrator.time
        return FluxBalanceRecords.Moment(
            protocolStep: stepIndex, stepSize: integrator.time - integrator.previousTime,
            currentDensity: currentDensity,
            charge: charge, stateOfCharge: ledger.stateOfCharge(charge: charge), time: integrator.time,
            lithiumImbalance: ledger.imbalance(integrator.system, state: integrator.state, charge: charge),
            newtonIterations: integrator.work.newtonIterations - newtonBefore, capacity: ledger.cathodeCapacity)
    }

    mutating func recordRow() throws {
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

    mutating func recordFrames(stepEnds: Bool) throws {
        guard observer != nil else { return }
        while let due = clock.nextMoment(upTo: began + integrator.time) {
            integrator.interpolate(at: due - began, into: &scratch)
            try recordFrame(of: scratch, at: due)
        }
        if clock.takesState(stepEnds: stepEnds, steps: integrator.work.steps) {
            try recordFrame(of: integrator.state, at: began + integrator.time)
        }
    }

    mutating func recordFrame(of state: [Double], at time: Double) throws {
        guard let observer, try clock.begins(at: time) else { return }
        let (points, fields) = records.frame(integrator.system, state: state)
        try observer.record(time: time, points: points, fields: fields)
    }

    func progress(of limit: Double) -> RunProgress {
        let part = limit.isFinite && limit > 0 ? min(1, (segmentTime + integrator.time) / limit) : 0
        return RunProgress(
            fraction: (Double(stepIndex) + part) / Double(parameters.steps.count), time: began + integrator.time,
            step: integrator.time - integrator.previousTime, steps: integrator.work.steps,
            newtonIterations: integrator.work.newtonIterations, protocolStep: stepIndex,
            stepName: parameters.steps[stepIndex].name)
    }

    func failure(_ failure: StepFailure) -> RunFailure {
        RunFailure(
            "\(Self.model): the equations could not be advanced in protocol step \(stepIndex) "
                + "(\(parameters.steps[stepIndex].name)) beyond \(digits(began + failure.time)) s: \(failure.description); "
                + failure.advice(or: "try a smaller `numerics.relative_tolerance`, or end the step before"))
    }
}
