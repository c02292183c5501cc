import Checkpoints
import Quantities
import TimeIntegration

/// A case of a closing void while it runs.
public struct VoidClosureRun {
    private let parameters: VoidClosureParameters
    private let observer: any RunObserver
    private var integrator: ESDIRKIntegrator<VoidSystem>
    private var pending: [VoidEvent]
    private var timeToHalf: Double?
    private var timeToClose: Double?
    /// Newton iterations of the last time step, and those up to it.
    private var newtonIterations = 0
    private var newtonBefore = 0
    private var shell = VoidShell()
    private var clock: FrameClock
    private var scratch = [0.0, 0.0]
    private var row: [Double] = []

    /// Prepares a case; nothing is computed yet.
    public init(_ parameters: VoidClosureParameters, observer: any RunObserver) {
        self.parameters = parameters
        self.observer = observer
        clock = FrameClock(parameters.frames, model: "void-closure")
        integrator = ESDIRKIntegrator(
            system: VoidSystem(parameters), state: [0, 0], settings: parameters.integrator)
        pending = [.closed]
        if parameters.fraction < 0.5 { pending.append(.half) }
        if let time = parameters.time { pending.append(.time(time)) }
    }

    /// Runs until the void is closed, the time is over or the observer stops it.
    ///
    /// - Parameter saved: where the run goes on; nil for its start.
    /// - Throws: ``RunFailure`` when a step cannot be made or the stress leaves the range of the flow law, `SavedState.Problem`,
    ///   and whatever the observer throws.
    public mutating func run(resuming saved: SavedState? = nil) throws -> RunReport {
        shell.write(integrator.system, parameters, logRadius: 0)
        try observer.begin(
            RunOutline(
                series: VoidClosureQuantities.series(isAlone: parameters.isAlone), fields: VoidClosureQuantities.fields,
                mesh: .line(positions: shell.radii), meshMoves: true))
        if let saved { try restore(from: saved) } else { try start() }
        var end: VoidEvent?
        while end == nil {
            end = try step()
            try checkStress()
            try recordScheduledFrames()
            try recordRow()
            if end == nil, try !observer.goesOn(after: progress, state: { state }) { break }
        }
        try recordFrame(of: integrator.state, time: time)
        return report(end)
    }

    private mutating func start() throws {
        do { try integrator.restart() } catch { throw failure(error) }
        try checkStress()
        if clock.schedule != .finalOnly { try recordFrame(of: integrator.state, time: 0) }
        try recordRow()
    }

    // MARK: - Saved states

    /// What the run remembers of its events.
    private struct Memory: Codable {
        var timeToHalf: Double?
    }

    /// Everything that the run goes on from after a time step that is recorded.
    private var state: SavedState {
        var saved = SavedState()
        saved.store(Memory(timeToHalf: timeToHalf), as: "void")
        integrator.save(to: &saved)
        clock.save(to: &saved)
        return saved
    }

    private mutating func restore(from saved: SavedState) throws(SavedState.Problem) {
        let memory: Memory = try saved.record("void")
        try integrator.restore(from: saved)
        try clock.restore(from: saved)
        timeToHalf = memory.timeToHalf
        if timeToHalf != nil { pending.removeAll { $0 == .half } }
        newtonBefore = integrator.work.newtonIterations
    }

    // MARK: - Steps

    /// Makes a step, which lands on the first event within it. Returns the event that ends the run.
    private mutating func step() throws -> VoidEvent? {
        var met: VoidEvent?
        do {
            try integrator.step(limit: .infinity)
            // An event that lies before another shortens the step again, so the last one found is the first to happen.
            let (system, fraction) = (integrator.system, parameters.fraction)
            for event in pending {
                let landed = try integrator.landOnEvent(tolerance: integrator.settings.eventTolerance) {
                    event.excess(at: $1, in: system, closingAt: fraction)
                }
                if landed { met = event }
            }
        } catch { throw failure(error) }
        pending.removeAll { $0 == met }
        switch met {
        case .half:
            timeToHalf = time
            return nil
        case .closed: timeToClose = time
        case .time, nil: break
        }
        return met
    }

    private var time: Double { integrator.system.time(logTime: integrator.state[1]) }

    private var progress: RunProgress {
        var done = 0.0
        for event in pending where event != .half {
            done = max(
                done, 1 + event.excess(at: integrator.state, in: integrator.system, closingAt: parameters.fraction))
        }
        return RunProgress(
            fraction: min(1, done), time: time, step: lastStep, steps: integrator.work.steps,
            newtonIterations: newtonIterations, protocolStep: 0, stepName: kind.rawValue)
    }

    private var lastStep: Double { time - integrator.system.time(logTime: integrator.previousState[1]) }

