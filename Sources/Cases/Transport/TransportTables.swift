import Materials
import Models
import Quantities

extension KeyReader {
    /// The `diffusivity` of a layer at its temperature.
    func diffusivity(temperature: Double, composition: AlloyComposition) -> Diffusivity {
        let range = ValueRange.from("1e-22 cm^2/s", to: "1 cm^2/s")
        let value: Diffusivity? = variant(
            "diffusivity",
            "Interdiffusion coefficient D of lithium: that of Fick's law in the slab, and with the same value of "
                + "J = -D c_Mg dy/dz in the host frame.",
            [
                .quantity(.diffusivity, example: "6e-11 cm^2/s", range: range) { .constant($0) },
                .key("arrhenius") { keys in
                    keys.section("arrhenius", "D = D0 exp(-Q / RT) at the case's `temperature`.") {
                        .arrhenius(
                            prefactor: $0.quantity(
                                "prefactor", .diffusivity, example: "0.1345 cm^2/s",
                                range: .above("0 cm^2/s", upTo: "1e6 cm^2/s"),
                                "D0 (0.1345 cm^2/s with 0.571 eV fits Li0.9Mg0.1 from 0 to 100 degC, Krauskopf et al. 2019)."
                            ),
                            activationEnergy: $0.quantity(
                                "activation_energy", .molarEnergy, example: "0.571 eV",
                                range: .from("0 kJ/mol", to: "1000 kJ/mol"), "Q, per mole or per particle."),
                            temperature: temperature)
                    }
                },
                .key("table") { keys in
                    keys.section("table", "D over the composition, by monotone cubics between the points.") {
                        $0.diffusivityTable(composition: composition, range: range)
                    }
                },
                .key("material") {
                    let word = $0.word(
                        "material", MaterialWord.self,
                        "`li-mg`: D = (1 - x) Gamma D* with Gamma of bcc Li-Mg (COST 507, metastable part included), D* of "
                            + "lithium self-diffusion falling tenfold over 30 at% Mg, immobile Mg. From 298.15 K to 453.6 K."
                    )
                    if word != nil && (temperature < 298.15 || temperature > 453.6) {
                        $0.problem(
                            "material",
                            "`li-mg` holds from 298.15 K to 453.6 K, where lithium melts; `temperature` is "
                                + "\(shown(temperature, "K"))")
                    }
                    return word.map { _ in .lithiumMagnesium(LithiumMagnesium(temperature: temperature)) }
                },
            ])
        return value ?? .constant(.nan)
    }

    private enum MaterialWord: String, CaseIterable {
        case lithiumMagnesium = "li-mg"
    }

    private func diffusivityTable(composition: AlloyComposition, range: ValueRange) -> Diffusivity? {
        let abscissae: [Double]? = variant(
            "over", "Compositions of the points, increasing.",
            [
                .key("concentration") {
                    $0.quantities(
                        "concentration", .concentration, example: "[0 mmol/cm^3, 69.6 mmol/cm^3]",
                        range: .from("0 mol/m^3", to: "1000 mol/L"), "Lithium concentrations.")
                },
                .key("mole_fraction") {
                    $0.quantities(
                        "mole_fraction", .dimensionless, example: "[0, 0.95]",
                        range: ValueRange(.including("0"), .excluding("1")), "n_Li / (n_Li + n_Mg)."
                    )
                    .map { composition.concentration(moleFraction: $0) }
                },
                .key("li_per_mg") {
                    $0.quantities(
                        "li_per_mg", .dimensionless, example: "[0, 9]", range: .from("0", to: "1e6"), "n_Li / n_Mg."
                    )
                    .map { composition.concentration(lithiumPerHost: $0) }
                },
            ])
        let values = quantities(
            "values", .diffusivity, example: "[1e-11 cm^2/s, 6e-11 cm^2/s]", range: range, "D at the points.")
        return table(x: abscissae ?? [], y: values, names: ("over", "values")).map { .table($0) }
    }

    /// The `initial` lithium in the layer.
    func initialProfile(layer: LayerKeys, saturation: Double) -> TransportParameters.InitialProfile {
        let alloy = layer.composition
        let position = ValueRange.from("0 um", to: "10 cm")
        // One value by any name of composition, or a table over the distance from the electrolyte.
        let uniform = compositionAlternatives(of: alloy, saturation: saturation, example: "0 mmol/cm^3")
        let alternatives = uniform.map { alternative in
            alternative.map { TransportParameters.InitialProfile.uniform($0) }
        }
        let value: TransportParameters.InitialProfile? = variant(
            "initial", default: (.plain("0 mmol/cm^3"), .uniform(0)), "Lithium in the layer at the start.",
            alternatives + [
                .key("table") { keys in
                    keys.section("table", "Concentration over the distance from the electrolyte, by monotone cubics.") {
                        keys in
                        let x = keys.quantities(
                            "position", .length, example: "[0 um, 5 um]", range: position,
                            "Distances from the electrolyte; the first is 0, the last the thickness.")
                        let y = keys.quantities(
                            "concentration", .concentration, example: "[60 mmol/cm^3, 20 mmol/cm^3]",
                            range: .from("0 mol/m^3", to: "1000 mol/L"), "Lithium concentrations there.")
                        let table = keys.table(x: x, y: y, names: ("position", "concentration"))
                        if let ends = table?.domain,
                            ends.lowerBound != 0 || abs(ends.upperBound - layer.thickness) > 1e-9 * layer.thickness
                        {
                            keys.problem(
                                "position",
                                "the positions must begin at 0 and end at `layer.thickness`, \(shown(layer.thickness, "um")), "
                                    + "found \(shown(ends.lowerBound, "um")) to \(shown(ends.upperBound, "um"))")
                        }
                        return table.map { .table($0) }
                    }
                }
            ])
        return value ?? .uniform(.nan)
    }

    /// A table from two lists, or nil with the reason noted.
    private func table(x: [Double], y: [Double], names: (x: String, y: String)) -> MonotoneCubic? {
        guard !x.isEmpty && !y.isEmpty else { return nil }
        if x.count != y.count {
            problem(names.y, "found \(y.count) where `\(names.x)` has \(x.count); give as many")
        } else if x.count < 2 {
            problem(names.x, "a table needs two points or more")
        } else if zip(x, x.dropFirst()).contains(where: >=) {
            problem(names.x, "the values must increase")
        } else if (x + y).allSatisfy(\.isFinite) {
            return MonotoneCubic(x: x, y: y)
        }
        return nil
    }
}
