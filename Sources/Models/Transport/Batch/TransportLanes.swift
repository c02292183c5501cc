import FiniteElements
import Foundation
import Quantities
import TimeIntegration

/// Eight layers that are stepped together, each through its own protocol, on its own mesh, with its own steps and events.
///
/// The method is that of ``TransportRun``, lane by lane; no lane sees another. What goes wrong in a lane, or leaves the range of
/// its laws, is left to a ``TransportRun`` of that layer, which says why.
struct TransportLanes {
    private var grid: LaneGrid
    private let isLinear: Bool
    private var transform = LaneTransform()
    private var newton = LaneNewton()
    private var protocols: [LaneProtocol] = []

    // The integrator's state, s where it is a time.
    private var time = Lanes.zero
    private var length = Lanes.zero
    private var shift = Lanes.zero
    private var proposed = Lanes.zero
    private var floor = Lanes.zero
    private var logOfErrorBefore = Lanes.zero
    private var flux = Lanes.zero
    /// 1 / (tolerance times scale), m3/mol.
    private var unit = Lanes(repeating: 1)
    private var leastChange = Lanes.zero
    private var longestStep = Lanes(repeating: .infinity)
    private var attempts = Lanes.zero
    private var mostAttempts = Lanes.zero
    /// Time at which the protocol step ends.
    private var limit = Lanes(repeating: .infinity)
    /// Unknowns at the electrolyte that end the protocol step, mol/m3.
    private var upperTarget = Lanes(repeating: .infinity)
    private var lowerTarget = Lanes(repeating: -.infinity)
    /// Lanes whose protocol step ends with a utilisation.
    private var watchesContent = LaneMask(repeating: false)
    // Work of the integrator.
    private var steps = Lanes.zero
    private var rejections = Lanes.zero
    private var iterations = Lanes.zero

    // What a lane must not pass, mol/m3.
    private var lowest = Lanes.zero
    private var lowestAtSurface = Lanes.zero
    private var highest = Lanes(repeating: .infinity)

    /// Lanes that are still stepped.
    private var active = LaneMask(repeating: false)
    /// Lanes whose last step is made again to end on an event.
    private var landing = LaneMask(repeating: false)
    /// Lanes that begin a protocol step.
    private var starting = LaneMask(repeating: false)

    /// Room for layers with so many cells; linear ones have a constant diffusivity in the frame of the slab.
    init(cells: Int, isLinear: Bool) {
        grid = LaneGrid(cells: cells)
        self.isLinear = isLinear
    }

    /// Runs up to eight layers.
    ///
    /// - Parameters:
    ///   - layers: the layers, one at least.
    ///   - transforms: Kirchhoff's transforms of the layers; empty where they are linear.
    /// - Returns: the end of each; nil where a ``TransportRun`` must say more.
    mutating func run(_ layers: [TransportParameters], transforms: [LaneTransform.Shared]) -> [TransportEnd?] {
        precondition(!layers.isEmpty && layers.count <= Lanes.scalarCount)
        transform.clear()
        protocols.removeAll(keepingCapacity: true)
        active = LaneMask(repeating: false)
        landing = active
        starting = active
        for lane in 0..<Lanes.scalarCount {
            // A lane without a layer of its own holds the first, at rest.
            put(layers[lane < layers.count ? lane : 0], transforms, lane, isIdle: lane >= layers.count)
        }
        let contents = grid.content
        for lane in layers.indices {
            protocols[lane].begin(holding: contents[lane])
            beginStep(of: lane)
        }
        while any(active) {
            if any(starting) { restart() }
            attempt()
            judge()
        }
        return layers.indices.map { lane in
            var work = IntegratorWork()
            work.steps = Int(steps[lane])
            work.rejected = Int(rejections[lane])
            work.newtonIterations = Int(iterations[lane])
            return protocols[lane].end(work)
        }
    }

    // MARK: - Layers

