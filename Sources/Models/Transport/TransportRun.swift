import FiniteElements
import Foundation
import Quantities
import TimeIntegration

/// A transport case while it runs.
///
/// The main path: make the layer, then for each protocol step set the flux, step until an end condition is met, land on
/// it, and report. An observer takes rows and frames on the way.
public struct TransportRun {
    private let observer: any RunObserver
    private let parameters: TransportParameters
    private var integrator: ESDIRKIntegrator<TransportSystem>
    private let lithiumAtStart: Double
    private let unknownAtSaturation: Double
    private let unknownAtDepletion: Double

    /// Time of the run at which the present protocol step began, s.
    private var stepBegan = 0.0
    private var stepIndex = 0
    private var lithiumAtStepStart = 0.0
    /// Charge of the protocol steps that are over, C/m2.
    private var chargeBefore = 0.0
    private var largestImbalance = 0.0
    private var newtonBefore = 0
    private var nextScheduledFrame = 0
    private var lastFrameTime = -1.0
    private var frameCount = 0

    private var row: [Double]
    private var positions: [Double]
    private var fields: [Double]
    private var scratch: [Double]

    /// Prepares a case; nothing is computed yet.
    public init(_ parameters: TransportParameters, observer: any RunObserver) {
        self.parameters = parameters
        self.observer = observer
        let layer = TransportLayer(parameters)
        unknownAtSaturation = layer.frame.unknown(concentration: parameters.saturation)
        unknownAtDepletion = layer.frame.unknown(concentration: parameters.depletion)
        let system = TransportSystem(
            mesh: layer.mesh, frame: layer.frame, diffusivity: parameters.diffusivity,
            composition: parameters.composition, scale: parameters.saturation)
        lithiumAtStart = system.content(of: layer.state)
        integrator = ESDIRKIntegrator(system: system, state: layer.state, settings: parameters.integrator)
        row = [Double](repeating: 0, count: TransportQuantities.series.count)
        positions = layer.mesh.quadraticNodes
        fields = [Double](repeating: 0, count: TransportQuantities.fields.count * positions.count)
        scratch = layer.state
        lithiumAtStepStart = lithiumAtStart
    }

