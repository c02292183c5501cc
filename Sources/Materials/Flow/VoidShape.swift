import LinearAlgebra

/// The shape of a void of radius a inside metal of outer radius b, on which a pressure p acts.
///
/// The metal is incompressible and flows radially. With g and d below, the equivalent strain rate at the radius r and
/// the equilibrium of the shell are
///
///     ε̇_e = g (a/r)^d |ȧ|/a,    p = g ∫_a^b σ_e/r dr
///
/// Sphere: v = ȧ (a/r)², ε̇_e = 2 |v|/r and dσ_r/dr = 2 (σ_θ - σ_r)/r, so d = 3 and g = 2. Cylinder in plane strain:
/// v = ȧ a/r, ε̇_e = (2/√3) |v|/r and dσ_r/dr = (σ_θ - σ_r)/r with |σ_θ - σ_r| = (2/√3) σ_e, so d = 2 and g = 2/√3.
@frozen
public enum VoidShape: String, Sendable, Hashable, CaseIterable {
    /// A sphere.
    case sphere
    /// A cylinder in plane strain along its axis.
    case cylinder

    /// The dimension d: the volume goes with a^d.
    @inlinable public var dimension: Double { self == .sphere ? 3 : 2 }

    /// The factor g of strain rate and equilibrium.
    @inlinable public var factor: Double { self == .sphere ? 2 : 1.1547005383792515 }

    /// The pressure in Pa by which a surface energy γ in J/m2 adds to p at a radius in m: 2γ/a or γ/a.
    @inlinable
    public func surfacePressure<S: LawScalar>(surfaceEnergy: Double, radius: S) -> S {
        ((dimension - 1) * surfaceEnergy) / radius
    }

    /// The outer radius in m of a void's share of a body in which voids lie a spacing in m apart, on a cubic or a
    /// square lattice: that of the same volume, (4/3) π b³ = L³ or π b² = L².
    @inlinable
    public func outerRadius(spacing: Double) -> Double {
        spacing * (self == .sphere ? Double.pow(0.75 / .pi, 1.0 / 3) : (1 / Double.pi).squareRoot())
    }
}
