import Checkpoints
import Quantities
import TimeIntegration

/// A protocol of currents while it is run on a layer.
///
/// For each protocol step: set the flux, step until an end condition is met, land on it, and report. The records take rows
/// and frames on the way.
struct ProtocolRun<System: ProtocolSystem> {
    /// The name of the model in messages.
    let model: String
    let steps: [ProtocolStep]
    let observer: any RunObserver
    var integrator: ESDIRKIntegrator<System>
    let lithiumAtStart: Double
    let unknownAtSaturation: Double
    let unknownAtDepletion: Double

    var memory: Memory
    /// Newton iterations of the last time step.
    private(set) var newtonIterations = 0
    var newtonBefore = 0
    var clock: FrameClock
    private var scratch: [Double]

    /// What the protocol remembers from time step to time step.
    struct Memory: Codable {
        /// Time of the run at which the present protocol step began, s.
        var stepBegan = 0.0
        /// The present protocol step.
        var stepIndex = 0
        /// What ends it.
        var ends: StepEnds?
        /// Lithium in the layer when it began, mol/m2.
        var lithiumAtStepStart: Double
        /// Charge of the protocol steps that are over, C/m2.
        var chargeBefore = 0.0
        /// The largest error of the lithium balance so far, mol/m2.
        var largestImbalance = 0.0
        /// The protocol steps that are over.
        var reports: [ProtocolStepReport] = []
    }

    /// A protocol on a layer; the limits are values of the system's unknown.
    init(
        model: String, system: System, state: [Double], settings: IntegratorSettings, steps: [ProtocolStep],
        saturation: Double, depletion: Double, frames: FrameSchedule, observer: any RunObserver
    ) {
        self.model = model
        self.steps = steps
        clock = FrameClock(frames, model: model)
        self.observer = observer
        unknownAtSaturation = saturation
        unknownAtDepletion = depletion
        lithiumAtStart = system.content(of: state)
        memory = Memory(lithiumAtStepStart: lithiumAtStart)
        integrator = ESDIRKIntegrator(system: system, state: state, settings: settings)
        scratch = state
    }

    /// Runs the protocol to its end, or until the observer stops it.
    ///
    /// - Parameter saved: where the protocol goes on; nil for its start.
    /// - Returns: the protocol steps, and whether all were done.
    /// - Throws: ``RunFailure``, `SavedState.Problem`, and whatever the observer throws.
    mutating func run<Records: ProtocolRecords>(
        _ records: inout Records, resuming saved: SavedState?
    ) throws -> (reports: [ProtocolStepReport], finished: Bool) where Records.System == System {
        if let saved {
            try restore(records: &records, from: saved)
        } else if clock.schedule != .finalOnly {
            try recordFrame(&records, of: integrator.state, at: 0)
        }
        var finished = true
        while finished, memory.stepIndex < steps.count {
            let step = steps[memory.stepIndex]
            let end = try perform(step, &records)
            finished = end != nil
            let duration = integrator.time
            let charge = step.signedCurrentDensity * duration
            memory.reports.append(
                ProtocolStepReport(
                    name: step.kind.rawValue, end: end?.name ?? "interrupted", duration: duration, charge: charge,
                    utilisation: utilisation(of: step)))
            memory.chargeBefore += charge
            memory.stepBegan += duration
            memory.stepIndex += 1
            memory.ends = nil
        }
        try recordFrame(&records, of: integrator.state, at: memory.stepBegan)
        return (memory.reports, finished)
    }

    // MARK: - One protocol step

    /// Begins a protocol step. Returns what ends it.
    private mutating func begin<Records: ProtocolRecords>(
        _ step: ProtocolStep, _ records: inout Records
    ) throws -> StepEnds where Records.System == System {
        memory.lithiumAtStepStart = content
        do { try integrator.restart() } catch { throw failure(error, in: step, records.advice) }
        try recordRow(&records, step)
        return StepEnds(
            of: step, surface: surface, lithium: memory.lithiumAtStepStart, movable: movable(in: step),
            saturation: unknownAtSaturation, depletion: unknownAtDepletion)
    }

