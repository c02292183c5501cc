import Materials
import TimeIntegration

/// All that a flux-balance run needs, in SI units, checked.
public struct FluxBalanceParameters: Sendable {
    /// What stands across the electrolyte from the working electrode.
    public enum Counter: Sendable {
        /// Nothing that changes: a half cell.
        case none
        /// An electrode like the working one, which plates while that strips: a symmetric cell.
        case symmetric
        /// A cathode that takes up the lithium: a full cell.
        case cathode(CathodeParameters)
    }

    /// Temperature, K.
    public var temperature: Double
    /// The electrode whose currents the protocol gives: the anode of a full cell.
    public var working: ElectrodeParameters
    /// What stands across the electrolyte.
    public var counter: Counter
    /// Resistance of the electrolyte between the electrodes, ohm m2.
    public var separatorResistance: Double
    /// What presses the cell together.
    public var stack: StackParameters
    /// Local current density i_c at which lithium enters the electrolyte and shorts the cell, A/m2; infinite where none is given.
    public var criticalCurrentDensity: Double
    /// What is done to the cell, cycles written out.
    public var steps: [CellStep]
    /// Cells along the thickness of an electrode whose lattice is resolved.
    public var cells: Int
    /// Size of the last cell over that of the first.
    public var grading: Double
    /// How time is stepped.
    public var integrator: IntegratorSettings
    /// When fields are recorded.
    public var frames: FrameSchedule

    /// Parameters of a cell.
    public init(
        temperature: Double, working: ElectrodeParameters, counter: Counter, separatorResistance: Double,
        stack: StackParameters, criticalCurrentDensity: Double, steps: [CellStep], cells: Int, grading: Double,
        integrator: IntegratorSettings, frames: FrameSchedule
    ) {
        self.temperature = temperature
        self.working = working
        self.counter = counter
        self.separatorResistance = separatorResistance
        self.stack = stack
        self.criticalCurrentDensity = criticalCurrentDensity
        self.steps = steps
        self.cells = cells
        self.grading = grading
        self.integrator = integrator
        self.frames = frames
    }

    /// The same cell at coarser resolutions, from which the error is estimated: half the cells where the lattice is resolved, and
    /// longer time steps.
    public var coarser: [FluxBalanceParameters] {
        var inTime = self
        inTime.integrator = integrator.coarser
        guard working.isResolved, cells > 1 else { return [inTime] }
        var inSpace = self
        inSpace.cells = cells / 2
        return [inSpace, inTime]
    }
}

/// A layer of lithium or Li-Mg on an electrolyte.
public struct ElectrodeParameters: Sendable {
    /// What the layer is made of and how its lattice brings lithium to the electrolyte.
    public enum Metal: Sendable {
        /// Lithium, with the supply by its lattice.
        case lithium(LatticeSupply)
        /// Li-Mg, which keeps contact by its magnesium and is limited by diffusion instead.
        case alloy(AlloyLayer)
    }

    /// How the lattice of lithium brings atoms to the electrolyte: by vacancies that go the other way.
    public enum LatticeSupply: Sendable, Hashable {
        /// Not at all.
        case none
        /// From sinks of vacancies at a constant distance, without delay, up to a current density i_diff, A/m2.
        case quasiSteady(currentDensity: Double)
        /// Through the thickness, dθ/dt = D d²θ/dy²; voids open where the site occupancy at the electrolyte has fallen by the critical
        /// deficit Δθ.
        case resolved(diffusivity: Double, criticalDeficit: Double)
    }

    /// A layer of Li-Mg, whose lithium is resolved through its thickness.
    public struct AlloyLayer: Sendable {
        /// The frame of the concentration.
        public var frame: TransportParameters.Frame
        /// How a concentration stands to the composition.
        public var composition: AlloyComposition
        /// Interdiffusion coefficient.
        public var diffusivity: Diffusivity
        /// Lithium concentration at the start, mol/m3.
        public var concentration: Double
        /// Concentration at the electrolyte at which plating ends, mol/m3.
        public var saturation: Double
        /// Concentration at the electrolyte at which stripping ends, mol/m3.
        public var depletion: Double
        /// The phase of the layer, whose chemical potential is that of its surface.
        public var phase: SolutionPhase
        /// Gibbs energy of solid lithium, J/mol.
        public var referenceEnergy: Double

        /// A layer with its composition, limits and phase.
        public init(
            frame: TransportParameters.Frame, composition: AlloyComposition, diffusivity: Diffusivity,
            concentration: Double, saturation: Double, depletion: Double, phase: SolutionPhase, referenceEnergy: Double
        ) {
            self.frame = frame
            self.composition = composition
            self.diffusivity = diffusivity
            self.concentration = concentration
            self.saturation = saturation
            self.depletion = depletion
            self.phase = phase
            self.referenceEnergy = referenceEnergy
        }
    }