    private mutating func put(
        _ layer: TransportParameters, _ transforms: [LaneTransform.Shared], _ lane: Int, isIdle: Bool
    ) {
        let start = TransportLayer(layer)
        let frame = start.frame
        grid.put(
            start.mesh, state: { start.state[$0] }, factor: layer.diffusivity.factored.factor, into: lane)
        if !isLinear { transform.put(transforms[isIdle ? 0 : lane], into: lane) }
        unit[lane] = 1 / (layer.integrator.relativeTolerance * layer.saturation)
        leastChange[lane] = 1e-15 / layer.integrator.relativeTolerance
        longestStep[lane] = layer.integrator.maximumStep
        mostAttempts[lane] = Double(layer.integrator.maximumSteps)
        let bounds = layer.bounds
        let undershoot = layer.largestUndershoot * layer.saturation
        // An undershoot is of c; so near zero u is no different.
        lowest[lane] = frame.unknown(concentration: bounds.lowest - undershoot)
        highest[lane] = min(
            bounds.highest < frame.largestConcentration
                ? frame.unknown(concentration: bounds.highest + bounds.roundOff) : .infinity,
            isLinear ? .infinity : transform.upper[lane])
        (steps[lane], rejections[lane], iterations[lane]) = (0, 0, 0)
        protocols.append(LaneProtocol(layer, frame: frame, length: start.mesh.length))
        active[lane] = !isIdle
        (length[lane], time[lane], flux[lane]) = (0, 0, 0)
    }

    // MARK: - Protocol steps

    /// Begins the protocol step that is next in a lane, or ends the lane.
    private mutating func beginStep(of lane: Int) {
        let surface = grid.nodes[0].state[lane]
        guard let next = protocols[lane].nextStep(surface: surface) else {
            active[lane] = false
            flux[lane] = 0
            length[lane] = 0
            return
        }
        flux[lane] = next.signedCurrentDensity / Constants.faraday
        let bounds = protocols[lane].layer.bounds
        lowestAtSurface[lane] =
            next.kind == .strip
            ? protocols[lane].frame.unknown(concentration: bounds.lowest - bounds.roundOff) : lowest[lane]
        (limit[lane], upperTarget[lane], lowerTarget[lane]) = protocols[lane].bounds
        watchesContent[lane] = protocols[lane].watchesContent
        starting[lane] = true
    }

    /// Begins anew in the lanes that begin a protocol step: the rate of the state, and a first step from it.
    private mutating func restart() {
        time.replace(with: 0, where: starting)
        logOfErrorBefore.replace(with: 0, where: starting)
        attempts.replace(with: 0, where: starting)
        newton.restart(starting)
        grid.evaluateRate(
            offset: .zero, flux: flux, isLinear ? nil : transform, where: starting)
        let rateSize = grid.largestRate * unit
        let probe = 0.01 / rateSize
        let curvature = grid.largestChangeOfRate(
            after: probe, flux: flux, isLinear ? nil : transform)
        let byCurvature = (0.02 / (curvature / probe * unit)).squareRoot()
        var first = 100 * probe
        first.replace(with: byCurvature, where: (curvature .> 0) .& (byCurvature .< first))
        first.replace(with: longestStep, where: .!(rateSize .> 0) .| (longestStep .< first))
        for lane in 0..<Lanes.scalarCount where starting[lane] {
            if let initial = protocols[lane].layer.integrator.initialStep {
                first[lane] = min(initial, longestStep[lane])
            }
        }
        proposed.replace(with: first, where: starting)
        setLengths(of: starting)
        starting = LaneMask(repeating: false)
    }

    /// The length of the next step: the proposed one, or one that reaches the limit in whole steps without a sliver at its end.
    private mutating func setLengths(of lanes: LaneMask) {
        let remaining = limit - time
        var next = proposed.replacing(with: 0.5 * remaining, where: proposed .> 0.5 * remaining)
        next.replace(with: remaining, where: proposed .>= remaining * (1 - 1e-9))
        // A step made short to meet its limit says little about the next: it must not shrink the proposal.
        floor.replace(with: proposed.replacing(with: 0, where: next .>= proposed), where: lanes)
        length.replace(with: next, where: lanes)
    }

    // MARK: - Time steps

    /// One try of a step in every lane.
    private mutating func attempt() {
        shift = ESDIRK43.gamma * length
        attempts += 1
        if isLinear {
            iterations.replace(with: iterations + 5, where: active)
            grid.factor(shift: shift)
            for stage in 1..<ESDIRK43.stages {
                grid.solveStage(stage, length: length, flux: flux)
            }
        } else {
            newton.beginStep()
            grid.setCouplings(shift: shift)
            for stage in 1..<ESDIRK43.stages {
                iterations += grid.solveStage(
                    stage, length: length, shift: shift, flux: flux, transform: transform, newton: &newton,
                    idle: .!active, unit: unit, leastChange: leastChange)
            }
        }
    }

