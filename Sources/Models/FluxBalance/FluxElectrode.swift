import FiniteElements
import Materials

/// An electrode of a flux balance while it runs: its laws at the temperature of the cell, and in which state its contact is.
struct FluxElectrode {
    /// What the interface does, each with equations of its own.
    enum Contact: Sendable {
        /// No voids. What creep does not bring comes from the lattice; its surface changes.
        case closed
        /// No voids and a lattice without vacancies at the surface: what is plated grows.
        case full
        /// Voids, in equilibrium with the vacancies that feed them: the surface of the lattice stays as it is.
        case open
    }

    let parameters: ElectrodeParameters
    /// The lattice, resolved: vacancies of lithium, or the lithium of Li-Mg; nil where it is not.
    var lattice: TransportSystem?
    /// 1 where the unknown of the lattice is a deficit of lithium, -1 where it is the lithium.
    let latticeSign: Double
    /// The unknown of the lattice at which voids open or Li-Mg is depleted, mol/m3.
    let criticalUnknown: Double
    /// The unknown of Li-Mg at saturation, mol/m3.
    let saturatedUnknown: Double
    /// i_diff/F of a lattice that is not resolved, mol/(m2 s).
    let latticeCapacity: Double
    /// Prescribed creep, mol/(m2 s).
    let prescribedCreep: Double
    let contactCreep: ContactCreep?

    /// i/F, positive while the electrode is stripped, mol/(m2 s).
    private(set) var migration = 0.0
    /// Whether the voids fill with what confined creep squeezes out.
    var isHeld = false
    private(set) var contact = Contact.closed

    /// Where its unknowns are in the state: the lattice, and then void fraction, creep path and settling.
    let latticeRange: Range<Int>
    let smallStart: Int
    // Room for the lattice's part of a state and of a right-hand side.
    var latticeState: [Double]
    var latticeResult: [Double]
    /// The lattice at the start.
    let latticeAtStart: [Double]

    /// An electrode whose lattice begins at an index of the state.
    init(
        _ parameters: ElectrodeParameters, temperature: Double, cells: Int, grading: Double, latticeStart: Int,
        smallStart: Int
    ) {
        self.parameters = parameters
        var capacity = 0.0
        switch parameters.metal {
        case .lithium(let supply):
            (latticeSign, saturatedUnknown) = (1, .infinity)
            switch supply {
            case .none: (lattice, criticalUnknown) = (nil, .infinity)
            case .quasiSteady(let currentDensity):
                (lattice, criticalUnknown) = (nil, .infinity)
                capacity = FaradayLaw.molarFlux(currentDensity: currentDensity)
            case .resolved(let diffusivity, let deficit):
                criticalUnknown = deficit / parameters.molarVolume
                lattice = TransportSystem(
                    mesh: LineMesh(length: parameters.thickness, cells: cells, grading: grading),
                    frame: LayerFrame(swelling: 0), diffusivity: .constant(diffusivity),
                    composition: AlloyComposition(
                        relation: .sharedVolume, lithiumVolume: parameters.molarVolume,
                        hostVolume: parameters.molarVolume), scale: criticalUnknown)
            }
            var unknowns = [Double](repeating: 0, count: lattice?.count ?? 0)
            // Voids go with the critical deficit at the surface.
            if !unknowns.isEmpty && parameters.contactFraction < 1 { unknowns[0] = criticalUnknown }
            latticeAtStart = unknowns
        case .alloy(let alloy):
            latticeSign = -1
            let frame = LayerFrame(swelling: alloy.frame == .host ? alloy.composition.lithiumVolume : 0)
            criticalUnknown = frame.unknown(concentration: alloy.depletion)
            saturatedUnknown = frame.unknown(concentration: alloy.saturation)
            let unknown = frame.unknown(concentration: alloy.concentration)
            let length = parameters.thickness / frame.stretch(unknown)
            lattice = TransportSystem(
                mesh: LineMesh(length: length, cells: cells, grading: grading), frame: frame,
                diffusivity: alloy.diffusivity, composition: alloy.composition, scale: saturatedUnknown)
            latticeAtStart = [Double](repeating: unknown, count: lattice?.count ?? 0)
        }
        latticeCapacity = capacity
        switch parameters.creep {
        case .none: (prescribedCreep, contactCreep) = (0, nil)
        case .prescribed(let flux): (prescribedCreep, contactCreep) = (flux, nil)
        case .thinning(let law):
            prescribedCreep = 0
            contactCreep = ContactCreep(law, temperature: temperature, molarVolume: parameters.molarVolume)
        }
        latticeRange = latticeStart..<latticeStart + latticeAtStart.count
        self.smallStart = smallStart
        latticeState = latticeAtStart
        latticeResult = latticeAtStart
    }

