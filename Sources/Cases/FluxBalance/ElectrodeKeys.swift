import Materials
import Models

/// The `electrode`: a layer of lithium, or of Li-Mg.
struct ElectrodeKeys {
    /// m
    let thickness: Double
    let supply: SupplyKeys
    let frame: TransportParameters.Frame
    let composition: AlloyComposition
    let limits: LimitKeys
    /// Lithium of Li-Mg at the start, mol/m3.
    let initial: Double
    let ownDiffusivity: Diffusivity?
    let takesDiffusivityOfMaterial: Bool

    /// When the keys of lithium alone have an effect, in words.
    static let ofLithium = "`material` is lithium alone"
    /// When the keys of Li-Mg have an effect, in words.
    static let ofAlloy = "`material` has a host, as `li-mg` does"

    /// - Parameters:
    ///   - isAlloy: whether the material has a host; nil after a mistake.
    ///   - volume: the volumes of lithium and the host.
    ///   - temperature: K.
    init(_ keys: KeyReader, isAlloy: Bool?, volume: MolarVolume?, temperature: Double) {
        thickness = keys.quantity(
            "thickness", .length, example: "50 um", range: .from("0.1 nm", to: "10 cm"), "Thickness at the start.")
        supply =
            keys.when(isAlloy.map { !$0 }, Self.ofLithium) { SupplyKeys($0) }
            ?? SupplyKeys(lattice: .none, creep: .none)
        let alloy = keys.when(isAlloy, Self.ofAlloy) { AlloyKeys($0, volume: volume, temperature: temperature) }
        let frame = alloy?.frame
        self.frame = frame?.frame ?? .slab
        composition =
            frame?.composition
            ?? AlloyComposition(relation: .sharedVolume, lithiumVolume: .nan, hostVolume: .nan)
        limits = alloy?.limits ?? LimitKeys(saturation: .nan, depletion: .nan)
        initial = alloy?.initial ?? .nan
        ownDiffusivity = alloy?.ownDiffusivity
        takesDiffusivityOfMaterial = keys.takesDiffusivityOfMaterial
        if isAlloy == true {
            limits.check(keys, initial: (initial, initial), composition: composition, advice: alloy?.advice ?? "")
        }
    }

    /// What Li-Mg has beside its thickness.
    private struct AlloyKeys {
        let frame: FrameKeys
        let limits: LimitKeys
        let initial: Double?
        let ownDiffusivity: Diffusivity?

        /// What can be done besides where saturation lies beyond pure lithium.
        var advice: String {
            frame.frame == .slab
                ? ", or set `electrode.slab_volume: host` if concentrations count per volume of Mg" : ""
        }

        init(_ keys: KeyReader, volume: MolarVolume?, temperature: Double) {
            let frame = FrameKeys(keys, section: "electrode", volume: volume)
            let limits = keys.section(
                "limits", isRequired: false, "Concentrations at which the surface at the electrolyte ends a step."
            ) {
                LimitKeys($0, composition: frame.composition, ElectrodeKeys.limitMeaning)
            }
            initial = keys.variant(
                "initial", "Lithium in the layer at the start, the same everywhere.",
                keys.compositionAlternatives(
                    of: frame.composition, saturation: limits.saturation, example: "60 mmol/cm^3"))
            ownDiffusivity = keys.ownDiffusivity(
                temperature: temperature, composition: frame.composition, isRequired: false,
                "Interdiffusion coefficient D of lithium: that of Fick's law in the slab, and with the same value of "
                    + "J = -D c_Mg dy/dz in the host frame. `material`: that of `material` at `temperature`.")
            self.frame = frame
            self.limits = limits
        }
    }

    private static let limitMeaning = LimitKeys.Meaning(
        saturation: "Upper limit c_max at the electrolyte, at which plating ends.",
        depletion:
            "Lower limit at the electrolyte, at which stripping ends; the beta phase of Li-Mg ends at 24.0 mmol/cm^3 (Krauskopf et "
            + "al. 2019).",
        depletionExample: "24.0 mmol/cm^3")

    /// Layer of Li-Mg of a cell, nil after a mistake, which is noted.
    func alloyLayer(_ checked: LayerMaterial) -> ElectrodeParameters.AlloyLayer? {
        checked.checkVolume()
        let diffusivity = checked.diffusivity(
            own: ownDiffusivity, takesThatOfMaterial: takesDiffusivityOfMaterial)
        let solution = checked.stablePhase("take a material whose thermodynamics are known")
        guard let diffusivity, let solution else { return nil }
        return ElectrodeParameters.AlloyLayer(
            frame: frame, composition: composition, diffusivity: diffusivity, concentration: initial,
            saturation: limits.saturation, depletion: limits.depletion, phase: solution.phase,
            referenceEnergy: solution.reference)
    }
}

/// The `voids` at the interface of lithium.
struct VoidKeys {
    /// h_v, m.
    let height: Double
    /// χ at the start.
    let contactFraction: Double
    /// χ at which contact counts as lost.
    let leastContact: Double

    init(_ keys: KeyReader) {
        height = keys.quantity(
            "height", .length, example: "1 um", default: "1 um", range: .from("1 nm", to: "1 mm"),
            "Height h_v of the voids: a mean gap g between metal and electrolyte leaves the contact fraction 1 - g / h_v."
        )
        let fraction = ValueRange.above("0", upTo: "1")
        contactFraction = keys.quantity(
            "contact_fraction", .dimensionless, example: "1", default: "1", range: fraction,
            "Part of the area in contact at the start.")
        leastContact = keys.quantity(
            "least_contact", .dimensionless, example: "0.01", default: "0.01",
            range: ValueRange(.excluding("0"), .excluding("1")),
            "Contact fraction at which contact counts as lost, which ends the run.")
        if contactFraction <= leastContact {
            keys.problem(
                "contact_fraction",
                "\(shown(contactFraction)) does not lie above `least_contact`, \(shown(leastContact)); raise it")
        }
    }

    /// The contact of Li-Mg, which has no voids.
    init() { (height, contactFraction, leastContact) = (1e-6, 1, 0.01) }
}
