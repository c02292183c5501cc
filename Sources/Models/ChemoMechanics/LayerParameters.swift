import Materials
import TimeIntegration

/// A case of a two-dimensional layer: lithium, with or without stress, in SI units.
///
/// Lithium moves against an immobile host, ∂c/∂t = -∇·J, J = -L ∇μ, with the coordinates and volumes of the host at the start.
public struct LayerParameters: Sendable {
    /// How lithium and stress act on each other.
    public enum Coupling: String, Sendable, Hashable, CaseIterable {
        /// Lithium swells the layer and stress drives lithium.
        case twoWay = "two-way"
        /// Lithium swells the layer; the stress is computed from it and does not act back.
        case oneWay = "one-way"
    }

    /// The body and its mesh.
    public var body: LayerBody
    /// How lithium moves.
    public var lithium: LithiumParameters
    /// Stiffness, swelling and supports; nil for lithium alone.
    public var mechanics: MechanicsParameters?
    /// How lithium and stress act on each other.
    public var coupling: Coupling
    /// Concentration at the start, mol/m3.
    public var initial: Double
    /// Concentration at which the surface is saturated, mol/m3.
    public var saturation: Double
    /// Concentration at which the surface is depleted, mol/m3.
    public var depletion: Double
    /// The concentration up to which the laws of the layer were checked, mol/m3; the run stops where it is passed.
    public var lawsEnd = Double.infinity
    /// The keys that make the mesh finer, for messages.
    public var resolutionKeys = ["mesh.rows", "mesh.columns"]
    /// The current along the electrolyte over x in m, in any unit; its mean is the current density of a step.
    public var currentProfile: @Sendable (Double) -> Double = { _ in 1 }
    /// What is done to the layer.
    public var protocolSteps: [ProtocolStep]
    /// Tolerance and limits of the time integration.
    public var integrator: IntegratorSettings
    /// When fields are recorded.
    public var frames: FrameSchedule
    /// Threads of the assembly.
    public var threads = 1

    /// A case from its parts.
    public init(
        body: LayerBody, lithium: LithiumParameters, mechanics: MechanicsParameters?, coupling: Coupling,
        initial: Double, saturation: Double, depletion: Double, protocolSteps: [ProtocolStep],
        integrator: IntegratorSettings, frames: FrameSchedule
    ) {
        self.body = body
        self.lithium = lithium
        self.mechanics = mechanics
        self.coupling = coupling
        self.initial = initial
        self.saturation = saturation
        self.depletion = depletion
        self.protocolSteps = protocolSteps
        self.integrator = integrator
        self.frames = frames
    }

    /// The same case on half the cells in each direction, and with thirty times the tolerance and twice the prescribed steps:
    /// apart, so that an error of the mesh and one of the steps cannot hide each other in an estimate.
    public var coarser: [LayerParameters] {
        var onCoarserMesh = self
        onCoarserMesh.body.columns = max(1, body.columns / 2)
        onCoarserMesh.body.rows = max(1, body.rows / 2)
        onCoarserMesh.frames = .finalOnly
        var withLongerSteps = self
        withLongerSteps.integrator = integrator.coarser
        withLongerSteps.frames = .finalOnly
        return [onCoarserMesh, withLongerSteps]
    }
}
