import Materials
import Quantities

extension KeyReader {
    /// A composition: a concentration, or one of its other names in a map. Returns the concentration in mol/m3.
    ///
    /// Without a default the key must be given.
    func composition(
        _ name: String, of alloy: AlloyComposition, example: String, default defaultText: String? = nil,
        _ meaning: String
    ) -> Double? {
        let standard: (text: ResolvedNode, value: Double)? = defaultText.map { text in
            (.plain(text), (try? StatedValues.siValue(text, as: .concentration)) ?? .nan)
        }
        return variant(
            name, default: standard, meaning, compositionAlternatives(of: alloy, saturation: nil, example: example))
    }

    /// The `initial` lithium of a layer in which it is the same everywhere, mol/m3.
    func uniformInitial(of alloy: AlloyComposition) -> Double? {
        variant(
            "initial", default: (.plain("0 mmol/cm^3"), 0),
            "Lithium in the layer at the start, the same everywhere; lithium and magnesium share its volume, "
                + "c = y / (V_Mg + y V_Li). Every concentration of the case and of its results counts by the volume of the layer "
                + "at the start, and stands for y = c (V_Mg + y_start V_Li).",
            compositionAlternatives(of: alloy, saturation: nil, example: "0 mmol/cm^3"))
    }

    /// The ways to give a composition, each turned into a concentration in mol/m3.
    ///
    /// `site_fraction` is among them where a saturation limit (mol/m3) stands for c_max.
    func compositionAlternatives(
        of alloy: AlloyComposition, saturation: Double?, example: String
    ) -> [Alternative<Double>] {
        var alternatives: [Alternative<Double>] = [
            .quantity(.concentration, example: example, range: .from("0 mol/m^3", to: "1000 mol/L")) { $0 },
            .key("mole_fraction") {
                alloy.concentration(
                    moleFraction: $0.quantity(
                        "mole_fraction", .dimensionless, example: "0.9",
                        range: ValueRange(.including("0"), .excluding("1")), "n_Li / (n_Li + n_Mg)."))
            },
            .key("li_per_mg") {
                alloy.concentration(
                    lithiumPerHost: $0.quantity(
                        "li_per_mg", .dimensionless, example: "9", range: .from("0", to: "1e6"), "n_Li / n_Mg."))
            },
        ]
        if let saturation {
            alternatives.append(
                .key("site_fraction") {
                    saturation
                        * $0.quantity(
                            "site_fraction", .dimensionless, example: "0.5", range: .from("0", to: "1"),
                            "Concentration over `limits.saturation`, c/c_max.")
                })
        }
        return alternatives
    }
}
