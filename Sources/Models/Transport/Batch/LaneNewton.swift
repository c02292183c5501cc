import TimeIntegration

// The stages of a time step where φ is not linear: Newton's iteration, as in `ESDIRKIntegrator`, on the equations of
// ``TransportSystem``. A lane that has converged is left as it is while the others go on.

/// What Newton's iteration knows of eight lanes between stages.
struct LaneNewton {
    /// The constant of quadratic convergence, measured when last a stage took two iterations.
    private var constant = Lanes(repeating: .infinity)
    /// The same when the time step began: a try that is taken back leaves no trace.
    private var constantBefore = Lanes(repeating: .infinity)
    private var before = Lanes(repeating: .infinity)
    /// Lanes that are done with the stage, whether it converged or not.
    private(set) var done = LaneMask(repeating: false)
    /// Lanes in which a stage of the step did not converge.
    private(set) var failed = LaneMask(repeating: false)

    /// Forgets what was measured in some lanes, where another protocol step begins.
    mutating func restart(_ lanes: LaneMask) { constantBefore.replace(with: .infinity, where: lanes) }

    /// Begins a try of a time step.
    mutating func beginTry() {
        failed = LaneMask(repeating: false)
        constant = constantBefore
    }

    /// Takes the last try as the time step in some lanes.
    mutating func accept(_ lanes: LaneMask) { constantBefore.replace(with: constant, where: lanes) }

    /// Begins a stage.
    mutating func beginStage(idle: LaneMask) {
        before = Lanes(repeating: .infinity)
        done = idle .| failed
    }

    /// Judges an iteration by the change it made, relative to the tolerance; the rules are those of the integrator.
    mutating func judge(_ change: Lanes, iteration: Int, leastChange: Lanes) {
        var converged = change .== 0
        if iteration == 1 {
            converged .|= StepControl.singleIterateMargin * constant * change * change .< StepControl.newtonTolerance
        } else {
            let contraction = change / before
            let measured = change.replacing(with: leastChange, where: change .< leastChange) / (before * before)
            constant.replace(with: measured, where: .!done)
            converged .|= (contraction .< 1)
                .& (change * contraction / (1 - contraction) .< StepControl.newtonTolerance)
            if iteration > 2 { fail(.!done .& .!converged .& (contraction .> StepControl.divergence)) }
        }
        fail(.!done .& .!(change .< .infinity))
        done .|= converged
        before.replace(with: change, where: .!done)
        if iteration == StepControl.mostIterations { fail(.!done) }
    }

    private mutating func fail(_ lanes: LaneMask) {
        failed .|= lanes
        done .|= lanes
    }
}

extension LaneGrid {
    /// Solves a stage for its rate by Newton's iteration.
    ///
    /// - Parameters:
    ///   - idle: lanes that need no solution.
    ///   - unit: 1 / (tolerance times scale), m3/mol.
    /// - Returns: the iterations of each lane.
    mutating func solveStage(
        _ stage: Int, length: Lanes, shift: Lanes, flux: Lanes, transform: LaneTransform, newton: inout LaneNewton,
        idle: LaneMask, unit: Lanes, leastChange: Lanes
    ) -> Lanes {
        let weights = LaneWeights(ofStage: stage, length: length, corrections: corrections)
        Self.begin(stage, weights, corrections, &nodes)
        newton.beginStage(idle: idle)
        var iterations = Lanes.zero
        var sum = Lanes.zero
        for iteration in 1...StepControl.mostIterations {
            let moving = .!newton.done
            iterations.replace(with: iterations + 1, where: moving)
            Self.evaluate(stage, shift, transform.places, transform.cubics, &nodes)
            Self.eliminate(stage, flux, cells, nodes, &lines)
            let change: Lanes
            (change, sum) = Self.substitute(stage, moving, cells, &nodes, lines)
            newton.judge(change * shift * unit, iteration: iteration, leastChange: leastChange)
            if all(newton.done) { break }
        }
        corrections[stage] = (flux - sum) / self.length
        return iterations
    }

