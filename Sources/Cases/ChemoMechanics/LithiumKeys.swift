import Materials
import Models
import Quantities

/// The `lithium` of a layer with stress: what it is there and how it diffuses.
struct LithiumKeys {
    let solution: Solution?
    /// c_max of a lattice gas, mol/m3.
    let maximum: Double?
    let ownDiffusivity: Diffusivity?
    let takesDiffusivityOfMaterial: Bool

    enum Solution: String, CaseIterable {
        case alloy
        case dilute
        case latticeGas = "lattice_gas"
    }

    init(_ keys: KeyReader, temperature: Double, composition: AlloyComposition) {
        let solution = keys.word(
            "solution", Solution.self, default: .alloy,
            "The chemical part of the free energy. `alloy`: the `phase` of the material's thermodynamics, stable or not, in Li-Mg "
                + "the bcc branch at all compositions; `dilute`: mu = RT ln y with y = n_Li / n_Mg; `lattice_gas`: "
                + "mu = RT ln(theta / (1 - theta)) with theta = c / c_max.")
        self.solution = solution
        maximum = keys.when(solution.map { $0 == .latticeGas }, "`solution` is `lattice_gas`") {
            $0.composition(
                "maximum", of: composition, example: "71.4 mmol/cm^3",
                "c_max, the sites of the lattice; the run must stay below it.")
        }
        ownDiffusivity = keys.ownDiffusivity(
            temperature: temperature, composition: composition, isRequired: false,
            "Interdiffusion coefficient D of Fick's law, J = -D grad c without stress; stress adds -L grad mu_mech with "
                + "L = D (c / RT) h(c), h = [(c / RT) dmu_chem/dc]^-1. `material`: that of `material` at `temperature`."
        )
        takesDiffusivityOfMaterial = keys.takesDiffusivityOfMaterial
    }

    /// What lithium is in the layer; nil after a mistake, which is noted.
    func lithiumSolution(
        _ material: LayerMaterial, largest: Double, hostVolume: Double
    ) -> LithiumSolution? {
        switch solution {
        case .alloy:
            return material.stablePhase("take another `lithium.solution`").map {
                .alloy($0.phase, reference: $0.reference, hostVolume: hostVolume)
            }
        case .dilute: return .dilute(hostVolume: hostVolume)
        case .latticeGas:
            guard let maximum else { return nil }
            if largest >= maximum {
                material.keys.problem(
                    "lithium.maximum",
                    "\(shown(maximum, "mmol/cm^3")) does not lie above the lithium that the run can reach, "
                        + "\(shown(largest, "mmol/cm^3")); raise it, or lower `limits.saturation`")
            }
            return .latticeGas(maximum: maximum)
        case nil: return nil
        }
    }
}

extension KeyReader {
    /// What chemo-mechanics uses of a material: volumes and stiffness and, where the case leaves them to it, the phase and how
    /// lithium diffuses.
    func chemoMechanicsMaterial() -> CaseMaterial {
        var properties: [MaterialProperty] = [.volume, .elasticity]
        // The section `lithium` is read after the material, whose volumes its compositions need.
        var lithium: [CaseNode.Entry] = []
        if case .map(let entries)? = entry("lithium")?.value.content { lithium = entries }
        let reader = child("lithium", entries: lithium, location: location)
        let takesDiffusivity = isDescribing || reader.takesDiffusivityOfMaterial
        var isAlloy = true
        if case .scalar(let word, _)? = reader.entry("solution")?.value.content {
            isAlloy = word == LithiumKeys.Solution.alloy.rawValue
        }
        if takesDiffusivity || isAlloy { properties.insert(.thermodynamics, at: 1) }
        if takesDiffusivity { properties.append(.diffusivity) }
        return material(
            properties, default: "li-mg",
            "The material of the layer: its partial molar volumes and its stiffness, which may depend on the composition; its "
                + "phase for `lithium.solution: alloy`; its interdiffusion coefficient at `temperature` unless "
                + "`lithium.diffusivity` is given.")
    }
}