    /// Runs one protocol step, or goes on with it. Returns what ended it, nil when the observer stopped the run.
    private mutating func perform<Records: ProtocolRecords>(
        _ step: ProtocolStep, _ records: inout Records
    ) throws -> ProtocolStep.End? where Records.System == System {
        integrator.system.flux = step.signedCurrentDensity / Constants.faraday
        let ends = try memory.ends ?? begin(step, &records)
        memory.ends = ends
        if let met = ends.metAtStart { return met }

        while true {
            do { try integrator.step(limit: ends.limit) } catch { throw failure(error, in: step, records.advice) }
            var ended: ProtocolStep.End?
            // An event that lies before another shortens the step again, so the last one found is the first to happen.
            for event in ends.events {
                let system = integrator.system
                do {
                    let landed = try integrator.landOnEvent(tolerance: integrator.settings.eventTolerance) {
                        event.excess(of: Self.quantity(of: event, at: $1, in: system))
                    }
                    if landed { ended = event.end }
                } catch { throw failure(error, in: step, records.advice) }
            }
            if ended == nil && integrator.time >= ends.limit { ended = ends.limitingEnd }
            try records.check(self, in: step)
            try recordScheduledFrames(&records, stepEnds: ended != nil)
            try recordRow(&records, step)
            if let ended { return ended }
            var done = integrator.time / ends.limit
            for event in ends.events { done = max(done, progress(to: event)) }
            let progress = RunProgress(
                fraction: (Double(stepIndex) + min(1, max(0, done))) / Double(steps.count), time: time,
                step: integrator.time - integrator.previousTime, steps: integrator.work.steps,
                newtonIterations: newtonIterations, protocolStep: stepIndex, stepName: step.kind.rawValue)
            if try !observer.goesOn(after: progress, state: { state(of: records) }) { return nil }
        }
    }

    /// Lithium in the layer or the unknown at the electrolyte, whichever the event watches.
    private static func quantity(of event: StepEnds.Event, at state: [Double], in system: System) -> Double {
        event.isOfContent
            ? system.content(of: state) : system.surfaceUnknown(of: state, direction: event.direction)
    }

    /// The part of the time to an event that is over, an estimate: the surface follows the square root of time.
    private func progress(to event: StepEnds.Event) -> Double {
        let excess = event.excess(of: Self.quantity(of: event, at: integrator.state, in: integrator.system))
        let part = max(0, 1 + excess)
        return event.isOfContent ? part : part * part
    }

    private func failure(_ failure: StepFailure, in step: ProtocolStep, _ advice: String) -> RunFailure {
        RunFailure(
            "\(model): the equations could not be advanced in protocol step \(stepIndex) (\(step.kind.rawValue)) "
                + "beyond \(digits(memory.stepBegan + failure.time)) s: \(failure.description); \(failure.advice(or: advice))"
        )
    }

    // MARK: - Records

    private mutating func recordRow<Records: ProtocolRecords>(
        _ records: inout Records, _ step: ProtocolStep
    ) throws where Records.System == System {
        memory.largestImbalance = max(memory.largestImbalance, abs(imbalance(in: step)))
        newtonIterations = integrator.time == 0 ? 0 : integrator.work.newtonIterations - newtonBefore
        newtonBefore = integrator.work.newtonIterations
        try records.recordRow(&self, in: step)
    }

    /// Records the frames that the schedule asks for within the last step, by dense output.
    private mutating func recordScheduledFrames<Records: ProtocolRecords>(
        _ records: inout Records, stepEnds: Bool
    ) throws where Records.System == System {
        while let moment = clock.nextMoment(upTo: time) { try recordInterpolated(&records, at: moment) }
        if clock.takesState(stepEnds: stepEnds, steps: integrator.work.steps) {
            try recordFrame(&records, of: integrator.state, at: time)
        }
    }

    private mutating func recordInterpolated<Records: ProtocolRecords>(
        _ records: inout Records, at moment: Double
    ) throws where Records.System == System {
        integrator.interpolate(at: moment - memory.stepBegan, into: &scratch)
        var state: [Double] = []
        swap(&state, &scratch)
        defer { swap(&state, &scratch) }
        try recordFrame(&records, of: state, at: moment)
    }

    private mutating func recordFrame<Records: ProtocolRecords>(
        _ records: inout Records, of state: [Double], at moment: Double
    ) throws where Records.System == System {
        guard try clock.begins(at: moment) else { return }
        try records.recordFrame(&self, state: state, time: moment)
    }
}
