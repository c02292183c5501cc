import LinearAlgebra

/// Swelling of a solid whose host stays in place while lithium fills it, y atoms of lithium per atom of host.
///
/// One mole of host takes V_host empty and V_host + Ω y with lithium, so isotropic swelling stretches every length by
/// λ,
///
///     λ³ = 1 + Ω y / V_host
///
/// The stress potential of lithium follows from the elastic energy per volume of empty host, W(ε - (λ - 1) I). With
/// c = y / V_host lithium per volume of empty host, σ = ∂W/∂ε and σ_h = tr σ / 3,
///
///     μ = ∂W/∂c = -σ : I dλ/dc = -3 σ_h dλ/dc = -Ω_eff σ_h,   Ω_eff = 3 dλ/dc = Ω λ⁻² = Ω (1 + Ω y / V_host)^(-2/3)
///
/// The factor belongs to a stress that is conjugate to strain of the empty host, as in small-strain elasticity. At
/// finite strain, with the Mandel stress M and the energy w per volume of swollen host, the same derivative is Ω (w -
/// tr M / 3).
@frozen
public struct HostSwelling: Sendable, Hashable {
    /// Partial molar volume of lithium Ω in the host, m3/mol.
    public let lithiumVolume: Double
    /// Molar volume of the empty host V_host, m3/mol.
    public let hostVolume: Double

    /// Swelling by the volumes of lithium and of the empty host, m3/mol.
    @inlinable
    public init(lithiumVolume: Double, hostVolume: Double) {
        self.lithiumVolume = lithiumVolume
        self.hostVolume = hostVolume
    }

    /// Volume per volume of empty host, λ³.
    @inlinable
    public func volumeRatio<S: LawScalar>(lithiumPerHost y: S) -> S { 1 + (lithiumVolume / hostVolume) * y }

    /// Length per length of empty host, λ.
    @inlinable
    public func stretch<S: LawScalar>(lithiumPerHost y: S) -> S { S.pow(volumeRatio(lithiumPerHost: y), 1.0 / 3) }

    /// The volume Ω_eff = Ω λ⁻² by which stress shifts the potential of lithium, m3/mol.
    @inlinable
    public func effectiveVolume<S: LawScalar>(lithiumPerHost y: S) -> S {
        lithiumVolume * S.pow(volumeRatio(lithiumPerHost: y), -2.0 / 3)
    }
}
