import LinearAlgebra

/// Interdiffusion in an alloy of lithium and a host by Darken's rule.
///
///     D = Γ [(1 - x) D*_Li + x D*_host],   Γ = (x / RT) dμ_Li/dx
///
/// (L. S. Darken, Trans. AIME 175 (1948) 184). It holds for any partial molar volumes: the intrinsic diffusivities
/// D*_Li Γ V / V̄_host and D*_host Γ V / V̄_Li are weighted by the volume fractions of the other constituent, c_host
/// V̄_host and c_Li V̄_Li. Vacancies are taken to be in equilibrium everywhere. Left out is the correlation between
/// jumps of different atoms, the vacancy wind, which raises D by a factor between 1 and 1/f, in a bcc lattice 1.38
/// where the host is immobile (J. R. Manning, Diffusion Kinetics for Atoms in Crystals, 1968).
///
/// D is the coefficient of J = -D ∂c/∂z in the volume frame and, with the same value, of J = -D c_host ∂y/∂z in the
/// host frame, with y = c / c_host and z the present coordinate: where no volume flows, a flux J of lithium takes the
/// host along by -J V̄_Li / V̄_host, so that it is J / (c_host V̄_host) against the host; and by V̄_Li dc + V̄_host
/// dc_host = 0 the gradients stand as dy = dc / (c_host² V̄_host).
@frozen
public struct DarkenDiffusivity: Sendable, Hashable {
    /// Tracer diffusivity of lithium D*_Li.
    public let lithium: TracerDiffusivity
    /// Tracer diffusivity of the host D*_host.
    public let host: TracerDiffusivity

    /// Interdiffusion of the two tracers; an immobile host leaves D = (1 - x) Γ D*_Li.
    @inlinable
    public init(lithium: TracerDiffusivity, host: TracerDiffusivity = .immobile) {
        self.lithium = lithium
        self.host = host
    }

    /// The interdiffusion coefficient D in m2/s at lithium's mole fraction x, a thermodynamic factor Γ and a
    /// temperature in K.
    @inlinable
    public func callAsFunction<S: LawScalar>(moleFraction x: S, thermodynamicFactor: S, temperature: S) -> S {
        let lithium: S = (1 - x) * self.lithium(moleFraction: x, temperature: temperature)
        let host: S = x * self.host(moleFraction: x, temperature: temperature)
        return thermodynamicFactor * (lithium + host)
    }

    /// Flux of lithium J = -D c_host ∂y/∂z in the host frame, mol/(m2 s), from D in m2/s, the concentration of host in
    /// mol/m3 and the gradient of lithium per host in 1/m.
    @inlinable
    public static func hostFrameFlux<S: LawScalar>(
        diffusivity: S, hostConcentration: S, lithiumPerHostGradient: S
    ) -> S {
        -diffusivity * hostConcentration * lithiumPerHostGradient
    }
}
