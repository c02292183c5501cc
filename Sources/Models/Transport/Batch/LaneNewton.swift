// The stages of a time step where φ is not linear: Newton's iteration, as in `ESDIRKIntegrator`, on the equations of
// ``TransportSystem``. A lane that has converged is left as it is while the others go on.

/// What Newton's iteration knows of eight lanes between stages.
struct LaneNewton {
    /// The constant of quadratic convergence, measured when last a stage took two iterations.
    private var constant = Lanes(repeating: .infinity)
    private var before = Lanes(repeating: .infinity)
    /// Lanes that are done with the stage, whether it converged or not.
    private(set) var done = LaneMask(repeating: false)
    /// Lanes in which a stage of the step did not converge.
    private(set) var failed = LaneMask(repeating: false)

    /// Forgets what was measured in some lanes, where another protocol step begins.
    mutating func restart(_ lanes: LaneMask) { constant.replace(with: .infinity, where: lanes) }

    /// Begins a time step; lanes that are not to move are done from the start.
    mutating func beginStep() { failed = LaneMask(repeating: false) }

    /// Begins a stage.
    mutating func beginStage(idle: LaneMask) {
        before = Lanes(repeating: .infinity)
        done = idle .| failed
    }

    /// Judges an iteration by the change it made, relative to the tolerance; the rules are those of the integrator.
    mutating func judge(_ change: Lanes, iteration: Int, leastChange: Lanes) {
        var converged = change .== 0
        if iteration == 1 {
            converged .|= 10 * constant * change * change .< 0.003
        } else {
            let contraction = change / before
            let measured = change.replacing(with: leastChange, where: change .< leastChange) / (before * before)
            constant.replace(with: measured, where: .!done)
            converged .|= (contraction .< 1) .& (change * contraction / (1 - contraction) .< 0.003)
            if iteration > 2 { fail(.!done .& .!converged .& (contraction .> 2)) }
        }
        fail(.!done .& .!(change .< .infinity))
        done .|= converged
        before.replace(with: change, where: .!done)
        if iteration == Self.mostIterations { fail(.!done) }
    }

    private mutating func fail(_ lanes: LaneMask) {
        failed .|= lanes
        done .|= lanes
    }

