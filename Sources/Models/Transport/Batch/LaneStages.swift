import TimeIntegration

/// The weights Δt a_ij of the stages before, in eight lanes, and what the corrections of their rates give.
struct LaneWeights {
    private var weights = InlineArray<5, Lanes>(repeating: .zero)
    private var constant = Lanes.zero

    /// The rows of the tableau without an array within an array.
    private static let rows: InlineArray<6, InlineArray<5, Double>> = {
        var rows = InlineArray<6, InlineArray<5, Double>>(repeating: InlineArray(repeating: 0))
        for stage in 0..<ESDIRK43.stages {
            for earlier in 0..<stage { rows[stage][earlier] = ESDIRK43.rows[stage][earlier] }
        }
        return rows
    }()

    init(ofStage stage: Int, length: Lanes, corrections: InlineArray<6, Lanes>) {
        for earlier in 0..<stage {
            weights[earlier] = Self.rows[stage][earlier] * length
            constant += weights[earlier] * corrections[earlier]
        }
    }

    /// y + Δt Σ a_ij k_j at a node.
    @inline(__always)
    func base(_ node: borrowing LaneNode, stage: Int) -> Lanes {
        var base = (node.state + constant) + weights[unchecked: 0] * node.rates[unchecked: 0]
        if stage > 1 && stage < 5 { base += weights[unchecked: 1] * node.rates[unchecked: 1] }
        if stage > 2 { base += weights[unchecked: 2] * node.rates[unchecked: 2] }
        if stage > 3 { base += weights[unchecked: 3] * node.rates[unchecked: 3] }
        if stage > 4 { base += weights[unchecked: 4] * node.rates[unchecked: 4] }
        return base
    }
}

// The stages of a time step where φ = D u with a constant D: one solve each. The equations are those of ``TransportSystem``,
// their condensation that of `CondensedLineMatrix`, with D in the factor of the cells.
extension LaneGrid {
    /// Forms and factors W + `shift` D K; the shift γ Δt in s.
    public mutating func factor(shift: Lanes) { Self.factor(shift, cells, nodes, &lines) }

    private static func factor(_ shift: Lanes, _ cells: Int, _ nodes: [LaneNode], _ lines: inout [LaneCell]) {
        let nodes = nodes.span
        var lines = lines.mutableSpan
        var carried = Lanes.zero
        var (upper, inversePivot) = (Lanes.zero, Lanes.zero)
        for cell in 0..<cells {
            let q = lines[unchecked: cell].third * shift
            let coupling = 8 * q
            let inverseMiddle = 1 / (nodes[unchecked: 2 * cell + 1].mass + (coupling + coupling))
            let intoEnds = -coupling * inverseMiddle
            let own = 7 * q + coupling * intoEnds
            let multiplier = upper * inversePivot
            inversePivot = 1 / (nodes[unchecked: 2 * cell].mass + (carried + own) - multiplier * upper)
            upper = q + coupling * intoEnds
            carried = own
            lines[unchecked: cell].intoEnds = intoEnds
            lines[unchecked: cell].inverseMiddle = inverseMiddle
            lines[unchecked: cell].coupling = coupling
            lines[unchecked: cell].multiplier = multiplier
            lines[unchecked: cell].inversePivot = inversePivot
            lines[unchecked: cell].upper = upper
        }
        let multiplier = upper * inversePivot
        lines[unchecked: cells].multiplier = multiplier
        lines[unchecked: cells].inversePivot =
            1 / (nodes[unchecked: 2 * cells].mass + carried - multiplier * upper)
    }

    /// Solves a stage, 1 to 5, of a linear step for its rate with the matrix last factored; the length Δt in s, the flux into the
    /// layer in mol/(m2 s).
    public mutating func solveStage(_ stage: Int, length: Lanes, flux: Lanes) {
        let weights = LaneWeights(ofStage: stage, length: length, corrections: corrections)
        // A stage known to the compiler leaves no choice within the loops.
        let sum: Lanes
        switch stage {
        case 1: sum = Self.solve(1, weights, flux, cells, &nodes, &lines)
        case 2: sum = Self.solve(2, weights, flux, cells, &nodes, &lines)
        case 3: sum = Self.solve(3, weights, flux, cells, &nodes, &lines)
        case 4: sum = Self.solve(4, weights, flux, cells, &nodes, &lines)
        default: sum = Self.solve(5, weights, flux, cells, &nodes, &lines)
        }
        corrections[stage] = (flux - sum) / self.length
    }

    /// Right-hand sides, condensed and eliminated downwards; then rates from the last node to the first. Returns Σ W k.
    @inline(__always)
    private static func solve(
        _ stage: Int, _ weights: LaneWeights, _ flux: Lanes, _ cells: Int, _ nodes: inout [LaneNode],
        _ lines: inout [LaneCell]
    ) -> Lanes {
        var nodes = nodes.mutableSpan
        var lines = lines.mutableSpan
        var left = weights.base(nodes[unchecked: 0], stage: stage)
        if stage == 5 { nodes[unchecked: 0].base = left }
        var carried = flux
        var before = Lanes.zero
        for cell in 0..<cells {
            let middle = weights.base(nodes[unchecked: 2 * cell + 1], stage: stage)
            let right = weights.base(nodes[unchecked: 2 * cell + 2], stage: stage)
            // The last stage ends the step.
            if stage == 5 {
                nodes[unchecked: 2 * cell + 1].base = middle
                nodes[unchecked: 2 * cell + 2].base = right
            }
            let third = lines[unchecked: cell].third
            // K p: (7, -8, 1), (-8, 16, -8), (1, -8, 7) are 6 (p_l - p_m) + s, -8 s, 6 (p_r - p_m) + s.
            let (fromLeft, fromRight) = (left - middle, right - middle)
            let both = third * (fromLeft + fromRight)
            let six = 6 * third
            let ofMiddle = 8 * both
            let passedOn = both + lines[unchecked: cell].intoEnds * ofMiddle
            before = carried - six * fromLeft - passedOn - lines[unchecked: cell].multiplier * before
            carried = -(six * fromRight) - passedOn
            lines[unchecked: cell].middle = ofMiddle
            lines[unchecked: cell].end = before
            left = right
        }
        before = carried - lines[unchecked: cells].multiplier * before

        var right = before * lines[unchecked: cells].inversePivot
        nodes[unchecked: 2 * cells].rates[unchecked: stage] = right
        var sum = nodes[unchecked: 2 * cells].mass * right
        var cell = cells
        while cell > 0 {
            cell -= 1
            let left =
                (lines[unchecked: cell].end - lines[unchecked: cell].upper * right)
                * lines[unchecked: cell].inversePivot
            let middle =
                (lines[unchecked: cell].middle + lines[unchecked: cell].coupling * (left + right))
                * lines[unchecked: cell].inverseMiddle
            nodes[unchecked: 2 * cell + 1].rates[unchecked: stage] = middle
            nodes[unchecked: 2 * cell].rates[unchecked: stage] = left
            sum += nodes[unchecked: 2 * cell + 1].mass * middle + nodes[unchecked: 2 * cell].mass * left
            right = left
        }
        return sum
    }
}
