import Materials
import Quantities

/// The material of a layer at the temperature of a case: its laws, checked against what is stated of them.
///
/// Each law is nil after a mistake, which is noted.
struct LayerMaterial {
    /// The top of the case.
    let keys: KeyReader
    let material: CaseMaterial
    /// Temperature, K.
    let temperature: Double
    let compositions: ReachableCompositions
    /// The word of the model, for messages.
    let model: String
    /// The path of the case's own diffusivity.
    let diffusivityKey: String

    private var hasProblems: Bool { !keys.context.problems.isEmpty }

    private func checkRange<Law>(of property: MaterialProperty, _ law: Stated<Law>) {
        guard let moleFraction = compositions.moleFraction else { return }
        keys.checkRange(of: property, law, in: material, temperature: temperature, moleFraction: moleFraction)
    }

    /// Notes volumes that are missing, left or not constant.
    func checkVolume() {
        if let volume = material.material.volume, compositions.moleFraction != nil {
            checkRange(of: .volume, volume)
            if volume.law.excess != .zero {
                keys.problem(
                    "material",
                    "`\(material.name)` has an excess volume, and \(model) takes the partial molar volumes as constant; "
                        + "leave `volume.excess` out")
            }
        } else if material.material.volume == nil && !hasProblems {
            keys.problem(
                "material", "`\(material.name)` has no `volume` of both lithium and host, which \(model) needs")
        }
    }

    /// The stiffness.
    func elasticity() -> Elasticity? {
        guard let elasticity = material.material.elasticity else {
            if !hasProblems {
                keys.problem("material", "`\(material.name)` has no `elasticity`, which \(model) needs")
            }
            return nil
        }
        checkRange(of: .elasticity, elasticity)
        return elasticity.law
    }

    // MARK: - Diffusion

    /// D of the case or, where it gives none, of its material.
    func diffusivity(own: Diffusivity?, takesThatOfMaterial: Bool) -> Diffusivity? {
        if !takesThatOfMaterial {
            if let own, case .formula = own { checkSize(of: own, key: diffusivityKey) }
            return own
        }
        guard !hasProblems else { return nil }
        let advice = "`\(diffusivityKey): 6e-11 cm^2/s`"
        guard let law = material.material.diffusivity else {
            keys.problem(
                "material", "`\(material.name)` has no `diffusivity`; give one in the case, \(advice)")
            return nil
        }
        guard law.law.kind == .interdiffusion else {
            keys.problem(
                "material",
                "the `diffusivity` of `\(material.name)` is that of a tracer, and Fick's law needs one of interdiffusion; "
                    + "give it in the case, \(advice)")
            return nil
        }
        guard let moleFraction = compositions.moleFraction else { return nil }
        checkRange(of: .diffusivity, law)
        if law.law.needsPhase, let thermodynamics = material.material.thermodynamics {
            checkRange(of: .thermodynamics, thermodynamics)
        }
        if !hasProblems, let known = memory?.diffusivity(at: state(moleFraction)) { return known }
        var phase: SolutionPhase?
        if let thermodynamics = material.material.thermodynamics {
            guard !hasProblems, !melts(thermodynamics.law, moleFraction) else { return nil }
            if law.law.needsPhase { phase = solution(of: thermodynamics.law)?.phase }
        }
        guard let diffusivity = law.law.at(temperature: temperature, phase: phase) else {
            if !hasProblems {
                keys.problem(
                    "material", "`\(material.name)` has no `thermodynamics`, which `diffusivity.darken` needs")
            }
            return nil
        }
        checkSize(of: diffusivity, key: "material")
        if !hasProblems { memory?.keep(diffusivity, at: state(moleFraction)) }
        return diffusivity
    }

    /// What other cases found out about the same material; nil after a mistake in it.
    private var memory: MaterialMemory? { keys.context.memories[material.key] }

    private func state(_ moleFraction: ClosedRange<Double>) -> MaterialMemory.State {
        MaterialMemory.State(
            temperature: temperature, moleFraction: moleFraction, composition: compositions.composition)
    }

    /// Notes a diffusivity that is not a positive number of a sensible size at every composition of the run.
    private func checkSize(of diffusivity: Diffusivity, key: String) {
        for x in compositions.samples {
            let value = compositions.value(of: diffusivity, moleFraction: x)
            if value >= 1e-26 && value <= 1e-4 { continue }
            let found = value.isNaN ? "not a number" : shown(value, "cm^2/s")
            var reason = ""
            if case .alloy(let alloy) = diffusivity, alloy.factor(moleFraction: x) < 0 {
                reason = ", where the phase decomposes by itself (its thermodynamic factor is negative)"
            }
            return keys.problem(
                key,
                "D is \(found) at the mole fraction x = \(shown(x))\(reason); expected 1e-22 to 1 cm^2/s at every "
                    + "composition of the run")
        }
    }

    // MARK: - Thermodynamics

    /// The phase of the layer, whose free energy must be convex at every composition of the run, and the Gibbs energy of solid
    /// lithium in J/mol.
    ///
    /// - Parameter advice: what to take instead.
    func stablePhase(_ advice: String) -> (phase: SolutionPhase, reference: Double)? {
        guard !hasProblems, let moleFraction = compositions.moleFraction else { return nil }
        guard let thermodynamics = material.material.thermodynamics else {
            keys.problem(
                "material", "`\(material.name)` has no `thermodynamics`, which the free energy needs; \(advice)")
            return nil
        }
        checkRange(of: .thermodynamics, thermodynamics)
        if !hasProblems, let known = memory?.phase(at: state(moleFraction)) { return known }
        guard !hasProblems, !melts(thermodynamics.law, moleFraction),
            let solution = solution(of: thermodynamics.law)
        else { return nil }
        for x in compositions.samples where !(solution.phase.factor(moleFraction: x) > 0) {
            keys.problem(
                "material",
                "the phase `\(thermodynamics.law.phase)` of `\(material.name)` decomposes by itself at the mole fraction "
                    + "x = \(shown(x)) (its thermodynamic factor is not positive); keep the run away from there by its limits, "
                    + "or \(advice)")
            return nil
        }
        memory?.keep(solution, at: state(moleFraction))
        return solution
    }

    /// Whether some of the compositions are molten, which is noted. Below the temperatures of the database nothing melts.
    private func melts(_ thermodynamics: AlloyPhase, _ moleFraction: ClosedRange<Double>) -> Bool {
        let system = thermodynamics.system
        guard let range = system.temperatureRange, temperature > range.lowerBound else { return false }
        do throws(DatabaseError) {
            guard try system.hasLiquid(moleFractions: moleFraction, temperature: temperature) else { return false }
            keys.problem(
                "temperature",
                "`\(material.name)` melts in part at \(shown(temperature, "K")) where the mole fraction is "
                    + "\(shown(moleFraction.lowerBound)) to \(shown(moleFraction.upperBound)); lower the temperature")
        } catch {
            keys.problem("temperature", error.message)
        }
        return true
    }

    /// The layer's phase at a temperature for which its range was checked.
    private func solution(of thermodynamics: AlloyPhase) -> (phase: SolutionPhase, reference: Double)? {
        do throws(DatabaseError) {
            let alloy = try AlloyThermodynamics(
                thermodynamics.system, temperature: temperature, phases: [thermodynamics.phase],
                extrapolates: material.allowed.contains("thermodynamics.temperature"))
            return (try alloy.solution(named: thermodynamics.phase), alloy.referenceEnergy)
        } catch {
            keys.problem("temperature", error.message)
            return nil
        }
    }
}
