import Materials
import Models
import Quantities

/// The `swelling` of a layer by its lithium.
struct SwellingKeys {
    private let law: Law
    private let volume: Double?
    private let stressFree: Double?

    enum Law: String, CaseIterable {
        case stretch
        case linear
    }

    init(_ keys: KeyReader, composition: AlloyComposition, saturation: Double) {
        law =
            keys.word(
                "law", Law.self, default: .stretch,
                "The stress-free strain. `stretch`: lambda(y) / lambda(y_0) - 1 with lambda = (1 + Omega y / V_Mg)^(1/3), as "
                    + "Wang et al. 2024 have it; `linear`: Omega (c - c_0) / 3.") ?? .stretch
        let volumes: [Alternative<Double?>] = [
            .quantity(
                .molarVolume, example: "13.0 cm^3/mol", range: .from("0 cm^3/mol", to: "1000 cm^3/mol")
            ) { $0 },
            .word("material", nil),
        ]
        volume =
            keys.variant(
                "volume", default: (.plain("material"), nil),
                "Omega, the volume that a mole of lithium adds. `material`: the partial molar volume of lithium of `material`.",
                volumes) ?? nil
        let compositions = keys.compositionAlternatives(
            of: composition, saturation: saturation, example: "0 mmol/cm^3")
        stressFree =
            keys.variant(
                "stress_free", default: (.plain("initial"), nil),
                "The composition (c_0, y_0) at which the layer is free of stress. `initial`: that at the start.",
                compositions.map { alternative in alternative.map { Optional($0) } } + [.word("initial", nil)]) ?? nil
    }

    /// The law of a layer that starts with a concentration in mol/m3.
    ///
    /// - Parameter host: the molar volume of the empty host, m3/mol; that of the composition is by the volume at the start.
    func swelling(initial: Double, composition: AlloyComposition, host: Double) -> SwellingLaw {
        let volume = volume ?? composition.lithiumVolume
        let stressFree = stressFree ?? initial
        switch law {
        case .linear: return .linear(volume: volume, stressFree: stressFree)
        case .stretch:
            let swelling = HostSwelling(lithiumVolume: volume, hostVolume: host)
            let lithium: Double = composition.lithiumPerHost(concentration: stressFree)
            return .stretch(
                swelling, stressFreeStretch: swelling.stretch(lithiumPerHost: lithium),
                volumeAtStart: composition.hostVolume / host)
        }
    }
}
