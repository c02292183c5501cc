/// Energies of a layer and its surfaces, J; for a film or a strip those of a metre across.
public struct MechanicalEnergies: Sendable, Hashable, Codable {
    /// ∫ W dV.
    public internal(set) var elastic = 0.0
    /// Stored in the shear of the surfaces.
    public internal(set) var stored = 0.0
    /// Dissipated by slip since the state that was committed last.
    public internal(set) var slipped = 0.0
    /// The potential of the stack pressure, ∮ p n · u dA.
    public internal(set) var pressurePotential = 0.0
    /// The largest equivalent stress of von Mises at the points of quadrature, Pa.
    public internal(set) var largestVonMises = 0.0
    /// The same over the inner nine tenths of the width, away from the side, Pa.
    public internal(set) var largestInnerVonMises = 0.0
    /// The largest slip of a surface, m.
    public internal(set) var largestSlip = 0.0
}
