import Materials
import Models

/// What the sections of a case and the laws of its materials make together.
///
/// What is nil follows a mistake, which is noted.
struct CheckedCell {
    let working: ElectrodeParameters?
    /// ohm m2
    let separatorResistance: Double
    let confinedCreep: ConfinedCreep?
    private let cathode: CathodeParameters?

    init(
        laws: CellLaws, material: CaseMaterial, interface: CaseMaterial, electrode: ElectrodeKeys, voids: VoidKeys,
        contact: InterfaceContactKeys, separator: SeparatorKeys?, cathode: CathodeKeys?, stack: StackKeys,
        kind: CellKind?, steps: [CellStep], isAlloy: Bool?
    ) {
        let keys = laws.keys
        let volume = laws.law(
            .volume, material.material.lithiumVolume, of: material, "`flux-balance` needs; take another material")
        let kinetics = laws.law(
            .kinetics, interface.material.kinetics, of: interface, "`flux-balance` needs; take another interface")
        let conductivity = separator.flatMap { separator in
            separator.ownConductivity
                ?? separator.material.flatMap { material in
                    laws.law(
                        .conductivity, material.material.conductivity, of: material,
                        "the electrolyte needs; give `electrolyte.conductivity`")?(temperature: laws.temperature)
                }
        }
        separatorResistance = separator.map { $0.thickness / (conductivity ?? .nan) } ?? 0
        if contact.spotPitch != nil && separator == nil {
            keys.problem(
                "contact.spot_pitch",
                "constriction depends on the conductivity of the electrolyte; give `electrolyte`, or leave it out")
        }
        var metal: ElectrodeParameters.Metal?
        var creep: ElectrodeParameters.CreepSupply? = ElectrodeParameters.CreepSupply.none
        switch isAlloy {
        case true?:
            metal = electrode.alloyLayer(laws.alloy(material, electrode, steps: steps, bothWays: kind == .symmetric))
                .map { .alloy($0) }
        case false?:
            metal = laws.supply(electrode.supply.lattice, of: material, molarVolume: volume ?? .nan).map {
                .lithium($0)
            }
            let hasVoids = voids.contactFraction < 1 || steps.contains(where: \.strips)
            creep = laws.creep(electrode.supply.creep, of: material, steps: steps, stack: stack, hasVoids: hasVoids)
        case nil: break
        }
        confinedCreep = laws.confinedCreep(of: material, steps: steps, stack: stack)
        if let metal, let creep, let volume, let kinetics {
            working = ElectrodeParameters(
                thickness: electrode.thickness, molarVolume: volume, metal: metal, creep: creep,
                voidHeight: voids.height, contactFraction: voids.contactFraction, leastContact: voids.leastContact,
                kinetics: kinetics, filmResistance: contact.filmResistance,
                constriction: contact.spotPitch.flatMap { pitch in
                    conductivity.map { ElectrodeParameters.ConstrictionParameters(pitch: pitch, conductivity: $0) }
                })
        } else {
            working = nil
        }
        self.cathode = cathode.flatMap { cathode in
            laws.law(
                .openCircuit, cathode.material.material.openCircuit, of: cathode.material,
                "a cathode needs; take another `cathode.material`"
            ).map { law in
                CathodeParameters(
                    capacity: cathode.capacity(ofMaterial: law.specificCapacity), openCircuit: law,
                    stateOfCharge: cathode.stateOfCharge, expansion: cathode.expansion,
                    resistance: cathode.resistance)
            }
        }
    }

    /// What stands across the electrolyte.
    func counter(_ kind: CellKind?) -> FluxBalanceParameters.Counter {
        switch kind {
        case .symmetric: .symmetric
        case .full: cathode.map { .cathode($0) } ?? .none
        case .half, nil: .none
        }
    }

