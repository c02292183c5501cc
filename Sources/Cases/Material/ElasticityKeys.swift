import Materials
import Quantities

// Stiffness.
extension KeyReader {
    /// Stiffness; a mixture by volume takes the molar volumes of the same material.
    func elasticity(volume: MolarVolume?) -> Stated<Elasticity>? {
        let lacksVolume = !isDescribing && !presentKeys.contains("volume")
        return optionalSection("elasticity", "Isotropic stiffness.") { keys in
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
                        keys.law(name, "An average of lithium and its host.") {
                            .mixture($0.elasticMixture(volume, lacksVolume: lacksVolume))
                        }
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

    private func elasticMixture(_ volume: MolarVolume?, lacksVolume: Bool) -> ElasticMixture {
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
        } else if weight == .volume && lacksVolume {
            problem("by", "fractions of volume need the `volume` of the material; give it, or `by: mole`")
        }
        return ElasticMixture(
            lithium: section("lithium", "Pure lithium.") { $0.elasticConstants() },
            host: section("host", "The pure host.") { $0.elasticConstants() }, rule: (rule ?? .hill).rule,
            weight: fractions)
    }
}
