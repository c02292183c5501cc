import FiniteElements
import LinearAlgebra
import Materials
import Quantities
import SparseSolvers

/// Energy of a layer and the powers that change it, at one state; those of a film or a strip are for a metre across.
public struct LayerEnergies: Sendable, Hashable, Codable {
    /// Free energy ∫ (f(c) + W) dV and what is stored in the surfaces, J.
    public var free = 0.0
    /// What the lithium that enters brings, ∮ (μ_chem + p) j dA, W.
    public var chemicalPower = 0.0
    /// What its diffusion dissipates, ∫ -J · ∇μ dV, W.
    public var diffusionPower = 0.0
    /// The mechanical part; nil without stress.
    public var mechanical: MechanicalEnergies?
}

extension LayerSystem {
    /// μ_chem in J/mol at a concentration in mol/m3; an empty place is taken a billionth full.
    func chemicalPotential(_ concentration: Double) -> Double {
        lithium.solution.potential(max(concentration, 1e-9 * scale), temperature: lithium.temperature)
    }

    /// U_mech = -p/F in V at a node of the state evaluated last.
    func mechanicalPotential(atNode node: Int) -> Double {
        -fields[scalars.block.unknowns.lowerBound + count + node] / Constants.faraday
    }

    /// The mean concentration over the nodes of the electrolyte or the collector in mol/m3, each with its part of the volume.
    func mean(of state: [Double], over nodes: [Int]) -> Double {
        let whole = nodes.reduce(0) { $0 + scalars.weights[$1] }
        return nodes.reduce(0) { $0 + scalars.weights[$1] * state[$1] } / whole
    }

    /// Energies and powers of the state evaluated last, in equilibrium.
    public func energies() -> LayerEnergies {
        var energies = LayerEnergies()
        let (solution, temperature) = (lithium.solution, lithium.temperature)
        assembler.forEachPoint(unknowns: fields) { fields, point in
            energies.free += point.weight * solution.energy(fields[component].value, temperature: temperature)
        }
        switch lithium.diffusivity {
        case .constant(let value): addDissipation(UniformDiffusivity(value), &energies)
        case .table(let law): addDissipation(law, &energies)
        case .alloy(let law): addDissipation(law, &energies)
        case .formula(let law): addDissipation(law, &energies)
        }
        let first = scalars.block.unknowns.lowerBound
        for node in 0..<count where inlet[node] != 0 {
            var potential = chemicalPotential(fields[first + node])
            if isDriven { potential += fields[first + count + node] }
            energies.chemicalPower += flux * inlet[node] * potential
        }
        if let mechanics {
            let mechanical = mechanics.energies(fields)
            if isDriven { energies.free += mechanical.elastic + mechanical.stored }
            energies.mechanical = mechanical
        }
        return energies
    }

    /// -J · ∇μ = |J|² / L, with L ∇μ_chem = D ∇c; nothing where there is no lithium.
    private func addDissipation(_ law: some DiffusivityLaw, _ energies: inout LayerEnergies) {
        let diffusion = driven(law)
        assembler.forEachPoint(unknowns: fields) { fields, point in
            let c = fields[component]
            let p = isDriven ? fields[component + 1] : Jet<Double>.zero
            let flux = diffusion.coefficients(c.value)
            guard flux.kineticCoefficient > 0 else { return }
            let x = flux(concentrationGradient: c.x, mechanicalPotentialGradient: p.x)
            let y = flux(concentrationGradient: c.y, mechanicalPotentialGradient: p.y)
            energies.diffusionPower += point.weight * (x * x + y * y) / flux.kineticCoefficient
        }
    }

    /// The stress at the nodes, projected on the space of the lithium: σ_xx, σ_yy, σ across the plane, σ_xy, Pa.
    ///
    /// - Throws: `KrylovError`.
    func stressAtNodes() throws(KrylovError) -> [[Double]] { try mechanics?.stressAtNodes(fields) ?? [] }

    /// The flux at the nodes, projected: by concentration along x and y, then by stress along x and y, mol/(m2 s).
    ///
    /// - Throws: `KrylovError`.
    func fluxAtNodes() throws(KrylovError) -> [[Double]] {
        switch lithium.diffusivity {
        case .constant(let value): try recoverFlux(UniformDiffusivity(value))
        case .table(let law): try recoverFlux(law)
        case .alloy(let law): try recoverFlux(law)
        case .formula(let law): try recoverFlux(law)
        }
    }

    private func recoverFlux(_ law: some DiffusivityLaw) throws(KrylovError) -> [[Double]] {
        let diffusion = driven(law)
        var components: [[Double]] = []
        for (isByStress, isAlongX) in [(false, true), (false, false), (true, true), (true, false)] {
            if isByStress && !isDriven {
                components.append([Double](repeating: 0, count: count))
            } else {
                components.append(
                    try scalars.recover(
                        RecoveredFlux(diffusion: diffusion, isByStress: isByStress, isAlongX: isAlongX),
                        equation: diffusion.potential, of: fields, by: assembler))
            }
        }
        return components
    }
}
