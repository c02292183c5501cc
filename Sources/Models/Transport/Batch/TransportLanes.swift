import FiniteElements
import Quantities
import TimeIntegration

/// Eight layers that are stepped together, each through its own protocol, on its own mesh, with its own steps and events.
///
/// The method is that of ``TransportRun``, lane by lane; no lane sees another. What goes wrong in a lane, or leaves the range of
/// its laws, is left to a ``TransportRun`` of that layer, which says why.
struct TransportLanes {
    var grid: LaneGrid
    let isLinear: Bool
    var transform = LaneTransform()
    var newton = LaneNewton()
    var protocols: [LaneProtocol] = []

    // The integrator's state, s where it is a time.
    var time = Lanes.zero
    var length = Lanes.zero
    var shift = Lanes.zero
    var proposed = Lanes.zero
    var floor = Lanes.zero
    var logOfErrorBefore = Lanes.zero
    var flux = Lanes.zero
    /// 1 / (tolerance times scale), m3/mol.
    var unit = Lanes(repeating: 1)
    var leastChange = Lanes.zero
    /// First steps that the settings ask for; NaN where the integrator chooses.
    var initialStep = Lanes(repeating: .nan)
    var longestStep = Lanes(repeating: .infinity)
    var attempts = Lanes.zero
    var mostAttempts = Lanes.zero
    /// Time at which the protocol step ends.
    var limit = Lanes(repeating: .infinity)
    /// Unknowns at the electrolyte that end the protocol step, mol/m3.
    var upperTarget = Lanes(repeating: .infinity)
    var lowerTarget = Lanes(repeating: -.infinity)
    /// Lanes whose protocol step ends with a utilisation.
    var watchesContent = LaneMask(repeating: false)
    // Work of the integrator.
    var steps = Lanes.zero
    var rejections = Lanes.zero
    var iterations = Lanes.zero

    // What a lane must not pass, mol/m3.
    var lowest = Lanes.zero
    var lowestAtSurface = Lanes.zero
    var highest = Lanes(repeating: .infinity)

    /// Whether every step is made, taken back and made again, as ``IntegratorSettings/repeatsSteps`` says for one of the layers.
    var repeatsSteps = false
    /// Lanes that are still stepped.
    var active = LaneMask(repeating: false)
    /// Lanes whose last step is made again to end on an event.
    var landing = LaneMask(repeating: false)
    /// Lanes that begin a protocol step.
    var starting = LaneMask(repeating: false)

    /// Room for layers with so many cells; linear ones have a constant diffusivity in the frame of the slab.
    init(cells: Int, isLinear: Bool) {
        grid = LaneGrid(cells: cells)
        self.isLinear = isLinear
    }

    /// Runs up to eight layers.
    ///
    /// - Parameters:
    ///   - members: the places of the layers among all, one at least.
    ///   - transforms: Kirchhoff's transforms of the members; empty where they are linear.
    ///   - goesOn: asked every few time steps.
    /// - Returns: the end of each, nil where a ``TransportRun`` must say more; nil for all when the work was called off.
    mutating func run(
        _ members: ArraySlice<Int>, of layers: [TransportParameters], transforms: [LaneTransform.Shared],
        goesOn: () -> Bool
    ) -> [TransportEnd?]? {
        precondition(!members.isEmpty && members.count <= Lanes.scalarCount)
        transform.clear()
        protocols.removeAll(keepingCapacity: true)
        active = LaneMask(repeating: false)
        landing = active
        starting = active
        repeatsSteps = members.contains { layers[$0].integrator.repeatsSteps }
        for lane in 0..<Lanes.scalarCount {
            // A lane without a layer of its own holds the first, at rest.
            let isIdle = lane >= members.count
            put(layers[members[members.startIndex + (isIdle ? 0 : lane)]], transforms, lane, isIdle: isIdle)
        }
        let contents = grid.content
        for lane in 0..<members.count {
            guard layers[members[members.startIndex + lane]].isInitialProfileResolved(holding: contents[lane]) else {
                giveUp(.only(lane))
                continue
            }
            protocols[lane].begin(holding: contents[lane])
            beginStep(of: lane)
        }
        var tries = 0
        while any(active) {
            tries += 1
            if tries % 32 == 0 && !goesOn() { return nil }
            if any(starting) { restart() }
            attempt()
            judge()
        }
        return (0..<members.count).map { lane in
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
        leastChange[lane] = StepControl.roundOff / layer.integrator.relativeTolerance
        initialStep[lane] = layer.integrator.initialStep ?? .nan
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
    mutating func beginStep(of lane: Int) {
        let surface = grid.nodes[0].state[lane]
        guard let next = protocols[lane].nextStep(surface: surface) else {
            active[lane] = false
            flux[lane] = 0
            length[lane] = 0
            return
        }
        flux[lane] = next.signedCurrentDensity / Constants.faraday
        lowestAtSurface[lane] = next.kind == .strip ? protocols[lane].leastStripped : lowest[lane]
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
        grid.evaluateRate(flux: flux, isLinear ? nil : transform, where: starting)
        let rateSize = grid.largestRate * unit
        let probe = StepControl.probe / rateSize
        let curvature = grid.largestChangeOfRate(
            after: probe, flux: flux, isLinear ? nil : transform)
        let byCurvature = (StepControl.firstCurvature / (curvature / probe * unit)).squareRoot()
        var first = StepControl.mostProbes * probe
        first.replace(with: byCurvature, where: (curvature .> 0) .& (byCurvature .< first))
        first.replace(with: longestStep, where: .!(rateSize .> 0))
        first.replace(with: initialStep, where: initialStep .== initialStep)
        first.replace(with: longestStep, where: longestStep .< first)
        proposed.replace(with: first, where: starting)
        setLengths(of: starting)
        starting = LaneMask(repeating: false)
    }

    /// The length of the next step: the proposed one, or one that reaches the limit in whole steps without a sliver at its end.
    mutating func setLengths(of lanes: LaneMask) {
        let remaining = limit - time
        var next = proposed.replacing(with: 0.5 * remaining, where: proposed .> 0.5 * remaining)
        next.replace(with: remaining, where: proposed .>= remaining * (1 - 1e-9))
        // A step made short to meet its limit says little about the next: it must not shrink the proposal.
        floor.replace(with: proposed.replacing(with: 0, where: next .>= proposed), where: lanes)
        length.replace(with: next, where: lanes)
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
