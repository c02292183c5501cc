import TimeIntegration

/// The weights Δt a_ij of the stages before, in eight lanes, and what the corrections of their rates give.
struct LaneWeights {
    private var weights = InlineArray<5, Lanes>(repeating: .zero)
    private var constant = Lanes.zero

    init(ofStage stage: Int, length: Lanes, corrections: InlineArray<6, Lanes>) {
        let row = ESDIRK43.rows[stage]
        for earlier in 0..<stage {
            weights[earlier] = row[earlier] * length
            constant += weights[earlier] * corrections[earlier]
        }
    }

    /// y + Δt Σ a_ij k_j at a node.
    @inline(__always)
    func base(_ node: borrowing LaneNode, stage: Int) -> Lanes {
        var base = (node.state + constant) + weights[0] * node.rates[0]
        if stage > 1 && stage < 5 { base += weights[1] * node.rates[1] }
        if stage > 2 { base += weights[2] * node.rates[2] }
        if stage > 3 { base += weights[3] * node.rates[3] }
        if stage > 4 { base += weights[4] * node.rates[4] }
        return base
    }
}

// The stages of a time step where φ = D u with a constant D: one solve each. The equations are those of ``TransportSystem``,
// their condensation that of `CondensedLineMatrix`.
extension LaneGrid {
    /// Forms and factors W + `shift` D K.
    mutating func factor(diffusivity: Lanes, shift: Lanes) {
        let cells = cells
        var lines = lines.mutableSpan
        let scaled = shift * diffusivity
        var carried = Lanes.zero
        var (upper, inversePivot) = (Lanes.zero, Lanes.zero)
        for cell in 0..<cells {
            let sixth = lines[unchecked: cell].sixth
            let q = lines[unchecked: cell].third * scaled
            let inverseMiddle = 1 / (4 * sixth + 16 * q)
            let fromEnds = 8 * q
            let intoEnds = -fromEnds * inverseMiddle
            let own = sixth + q * (7 + 8 * intoEnds)
            let multiplier = upper * inversePivot
            inversePivot = 1 / (carried + own - multiplier * upper)
            upper = q * (1 + 8 * intoEnds)
            carried = own
            lines[unchecked: cell].intoEnds = intoEnds
            lines[unchecked: cell].inverseMiddle = inverseMiddle
            lines[unchecked: cell].fromEnds = fromEnds
            lines[unchecked: cell].multiplier = multiplier
            lines[unchecked: cell].inversePivot = inversePivot
            lines[unchecked: cell].upper = upper
        }
        let multiplier = upper * inversePivot
        lines[unchecked: cells].multiplier = multiplier
        lines[unchecked: cells].inversePivot = 1 / (carried - multiplier * upper)
    }

    /// Solves a stage for its rate with the matrix last factored.
    mutating func solveStage(_ stage: Int, length: Lanes, diffusivity: Lanes, flux: Lanes) {
        // A stage known to the compiler leaves no choice within the loops.
        switch stage {
        case 1: solve(1, length, diffusivity, flux)
        case 2: solve(2, length, diffusivity, flux)
        case 3: solve(3, length, diffusivity, flux)
        case 4: solve(4, length, diffusivity, flux)
        default: solve(5, length, diffusivity, flux)
        }
    }

    @inline(__always)
    private mutating func solve(_ stage: Int, _ length: Lanes, _ diffusivity: Lanes, _ flux: Lanes) {
        let weights = LaneWeights(ofStage: stage, length: length, corrections: corrections)
        Self.eliminate(stage, weights, diffusivity, flux, cells, nodes, &lines)
        let sum = Self.substitute(stage, cells, &nodes, lines)
        corrections[stage] = (flux - sum) / self.length
    }

    /// Right-hand sides, condensed and eliminated downwards.
    @inline(__always)
    private static func eliminate(
        _ stage: Int, _ weights: LaneWeights, _ diffusivity: Lanes, _ flux: Lanes, _ cells: Int, _ nodes: [LaneNode],
        _ lines: inout [LaneCell]
    ) {
        let nodes = nodes.span
        var lines = lines.mutableSpan
        var left = diffusivity * weights.base(nodes[unchecked: 0], stage: stage)
        var carried = flux
        var before = Lanes.zero
        for cell in 0..<cells {
            let middle = diffusivity * weights.base(nodes[unchecked: 2 * cell + 1], stage: stage)
            let right = diffusivity * weights.base(nodes[unchecked: 2 * cell + 2], stage: stage)
            let third = lines[unchecked: cell].third
            let (fromLeft, fromRight) = (left - middle, right - middle)
            let ofMiddle = 8 * third * (fromLeft + fromRight)
            let passedOn = lines[unchecked: cell].intoEnds * ofMiddle
            before =
                carried - third * (7 * fromLeft + fromRight) - passedOn - lines[unchecked: cell].multiplier * before
            carried = -third * (fromLeft + 7 * fromRight) - passedOn
            lines[unchecked: cell].middle = ofMiddle
            lines[unchecked: cell].end = before
            left = right
        }
        lines[unchecked: cells].end = carried - lines[unchecked: cells].multiplier * before
    }

    /// Rates from the last node to the first; returns Σ W k.
    @inline(__always)
    private static func substitute(
        _ stage: Int, _ cells: Int, _ nodes: inout [LaneNode], _ lines: [LaneCell]
    ) -> Lanes {
        let lines = lines.span
        var nodes = nodes.mutableSpan
        var right = lines[unchecked: cells].end * lines[unchecked: cells].inversePivot
        nodes[unchecked: 2 * cells].rates[stage] = right
        var sum = nodes[unchecked: 2 * cells].mass * right
        for cell in stride(from: cells - 1, through: 0, by: -1) {
            let left =
                (lines[unchecked: cell].end - lines[unchecked: cell].upper * right)
                * lines[unchecked: cell].inversePivot
            let middle =
                (lines[unchecked: cell].middle + lines[unchecked: cell].fromEnds * (left + right))
                * lines[unchecked: cell].inverseMiddle
            nodes[unchecked: 2 * cell + 1].rates[stage] = middle
            nodes[unchecked: 2 * cell].rates[stage] = left
            sum += nodes[unchecked: 2 * cell + 1].mass * middle + nodes[unchecked: 2 * cell].mass * left
            right = left
        }
        return sum
    }
}