    /// Whether the layer is Li-Mg.
    var isAlloy: Bool { latticeSign < 0 }

    /// Volume of the layer gained for each lithium that it takes up from the current alone, m3/mol: lithium is laid down by growth, which
    /// the creep path counts.
    var swelling: Double { isAlloy ? lattice?.frame.swelling ?? 0 : 0 }

    // MARK: - The state of the contact

    /// Begins a step with a flux i/F in mol/(m2 s), positive where it strips.
    ///
    /// - Parameters:
    ///   - void: void fraction 1 - χ.
    ///   - surface: the unknown of the lattice at the electrolyte, mol/m3.
    mutating func begin(migration: Double, void: Double, surface: Double) {
        self.migration = migration
        contact = .closed
        if isAlloy {
        } else if void > Self.leastVoid {
            contact = .open
        } else if lattice == nil {
            if migration - closedCreep > latticeCapacity { contact = .open }
        } else if migration < 0 {
            if surface <= Self.roundOff * criticalUnknown { contact = .full }
        } else if migration > prescribedCreep, surface >= (1 - Self.roundOff) * criticalUnknown {
            contact = .open
        }
        passToLattice()
    }

    /// Goes on after an event: voids open or are closed, or the lattice at the surface is full.
    mutating func become(_ contact: Contact) {
        self.contact = contact
        passToLattice()
    }

    /// A void fraction that counts as none.
    static let leastVoid = 1e-10
    /// Voids that have only just opened are not wider than what the solution of the lattice leaves; they must be wider to count as voids
    /// that can close.
    static let faintVoid = 1e-7
    /// A surface that another step has left at its limit may miss it by so much.
    static let roundOff = 1e-9

    /// Creep that meets a flux without opening voids, mol/(m2 s).
    private var closedCreep: Double { min(prescribedCreep, max(migration, 0)) }

    private mutating func passToLattice() {
        let isClosed = contact == .closed
        let flux = isClosed ? latticeSign * (migration - closedCreep) : 0
        lattice?.pinsSurface = !isClosed
        lattice?.flux = flux
    }

    // MARK: - Fluxes

    /// The fluxes, mol/(m2 s), and the derivatives of creep by void fraction and pressure.
    ///
    /// - Parameters:
    ///   - thinning: velocity with which the layer is squeezed, m/s, for a layer that is held.
    @inline(__always)
    func fluxes(void: Double, pressure: Double, thinning: Double) -> (split: FluxSplit, creep: CreepSlopes) {
        var split = FluxSplit()
        var slopes = CreepSlopes()
        split.migration = migration
        switch contact {
        case .closed:
            split.creep = closedCreep
            if lattice == nil && migration < 0 {
                split.growth = migration
            } else {
                split.diffusion = migration - split.creep
            }
        case .full:
            split.diffusion = lattice?.pinnedFlux ?? 0
            split.growth = migration - split.diffusion
        case .open:
            if isHeld {
                split.creep = void * thinning / parameters.molarVolume
                slopes.byVoid = thinning / parameters.molarVolume
                slopes.byThinning = void / parameters.molarVolume
            } else if let contactCreep {
                let tangent = contactCreep.tangent(void: void, pressure: pressure)
                (split.creep, slopes.byVoid, slopes.byPressure) = (tangent.value, tangent.byVoid, tangent.byPressure)
            } else {
                split.creep = prescribedCreep
            }
            if let lattice {
                split.diffusion = lattice.pinnedFlux
            } else {
                // Vacancies flow to their sinks only while the current makes more of them than creep takes.
                let left = migration - split.creep
                split.diffusion = min(latticeCapacity, max(0, left))
                slopes.isTakenByLattice = left > 0 && left < latticeCapacity
            }
            split.void = migration - split.diffusion - split.creep
        }
        return (split, slopes)
    }

    /// How creep changes.
    struct CreepSlopes {
        var byVoid = 0.0
        var byPressure = 0.0
        var byThinning = 0.0
        /// Whether the lattice takes back what creep brings more, so that the voids see nothing of it.
        var isTakenByLattice = false
    }
}
