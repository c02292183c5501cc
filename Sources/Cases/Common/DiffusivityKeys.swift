import Materials
import Quantities

extension KeyReader {
    /// Whether the section leaves the diffusivity to the material.
    var takesDiffusivityOfMaterial: Bool {
        guard let entry = entry("diffusivity") else { return true }
        if case .scalar("material", _) = entry.value.content { return true }
        return false
    }

    /// The `diffusivity` that a case gives for itself, at its temperature in K; nil where the material's holds.
    func ownDiffusivity(
        temperature: Double, composition: AlloyComposition, isRequired: Bool, _ meaning: String
    ) -> Diffusivity? {
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
            "diffusivity", isRequired: isRequired, meaning, alternatives)
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

    /// A table from two lists, or nil with the reason noted.
    func table(x: [Double], y: [Double], names: (x: String, y: String)) -> MonotoneCubic? {
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
