import TimeIntegration

// The ends of a time step in eight lanes: rates at its beginning, state and error at its end.
extension LaneGrid {
    /// The largest local error of each lane and the range of its unknowns at the end of the step, mol/m3.
    struct Step {
        var error = Lanes.zero
        var least = Lanes(repeating: .infinity)
        var largest = Lanes(repeating: -.infinity)
    }

    /// Writes the end of the step to `trial` and tells its error: Δt Σ b_j k_j and Δt Σ (b_j - b̂_j) k_j.
    mutating func finish(length: Lanes) -> Step {
        var step = Step()
        var (poison, constant, errorConstant) = (Lanes.zero, Lanes.zero, Lanes.zero)
        var weights = InlineArray<6, Lanes>(repeating: .zero)
        var errorWeights = weights
        for stage in 0..<ESDIRK43.stages {
            weights[stage] = ESDIRK43.weights[stage] * length
            errorWeights[stage] = (ESDIRK43.weights[stage] - ESDIRK43.embeddedWeights[stage]) * length
            constant += weights[stage] * corrections[stage]
            errorConstant += errorWeights[stage] * corrections[stage]
        }
        var nodes = nodes.mutableSpan
        for node in 0..<nodes.count {
            var trial = nodes[unchecked: node].state + constant
            var error = errorConstant
            for stage in 0..<6 where stage != 1 {
                let rate = nodes[unchecked: node].rates[stage]
                trial += weights[stage] * rate
                error += errorWeights[stage] * rate
            }
            nodes[unchecked: node].trial = trial
            step.error = larger(step.error, magnitude(error))
            poison += error * 0
            step.least = step.least.replacing(with: trial, where: trial .< step.least)
            step.largest = larger(step.largest, trial)
        }
        step.error += poison
        return step
    }

    /// Makes the end of the step the state in some lanes; its last rate is the first of the next step.
    mutating func accept(_ lanes: LaneMask) {
        var nodes = nodes.mutableSpan
        for node in 0..<nodes.count {
            nodes[unchecked: node].state.replace(with: nodes[unchecked: node].trial, where: lanes)
            nodes[unchecked: node].rates[0].replace(with: nodes[unchecked: node].rates[5], where: lanes)
        }
        corrections[0].replace(with: corrections[5], where: lanes)
    }

    /// Writes W⁻¹ R(u + offset k) to `trial`, k the rates of the first stage; φ = D u where there is no transform.
    private mutating func writeRate(
        offset: Lanes, flux: Lanes, _ transform: LaneTransform?, diffusivity: Lanes
    ) {
        func potential(_ node: Int) -> Lanes {
            let unknown = nodes[node].state + offset * nodes[node].rates[0]
            return transform?(unknown).value ?? diffusivity * unknown
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
        offset: Lanes, flux: Lanes, _ transform: LaneTransform?, diffusivity: Lanes, where lanes: LaneMask
    ) {
        writeRate(offset: .zero, flux: flux, transform, diffusivity: diffusivity)
        for node in nodes.indices { nodes[node].rates[0].replace(with: nodes[node].trial, where: lanes) }
        corrections[0].replace(with: 0, where: lanes)
    }

    /// The largest rate of the first stage, mol/(m3 s).
    var largestRate: Lanes { nodes.reduce(Lanes.zero) { larger($0, magnitude($1.rates[0])) } }

    /// How far that rate changes at most along a step of explicit Euler's, mol/(m3 s).
    mutating func largestChangeOfRate(
        after length: Lanes, flux: Lanes, _ transform: LaneTransform?, diffusivity: Lanes
    ) -> Lanes {
        writeRate(offset: length, flux: flux, transform, diffusivity: diffusivity)
        return nodes.reduce(Lanes.zero) { larger($0, magnitude($1.trial - $1.rates[0])) }
    }
}
