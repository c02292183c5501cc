import Materials
import Models
import Quantities

/// The compositions that a run can reach, as mole fractions of lithium.
struct TransportCompositions {
    /// From the least to the largest; nil after a mistake elsewhere.
    let moleFraction: ClosedRange<Double>?
    private let composition: AlloyComposition

    /// Stripping can take the surface down to its depletion limit and plating up to its saturation limit; diffusion between
    /// the surface and the start goes no further.
    init(
        initial: TransportParameters.InitialProfile, limits: LimitKeys, steps: [ProtocolStep],
        composition: AlloyComposition
    ) {
        self.composition = composition
        let start: [Double] =
            switch initial {
            case .uniform(let value): [value]
            case .table(let table): table.y
            }
        let least = steps.contains { $0.kind == .strip } ? limits.depletion : start.min() ?? .nan
        let largest = steps.contains { $0.kind == .plate } ? limits.saturation : start.max() ?? .nan
        let ends = [least, largest].map { composition.moleFraction(concentration: $0) }
        moleFraction = ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }

    /// D in m2/s, which may be NaN, on an even grid of the mole fractions x that a run can reach; nil when these are not known.
    func samples(of diffusivity: Diffusivity) -> (x: [Double], values: [Double])? {
        guard let moleFraction else { return nil }
        let length = moleFraction.upperBound - moleFraction.lowerBound
        let x = (0...500).map { moleFraction.lowerBound + length * Double($0) / 500 }
        let values = x.map {
            diffusivity.law.value(concentration: composition.concentration(moleFraction: $0), composition: composition)
        }
        return (x, values)
    }
}

extension KeyReader {
    /// What transport uses of a material: its volumes and, where the case gives no diffusivity of its own, how it diffuses.
    func transportMaterial() -> CaseMaterial {
        let isWhole = isDescribing || takesDiffusivityOfMaterial
        return material(
            isWhole ? [.volume, .thermodynamics, .diffusivity] : [.volume], default: "li-mg",
            "The material of the layer: its partial molar volumes and, unless `diffusivity` is given, its interdiffusion "
                + "coefficient at `temperature`.")
    }

    /// D of the case or of its material, checked against what is stated of it.
    func transportDiffusivity(
        own: Diffusivity?, of material: CaseMaterial, temperature: Double, within compositions: TransportCompositions
    ) -> Diffusivity {
        let none = Diffusivity.constant(.nan)
        guard !isDescribing else { return none }
        if let moleFraction = compositions.moleFraction, let volume = material.material.volume {
            checkRange(
                of: .volume, volume, in: material, temperature: temperature, moleFraction: moleFraction)
            if volume.law.excess != .zero {
                problem(
                    "material",
                    "`\(material.name)` has an excess volume, and transport takes the partial molar volumes as constant; "
                        + "leave `volume.excess` out")
            }
        } else if material.material.volume == nil && context.problems.isEmpty {
            problem("material", "`\(material.name)` has no `volume` of both lithium and host, which transport needs")
        }
        if !takesDiffusivityOfMaterial {
            if let own, case .formula = own { checkSize(of: own, within: compositions, key: "diffusivity") }
            return own ?? none
        }
        guard context.problems.isEmpty else { return none }
        guard let law = material.material.diffusivity else {
            problem(
                "material", "`\(material.name)` has no `diffusivity`; give one in the case, `diffusivity: 6e-11 cm^2/s`"
            )
            return none
        }
        guard law.law.kind == .interdiffusion else {
            problem(
                "material",
                "the `diffusivity` of `\(material.name)` is that of a tracer, and Fick's law needs one of interdiffusion; "
                    + "give it in the case, `diffusivity: 6e-11 cm^2/s`")
            return none
        }
        guard let moleFraction = compositions.moleFraction else { return none }
        checkRange(
            of: .diffusivity, law, in: material, temperature: temperature, moleFraction: moleFraction)
        var phase: SolutionPhase?
        if let thermodynamics = material.material.thermodynamics {
            if law.law.needsPhase {
                checkRange(
                    of: .thermodynamics, thermodynamics, in: material, temperature: temperature,
                    moleFraction: moleFraction)
            }
            guard context.problems.isEmpty,
                !melts(thermodynamics.law, in: material, temperature: temperature, moleFraction)
            else { return none }
            if law.law.needsPhase {
                phase = solutionPhase(of: thermodynamics.law, in: material, temperature: temperature)
            }
        }
        guard let diffusivity = law.law.at(temperature: temperature, phase: phase) else {
            if context.problems.isEmpty {
                problem("material", "`\(material.name)` has no `thermodynamics`, which `diffusivity.darken` needs")
            }
            return none
        }
        checkSize(of: diffusivity, within: compositions, key: "material")
        return diffusivity
    }

    /// Whether some of the compositions are molten, which is noted. Below the temperatures of the database nothing melts.
    private func melts(
        _ thermodynamics: AlloyPhase, in material: CaseMaterial, temperature: Double,
        _ moleFraction: ClosedRange<Double>
    ) -> Bool {
        let system = thermodynamics.system
        guard let range = system.temperatureRange, temperature > range.lowerBound else { return false }
        do throws(DatabaseError) {
            guard try system.hasLiquid(moleFractions: moleFraction, temperature: temperature) else { return false }
            problem(
                "temperature",
                "`\(material.name)` melts in part at \(shown(temperature, "K")) where the mole fraction is "
                    + "\(shown(moleFraction.lowerBound)) to \(shown(moleFraction.upperBound)); lower the temperature")
        } catch {
            problem("temperature", error.message)
        }
        return true
    }

    /// The layer's phase at a temperature for which its range was checked.
    private func solutionPhase(
        of thermodynamics: AlloyPhase, in material: CaseMaterial, temperature: Double
    ) -> SolutionPhase? {
        do throws(DatabaseError) {
            return try AlloyThermodynamics(
                thermodynamics.system, temperature: temperature, phases: [thermodynamics.phase],
                extrapolates: material.allowed.contains("thermodynamics.temperature")
            ).solution(named: thermodynamics.phase)
        } catch {
            problem("temperature", error.message)
            return nil
        }
    }

    /// Notes a diffusivity that is not a positive number of a sensible size at every composition of the run.
    private func checkSize(of diffusivity: Diffusivity, within compositions: TransportCompositions, key: String) {
        guard let samples = compositions.samples(of: diffusivity) else { return }
        for (x, value) in zip(samples.x, samples.values) where !(value >= 1e-26 && value <= 1e-4) {
            let found = value.isNaN ? "not a number" : shown(value, "cm^2/s")
            var reason = ""
            if case .alloy(let alloy) = diffusivity, alloy.factor(moleFraction: x) < 0 {
                reason = ", where the phase decomposes by itself (its thermodynamic factor is negative)"
            }
            return problem(
                key,
                "D is \(found) at the mole fraction x = \(shown(x))\(reason); expected 1e-22 to 1 cm^2/s at every "
                    + "composition of the run")
        }
    }
}
