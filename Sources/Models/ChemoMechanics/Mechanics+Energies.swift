import FiniteElements
import LinearAlgebra
import SparseSolvers

extension Mechanics {
    func commitSlip(_ fields: [Double]) {
        for index in frictions.indices {
            let (term, edges) = frictions[index]
            assembler.forEachPoint(of: .edges(edges), unknowns: fields) { fields, point in
                otherSlips[index][term.place(of: point)] = term.slip(after: fields, at: point)
            }
            swap(&frictions[index].term.slips, &otherSlips[index])
        }
    }

    /// The stress at the nodes of the lithium: σ_xx, σ_yy, σ across the plane, σ_xy, Pa.
    func stressAtNodes(_ fields: [Double]) throws(KrylovError) -> [[Double]] {
        switch stressState {
        case .planeStrain: try recover(elasticity(PlaneStrain.self), fields)
        case .planeStress: try recover(elasticity(PlaneStress.self), fields)
        case .axisymmetric: try recover(elasticity(Axisymmetric.self), fields)
        }
    }

    private func recover<State: StressState>(
        _ elasticity: LinearElasticity<State, AlloySolid>, _ fields: [Double]
    ) throws(KrylovError) -> [[Double]] {
        var components: [[Double]] = []
        for component in RecoveredStress<State>.Component.allCases {
            components.append(
                try scalars.recover(
                    RecoveredStress(elasticity: elasticity, stress: component, equation: potential),
                    equation: potential, of: fields, by: assembler))
        }
        return components
    }

    func energies(_ fields: [Double]) -> MechanicalEnergies {
        var energies = MechanicalEnergies()
        switch stressState {
        case .planeStrain: addElastic(elasticity(PlaneStrain.self), fields, &energies)
        case .planeStress: addElastic(elasticity(PlaneStress.self), fields, &energies)
        case .axisymmetric: addElastic(elasticity(Axisymmetric.self), fields, &energies)
        }
        for friction in frictions {
            assembler.forEachPoint(of: .edges(friction.edges), unknowns: fields) { fields, point in
                let term = friction.term
                let traction = term.traction(fields, at: point)
                let slip = term.slip(after: fields, at: point)
                energies.stored += point.weight * 0.5 * traction * traction / term.stiffness
                energies.slipped += point.weight * traction * (slip - term.slips[term.place(of: point)])
                energies.largestSlip = max(energies.largestSlip, abs(slip))
            }
        }
        if let pressure {
            assembler.forEachPoint(of: .edges(electrolyteEdges), unknowns: fields) { fields, point in
                let along: Double = point.normal.x * fields[0].value + point.normal.y * fields[1].value
                energies.pressurePotential += point.weight * pressure.pressure * along
            }
        }
        return energies
    }

    private func addElastic(
        _ elasticity: LinearElasticity<some StressState, AlloySolid>, _ fields: [Double],
        _ energies: inout MechanicalEnergies
    ) {
        let inner = 0.9 * width
        assembler.forEachPoint(unknowns: fields) { fields, point in
            let strain = elasticity.elasticStrain(fields, at: point)
            let energy = solid.energyAndPotential(fields[solid.concentration].value, strain).energy
            energies.elastic += point.weight * energy
            let stress = elasticity.stress(fields, at: point).vonMises
            energies.largestVonMises = max(energies.largestVonMises, stress)
            if point.position.x < inner { energies.largestInnerVonMises = max(energies.largestInnerVonMises, stress) }
        }
    }
}
