/// What is known of a material or an interface: its laws, each where a source states it.
public struct Material: Sendable {
    /// Gibbs energies of the phases of lithium and its host, and the phase that a layer of it is taken for.
    public var thermodynamics: Stated<AlloyPhase>?
    /// Molar and partial molar volumes.
    public var volume: Stated<MolarVolume>?
    /// Partial molar volume of lithium in m3/mol, known without that of a host as well.
    public var lithiumVolume: Stated<Double>?
    /// Isotropic stiffness.
    public var elasticity: Stated<Elasticity>?
    /// Diffusion of lithium.
    public var diffusivity: Stated<LithiumDiffusion>?
    /// Creep and viscoplasticity.
    public var flow: Stated<AlloyFlow>?
    /// Thinning of a foil under pressure.
    public var thinning: Stated<ThinningLaw>?
    /// Creep of a thin layer between plates, held by friction.
    public var confinedCreep: Stated<ConfinedCreep>?
    /// Ionic conductivity.
    public var conductivity: Stated<IonicConductivity>?
    /// Charge transfer.
    public var kinetics: Stated<ExchangeKinetics>?
    /// Area-specific resistance of an interface.
    public var resistance: Stated<FilmResistance>?
    /// Resistance of a contact against pressure.
    public var contact: Stated<ContactResistance>?
    /// Growth of an interphase.
    public var interphase: Stated<InterphaseGrowth>?
    /// Potential of a cathode in equilibrium.
    public var openCircuit: Stated<OpenCircuitPotential>?

    /// A material of which nothing is known.
    public init() {}
}
