import Materials

/// The interface of an electrode and the electrolyte while a cell runs: its laws at the temperature of the cell, and what it does.
///
/// A plain value without storage elsewhere, as it is read at every stage of a time step.
struct Interface: Sendable {
    /// What the interface does, each with equations of its own.
    enum Contact: String, Sendable, Codable {
        /// No voids. What creep does not bring comes from the lattice; its surface changes.
        case closed
        /// No voids and a lattice without vacancies at the surface: what is plated grows.
        case full
        /// Voids, in equilibrium with the vacancies that feed them: the surface of the lattice stays as it is.
        case open
    }

    /// Whether the layer is Li-Mg, whose lattice holds lithium as its unknown; that of lithium holds what is missing of it.
    let isAlloy: Bool
    /// The unknown of the lattice at which voids open or Li-Mg is depleted, mol/m3.
    let criticalUnknown: Double
    /// The unknown of Li-Mg at saturation, mol/m3.
    let saturatedUnknown: Double
    /// i_diff/F of a lattice that is not resolved, mol/(m2 s).
    let latticeCapacity: Double
    /// Prescribed creep, mol/(m2 s).
    let prescribedCreep: Double
    let contactCreep: ContactCreep?
    /// Molar volume of lithium, m3/mol.
    let molarVolume: Double
    /// Where its unknowns are in the state: the lattice, and then void fraction, creep path and settling.
    let latticeRange: Range<Int>
    let smallStart: Int

    /// i/F, positive while the electrode is stripped, mol/(m2 s).
    private(set) var migration = 0.0
    /// Whether the voids fill as the stack settles.
    private(set) var isHeld = false
    private(set) var contact = Contact.closed
    /// Creep into the voids at the state last evaluated: a time step asks for the fluxes and for their derivatives there.
    private var creep = ContactCreep.Tangent(void: .nan, pressure: .nan)

    init(_ parameters: ElectrodeParameters, temperature: Double, lattice: Range<Int>, smallStart: Int) {
        var capacity = 0.0
        switch parameters.metal {
        case .lithium(let supply):
            (isAlloy, saturatedUnknown) = (false, .infinity)
            switch supply {
            case .none: criticalUnknown = .infinity
            case .quasiSteady(let currentDensity):
                criticalUnknown = .infinity
                capacity = FaradayLaw.molarFlux(currentDensity: currentDensity)
            case .resolved(_, let deficit): criticalUnknown = deficit / parameters.molarVolume
            }
        case .alloy(let alloy):
            isAlloy = true
            let frame = alloy.layerFrame
            criticalUnknown = frame.unknown(concentration: alloy.depletion)
            saturatedUnknown = frame.unknown(concentration: alloy.saturation)
        }
        latticeCapacity = capacity
        switch parameters.creep {
        case .none: (prescribedCreep, contactCreep) = (0, nil)
        case .prescribed(let flux): (prescribedCreep, contactCreep) = (flux, nil)
        case .thinning(let law):
            prescribedCreep = 0
            contactCreep = ContactCreep(law, temperature: temperature, molarVolume: parameters.molarVolume)
        }
        molarVolume = parameters.molarVolume
        latticeRange = lattice
        self.smallStart = smallStart
    }

    /// Whether the lattice is resolved.
    var hasLattice: Bool { !latticeRange.isEmpty }
    /// Whether there are voids.
    @inline(__always) var isOpen: Bool { contact == .open }
    /// Whether the surface of the lattice stays as it is.
    var pinsSurface: Bool { hasLattice && contact != .closed }
    /// The flux that the lattice takes in at a surface that is not pinned, mol/(m2 s).
    var latticeFlux: Double { isAlloy ? -migration : migration - closedCreep }

    // MARK: - What the interface does

    /// Begins a step with a flux i/F in mol/(m2 s), positive where it strips.
    ///
    /// - Parameters:
    ///   - isHeld: whether the voids fill as the stack settles.
    ///   - void: void fraction 1 - χ.
    ///   - surface: the unknown of the lattice at the electrolyte, mol/m3.
    ///   - pinned: flux of missing lithium into a lattice whose surface is pinned, mol/(m2 s).
    mutating func begin(migration: Double, isHeld: Bool, void: Double, surface: Double, pinned: Double) {
        self.migration = migration
        self.isHeld = isHeld
        contact = .closed
        if isAlloy { return }
        if void > Self.leastVoid {
            contact = .open
        } else if !hasLattice {
            if migration - closedCreep > latticeCapacity { contact = .open }
        } else if migration < 0 {
            // A lattice whose vacancies come back faster than the current fills them is not full for long.
            if surface <= Self.roundOff * criticalUnknown && migration <= pinned { contact = .full }
        } else if migration > prescribedCreep, surface >= (1 - Self.roundOff) * criticalUnknown {
            contact = .open
        }
    }

    /// What steps and events change.
    struct Memory: Codable {
        var migration: Double
        var isHeld: Bool
        var contact: Contact
    }

    /// What steps and events have made of the interface.
    var memory: Memory {
        get { Memory(migration: migration, isHeld: isHeld, contact: contact) }
        set { (migration, isHeld, contact) = (newValue.migration, newValue.isHeld, newValue.contact) }
    }

    /// Goes on after an event: voids open or are closed, or the lattice at the surface is full.
    mutating func become(_ contact: Contact) { self.contact = contact }

    /// A void fraction that counts as none.
    static let leastVoid = 1e-10
    /// Voids that have only just opened are not wider than what the solution of the lattice leaves; they must be wider to count as voids
    /// that can close.
    static let faintVoid = 1e-7
    /// A surface that another step has left at its limit may miss it by so much.
    static let roundOff = 1e-9

    /// Creep that meets a flux without opening voids, mol/(m2 s).
    private var closedCreep: Double { min(prescribedCreep, max(migration, 0)) }

    // MARK: - Fluxes

    /// Evaluates creep at a void fraction and a pressure in Pa, for ``fluxes(void:thinning:pinned:)``.
    @inline(__always)
    mutating func evaluateCreep(void: Double, pressure: Double) {
        guard let contactCreep, isOpen, !isHeld, creep.void != void || creep.pressure != pressure else { return }
        creep = contactCreep.tangent(void: void, pressure: pressure)
    }

    /// The fluxes, mol/(m2 s), and the derivatives of creep by void fraction and pressure.
    ///
    /// - Parameters:
    ///   - thinning: velocity with which the layer is squeezed, m/s, for a layer that is held.
    ///   - pinned: flux of missing lithium into a lattice whose surface is pinned, mol/(m2 s).
    @inline(__always)
    func fluxes(void: Double, thinning: Double, pinned: Double) -> (
        split: FluxSplit, creep: CreepSlopes
    ) {
        var split = FluxSplit()
        var slopes = CreepSlopes()
        split.migration = migration
        switch contact {
        case .closed:
            split.creep = closedCreep
            if !hasLattice && migration < 0 {
                split.growth = migration
            } else {
                split.diffusion = migration - split.creep
            }
        case .full:
            split.diffusion = pinned
            split.growth = migration - split.diffusion
        case .open:
            if isHeld {
                split.creep = void * thinning / molarVolume
                slopes.byVoid = thinning / molarVolume
                slopes.byThinning = void / molarVolume
            } else if contactCreep != nil {
                (split.creep, slopes.byVoid, slopes.byPressure) = (creep.value, creep.byVoid, creep.byPressure)
            } else {
                split.creep = prescribedCreep
            }
            if hasLattice {
                split.diffusion = pinned
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
