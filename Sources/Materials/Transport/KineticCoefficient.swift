import LinearAlgebra
import Quantities

/// The Onsager coefficient L of J = -L ∇μ, where lithium moves in a lattice that does not, and the diffusivity it
/// implies.
///
/// With μ = μ_chem(c) + μ_mech the flux splits into Fick's and a drift,
///
///     J = -D ∇c - L ∇μ_mech,   D = L dμ_chem/dc
///
/// Here D is written out, with the logarithm of μ_chem differentiated by hand: it stays finite at c = 0, where L
/// vanishes and dμ_chem/dc diverges. L >= 0 for every state that the lattice can hold, 0 <= c up to c_max or 1 / V̄_Li,
/// so that the flux dissipates, -J ∇μ >= 0. The mobility is D* / RT of the tracer diffusivity D*; correlation between
/// the jumps of different atoms (vacancy wind) is left out.
@frozen
public enum KineticCoefficient: Sendable, Hashable {
    /// Lithium on the sites of a rigid lattice of c_max sites per m3, with θ = c / c_max (M. Z. Bazant, Acc. Chem. Res.
    /// 46 (2013) 1144):
    ///
    ///     L = D* c (1 - θ) / RT,   D = D* Γ,   Γ = (θ (1 - θ) / RT) dμ_chem/dθ
    ///
    /// An ideal solution, μ = RT ln[θ / (1 - θ)], has Γ = 1 and D = D*.
    case latticeGas(maximumConcentration: Double)
    /// Lithium against an immobile host, c = y / V_host per volume of empty host and ∇ in its coordinates:
    ///
    ///     L = D* c / RT,   D = D* Γ (1 - x),   Γ = (x / RT) dμ_chem/dx
    ///
    /// where 1 - x stems from dx/dy = (1 - x)².
    case hostFrame
    /// Lithium against the mean volume while the host is immobile, c per present volume and ∇ in present coordinates:
    ///
    ///     L = D* c (1 - c V̄_Li) / RT,   D = D* Γ (1 - x),   Γ = (x / RT) dμ_chem/dx
    ///
    /// The host makes room for the lithium that moves in, which leaves the volume fraction of the host, 1 - c V̄_Li, of
    /// the flux against it; that is 1 - x for equal partial molar volumes. `lithiumVolume` is V̄_Li in m3/mol, a
    /// constant.
    case volumeFrame(lithiumVolume: Double)

    /// L in mol2/(J m s) at a concentration in mol/m3, a tracer diffusivity in m2/s and a temperature in K.
    @inlinable
    public func callAsFunction<S: LawScalar>(concentration c: S, tracerDiffusivity: S, temperature: S) -> S {
        let free: S = tracerDiffusivity * c / (Constants.gasConstant * temperature)
        return switch self {
        case .latticeGas(let maximum): free * (1 - c / maximum)
        case .hostFrame: free
        case .volumeFrame(let lithiumVolume): free * (1 - lithiumVolume * c)
        }
    }

    /// The diffusivity D = L dμ_chem/dc in m2/s, from the tracer diffusivity in m2/s and the thermodynamic factor Γ of
    /// the case; the mole fraction x is not read for a lattice gas.
    @inlinable
    public func diffusivity<S: LawScalar>(moleFraction x: S, tracerDiffusivity: S, thermodynamicFactor: S) -> S {
        switch self {
        case .latticeGas: tracerDiffusivity * thermodynamicFactor
        case .hostFrame, .volumeFrame: (1 - x) * thermodynamicFactor * tracerDiffusivity
        }
    }

    /// Both parts of the flux at one state: concentration in mol/m3, mole fraction, tracer diffusivity in m2/s,
    /// thermodynamic factor and temperature in K.
    @inlinable
    public func flux<S: LawScalar>(
        concentration: S, moleFraction: S, tracerDiffusivity: S, thermodynamicFactor: S, temperature: S
    ) -> LithiumFlux<S> {
        LithiumFlux(
            diffusivity: diffusivity(
                moleFraction: moleFraction, tracerDiffusivity: tracerDiffusivity,
                thermodynamicFactor: thermodynamicFactor),
            kineticCoefficient: self(
                concentration: concentration, tracerDiffusivity: tracerDiffusivity, temperature: temperature))
    }
}

/// A flux of lithium in its Fickian part and its drift, J = -D ∇c - L ∇μ_mech.
@frozen
public struct LithiumFlux<S: LawScalar>: Sendable {
    /// The diffusivity D, m2/s.
    public let diffusivity: S
    /// The kinetic coefficient L, mol2/(J m s).
    public let kineticCoefficient: S

    /// A flux of given coefficients, D in m2/s and L in mol2/(J m s).
    @inlinable
    public init(diffusivity: S, kineticCoefficient: S) {
        self.diffusivity = diffusivity
        self.kineticCoefficient = kineticCoefficient
    }

    /// One component of J in mol/(m2 s) for a gradient of concentration in mol/m4 and one of the mechanical part of the
    /// chemical potential in J/(mol m).
    @inlinable
    public func callAsFunction(concentrationGradient: S, mechanicalPotentialGradient: S) -> S {
        -(diffusivity * concentrationGradient + kineticCoefficient * mechanicalPotentialGradient)
    }

    /// One component of J = -D ∇c + L Ω ∇σ_h in mol/(m2 s), for μ_mech = -Ω σ_h with a constant volume Ω in m3/mol, a
    /// gradient of concentration in mol/m4 and one of hydrostatic stress (tension positive) in Pa/m.
    @inlinable
    public func callAsFunction(concentrationGradient: S, stressGradient: S, lithiumVolume: Double) -> S {
        self(
            concentrationGradient: concentrationGradient,
            mechanicalPotentialGradient: (-lithiumVolume) * stressGradient)
    }
}
