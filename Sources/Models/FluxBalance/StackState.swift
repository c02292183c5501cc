/// The pressure on the cell while a step lasts.
///
/// Springs and cell in series turn a change of thickness into pressure,
///
///     P = P_0 + K [Δh(t) - Σ (z + δ)],   1/K = 1/K_springs + 1/K_cell
///
/// counted from the last restart of the integrator: Δh is what the charge adds where it goes in and out of Li-Mg and of the
/// cathode, z how far creep has moved a collector towards the electrolyte, δ how far the stack has settled by confined creep.
/// The load is what P would be if it could be negative: a cell that has lost its load must first be closed again.
struct StackState: Sendable, Codable {
    /// The load at that moment, Pa.
    var load: Double
    /// K, Pa/m.
    var stiffness = 0.0
    /// K dΔh/dt, Pa/s.
    var loadRate = 0.0
    /// Σ (z + δ) at that moment, m.
    var thinned = 0.0

    /// The load at a time since then, when the layers have thinned by so much altogether (m).
    @inline(__always)
    func load(time: Double, thinned: Double) -> Double {
        load + loadRate * time - stiffness * (thinned - self.thinned)
    }
}
