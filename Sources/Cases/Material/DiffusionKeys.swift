import Formulas
import Materials
import Quantities

// Diffusion of lithium.
extension KeyReader {
    func lithiumDiffusion() -> Stated<LithiumDiffusion>? {
        let diffusivity = ValueRange.from("1e-22 cm^2/s", to: "1 cm^2/s")
        return optionalSection("diffusivity", "Diffusion of lithium.") { keys in
            keys.lawInUse([
                (
                    "darken",
                    { keys, name in
                        keys.law(
                            name,
                            "Darken's rule D = Gamma [(1 - x) D*_Li + x D*_host], with Gamma of `thermodynamics` and "
                                + "D*_Li = D0 exp(-Q / RT) 10^(-(1 - x) / tenfold_host_fraction).",
                            ranges: [.temperature, .moleFraction]
                        ) { LithiumDiffusion(.darken($0.darken()), kind: .interdiffusion) }
                    }
                ),
                (
                    "arrhenius",
                    { keys, name in
                        keys.law(name, "D = D0 exp(-Q / RT).", ranges: [.temperature, .moleFraction]) { keys in
                            let form = LithiumDiffusion.Form.arrhenius(keys.prefactorAndEnergy())
                            return keys.kind().map { LithiumDiffusion(form, kind: $0) }
                        }
                    }
                ),
                (
                    "constant",
                    { keys, name in
                        keys.law(name, "One value.", ranges: [.temperature, .moleFraction]) { keys in
                            let value = keys.parameter(
                                "diffusivity", .diffusivity, example: "1e-11 cm^2/s", range: diffusivity, "D.")
                            return keys.kind().map {
                                LithiumDiffusion(.arrhenius(Arrhenius(prefactor: value, activationEnergy: 0)), kind: $0)
                            }
                        }
                    }
                ),
                (
                    "formula",
                    { keys, name in
                        keys.law(name, "A formula.", ranges: [.temperature, .moleFraction]) { keys in
                            let (formula, kind) = (keys.diffusivityFormula(), keys.kind())
                            guard let formula, let kind else { return nil }
                            return LithiumDiffusion(.formula(formula.formula, unit: formula.unit), kind: kind)
                        }
                    }
                ),
            ])
        }
    }

    private func kind() -> LithiumDiffusion.Kind? {
        word(
            "kind", LithiumDiffusion.Kind.self,
            "`interdiffusion`: the coefficient of Fick's law, used as it is; `tracer`: of labelled atoms in a uniform alloy."
        )
    }

    /// D0 and Q.
    func prefactorAndEnergy() -> Arrhenius {
        Arrhenius(
            prefactor: parameter(
                "prefactor", .diffusivity, example: "0.1345 cm^2/s", range: .above("0 cm^2/s", upTo: "1e6 cm^2/s"),
                "D0."),
            activationEnergy: parameter(
                "activation_energy", .molarEnergy, example: "0.571 eV", range: .from("0 kJ/mol", to: "1000 kJ/mol"),
                "Q, per mole or per particle."))
    }

    private func darken() -> DarkenDiffusivity {
        let self0 = prefactorAndEnergy()
        let tenfold = parameter(
            "tenfold_host_fraction", .dimensionless, example: "0.3", range: .from("0.01", to: "1000"),
            "The mole fraction of host over which the tracer diffusivity of lithium falls tenfold.")
        let ratio = parameter(
            "host_ratio", .dimensionless, example: "0.01", default: "0", range: .from("0", to: "100"),
            "Tracer diffusivity of the host over that of lithium; 0: the host does not move.")
        let lithium = TracerDiffusivity(selfDiffusion: self0, tenfoldOverHostFraction: tenfold)
        let hostSelf = Arrhenius(prefactor: ratio * self0.reference, activationEnergy: self0.activationEnergy)
        let host = ratio == 0 ? .immobile : TracerDiffusivity(selfDiffusion: hostSelf, decay: lithium.decay)
        return DarkenDiffusivity(lithium: lithium, host: host)
    }

    /// A formula for D and its unit in m2/s.
    func diffusivityFormula() -> (formula: Formula, unit: Double)? {
        let text = text(
            "expression", example: "6e-11 * (1 + 2 * x)", isRequired: true,
            "D in `unit`, with x the mole fraction of lithium and T the temperature in K; + - * / ^, parentheses, exp, log (natural), "
                + "log10, sqrt, sinh, tanh, asinh, pi.")
        let unit =
            text == nil && !isDescribing
            ? nil : unit("unit", .diffusivity, example: "cm^2/s", "The unit of the formula.")
        guard let text, let unit, let node = entry("expression")?.value else { return nil }
        do {
            return (try Formula(parsing: text, variables: DiffusivityFormula.variables), unit)
        } catch {
            context.report(node.place(ofCharacter: error.offset), "`expression`: \(error.message)")
            return nil
        }
    }
}
