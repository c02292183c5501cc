import FiniteElements
import LinearAlgebra
import SparseSolvers
import TimeIntegration

extension Mechanics {
    func equilibrate(_ fields: inout [Double]) throws(EvaluationFailure) {
        var left: Double?
        do throws(SparseFactorError) {
            if needsTangent {
                try formTangent(fields)
            } else if formed.isStale {
                try refreshTangent()
            }
            if linear == nil { left = try findDisplacement(&fields) } else { try respond(&fields) }
        } catch {
            throw EvaluationFailure(notFinite(error) ?? "the mechanical equilibrium cannot be found: \(error)")
        }
        do throws(KrylovError) { try projectPotential(&fields) } catch {
            throw EvaluationFailure(notFinite(error) ?? "the mechanical potential cannot be projected: \(error)")
        }
        if let left {
            throw EvaluationFailure(
                "the mechanical equilibrium was not found in \(Self.mostIterations) iterations (last correction \(left) m)"
            )
        }
    }

    /// What is not finite, and where, when that is why the displacement was not found.
    private func notFinite(_ error: SparseFactorError) -> String? {
        func sentence(_ what: String, _ row: Int, _ became: String) -> String {
            let (axis, place) = place(ofRow: row)
            return "\(what) along \(axis) at x = \(digits(place.x)) m, y = \(digits(place.y)) m became \(became)"
        }
        let equilibrium = "the mechanical equilibrium"
        return switch error {
        case .notFiniteRightHandSide(let row, let value): sentence(equilibrium, row, became(value))
        case .notFiniteEntry(let row, _, let value):
            sentence("the derivative of " + equilibrium, row, became(value))
        case .notFiniteSolution(let row): sentence("the displacement", row, became(.infinity))
        default: nil
        }
    }

    /// The same when the potential was not found.
    private func notFinite(_ error: KrylovError) -> String? {
        guard case .notFinite = error, let node = projection.firstIndex(where: { !$0.isFinite }) else { return nil }
        let place = assembler.system.space(ofComponent: potential).positions[node]
        return "the mechanical potential at x = \(digits(place.x)) m, y = \(digits(place.y)) m became "
            + became(projection[node])
    }

    private func became(_ value: Double) -> String { value.isNaN ? "not a number" : "infinite" }

    /// Whether one solution with the factored tangent is exact.
    var isLinear: Bool { solid.isUniform && frictions.isEmpty }

    /// Iterates the displacement to equilibrium.
    ///
    /// - Returns: the last correction, m, where it was not found.
    func findDisplacement(_ fields: inout [Double]) throws(SparseFactorError) -> Double? {
        // The correction before with the same tangent; infinite where there is none to compare with.
        var before = Double.infinity
        var length = 1.0
        // Whether the last step began at the state of its tangent.
        var isNewtonStep = false
        var contraction = 0.5
        for iteration in 1...Self.mostIterations {
            try solveForCorrection(fields)
            if isLinear {
                move(&fields, along: correction, by: -1)
                return nil
            }
            let change = largest(correction)
            if change > before && isNewtonStep && length > 0.01 {
                // Half the way back.
                length *= 0.5
                move(&fields, along: lastCorrection, by: length)
                continue
            }
            if change > 0.3 * before {
                // An old tangent that leads away is not followed.
                if change > before && !isNewtonStep { move(&fields, along: lastCorrection, by: 1) }
                try formTangent(fields)
                isNewtonStep = true
                (before, length, contraction) = (.infinity, 1, 0.5)
                continue
            }
            if before.isFinite {
                // Where points of a surface begin to slip or to hold, the next ratio may be worse than the last.
                contraction = max(change / before, frictions.isEmpty ? 0 : 0.3)
                isNewtonStep = false
            }
            length = 1
            move(&fields, along: correction, by: -1)
            swap(&correction, &lastCorrection)
            let size = max(largestDisplacement(fields), Self.leastDisplacement * width)
            if change == 0 || change * contraction / (1 - contraction) < Self.tolerance * size {
                // What took long now takes long again: the next state begins with a tangent of its own.
                if iteration > 5 { needsTangent = true }
                return nil
            }
            before = change
        }
        return before
    }

    /// (tangent) δ = residual, in `correction`.
    func solveForCorrection(_ fields: [Double]) throws(SparseFactorError) {
        clear(&residual)
        switch stressState {
        case .planeStrain: assembler.add(elasticity(PlaneStrain.self), unknowns: fields, residual: &residual)
        case .planeStress: assembler.add(elasticity(PlaneStress.self), unknowns: fields, residual: &residual)
        case .axisymmetric: assembler.add(elasticity(Axisymmetric.self), unknowns: fields, residual: &residual)
        }
        if let pressure {
            assembler.add(pressure, over: .edges(electrolyteEdges), unknowns: fields, residual: &residual)
        }
        for friction in frictions {
            assembler.add(friction.term, over: .edges(friction.edges), unknowns: fields, residual: &residual)
        }
        for index in correction.indices { correction[index] = residual[index] }
        for index in fixed.indices { correction[Int(index)] = 0 }
        try factor.solve(&correction)
    }

    func elasticity<State: StressState>(_: State.Type) -> LinearElasticity<State, AlloySolid> {
        LinearElasticity(State.self, displacement: 0, solid: solid)
    }

    func move(_ fields: inout [Double], along direction: [Double], by factor: Double) {
        for index in direction.indices { fields[index] += factor * direction[index] }
    }

    func largestDisplacement(_ fields: [Double]) -> Double {
        var largest = 0.0
        for index in correction.indices { largest = max(largest, abs(fields[index])) }
        return largest
    }

    func largest(_ vector: [Double]) -> Double { vector.reduce(0) { max($0, abs($1)) } }

    func clear(_ vector: inout [Double]) {
        vector.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }

    /// ∫ p q dV = ∫ μ_mech q dV
    func projectPotential(_ fields: inout [Double]) throws(KrylovError) {
        let first = fields.count - projection.count
        if linear == nil {
            clear(&residual)
            addPotential(fields)
            for index in projection.indices { projection[index] = residual[first + index] }
        }
        for index in projection.indices { guess[index] = fields[first + index] }
        try scalars.project(&projection, near: guess)
        for index in projection.indices { fields[first + index] = projection[index] }
    }

    /// Adds ∫ μ_mech q dV to `residual`.
    func addPotential(_ fields: [Double]) {
        switch stressState {
        case .planeStrain: addPotential(elasticity(PlaneStrain.self), fields)
        case .planeStress: addPotential(elasticity(PlaneStress.self), fields)
        case .axisymmetric: addPotential(elasticity(Axisymmetric.self), fields)
        }
    }

    func addPotential(_ elasticity: LinearElasticity<some StressState, AlloySolid>, _ fields: [Double]) {
        assembler.add(
            MechanicalPotential(elasticity, potential: potential), unknowns: fields, residual: &residual)
    }
}
