import LinearAlgebra

/// The unknown of the transport equation and how it stands to the concentration.
///
/// In the slab frame the unknown u is the concentration c. In the host frame it is lithium per volume of pure host,
/// C = y / V_host, over the host coordinate Z with dz = λ dZ, λ = 1 + V_Li C. There c = C / λ, and
/// J = -D c_host ∂y/∂z = -(D / λ²) ∂C/∂Z, so both frames solve
///
///     ∂u/∂t = ∂/∂Z (𝒟(u) ∂u/∂Z),   𝒟 = D(c) / λ²,   λ = 1 + V u   with V = V_Li in the host frame and 0 in the slab.
@frozen
public struct LayerFrame: Sendable, Hashable {
    /// Volume gained per lithium V, m3/mol: V_Li in the host frame, 0 in the slab.
    public let swelling: Double

    /// A frame with its swelling volume in m3/mol.
    public init(swelling: Double) { self.swelling = swelling }

    /// The concentration that no unknown reaches, mol/m3: nothing but lithium.
    var largestConcentration: Double { swelling > 0 ? 1 / swelling : .infinity }

    /// The stretch λ = dz/dZ at unknown u.
    @inlinable public func stretch<S: LawScalar>(_ u: S) -> S { 1 + swelling * u }

    /// The concentration c in mol/m3 at unknown u.
    @inlinable public func concentration<S: LawScalar>(_ u: S) -> S { u / stretch(u) }

    /// The unknown u at a concentration c in mol/m3, c < 1/V.
    public func unknown(concentration c: Double) -> Double { c / (1 - swelling * c) }
}