    /// An electrode in place of one that is wrong or described only.
    static var unknown: ElectrodeParameters {
        ElectrodeParameters(
            thickness: .nan, molarVolume: .nan, metal: .lithium(.none), creep: .none, voidHeight: .nan,
            contactFraction: .nan, leastContact: .nan,
            kinetics: ExchangeKinetics(
                exchangeCurrentDensity: Arrhenius(prefactor: .nan, activationEnergy: 0),
                law: ButlerVolmer(anodicCoefficient: 0.5, cathodicCoefficient: 0.5)),
            filmResistance: .nan, constriction: nil)
    }
}

extension CellLaws {
    /// The material of a layer of Li-Mg at the compositions that its steps can reach; `bothWays` where another layer plates while it
    /// strips.
    fileprivate func alloy(_ material: CaseMaterial, _ electrode: ElectrodeKeys, steps: [CellStep], bothWays: Bool)
        -> LayerMaterial
    {
        LayerMaterial(
            keys: keys, material: material, temperature: temperature,
            compositions: ReachableCompositions(
                initial: (electrode.initial, electrode.initial), limits: electrode.limits,
                strips: steps.contains(where: \.strips) || bothWays && steps.contains(where: \.plates),
                plates: steps.contains(where: \.plates) || bothWays && steps.contains(where: \.strips),
                composition: electrode.composition),
            model: FluxBalanceCase.name, diffusivityKey: "electrode.diffusivity")
    }
}

extension CellStep {
    /// Whether lithium leaves the working electrode.
    fileprivate var strips: Bool {
        switch kind {
        case .strip: true
        case .ramp(let ramp): ramp.direction != .plate
        case .plate, .rest, .hold: false
        }
    }

    /// Whether lithium comes onto the working electrode.
    fileprivate var plates: Bool {
        switch kind {
        case .plate: true
        case .ramp(let ramp): ramp.direction != .strip
        case .strip, .rest, .hold: false
        }
    }
}

extension KeyReader {
    /// The `material` of the electrode, of which only what the case uses is read, and whether it has a host (nil after a mistake).
    func electrodeMaterial() -> (material: CaseMaterial, isAlloy: Bool?) {
        func word(_ path: String) -> String? {
            if case .scalar(let text, _)? = node(at: path)?.content { text.trimmed } else { nil }
        }
        let isAlloy = isDescribing ? nil : materialHolds("volume.host", default: "li")
        var properties: [MaterialProperty] = [.volume]
        if isAlloy != false {
            properties.append(.thermodynamics)
            if isDescribing
                || [nil, "material"].contains(word("electrode.diffusivity")) && !isMap("electrode.diffusivity")
            {
                properties.append(.diffusivity)
            }
        }
        if isAlloy != true {
            if node(at: "electrode.creep") == nil || word("electrode.creep") == "thinning" {
                properties.append(.thinning)
            }
            if isDescribing || word("stack.confined_creep") == "on" { properties.append(.confinedCreep) }
            if node(at: "electrode.lattice.supersaturation") != nil { properties.append(.diffusivity) }
        }
        let material = material(
            properties, amongst: [.volume, .thermodynamics, .diffusivity, .thinning, .confinedCreep], default: "li",
            "The metal of the electrode: lithium, or Li-Mg where it has a host. Its volumes, and the laws that the case leaves to it."
        )
        return (material, isAlloy)
    }

    private func isMap(_ path: String) -> Bool {
        if case .map? = node(at: path)?.content { true } else { false }
    }

    /// Whether the `material` of the case holds a key; nil where it cannot be read, which is noted when it is.
    private func materialHolds(_ path: String, default fallback: String) -> Bool? {
        var changes: [CaseNode.Entry] = []
        if case .map(let entries)? = entry("material")?.value.content { changes = entries }
        var name = fallback
        let from = changes.node(at: "from")
        if case .scalar(let text, _)? = from?.content, !text.isEmpty { name = text.trimmed }
        let place = from?.location ?? entry("material")?.keyLocation ?? location
        guard let file = try? context.files.material(name, namedIn: place), case .map(let base) = file.root.content
        else { return nil }
        return merged(base, with: changes).node(at: path) != nil
    }
}
