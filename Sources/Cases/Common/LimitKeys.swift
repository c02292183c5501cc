import Materials

/// The concentrations at which the surface at the electrolyte ends a step, mol/m3.
struct LimitKeys {
    let saturation: Double
    let depletion: Double

    /// What a model says of its limits.
    struct Meaning {
        let saturation: String
        let depletion: String
        let depletionExample: String
    }

    init(saturation: Double, depletion: Double) { (self.saturation, self.depletion) = (saturation, depletion) }

    init(_ keys: KeyReader, composition: AlloyComposition, _ meaning: Meaning) {
        saturation =
            keys.composition(
                "saturation", of: composition, example: "69.6 mmol/cm^3", default: "69.6 mmol/cm^3", meaning.saturation)
            ?? .nan
        depletion =
            keys.composition(
                "depletion", of: composition, example: meaning.depletionExample, default: "0 mmol/cm^3",
                meaning.depletion)
            ?? .nan
    }

    /// Notes limits that contradict each other, the lithium at the start (mol/m3) or the composition rule.
    ///
    /// - Parameter advice: what else can be done where saturation is beyond pure lithium, with the words that join it.
    func check(
        _ keys: KeyReader, initial: (least: Double, largest: Double), composition: AlloyComposition, advice: String = ""
    ) {
        let supremum = composition.supremum
        if saturation <= depletion {
            return keys.problem(
                "limits.saturation",
                "\(shown(saturation)) does not lie above `limits.depletion`, \(shown(depletion))")
        }
        if saturation >= supremum {
            return keys.problem(
                "limits.saturation",
                "\(shown(saturation)) does not lie below pure lithium, 1/V_Li = \(shown(supremum)); lower it\(advice)")
        }
        if initial.largest > saturation {
            keys.problem("initial", "\(shown(initial.largest)) lies above `limits.saturation`, \(shown(saturation))")
        } else if initial.least < depletion {
            keys.problem("initial", "\(shown(initial.least)) lies below `limits.depletion`, \(shown(depletion))")
        }
    }

    private func shown(_ concentration: Double) -> String { Cases.shown(concentration, "mmol/cm^3") }
}
