import Foundation
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
    let frames: FrameSchedule
    let observer: any RunObserver
    var integrator: ESDIRKIntegrator<System>
    let lithiumAtStart: Double
    let unknownAtSaturation: Double
    let unknownAtDepletion: Double

    /// Time of the run at which the present protocol step began, s.
    private(set) var stepBegan = 0.0
    /// The present protocol step.
    private(set) var stepIndex = 0
    private(set) var lithiumAtStepStart: Double
    /// Charge of the protocol steps that are over, C/m2.
    private(set) var chargeBefore = 0.0
    /// Newton iterations of the last time step.
    private(set) var newtonIterations = 0
    var largestImbalance = 0.0
    private var newtonBefore = 0
    private var nextScheduledFrame = 0
    private var lastFrameTime = -1.0
    private var frameCount = 0
    private var scratch: [Double]

    /// A protocol on a layer; the limits are values of the system's unknown.
    init(
        model: String, system: System, state: [Double], settings: IntegratorSettings, steps: [ProtocolStep],
        saturation: Double, depletion: Double, frames: FrameSchedule, observer: any RunObserver
    ) {
        self.model = model
        self.steps = steps
        self.frames = frames
        self.observer = observer
        unknownAtSaturation = saturation
        unknownAtDepletion = depletion
        lithiumAtStart = system.content(of: state)
        lithiumAtStepStart = lithiumAtStart
        integrator = ESDIRKIntegrator(system: system, state: state, settings: settings)
        scratch = state
    }

    /// Runs the protocol to its end, or until the observer stops it.
    ///
    /// - Returns: the protocol steps, and whether all were done.
    /// - Throws: ``RunFailure``, and whatever the observer throws.
    mutating func run<Records: ProtocolRecords>(
        _ records: inout Records
    ) throws -> (reports: [ProtocolStepReport], finished: Bool) where Records.System == System {
        if frames != .finalOnly { try recordFrame(&records, of: integrator.state, at: 0) }
        var reports: [ProtocolStepReport] = []
        var finished = true
        for (index, step) in steps.enumerated() where finished {
            let end = try perform(step, index: index, &records)
            finished = end != nil
            let duration = integrator.time
            let charge = step.signedCurrentDensity * duration
            reports.append(
                ProtocolStepReport(
                    kind: step.kind, end: end?.name ?? "interrupted", duration: duration, charge: charge,
                    utilisation: utilisation(of: step)))
            chargeBefore += charge
            stepBegan += duration
        }
        try recordFrame(&records, of: integrator.state, at: stepBegan)
        return (reports, finished)
    }

    // MARK: - One protocol step

    /// Runs one protocol step. Returns what ended it, nil when the observer stopped the run.
    private mutating func perform<Records: ProtocolRecords>(
        _ step: ProtocolStep, index: Int, _ records: inout Records
    ) throws -> ProtocolStep.End? where Records.System == System {
        stepIndex = index
        lithiumAtStepStart = content
        integrator.system.flux = step.signedCurrentDensity / Constants.faraday
        do { try integrator.restart() } catch { throw failure(error, in: step, records.advice) }
        try recordRow(&records, step)

        var limit = Double.infinity
        var limitingEnd: ProtocolStep.End?
        var events: [Event] = []
        for end in step.ends {
            switch end {
            case .time(let time) where time < limit: (limit, limitingEnd) = (time, end)
            case .charge(let charge) where charge / step.currentDensity < limit:
                (limit, limitingEnd) = (charge / step.currentDensity, end)
            case .time, .charge: break
            case .surfaceSaturates:
                events.append(Event(end: end, direction: 1, target: unknownAtSaturation, start: surface(1)))
            case .surfaceDepletes:
                events.append(Event(end: end, direction: -1, target: unknownAtDepletion, start: surface(-1)))
            case .utilisation(let fraction):
                let movable = movable(in: step)
                // Nothing is left to move in the direction of the step: it is over before it begins.
                if movable == 0 { return end }
                events.append(
                    Event(
                        end: end, direction: movable > 0 ? 1 : -1, target: lithiumAtStepStart + fraction * movable,
                        start: lithiumAtStepStart))
            }
        }
        // A surface that another step has left at its limit may miss it by round-off.
        let roundOff = 1e-12 * unknownAtSaturation
        if let met = events.first(where: { $0.isMetAtStart(within: roundOff) }) { return met.end }

        while true {
            do { try integrator.step(limit: limit) } catch { throw failure(error, in: step, records.advice) }
            var ended: ProtocolStep.End?
            // An event that lies before another shortens the step again, so the last one found is the first to happen.
            for event in events {
                let system = integrator.system
                do {
                    let landed = try integrator.landOnEvent(tolerance: 1e-13) { event.excess(of: $0, in: system) }
                    if landed { ended = event.end }
                } catch { throw failure(error, in: step, records.advice) }
            }
            if ended == nil && integrator.time >= limit { ended = limitingEnd }
            try records.check(self, in: step)
            try recordScheduledFrames(&records, stepEnds: ended != nil)
            try recordRow(&records, step)
            if let ended { return ended }
            var done = integrator.time / limit
            for event in events { done = max(done, event.progress(of: integrator.state, in: integrator.system)) }
            let goesOn = try observer.progress(
                RunProgress(
                    fraction: (Double(index) + min(1, max(0, done))) / Double(steps.count),
                    time: stepBegan + integrator.time, step: integrator.time - integrator.previousTime,
                    steps: integrator.work.steps, newtonIterations: newtonIterations, protocolStep: index,
                    kind: step.kind))
            if !goesOn { return nil }
        }
    }

    /// An event that ends a protocol step: a quantity of the state crosses a target.
    private struct Event {
        let end: ProtocolStep.End
        /// 1 when the quantity rises to the target, -1 when it falls.
        let direction: Double
        let target: Double
        /// The quantity when the step began.
        let start: Double

        /// Lithium in the layer for a utilisation, the unknown at the electrolyte for the others.
        private func quantity(of state: [Double], in system: System) -> Double {
            if case .utilisation = end {
                system.content(of: state)
            } else {
                system.surfaceUnknown(of: state, direction: direction)
            }
        }

        /// Whether the surface is at its target when the step begins, but for round-off of the size given; a utilisation
        /// always has a way to go.
        func isMetAtStart(within roundOff: Double) -> Bool {
            if case .utilisation = end { false } else { direction * (start - target) >= -roundOff }
        }

        /// How far the quantity is past the target, over the whole way from the start; negative before.
        func excess(of state: [Double], in system: System) -> Double {
            direction * (quantity(of: state, in: system) - target) / abs(target - start)
        }

        /// The part of the step's time that is over, an estimate: the surface follows the square root of time.
        func progress(of state: [Double], in system: System) -> Double {
            let part = max(0, 1 + excess(of: state, in: system))
            return if case .utilisation = end { part } else { part * part }
        }
    }

    private func failure(_ failure: StepFailure, in step: ProtocolStep, _ advice: String) -> RunFailure {
        let advice =
            if case .tooManySteps = failure.cause {
                "raise `numerics.max_steps`, or lengthen `numerics.max_step`"
            } else {
                advice
            }
        return RunFailure(
            "\(model): the equations could not be advanced in protocol step \(stepIndex) (\(step.kind.rawValue)) "
                + "beyond \(digits(stepBegan + failure.time)) s: \(failure.description); \(advice)")
    }

    // MARK: - Records

    private mutating func recordRow<Records: ProtocolRecords>(
        _ records: inout Records, _ step: ProtocolStep
    ) throws where Records.System == System {
        largestImbalance = max(largestImbalance, abs(imbalance(in: step)))
        newtonIterations = integrator.time == 0 ? 0 : integrator.work.newtonIterations - newtonBefore
        newtonBefore = integrator.work.newtonIterations
        try records.recordRow(&self, in: step)
    }

    /// Records the frames that the schedule asks for within the last step, by dense output.
    private mutating func recordScheduledFrames<Records: ProtocolRecords>(
        _ records: inout Records, stepEnds: Bool
    ) throws where Records.System == System {
        let now = time
        switch frames {
        case .everySteps(let count):
            if stepEnds || integrator.work.steps % count == 0 {
                try recordFrame(&records, of: integrator.state, at: now)
            }
        case .interval(let interval):
            while Double(nextScheduledFrame + 1) * interval <= now {
                nextScheduledFrame += 1
                try recordInterpolated(&records, at: Double(nextScheduledFrame) * interval)
            }
            if stepEnds { try recordFrame(&records, of: integrator.state, at: now) }
        case .times(let times):
            while nextScheduledFrame < times.count && times[nextScheduledFrame] <= now {
                try recordInterpolated(&records, at: times[nextScheduledFrame])
                nextScheduledFrame += 1
            }
        case .finalOnly: break
        }
    }

    private mutating func recordInterpolated<Records: ProtocolRecords>(
        _ records: inout Records, at moment: Double
    ) throws where Records.System == System {
        integrator.interpolate(at: moment - stepBegan, into: &scratch)
        var state: [Double] = []
        swap(&state, &scratch)
        defer { swap(&state, &scratch) }
        try recordFrame(&records, of: state, at: moment)
    }

    private mutating func recordFrame<Records: ProtocolRecords>(
        _ records: inout Records, of state: [Double], at moment: Double
    ) throws where Records.System == System {
        // A scheduled time may differ from the end of a step by round-off only.
        guard moment > lastFrameTime + 1e-12 * abs(lastFrameTime) else { return }
        lastFrameTime = moment
        frameCount += 1
        if frameCount > FrameSchedule.mostFrames {
            throw RunFailure(
                "\(model): the run has written \(FrameSchedule.mostFrames) frames by \(digits(moment)) s, the most there can be; "
                    + "set a longer `output.frames.interval`, or a larger `output.frames.every`")
        }
        try records.recordFrame(&self, state: state, time: moment)
    }
}

/// A number as a message says it.
func digits(_ value: Double) -> String { String(format: "%.6g", value) }