    static let mostIterations = 12
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
        // First guess: the rate of the stage before.
        let guess = corrections[stage - 1]
        for node in nodes.indices {
            nodes[node].base = weights.base(nodes[node], stage: stage)
            nodes[node].rates[stage] = nodes[node].rates[stage - 1] + guess
        }
        newton.beginStage(idle: idle)
        var iterations = Lanes.zero
        var sum = Lanes.zero
        for iteration in 1...LaneNewton.mostIterations {
            let moving = .!newton.done
            iterations.replace(with: iterations + 1, where: moving)
            Self.eliminate(stage, shift, flux, transform, cells, &nodes, &lines)
            let change: Lanes
            (change, sum) = Self.substitute(stage, moving, cells, &nodes, lines)
            newton.judge(change * shift * unit, iteration: iteration, leastChange: leastChange)
            if all(newton.done) { break }
        }
        corrections[stage] = (flux - sum) / self.length
        return iterations
    }

    /// The defect J δ - K φ(Y) - W k at Y = base + γ Δt k and the matrix W + γ Δt K diag(𝒟), condensed and eliminated downwards.
    private static func eliminate(
        _ stage: Int, _ shift: Lanes, _ flux: Lanes, _ transform: LaneTransform, _ cells: Int,
        _ nodes: inout [LaneNode], _ lines: inout [LaneCell]
    ) {
        var nodes = nodes.mutableSpan
        var lines = lines.mutableSpan
        var rate = nodes[unchecked: 0].rates[stage]
        var (left, leftSlope) = transform(nodes[unchecked: 0].base + shift * rate)
        nodes[unchecked: 0].slope = leftSlope
        var carried = flux - nodes[unchecked: 0].mass * rate
        var carriedDiagonal = Lanes.zero
        var (upper, lower, inversePivot, before) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
        for cell in 0..<cells {
            rate = nodes[unchecked: 2 * cell + 1].rates[stage]
            let (middle, middleSlope) = transform(nodes[unchecked: 2 * cell + 1].base + shift * rate)
            let massOfMiddle = nodes[unchecked: 2 * cell + 1].mass
            let third = lines[unchecked: cell].third
            let q = third * shift
            let inverseMiddle = 1 / (massOfMiddle + 16 * q * middleSlope)
            let fromEnds = 8 * q
            let intoEnds = -(fromEnds * middleSlope) * inverseMiddle
            let massRate = massOfMiddle * rate
            rate = nodes[unchecked: 2 * cell + 2].rates[stage]
            let (right, rightSlope) = transform(nodes[unchecked: 2 * cell + 2].base + shift * rate)
            nodes[unchecked: 2 * cell + 2].slope = rightSlope

            let (fromLeft, fromRight) = (left - middle, right - middle)
            let ofMiddle = 8 * third * (fromLeft + fromRight) - massRate
            let passedOn = intoEnds * ofMiddle
            let sixth = lines[unchecked: cell].sixth
            let own = q * (7 + 8 * intoEnds)
            let coupling = q * (1 + 8 * intoEnds)
            let multiplier = lower * inversePivot
            before = carried - third * (7 * fromLeft + fromRight) - passedOn - multiplier * before
            inversePivot = 1 / (carriedDiagonal + sixth + own * leftSlope - multiplier * upper)
            upper = coupling * rightSlope
            lower = coupling * leftSlope
            carried = -third * (fromLeft + 7 * fromRight) - passedOn - nodes[unchecked: 2 * cell + 2].mass * rate
            carriedDiagonal = sixth + own * rightSlope
            lines[unchecked: cell].inverseMiddle = inverseMiddle
            lines[unchecked: cell].fromEnds = fromEnds
            lines[unchecked: cell].middle = ofMiddle
            lines[unchecked: cell].end = before
            lines[unchecked: cell].inversePivot = inversePivot
            lines[unchecked: cell].upper = upper
            (left, leftSlope) = (right, rightSlope)
        }
        let multiplier = lower * inversePivot
        lines[unchecked: cells].end = carried - multiplier * before
        lines[unchecked: cells].inversePivot = 1 / (carriedDiagonal - multiplier * upper)
    }

    /// Corrects the rates of the moving lanes; returns the largest correction and Σ W k.
    private static func substitute(
        _ stage: Int, _ moving: LaneMask, _ cells: Int, _ nodes: inout [LaneNode], _ lines: [LaneCell]
    ) -> (largest: Lanes, sum: Lanes) {
        let lines = lines.span
        var nodes = nodes.mutableSpan
        var right = lines[unchecked: cells].end * lines[unchecked: cells].inversePivot
        var largest = magnitude(right)
        // A NaN times zero stays NaN, which a maximum would lose.
        var poison = right * 0
        nodes[unchecked: 2 * cells].rates[stage] += right.replacing(with: 0, where: .!moving)
        var sum = nodes[unchecked: 2 * cells].mass * nodes[unchecked: 2 * cells].rates[stage]
        var rightTimesSlope = right * nodes[unchecked: 2 * cells].slope
        for cell in stride(from: cells - 1, through: 0, by: -1) {
            let left =
                (lines[unchecked: cell].end - lines[unchecked: cell].upper * right)
                * lines[unchecked: cell].inversePivot
            let leftTimesSlope = left * nodes[unchecked: 2 * cell].slope
            let middle =
                (lines[unchecked: cell].middle + lines[unchecked: cell].fromEnds * (leftTimesSlope + rightTimesSlope))
                * lines[unchecked: cell].inverseMiddle
            largest = larger(larger(largest, magnitude(middle)), magnitude(left))
            poison += middle * 0
            nodes[unchecked: 2 * cell + 1].rates[stage] += middle.replacing(with: 0, where: .!moving)
            nodes[unchecked: 2 * cell].rates[stage] += left.replacing(with: 0, where: .!moving)
            sum +=
                nodes[unchecked: 2 * cell + 1].mass * nodes[unchecked: 2 * cell + 1].rates[stage]
                + nodes[unchecked: 2 * cell].mass * nodes[unchecked: 2 * cell].rates[stage]
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