    private var kind: ProtocolStep.Kind { parameters.currentDensity > 0 ? .strip : .rest }

    /// Stops a run whose stress has left the range of the flow law.
    private func checkStress() throws {
        guard let range = parameters.stressRange else { return }
        let stress = integrator.system.surfaceStress(logRadius: integrator.state[0])
        if stress >= range.lowerBound * (1 - 1e-9) && stress <= range.upperBound * (1 + 1e-9) { return }
        throw RunFailure(
            "void-closure: the largest equivalent stress became \(digits(stress)) Pa at \(digits(time)) s, outside the "
                + "\(digits(range.lowerBound)) to \(digits(range.upperBound)) Pa for which the flow law is stated; end the run "
                + "before, or allow it with `material.allow_extrapolation: [flow.stress]`")
    }

    private func failure(_ failure: StepFailure) -> RunFailure {
        let advice =
            if case .tooManySteps = failure.cause {
                "raise `numerics.max_steps` or `numerics.max_step`"
            } else {
                "try a larger `until.fraction` or a larger `numerics.relative_tolerance`"
            }
        return RunFailure(
            "void-closure: the radius could not be advanced beyond \(digits(time)) s: \(failure.description); \(advice)"
        )
    }

    // MARK: - Records

    private mutating func recordRow() throws {
        let (system, z) = (integrator.system, integrator.state[0])
        newtonIterations = integrator.work.newtonIterations - newtonBefore
        newtonBefore = integrator.work.newtonIterations
        row.removeAll(keepingCapacity: true)
        row.append([
            lastStep, system.radius(logRadius: z), -system.rate(logRadius: z), system.surfaceStress(logRadius: z),
            Double(newtonIterations),
        ])
        if !parameters.isAlone { row.append([system.outerRadius(logRadius: z), voidFraction]) }
        try observer.record(time: time, row: row)
    }

    private var voidFraction: Double {
        Double.pow(
            integrator.system.radiusRatio(logRadius: integrator.state[0]), parameters.shape.dimension)
    }

    /// Records the frames that the schedule asks for within the last step, by dense output.
    private mutating func recordScheduledFrames() throws {
        while let moment = clock.nextMoment(upTo: time) { try recordFrame(at: moment) }
        if clock.takesState(stepEnds: false, steps: integrator.work.steps) {
            try recordFrame(of: integrator.state, time: time)
        }
    }

    /// Records the state at a time within the last step, whose place on the course is bisected.
    private mutating func recordFrame(at moment: Double) throws {
        var (low, high) = (integrator.previousTime, integrator.time)
        let target = integrator.system.logTime(time: moment)
        for _ in 0..<60 {
            let middle = 0.5 * (low + high)
            integrator.interpolate(at: middle, into: &scratch)
            if scratch[1] < target { low = middle } else { high = middle }
        }
        integrator.interpolate(at: high, into: &scratch)
        scratch[1] = target
        try recordFrame(of: scratch, time: moment)
    }

    private mutating func recordFrame(of state: [Double], time: Double) throws {
        guard try clock.begins(at: time) else { return }
        shell.write(integrator.system, parameters, logRadius: state[0])
        try observer.record(time: time, points: shell.points, fields: shell.fields)
    }

    // MARK: - Report

    private func report(_ end: VoidEvent?) -> RunReport {
        typealias Names = VoidClosureQuantities
        let system = integrator.system
        let rate: Double = -system.rate(logRadius: 0.0)
        var results: [DescribedValue] = []
        if let timeToClose { results.append(DescribedValue(Names.timeToClose, timeToClose)) }
        if let timeToHalf { results.append(DescribedValue(Names.timeToHalf, timeToHalf)) }
        results.append(DescribedValue(Names.initialRate, rate))
        if rate > 0 { results.append(DescribedValue(Names.foldingTime, 1 / rate)) }
        results += [
            DescribedValue(Names.initialStress, system.surfaceStress(logRadius: 0)),
            DescribedValue(Names.duration, time),
            DescribedValue(Names.radius, system.radius(logRadius: integrator.state[0])),
        ]
        if !parameters.isAlone { results.append(DescribedValue(Names.voidFraction, voidFraction)) }
        let work = [integrator.work.steps, integrator.work.rejected, integrator.work.newtonIterations]
        results += zip(Names.work, work).map { DescribedValue($0, Double($1)) }
        let name =
            switch end {
            case .closed: "fraction"
            case .time: "time"
            case .half, nil: "interrupted"
            }
        return RunReport(
            finished: end != nil, results: results,
            steps: [
                ProtocolStepReport(
                    name: kind.rawValue, end: name, duration: time, charge: -parameters.currentDensity * time,
                    utilisation: nil)
            ])
    }
}
