/// The mechanical side of a layer.
public struct MechanicsParameters: Sendable, Hashable {
    /// What holds across a strip.
    public enum Across: String, Sendable, Hashable, CaseIterable {
        /// No strain.
        case planeStrain = "plane_strain"
        /// No stress.
        case planeStress = "plane_stress"
    }

    /// Stiffness and swelling.
    public var solid: AlloySolid
    /// What holds across a strip; a film has no strain across, a disk is neither.
    public var across: Across
    /// Along the electrolyte.
    public var electrolyte: SurfaceContact
    /// Along the collector, which holds the layer's lower surface in place along y.
    public var collector: SurfaceContact
    /// Pressure on the surface at the electrolyte, Pa.
    public var stackPressure: Double

    /// The mechanical side of a layer from its parts.
    public init(
        solid: AlloySolid, across: Across = .planeStrain, electrolyte: SurfaceContact, collector: SurfaceContact,
        stackPressure: Double = 0
    ) {
        self.solid = solid
        self.across = across
        self.electrolyte = electrolyte
        self.collector = collector
        self.stackPressure = stackPressure
    }
}