    /// How creep brings lithium to the electrolyte.
    public enum CreepSupply: Sendable, Hashable {
        /// Not at all.
        case none
        /// With this flux while there is room for it, mol/(m2 s).
        case prescribed(flux: Double)
        /// Beside voids, with the velocity at which a foil thins under the local pressure: c_L (1 - χ) v(P/χ).
        case thinning(ThinningLaw)
    }

    /// Thickness of the metal at the start, m; the gap of voids at the start comes on top of it.
    public var thickness: Double
    /// Molar volume of lithium Ω, m3/mol.
    public var molarVolume: Double
    /// The metal.
    public var metal: Metal
    /// Creep towards the electrolyte.
    public var creep: CreepSupply
    /// Height h_v of the voids, m: contact is lost altogether when they have taken this mean gap.
    public var voidHeight: Double
    /// Contact fraction χ at the start, 1.
    public var contactFraction: Double
    /// Contact fraction below which contact counts as lost, 1.
    public var leastContact: Double
    /// Charge transfer to the electrolyte.
    public var kinetics: ExchangeKinetics
    /// Resistance of films between metal and electrolyte where they touch, ohm m2.
    public var filmResistance: Double
    /// The electrolyte's current that crowds into the contact spots; nil to leave its resistance out.
    public var constriction: ConstrictionParameters?

    /// Spots of contact on an electrolyte.
    public struct ConstrictionParameters: Sendable, Hashable {
        /// Pitch of the contact spots, m.
        public var pitch: Double
        /// Conductivity of the electrolyte, S/m.
        public var conductivity: Double

        /// Spots of a pitch in m on an electrolyte of a conductivity in S/m.
        public init(pitch: Double, conductivity: Double) {
            self.pitch = pitch
            self.conductivity = conductivity
        }
    }

    /// An electrode with its laws.
    public init(
        thickness: Double, molarVolume: Double, metal: Metal, creep: CreepSupply, voidHeight: Double,
        contactFraction: Double, leastContact: Double, kinetics: ExchangeKinetics, filmResistance: Double,
        constriction: ConstrictionParameters?
    ) {
        self.thickness = thickness
        self.molarVolume = molarVolume
        self.metal = metal
        self.creep = creep
        self.voidHeight = voidHeight
        self.contactFraction = contactFraction
        self.leastContact = leastContact
        self.kinetics = kinetics
        self.filmResistance = filmResistance
        self.constriction = constriction
    }

    /// Whether the lattice is resolved through the thickness.
    var isResolved: Bool {
        switch metal {
        case .lithium(.resolved), .alloy: true
        case .lithium: false
        }
    }
}

/// A cathode, as the anode sees it: a capacity, a potential and a thickness.
public struct CathodeParameters: Sendable {
    /// Capacity between charged and discharged, C/m2.
    public var capacity: Double
    /// Its potential over the lithium fraction.
    public var openCircuit: OpenCircuitPotential
    /// State of charge at the start, 0 discharged to 1 charged.
    public var stateOfCharge: Double
    /// Thickness gained per charge that leaves it while charging, m3/C; negative where it shrinks.
    public var expansion: Double
    /// Resistance of the cathode, its charge transfer included, ohm m2.
    public var resistance: Double

    /// A cathode with its laws.
    public init(
        capacity: Double, openCircuit: OpenCircuitPotential, stateOfCharge: Double, expansion: Double,
        resistance: Double
    ) {
        self.capacity = capacity
        self.openCircuit = openCircuit
        self.stateOfCharge = stateOfCharge
        self.expansion = expansion
        self.resistance = resistance
    }
}

/// What presses a cell together: its fixture, and how stiff cell and rig are.
public struct StackParameters: Sendable {
    /// How the cell is held.
    public enum Fixture: Sendable, Hashable, Codable {
        /// The pressure stays, whatever the thickness.
        case constantPressure
        /// Springs of this stiffness for each area, Pa/m, in series with the cell.
        case springs(stiffness: Double)
        /// The gap stays: every change of thickness strains the cell and its rig.
        case fixedGap
    }

    /// Pressure at the start, Pa.
    public var pressure: Double
    /// How the cell is held.
    public var fixture: Fixture
    /// Stiffness of cell and rig for each area, Pa/m.
    public var stiffness: Double
    /// How the stack settles under pressure; nil where it does not.
    public var confinedCreep: ConfinedCreep?
    /// Radius of the cell, m; enters confined creep.
    public var radius: Double

    /// A stack with its fixture.
    public init(
        pressure: Double, fixture: Fixture, stiffness: Double, confinedCreep: ConfinedCreep?, radius: Double
    ) {
        self.pressure = pressure
        self.fixture = fixture
        self.stiffness = stiffness
        self.confinedCreep = confinedCreep
        self.radius = radius
    }

    /// Pressure gained for each thickness that the layers gain, Pa/m, with a fixture: springs and cell in series.
    func stiffness(of fixture: Fixture) -> Double {
        switch fixture {
        case .constantPressure: 0
        case .springs(let springs): 1 / (1 / springs + 1 / stiffness)
        case .fixedGap: stiffness
        }
    }
}
