import Foundation
import LinearAlgebra
import Quantities

/// Diffusion of lithium in bcc Li-Mg at one temperature, with magnesium immobile.
///
/// Gibbs energy of the bcc phase (COST 507, I. Ansara, A. T. Dinsdale, M. H. Rand (eds.), 1998; Li-Mg after T. G. Chart),
/// with x the mole fraction of Li and d = 2x - 1, J/mol:
///
///     G_ex = x (1 - x) (L0 + L1 d + L2 d²),  L0 = -18335 + 8.49 T,  L1 = 3481,  L2 = 2658 - 0.114 T
///
/// Thermodynamic factor Γ = (x / RT) dμ_Li/dx = 1 + x (1 - x) G_ex″ / RT with G_ex″ = 2 (L2 - L0) - 6 L1 d - 12 L2 d².
/// Darken's rule with immobile Mg gives, in the volume frame and in the host frame alike,
///
///     D = (1 - x) Γ D*_Li,   D*_Li = D_0 exp(-Q / RT) 10^(-(1 - x)/0.3)
///
/// The bcc branch is used for all compositions, its metastable part below x = 0.33 included, as Wang et al.
/// (Adv. Mater. 2024) do; there is no hcp phase here. Validity: 298.15 K, where the Gibbs
/// energy begins, to 453.6 K, where lithium melts.
///
/// Confidence: Γ read in the database; D_0 and Q lie in the ranges 0.10-0.14 cm2/s and 0.55-0.57 eV reported for Li
/// self-diffusion (Lodding, Mundy and Ott 1970; Messer and Noack 1975; from memory of those papers), with
/// D*_Li(298 K) = 5.6e-11 cm2/s; the tenfold fall over 30 at% Mg is an own closure after the sign and size that
/// first-principles work reports.
public struct LithiumMagnesium: Sendable, Hashable {
    /// D_0 of lithium self-diffusion, m2/s.
    public static let selfDiffusionPrefactor = 0.111e-4
    /// Q of lithium self-diffusion, J/mol (0.55 eV).
    public static let selfDiffusionEnergy = 0.55 * Constants.elementaryCharge * Constants.avogadro
    /// The mole fraction of Mg over which the tracer diffusivity of lithium falls tenfold.
    public static let tenfoldMagnesium = 0.3

    /// RT, J/mol.
    @usableFromInline let thermalEnergy: Double
    @usableFromInline let l0: Double
    @usableFromInline let l1: Double
    @usableFromInline let l2: Double
    /// Tracer diffusivity of Li in pure Li, m2/s.
    public let selfDiffusivity: Double

    /// The alloy at a temperature in K.
    public init(temperature: Double) {
        thermalEnergy = Constants.gasConstant * temperature
        l0 = -18335 + 8.49 * temperature
        l1 = 3481
        l2 = 2658 - 0.114 * temperature
        selfDiffusivity = Self.selfDiffusionPrefactor * exp(-Self.selfDiffusionEnergy / thermalEnergy)
    }

    /// Thermodynamic factor Γ at mole fraction x.
    @inlinable
    public func thermodynamicFactor<S: LawScalar>(moleFraction x: S) -> S {
        let d = 2 * x - S(1)
        let curvature = 2 * (l2 - l0) - d * (6 * l1 + (12 * l2) * d)
        return 1 + (1 / thermalEnergy) * x * (1 - x) * curvature
    }

    /// Tracer diffusivity of lithium D*_Li at mole fraction x, m2/s.
    @inlinable
    public func tracerDiffusivity<S: LawScalar>(moleFraction x: S) -> S {
        selfDiffusivity * S.exp((-2.302585092994046 / Self.tenfoldMagnesium) * (1 - x))
    }

    /// Interdiffusion coefficient D at mole fraction x, m2/s.
    @inlinable
    public func interdiffusivity<S: LawScalar>(moleFraction x: S) -> S {
        (1 - x) * thermodynamicFactor(moleFraction: x) * tracerDiffusivity(moleFraction: x)
    }
}
