import Materials
import Models

/// The laws of a cell's materials at its temperature, checked against what is stated of them.
///
/// Each law is nil after a mistake, which is noted.
struct CellLaws {
    /// The top of the case.
    let keys: KeyReader
    /// Temperature, K.
    let temperature: Double

    /// A law of a material.
    ///
    /// - Parameter need: what needs it and what else can be done, as the end of a sentence.
    func law<Law>(
        _ property: MaterialProperty, _ law: Stated<Law>?, of material: CaseMaterial, _ need: String
    ) -> Law? {
        guard let law else {
            if keys.context.problems.isEmpty {
                keys.problem(material.key, "`\(material.name)` has no `\(property.rawValue)`, which \(need)")
            }
            return nil
        }
        keys.checkRange(of: property, law, in: material, temperature: temperature)
        return law.law
    }

    /// How the lattice of lithium supplies an interface.
    func supply(
        _ lattice: SupplyKeys.Lattice?, of material: CaseMaterial, molarVolume: Double
    ) -> ElectrodeParameters.LatticeSupply? {
        switch lattice {
        case .none?: return ElectrodeParameters.LatticeSupply.none
        case .quasiSteady(let density): return .quasiSteady(currentDensity: density)
        case .resolved(let diffusivity, let deficit):
            return .resolved(diffusivity: diffusivity, criticalDeficit: deficit)
        case .vacancies(let supersaturation, let distance, let factor):
            guard let diffusivity = tracerDiffusivity(of: material), supersaturation >= 1, distance > 0, factor > 0,
                molarVolume > 0
            else { return nil }
            let vacancies = VacancySupply(
                supersaturation: supersaturation, sinkDistance: distance, correlationFactor: factor,
                molarVolume: molarVolume)
            return .quasiSteady(currentDensity: vacancies.currentDensity(tracerDiffusivity: diffusivity))
        case nil: return nil
        }
    }

    /// The tracer diffusivity of lithium in itself, m2/s.
    private func tracerDiffusivity(of material: CaseMaterial) -> Double? {
        let advice = "give `electrode.lattice` in another way"
        guard
            let diffusion = law(
                .diffusivity, material.material.diffusivity, of: material,
                "`electrode.lattice.supersaturation` needs; \(advice)")
        else { return nil }
        guard diffusion.kind == .tracer, let law = diffusion.at(temperature: temperature, phase: nil) else {
            keys.problem(
                material.key,
                "the `diffusivity` of `\(material.name)` is not that of a tracer at any temperature, which "
                    + "`electrode.lattice.supersaturation` needs; \(advice)")
            return nil
        }
        return law.value(moleFraction: 1)
    }

    /// How creep supplies an interface.
    func creep(
        _ creep: SupplyKeys.Creep?, of material: CaseMaterial, steps: [CellStep], stack: StackKeys, hasVoids: Bool
    ) -> ElectrodeParameters.CreepSupply? {
        switch creep {
        case .none?: return ElectrodeParameters.CreepSupply.none
        case .prescribed(let density): return .prescribed(flux: FaradayLaw.molarFlux(currentDensity: density))
        case .thinning:
            let need = "`electrode.creep: thinning` needs; give `electrode.creep` in another way"
            guard let law = law(.thinning, material.material.thinning, of: material, need) else { return nil }
            if let stated = material.material.thinning {
                checkPressures(.thinning, stated, of: material, steps: steps, stack: stack, isLocal: hasVoids)
            }
            return .thinning(law)
        case nil: return nil
        }
    }

    /// How the stack settles under pressure; nil where it does not.
    func confinedCreep(of material: CaseMaterial, steps: [CellStep], stack: StackKeys) -> ConfinedCreep? {
        guard stack.settles == true,
            let law = law(
                .confinedCreep, material.material.confinedCreep, of: material,
                "`stack.confined_creep: on` needs; switch it off")
        else { return nil }
        if let stated = material.material.confinedCreep {
            checkPressures(.confinedCreep, stated, of: material, steps: steps, stack: stack, isLocal: false)
        }
        return law
    }

    /// Notes pressures to which the case sets the cell and for which a law is not stated, unless the case allows it. Local pressures
    /// beside voids, which are higher, are named only: they follow from the run.
    private func checkPressures<Law>(
        _ property: MaterialProperty, _ law: Stated<Law>, of material: CaseMaterial, steps: [CellStep],
        stack: StackKeys, isLocal: Bool
    ) {
        let pressures = [stack.pressure] + steps.compactMap(\.pressure)
        guard let least = pressures.min(), let largest = pressures.max(), pressures.allSatisfy(\.isFinite) else {
            return
        }
        let (low, high) = (shown(least, "MPa"), shown(largest, "MPa"))
        let found =
            "the case presses with \(low == high ? low : "\(low) to \(high)")"
            + (isLocal ? ", and harder where voids leave less contact" : "")
        let isAtStart = !(law.validity.pressure?.contains(stack.pressure) ?? true)
        let isLeft = keys.checkPressures(
            of: property, law, in: material, least...largest, found: found,
            at: isAtStart ? "stack.pressure" : "protocol")
        if isLocal && !isLeft, let range = law.validity.pressure {
            keys.context.extrapolations.append(
                "\(property.rawValue).pressure: the \(property.rawValue) of \(material.name) is stated for "
                    + "\(shown(range.lowerBound, "MPa")) to \(shown(range.upperBound, "MPa")), \(found)")
        }
    }
}
