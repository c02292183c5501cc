import Formulas
import Materials
import Quantities

// Thermodynamics, volumes, stiffness and diffusion of a material.
extension KeyReader {
    func thermodynamics() -> Stated<AlloyPhase>? {
        law("thermodynamics", "Gibbs energies of the phases of lithium and a host.") { keys in
            let database = keys.database()
            let lithium = keys.element("lithium", default: "LI", "The database's name of lithium.")
            let host = keys.element("host", default: "MG", "The database's name of the host.")
            let phase = keys.element(
                "phase", default: "BCC_A2",
                "The phase that a layer is taken for, at all compositions: where it is metastable as well.")
            guard let database else { return nil }
            var key = "host"
            do throws(DatabaseError) {
                let system = try database.binary(lithium: lithium, host: host)
                key = "phase"
                return try AlloyPhase(phase, of: system)
            } catch {
                keys.report(error, at: key)
                return nil
            }
        }
    }

    /// The thermodynamic database: beside the file that names it, or one that comes with Mesolith.
    private func database() -> ThermodynamicDatabase? {
        let name = text(
            "database", example: "cost507-li-mg.tdb", isRequired: true,
            "A thermodynamic database (TDB): a path as seen from this file, or the name of one that comes with Mesolith."
        )
        guard let name, let location = entry("database")?.value.location else { return nil }
        do {
            let file = try MaterialFile.bytes(ofDatabase: name, from: location.folder)
            context.attachments.append(("thermodynamic_database", String(decoding: file.bytes, as: UTF8.self)))
            return try ThermodynamicDatabase(bytes: file.bytes, path: file.path)
        } catch {
            report(error, at: "database")
            return nil
        }
    }

    private func report(_ error: DatabaseError, at key: String) {
        if error.line > 0 {
            context.report(.file(path: error.path, line: error.line, column: 1), error.message)
        } else {
            problem(key, error.message)
        }
    }

    private func element(_ name: String, default fallback: String, _ meaning: String) -> String {
        let text = text(name, example: fallback, meaning)
        if text == nil { note(name, .text(fallback)) }
        return (text ?? fallback).uppercased()
    }

    func volume() -> Stated<MolarVolume>? {
        law(
            "volume", "Partial molar volumes of lithium and the host, constant but for `excess`.",
            ranges: [.temperature, .moleFraction]
        ) { keys in
            let range = ValueRange.from("0.1 cm^3/mol", to: "1000 cm^3/mol")
            let lithium = keys.optionalParameter(
                "lithium", .molarVolume, example: "13.0 cm^3/mol", range: range,
                "Partial molar volume of lithium, V_Li.")
            let host = keys.optionalParameter(
                "host", .molarVolume, example: "14.0 cm^3/mol", range: range, "Molar volume of the host, V_host.")
            let excess = keys.quantities(
                "excess", .molarVolume, example: "[-1.9 cm^3/mol]", isRequired: false,
                "Excess volume, v_k of V = x V_Li + (1 - x) V_host + x (1 - x) sum_k v_k (2x - 1)^k, up to four; [-1.9 cm^3/mol] "
                    + "meets the measured concentrations of Li0.95Mg0.05 and Li0.9Mg0.1.")
            keys.keepList("excess", .molarVolume, "Excess volume.")
            guard let lithium, let host, areKnown(lithium, host) else { return nil }
            guard !excess.isEmpty else { return MolarVolume(lithiumVolume: lithium, hostVolume: host) }
            guard excess.count <= 4 else {
                keys.problem("excess", "found \(excess.count) coefficients, four are the most")
                return nil
            }
            var coefficients = SIMD4<Double>.zero
            for (index, value) in excess.enumerated() { coefficients[index] = value }
            do throws(MolarVolume.Invalid) {
                return try MolarVolume(lithiumVolume: lithium, hostVolume: host, excess: coefficients)
            } catch {
                keys.problem("excess", error.description)
                return nil
            }
        }
    }

    /// Stiffness; a mixture by volume takes the molar volumes of the same material.
    func elasticity(volume: MolarVolume?) -> Stated<Elasticity>? {
        optionalSection("elasticity", "Isotropic stiffness.") { keys in
            keys.lawInUse([
                (
                    "isotropic",
                    { keys, name in
                        keys.law(name, "The same at every composition.") { .isotropic($0.elasticConstants()) }
                    }
                ),
                (
                    "mixture",
                    { keys, name in
                        keys.law(name, "An average of lithium and its host.") { .mixture($0.elasticMixture(volume)) }
                    }
                ),
            ])
        }
    }

    private func elasticConstants() -> ElasticConstants<Double> {
        ElasticConstants(
            youngsModulus: parameter(
                "youngs_modulus", .pressure, example: "7.82 GPa", range: .above("0 GPa", upTo: "10000 GPa"),
                "Young's modulus E."),
            poissonsRatio: parameter(
                "poissons_ratio", .dimensionless, example: "0.381",
                range: ValueRange(.excluding("-1"), .excluding("0.5")),
                "Poisson's ratio."))
    }

    private enum MixingRule: String, CaseIterable {
        case voigt, reuss, hill
        case voigtE = "voigt_youngs_modulus"

        var rule: ElasticMixture.Rule {
            switch self {
            case .voigt: .voigt
            case .reuss: .reuss
            case .hill: .hill
            case .voigtE: .voigtOfYoungsModulus
            }
        }
    }

    private enum MixingWeight: String, CaseIterable {
        case volume, mole
    }

    private func elasticMixture(_ volume: MolarVolume?) -> ElasticMixture {
        let rule = word(
            "rule", MixingRule.self, default: .hill,
            "Averages of bulk and shear modulus: `voigt` (same strain, the upper bound), `reuss` (same stress, the lower bound), "
                + "`hill` (their mean); `voigt_youngs_modulus`: the arithmetic mean of E and of Poisson's ratio.")
        let weight = word(
            "by", MixingWeight.self, default: .volume,
            "Whether fractions are of volume, with V_Li and V_host of `volume`, or of moles.")
        var fractions = ElasticMixture.Weight.moleFraction
        if weight == .volume, let volume {
            fractions = .volumeFraction(lithiumVolume: volume.lithiumVolume, hostVolume: volume.hostVolume)
        } else if weight == .volume && !isDescribing {
            problem("by", "fractions of volume need the `volume` of the material; give it, or `by: mole`")
        }
        return ElasticMixture(
            lithium: section("lithium", "Pure lithium.") { $0.elasticConstants() },
            host: section("host", "The pure host.") { $0.elasticConstants() }, rule: (rule ?? .hill).rule,
            weight: fractions)
    }

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
