import Materials
import Models
import Quantities

extension KeyReader {
    /// Whether the case leaves the diffusivity to its material.
    var takesDiffusivityOfMaterial: Bool {
        guard let entry = entry("diffusivity") else { return true }
        if case .scalar("material", _) = entry.value.content { return true }
        return false
    }

    /// The `diffusivity` that a case gives for itself, at its temperature; nil where the material's holds.
    func ownDiffusivity(temperature: Double, composition: AlloyComposition, isRequired: Bool) -> Diffusivity? {
        let range = ValueRange.from("1e-22 cm^2/s", to: "1 cm^2/s")
        let alternatives: [Alternative<Diffusivity?>] = [
            .quantity(.diffusivity, example: "6e-11 cm^2/s", range: range) { .constant($0) },
            .word("material", nil),
            .key("arrhenius") { keys in
                keys.section("arrhenius", "D = D0 exp(-Q / RT) at the case's `temperature`.") {
                    .constant($0.prefactorAndEnergy()(temperature: temperature))
                }
            },
            .key("table") { keys in
                keys.section("table", "D over the composition, by monotone cubics between the points.") {
                    $0.diffusivityTable(composition: composition, range: range)
                }
            },
            .key("formula") { keys in
                keys.section("formula", "D by a formula of composition and temperature.") {
                    $0.diffusivityFormula().map {
                        .formula(DiffusivityFormula($0.formula, unit: $0.unit, temperature: temperature))
                    }
                }
            },
        ]
        let own = optionalVariant(
            "diffusivity", isRequired: isRequired,
            "Interdiffusion coefficient D of lithium: that of Fick's law in the slab, and with the same value of "
                + "J = -D c_Mg dy/dz in the host frame. `material`: that of `material` at `temperature`, which is the default of "
                + "a case that names a material.",
            alternatives)
        if !isRequired && !isDescribing && entry("diffusivity") == nil { note("diffusivity", .plain("material")) }
        return own ?? nil
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