    /// What the stages before give, and a first guess of the rate: the line through those of the two stages before.
    @inline(never)
    private static func begin(
        _ stage: Int, _ weights: LaneWeights, _ corrections: InlineArray<6, Lanes>, _ nodes: inout [LaneNode]
    ) {
        // A stage known to the compiler leaves no choice within the loops.
        switch stage {
        case 1: guess(1, weights, corrections, &nodes)
        case 2: guess(2, weights, corrections, &nodes)
        case 3: guess(3, weights, corrections, &nodes)
        case 4: guess(4, weights, corrections, &nodes)
        default: guess(5, weights, corrections, &nodes)
        }
    }

    @inline(__always)
    private static func guess(
        _ stage: Int, _ weights: LaneWeights, _ corrections: InlineArray<6, Lanes>, _ nodes: inout [LaneNode]
    ) {
        let before = stage - 1
        let earlier = max(0, stage - 2)
        let slope = ESDIRK43.guessWeight(ofStage: stage)
        let constant = corrections[before] + slope * (corrections[before] - corrections[earlier])
        var nodes = nodes.mutableSpan
        for node in 0..<nodes.count {
            nodes[unchecked: node].base = weights.base(nodes[unchecked: node], stage: stage)
            let rate = nodes[unchecked: node].rates[unchecked: before]
            let change = rate - nodes[unchecked: node].rates[unchecked: earlier]
            nodes[unchecked: node].rates[unchecked: stage] = rate + slope * change + constant
        }
    }

    /// Writes 8 γ Δt D/(3h) for the steps that begin.
    mutating func setCouplings(shift: Lanes) {
        for cell in 0..<cells { lines[cell].coupling = 8 * (lines[cell].third * shift) }
    }

    /// φ and its slope at Y = base + γ Δt k of every node: in a loop of its own, where one node does not wait for another.
    @inline(never)
    private static func evaluate(
        _ stage: Int, _ shift: Lanes, _ places: LaneTransform.Places, _ cubics: [SIMD4<Double>],
        _ nodes: inout [LaneNode]
    ) {
        let cubics = cubics.span
        var nodes = nodes.mutableSpan
        for node in 0..<nodes.count {
            let unknown = nodes[unchecked: node].base + shift * nodes[unchecked: node].rates[unchecked: stage]
            let (value, slope) = LaneTransform.evaluate(unknown, places, cubics)
            nodes[unchecked: node].trial = value
            nodes[unchecked: node].slope = slope
        }
    }

    /// The defect J δ - K φ(Y) - W k and the matrix W + γ Δt K diag(𝒟), condensed and eliminated downwards.
    @inline(never)
    private static func eliminate(
        _ stage: Int, _ flux: Lanes, _ cells: Int, _ nodes: [LaneNode], _ lines: inout [LaneCell]
    ) {
        let nodes = nodes.span
        var lines = lines.mutableSpan
        var (left, leftSlope) = (nodes[unchecked: 0].trial, nodes[unchecked: 0].slope)
        var carried = flux
        var carriedOwn = Lanes.zero
        var (upper, lower, inversePivot, before) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
        for cell in 0..<cells {
            let middle = nodes[unchecked: 2 * cell + 1].trial
            let massOfMiddle = nodes[unchecked: 2 * cell + 1].mass
            let (right, rightSlope) = (nodes[unchecked: 2 * cell + 2].trial, nodes[unchecked: 2 * cell + 2].slope)
            let (third, eight) = (lines[unchecked: cell].third, lines[unchecked: cell].coupling)
            let coupled = eight * nodes[unchecked: 2 * cell + 1].slope
            let inverseMiddle = 1 / (massOfMiddle + (coupled + coupled))
            let intoEnds = -coupled * inverseMiddle

            let (fromLeft, fromRight) = (left - middle, right - middle)
            let both = third * (fromLeft + fromRight)
            let six = 6 * third
            let ofMiddle = 8 * both - massOfMiddle * nodes[unchecked: 2 * cell + 1].rates[unchecked: stage]
            let passedOn = both + intoEnds * ofMiddle

            // 7 q + 8 q g and q + 8 q g with q = γ Δt D/(3h) and g what goes into the ends
            let across = eight * (0.125 + intoEnds)
            let own = across + 0.75 * eight
            let multiplier = lower * inversePivot
            let massOfLeft = nodes[unchecked: 2 * cell].mass
            before =
                carried - six * fromLeft - passedOn
                - massOfLeft * nodes[unchecked: 2 * cell].rates[unchecked: stage] - multiplier * before
            inversePivot = 1 / (massOfLeft + (carriedOwn + own) * leftSlope - multiplier * upper)
            upper = across * rightSlope
            lower = across * leftSlope
            carried = -(six * fromRight) - passedOn
            carriedOwn = own
            lines[unchecked: cell].inverseMiddle = inverseMiddle
            lines[unchecked: cell].middle = ofMiddle
            lines[unchecked: cell].end = before
            lines[unchecked: cell].inversePivot = inversePivot
            lines[unchecked: cell].upper = upper
            (left, leftSlope) = (right, rightSlope)
        }
        let multiplier = lower * inversePivot
        let massOfLast = nodes[unchecked: 2 * cells].mass
        lines[unchecked: cells].end =
            carried - massOfLast * nodes[unchecked: 2 * cells].rates[unchecked: stage] - multiplier * before
        lines[unchecked: cells].inversePivot = 1 / (massOfLast + carriedOwn * leftSlope - multiplier * upper)
    }

