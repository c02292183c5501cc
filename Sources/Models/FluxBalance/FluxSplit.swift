/// The fluxes of lithium that meet at an electrolyte, mol/(m2 s), positive where they take lithium from the interface or bring it
/// there.
///
///     J_migration = i/F = J_diffusion + J_creep + J_void + J_growth
///
/// Migration takes lithium into the electrolyte; the lattice and creep bring it; what neither brings opens voids. While the electrode
/// is plated migration is negative: it closes voids, fills the lattice, and what is left grows as new metal.
public struct FluxSplit: Sendable, Hashable {
    /// i/F, positive while the electrode is stripped.
    public var migration = 0.0
    /// From the lattice to the interface.
    public var diffusion = 0.0
    /// By flow of the metal to the interface.
    public var creep = 0.0
    /// What opens voids; negative where they close.
    public var void = 0.0
    /// What is laid down as new metal, negative; 0 while the electrode is stripped.
    public var growth = 0.0
}
