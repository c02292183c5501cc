import TimeIntegration

// The ends of a time step in eight lanes: rates at its beginning, state and error at its end.
extension LaneGrid {
    /// The largest local error of each lane and the range of its unknowns at the end of the step, mol/m3.
    struct Step {
        var error = Lanes.zero
        var least = Lanes(repeating: .infinity)
        var largest = Lanes(repeating: -.infinity)
    }

    /// Writes the end of the step to `trial`, which is that of its last stage, and tells its error Δt Σ (b_j - b̂_j) k_j.
    mutating func finish(length: Lanes, shift: Lanes) -> Step {
        // The second stage has no weight in either.
        let e0 = ESDIRK43.errorWeights[0] * length
        let (e2, e3) = (ESDIRK43.errorWeights[2] * length, ESDIRK43.errorWeights[3] * length)
        let (e4, e5) = (ESDIRK43.errorWeights[4] * length, ESDIRK43.errorWeights[5] * length)
        let early = e0 * corrections[0] + e2 * corrections[2]
        let errorConstant = early + e3 * corrections[3] + e4 * corrections[4] + e5 * corrections[5]
        let constant = shift * corrections[5]
        var step = Step()
        var sum = Lanes.zero
        var nodes = nodes.mutableSpan
        for node in 0..<nodes.count {
            let last = nodes[unchecked: node].rates[unchecked: 5]
            let trial = (nodes[unchecked: node].base + constant) + shift * last
            let first = errorConstant + e0 * nodes[unchecked: node].rates[unchecked: 0]
            let middle =
                e2 * nodes[unchecked: node].rates[unchecked: 2] + e3 * nodes[unchecked: node].rates[unchecked: 3]
            let error = first + middle + (e4 * nodes[unchecked: node].rates[unchecked: 4] + e5 * last)
            nodes[unchecked: node].trial = trial
            step.error = larger(step.error, magnitude(error))
            sum += error
            step.least = step.least.replacing(with: trial, where: trial .< step.least)
            step.largest = larger(step.largest, trial)
        }
        // A NaN times zero stays NaN, which a maximum would lose.
        step.error += 0 * sum
        return step
    }

    /// Makes the end of the step the state in some lanes; its last rate is the first of the next step.
    mutating func accept(_ lanes: LaneMask) {
        var nodes = nodes.mutableSpan
        for node in 0..<nodes.count {
            let (trial, rate) = (nodes[unchecked: node].trial, nodes[unchecked: node].rates[unchecked: 5])
            nodes[unchecked: node].state.replace(with: trial, where: lanes)
            nodes[unchecked: node].rates[unchecked: 0].replace(with: rate, where: lanes)
        }
        corrections[0].replace(with: corrections[5], where: lanes)
    }

    /// Writes W⁻¹ R(u + offset k) to `trial`, k the rates of the first stage; where there is no transform, φ = u.
    private mutating func writeRate(
        offset: Lanes, flux: Lanes, _ transform: LaneTransform?
    ) {
        func potential(_ node: Int) -> Lanes {
            let unknown = nodes[node].state + offset * nodes[node].rates[0]
            guard let transform else { return unknown }
            return LaneTransform.evaluate(unknown, transform.places, transform.cubics.span).value
        }
        var left = potential(0)
        var carried = flux
        for cell in 0..<cells {
            let middle = potential(2 * cell + 1)
            let right = potential(2 * cell + 2)
            let third = lines[cell].third
            let (fromLeft, fromRight) = (left - middle, right - middle)
            nodes[2 * cell].trial = (carried - third * (7 * fromLeft + fromRight)) / nodes[2 * cell].mass
            nodes[2 * cell + 1].trial = 8 * third * (fromLeft + fromRight) / nodes[2 * cell + 1].mass
            carried = -third * (fromLeft + 7 * fromRight)
            left = right
        }
        nodes[2 * cells].trial = carried / nodes[2 * cells].mass
    }

    /// Makes W⁻¹ R(u) the rate of the first stage in some lanes.
    mutating func evaluateRate(
        flux: Lanes, _ transform: LaneTransform?, where lanes: LaneMask
    ) {
        writeRate(offset: .zero, flux: flux, transform)
        for node in nodes.indices { nodes[node].rates[0].replace(with: nodes[node].trial, where: lanes) }
        corrections[0].replace(with: 0, where: lanes)
    }

    /// The largest rate of the first stage, mol/(m3 s).
    var largestRate: Lanes {
        var largest = Lanes.zero
        for node in nodes.indices { largest = larger(largest, magnitude(nodes[node].rates[0])) }
        return largest
    }

    /// How far that rate changes at most along a step of explicit Euler's, mol/(m3 s).
    mutating func largestChangeOfRate(
        after length: Lanes, flux: Lanes, _ transform: LaneTransform?
    ) -> Lanes {
        writeRate(offset: length, flux: flux, transform)
        var largest = Lanes.zero
        for node in nodes.indices { largest = larger(largest, magnitude(nodes[node].trial - nodes[node].rates[0])) }
        return largest
    }
}