    /// Runs the protocol to its end, or until the observer stops it.
    ///
    /// - Throws: ``RunFailure`` when a step cannot be made or the layer leaves the range of its laws, and whatever the
    ///   observer throws.
    public mutating func run() throws -> RunReport {
        try checkInitialProfile()
        writePositions(of: integrator.state)
        try observer.begin(
            RunOutline(
                series: TransportQuantities.series, fields: TransportQuantities.fields, positions: positions,
                meshMoves: integrator.system.frame.swelling > 0))
        if parameters.frames != .finalOnly { try recordFrame(of: integrator.state, at: 0) }

        var reports: [ProtocolStepReport] = []
        var finished = true
        for (index, step) in parameters.protocolSteps.enumerated() where finished {
            let end = try perform(step, index: index)
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
        try recordFrame(of: integrator.state, at: stepBegan)
        return RunReport(finished: finished, results: results(after: reports), steps: reports)
    }

    // MARK: - One protocol step

    /// Runs one protocol step. Returns what ended it, nil when the observer stopped the run.
    private mutating func perform(_ step: ProtocolStep, index: Int) throws -> ProtocolStep.End? {
        stepIndex = index
        lithiumAtStepStart = content
        integrator.system.flux = step.signedCurrentDensity / Constants.faraday
        do { try integrator.restart() } catch { throw failure(error, in: step) }
        try recordRow(step: step)

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
                events.append(Event(end: end, direction: 1, target: unknownAtSaturation, start: integrator.state[0]))
            case .surfaceDepletes:
                events.append(Event(end: end, direction: -1, target: unknownAtDepletion, start: integrator.state[0]))
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
            do { try integrator.step(limit: limit) } catch { throw failure(error, in: step) }
            var ended: ProtocolStep.End?
            // An event that lies before another shortens the step again, so the last one found is the first to happen.
            for event in events {
                let system = integrator.system
                do {
                    let landed = try integrator.landOnEvent(tolerance: 1e-13) { event.excess(of: $0, in: system) }
                    if landed { ended = event.end }
                } catch { throw failure(error, in: step) }
            }
            if ended == nil && integrator.time >= limit { ended = limitingEnd }
            try checkRange(in: step)
            try recordScheduledFrames(stepEnds: ended != nil)
            try recordRow(step: step)
            if let ended { return ended }
            var done = integrator.time / limit
            for event in events { done = max(done, event.progress(of: integrator.state, in: integrator.system)) }
            let goesOn = try observer.progress(
                RunProgress(
                    fraction: (Double(index) + min(1, max(0, done))) / Double(parameters.protocolSteps.count),
                    time: stepBegan + integrator.time, step: integrator.time - integrator.previousTime,
                    steps: integrator.work.steps, newtonIterations: Int(row[11]), protocolStep: index, kind: step.kind))
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
        private func quantity(of state: [Double], in system: TransportSystem) -> Double {
            if case .utilisation = end { system.content(of: state) } else { state[0] }
        }

        /// Whether the surface is at its target when the step begins, but for round-off of the size given; a utilisation
        /// always has a way to go.
        func isMetAtStart(within roundOff: Double) -> Bool {
            if case .utilisation = end { false } else { direction * (start - target) >= -roundOff }
        }

        /// How far the quantity is past the target, over the whole way from the start; negative before.
        func excess(of state: [Double], in system: TransportSystem) -> Double {
            direction * (quantity(of: state, in: system) - target) / abs(target - start)
        }

        /// The part of the step's time that is over, an estimate: the surface follows the square root of time.
        func progress(of state: [Double], in system: TransportSystem) -> Double {
            let part = max(0, 1 + excess(of: state, in: system))
            return if case .utilisation = end { part } else { part * part }
        }
    }

    // MARK: - Lithium

    private var content: Double { integrator.system.content(of: integrator.state) }

    /// Thickness of the layer when it holds this much lithium (mol/m2), m.
    private func thickness(holding lithium: Double) -> Double {
        integrator.system.mesh.length + integrator.system.frame.swelling * lithium
    }

    /// Lithium that a step can move from its start to the limit of its direction, mol/m2, with its sign; 0 when the layer
    /// is past that limit already.
    private func movable(in step: ProtocolStep) -> Double {
        let length = integrator.system.mesh.length
        return switch step.kind {
        case .plate: max(0, unknownAtSaturation * length - lithiumAtStepStart)
        case .strip: min(0, unknownAtDepletion * length - lithiumAtStepStart)
        case .rest: 0
        }
    }

    private func utilisation(of step: ProtocolStep) -> Double {
        let movable = movable(in: step)
        return movable == 0 ? 0 : (content - lithiumAtStepStart) / movable
    }

    /// Stops a run that has left the range in which its laws hold, or whose mesh does not resolve a front.
    ///
    /// Ahead of a front that falls within a cell, quadratics undershoot. An undershoot of two percent of the saturation limit
    /// goes with an error of about 2e-5 in the saturation time (Li-Mg from empty at 25 degC); more than that is refused. At
    /// the electrolyte, where the step's own current drives the concentration, and above pure lithium nothing is granted.
    private func checkRange(in step: ProtocolStep) throws {
        let system = integrator.system
        let roundOff = 1e-9 * parameters.saturation
        let undershoot = parameters.largestUndershoot * parameters.saturation
        let domain = system.diffusivity.domain
        let lowest = max(0, domain.lowerBound)
        let highest = min(domain.upperBound, system.composition.supremum)
        for (node, unknown) in integrator.state.enumerated() {
            let c = system.frame.concentration(unknown)
            let isDrivenDown = node == 0 && step.kind == .strip
            if c >= lowest - (isDrivenDown ? roundOff : undershoot) && c <= highest + roundOff { continue }
            let isFalling = c < lowest
            let bound =
                !isFalling
                ? "rose above \(digits(highest)) mol m-3, where the laws of the layer end"
                : lowest == 0 ? "fell below zero" : "fell below \(digits(lowest)) mol m-3, where the diffusivity ends"
            let place = node == 0 ? "at the electrolyte" : "\(digits(positions[node])) m from the electrolyte"
            let advice =
                isDrivenDown || !isFalling
                ? "end the step before, for instance with `event: \(isFalling ? "surface_depletes" : "surface_saturates")`, "
                    + "or lower its current density"
                : "the mesh does not resolve the front there: raise `mesh.cells` (now \(parameters.cells)) or `mesh.grading` "
                    + "(now \(digits(parameters.grading)))"
            throw RunFailure(
                "transport: the lithium concentration \(place) \(bound) (\(digits(c)) mol m-3 at "
                    + "\(digits(stepBegan + integrator.time)) s, in protocol step \(stepIndex), \(step.kind.rawValue)); "
                    + advice)
        }
    }

    /// Refuses an initial table that the mesh does not resolve: its lithium must be on the mesh within a thousandth.
    private func checkInitialProfile() throws {
        guard case .table(let table) = parameters.initial else { return }
        let error = lithiumAtStart - table.integral
        if abs(error) <= 1e-3 * table.integral { return }
        throw RunFailure(
            "transport: the mesh does not resolve the table of `initial`: it holds \(digits(lithiumAtStart)) mol m-2 of lithium, "
                + "the table \(digits(table.integral)) mol m-2; raise `mesh.cells` (now \(parameters.cells)) or smooth the table"
        )
    }

    /// A number as a message says it.
    private func digits(_ value: Double) -> String { String(format: "%.6g", value) }

    private func failure(_ failure: StepFailure, in step: ProtocolStep) -> RunFailure {
        let advice =
            if case .tooManySteps = failure.cause {
                "raise `numerics.max_steps`, or lengthen `numerics.max_step`"
            } else {
                "try a larger `numerics.relative_tolerance`, more `mesh.cells`, or a diffusivity that varies less steeply"
            }
        return RunFailure(
            "transport: the diffusion equation could not be advanced in protocol step \(stepIndex) (\(step.kind.rawValue)) "
                + "beyond \(digits(stepBegan + failure.time)) s: \(failure.description); \(advice)")
    }

    // MARK: - Records

    private mutating func recordRow(step: ProtocolStep) throws {
        let state = integrator.state
        let system = integrator.system
        let lithium = content
        let charge = chargeBefore + step.signedCurrentDensity * integrator.time
        let imbalance = lithium - lithiumAtStart - charge / Constants.faraday
        largestImbalance = max(largestImbalance, abs(imbalance))
        let thickness = thickness(holding: lithium)
        let atStart = integrator.time == 0
        row[0] = Double(stepIndex)
        row[1] = atStart ? 0 : integrator.time - integrator.previousTime
        row[2] = step.signedCurrentDensity
        row[3] = charge
        row[4] = system.frame.concentration(state[0])
        row[5] = system.frame.concentration(state[state.count - 1])
        row[6] = lithium / thickness
        row[7] = utilisation(of: step)
        row[8] = lithium
        row[9] = imbalance
        row[10] = thickness
        row[11] = atStart ? 0 : Double(integrator.work.newtonIterations - newtonBefore)
        newtonBefore = integrator.work.newtonIterations
        try observer.record(time: stepBegan + integrator.time, row: row)
    }

    /// Records the frames that the schedule asks for within the last step, by dense output.
    private mutating func recordScheduledFrames(stepEnds: Bool) throws {
        let now = stepBegan + integrator.time
        switch parameters.frames {
        case .everySteps(let count):
            if stepEnds || integrator.work.steps % count == 0 { try recordFrame(of: integrator.state, at: now) }
        case .interval(let interval):
            while Double(nextScheduledFrame + 1) * interval <= now {
                nextScheduledFrame += 1
                try recordInterpolated(at: Double(nextScheduledFrame) * interval)
            }
            if stepEnds { try recordFrame(of: integrator.state, at: now) }
        case .times(let times):
            while nextScheduledFrame < times.count && times[nextScheduledFrame] <= now {
                try recordInterpolated(at: times[nextScheduledFrame])
                nextScheduledFrame += 1
            }
        case .finalOnly: break
        }
    }

    private mutating func recordInterpolated(at time: Double) throws {
        integrator.interpolate(at: time - stepBegan, into: &scratch)
        try recordFrame(of: scratch, at: time)
    }

    private mutating func recordFrame(of state: [Double], at time: Double) throws {
        // A scheduled time may differ from the end of a step by round-off only.
        guard time > lastFrameTime + 1e-12 * abs(lastFrameTime) else { return }
        lastFrameTime = time
        frameCount += 1
        if frameCount > FrameSchedule.mostFrames {
            throw RunFailure(
                "transport: the run has written \(FrameSchedule.mostFrames) frames by \(digits(time)) s, the most there can be; "
                    + "set a longer `output.frames.interval`, or a larger `output.frames.every`")
        }
        writePositions(of: state)
        let system = integrator.system
        let count = state.count
        for node in 0..<count {
            let c = system.frame.concentration(state[node])
            fields[node] = c
            fields[count + node] = system.composition.moleFraction(concentration: c)
            fields[2 * count + node] = system.composition.lithiumPerHost(concentration: c)
            fields[3 * count + node] = c / parameters.saturation
        }
        try observer.record(time: time, positions: positions, fields: fields)
    }

    private mutating func writePositions(of state: [Double]) {
        let system = integrator.system
        TransportLayer.positions(mesh: system.mesh, frame: system.frame, state: state, into: &positions)
    }

    private func results(after reports: [ProtocolStepReport]) -> [DescribedValue] {
        typealias Names = TransportQuantities
        let system = integrator.system
        let lithium = content
        let thickness = thickness(holding: lithium)
        let passed = reports.reduce(0) { $0 + abs($1.charge) } / Constants.faraday
        var results: [DescribedValue] = []
        if let step = reports.last(where: { $0.end == ProtocolStep.End.surfaceSaturates.name }) {
            results.append(DescribedValue(Names.timeToSaturation, step.duration))
        }
        if let step = reports.last(where: { $0.end == ProtocolStep.End.surfaceDepletes.name }) {
            results.append(DescribedValue(Names.timeToDepletion, step.duration))
        }
        if let step = reports.last(where: { $0.kind != .rest }) {
            results.append(DescribedValue(Names.utilisation, step.utilisation))
            results.append(DescribedValue(Names.capacity, abs(step.charge)))
        }
        results.append(DescribedValue(Names.duration, stepBegan))
        results.append(DescribedValue(Names.surface, system.frame.concentration(integrator.state[0])))
        results.append(DescribedValue(Names.mean, lithium / thickness))
        results.append(DescribedValue(Names.thickness, thickness))
        results.append(DescribedValue(Names.thicknessChange, system.frame.swelling * (lithium - lithiumAtStart)))
        results.append(DescribedValue(Names.lithiumChange, lithium - lithiumAtStart))
        results.append(
            DescribedValue(Names.conservationError, largestImbalance / (passed > 0 ? passed : lithiumAtStart)))
        results.append(DescribedValue(Names.steps, Double(integrator.work.steps)))
        results.append(DescribedValue(Names.rejected, Double(integrator.work.rejected)))
        results.append(DescribedValue(Names.newtonIterations, Double(integrator.work.newtonIterations)))
        return results
    }
}