    /// Corrects the rates of the moving lanes; returns the largest correction and Σ W k.
    @inline(never)
    private static func substitute(
        _ stage: Int, _ moving: LaneMask, _ cells: Int, _ nodes: inout [LaneNode], _ lines: [LaneCell]
    ) -> (largest: Lanes, sum: Lanes) {
        let lines = lines.span
        var nodes = nodes.mutableSpan
        var right = lines[unchecked: cells].end * lines[unchecked: cells].inversePivot
        var largest = magnitude(right)
        // A NaN times zero stays NaN, which a maximum would lose.
        var poison = right * 0
        nodes[unchecked: 2 * cells].rates[unchecked: stage] += right.replacing(with: 0, where: .!moving)
        var sum = nodes[unchecked: 2 * cells].mass * nodes[unchecked: 2 * cells].rates[unchecked: stage]
        var rightTimesSlope = right * nodes[unchecked: 2 * cells].slope
        var cell = cells
        while cell > 0 {
            cell -= 1
            let left =
                (lines[unchecked: cell].end - lines[unchecked: cell].upper * right)
                * lines[unchecked: cell].inversePivot
            let leftTimesSlope = left * nodes[unchecked: 2 * cell].slope
            let middle =
                (lines[unchecked: cell].middle + lines[unchecked: cell].coupling * (leftTimesSlope + rightTimesSlope))
                * lines[unchecked: cell].inverseMiddle
            largest = larger(larger(largest, magnitude(middle)), magnitude(left))
            poison += middle * 0
            nodes[unchecked: 2 * cell + 1].rates[unchecked: stage] += middle.replacing(with: 0, where: .!moving)
            nodes[unchecked: 2 * cell].rates[unchecked: stage] += left.replacing(with: 0, where: .!moving)
            sum +=
                nodes[unchecked: 2 * cell + 1].mass * nodes[unchecked: 2 * cell + 1].rates[unchecked: stage]
                + nodes[unchecked: 2 * cell].mass * nodes[unchecked: 2 * cell].rates[unchecked: stage]
            (right, rightTimesSlope) = (left, leftTimesSlope)
        }
        return (largest + poison, sum)
    }
}

/// |x|
@inline(__always)
func magnitude(_ x: Lanes) -> Lanes { x.replacing(with: -x, where: x .< 0) }

/// The larger of two, lane by lane; not to be trusted with NaN.
@inline(__always)
func larger(_ x: Lanes, _ y: Lanes) -> Lanes { x.replacing(with: y, where: y .> x) }