    /// Takes the tries as steps, or makes them shorter, or lands on an event.
    private mutating func judge() {
        let made = grid.finish(length: length, shift: shift)
        let error = made.error * unit
        var failed = active .& (newton.failed .| .!(error .< .infinity))
        var passed = active .& .!failed .& ((error .<= 1) .| landing)

        if any(failed .& landing) {
            giveUp(failed .& landing)
            failed .&= active
        }
        let rejected = active .& .!passed
        if any(rejected) {
            var shrink = (0.9 * (1 / error).squareRoot().squareRoot())
            shrink.replace(with: 0.2, where: shrink .< 0.2)
            shrink.replace(with: 0.25, where: failed)
            length.replace(with: length * shrink, where: rejected)
            floor.replace(with: 0, where: rejected)
            rejections.replace(with: rejections + 1, where: rejected)
            // Eight units of the last place of the time, as far as that matters: shorter steps lead nowhere.
            let hopeless = rejected .& .!(length .> 2e-15 * time)
            if any(hopeless) { giveUp(hopeless) }
        }

        // Steps that cross an event, and steps that have landed or must be made once more to do so.
        let watched = passed .& (landing .| watchesContent .| grid.crosses(upperTarget, lowerTarget, length: length))
        for lane in 0..<Lanes.scalarCount where watched[lane] {
            if landing[lane] {
                switch protocols[lane].correctLanding(grid.event(protocols[lane], in: lane)) {
                case .landed: break
                case .again(let length): (self.length[lane], passed[lane]) = (length, false)
                case .missed:
                    passed[lane] = false
                    giveUp(.only(lane))
                }
            } else if let moment = protocols[lane].crossing(grid, length: length[lane], lane: lane) {
                // The error control proposes a step as if the whole one had been taken.
                propose(after: length, error: error, where: .only(lane))
                landing[lane] = true
                steps[lane] += 1
                (length[lane], passed[lane]) = (moment, false)
            }
        }
        passed .&= active
        guard any(passed) else { return }
        let landed = passed .& landing
        let whole = passed .& .!landed
        propose(after: length, error: error, where: whole)
        accept(passed, whole: whole, least: made.least, largest: made.largest)
    }

    /// The proposal of the next step: Δt_new = 0.9 Δt err^(-0.7/4) err_before^(0.4/4).
    private mutating func propose(after length: Lanes, error: Lanes, where lanes: LaneMask) {
        for lane in 0..<Lanes.scalarCount where lanes[lane] {
            let logOfError = log(max(error[lane], 1e-8))
            let factor = 0.9 * exp(0.1 * logOfErrorBefore[lane] - 0.175 * logOfError)
            proposed[lane] = min(
                max(floor[lane], length[lane] * min(5, max(0.2, factor))), longestStep[lane])
            logOfErrorBefore[lane] = max(logOfError, Self.logOfLeastErrorBefore)
        }
    }

    private static let logOfLeastErrorBefore = log(1e-4)

    private mutating func accept(_ passed: LaneMask, whole: LaneMask, least: Lanes, largest: Lanes) {
        grid.accept(passed)
        var next = time + length
        var ended = passed .& landing
        steps.replace(with: steps + 1, where: whole)
        let atLimit = whole .& (length .>= limit - time)
        next.replace(with: limit, where: atLimit)
        ended .|= atLimit
        let exhausted = whole .& (attempts .>= mostAttempts)
        if any(exhausted) { giveUp(exhausted) }
        time.replace(with: next, where: passed)
        let surface = grid.nodes[0].state
        let outside = passed .& ((least .< lowest) .| (largest .> highest) .| (surface .< lowestAtSurface))
        if any(outside) { giveUp(outside) }
        landing .&= .!passed
        ended .&= active
        if any(ended) {
            let contents = grid.content
            for lane in 0..<Lanes.scalarCount where ended[lane] {
                protocols[lane].endStep(
                    after: time[lane], holding: contents[lane], surface: surface[lane])
                beginStep(of: lane)
            }
        }
        setLengths(of: passed .& active .& .!ended)
    }

    /// Leaves lanes to a run of their own.
    private mutating func giveUp(_ lanes: LaneMask) {
        for lane in 0..<Lanes.scalarCount where lanes[lane] { protocols[lane].giveUp() }
        active .&= .!lanes
        landing .&= .!lanes
        length.replace(with: 0, where: lanes)
        flux.replace(with: 0, where: lanes)
    }
}

extension LaneMask {
    /// One lane.
    static func only(_ lane: Int) -> LaneMask {
        var mask = LaneMask(repeating: false)
        mask[lane] = true
        return mask
    }
}
