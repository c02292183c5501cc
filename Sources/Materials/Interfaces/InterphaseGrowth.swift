import LinearAlgebra
import Quantities

/// Growth of the interphase (SEI) that lithium and a solid electrolyte form by reaction, limited by transport through
/// it.
///
/// The charge of lithium consumed per area Q grows with the rate of a film that resists its own growth (G. Tammann,
/// 1920; C. Wagner, Z. Phys. Chem. B 21 (1933) 25):
///
///     dQ/dt = k² / 2Q,   Q² = Q₀² + k² t,   k(T) by Arrhenius' law
///
/// With a first film Q₀ > 0 the rate is finite from the start. Found for Li6PS5Cl over weeks (B. Aktekin et al., Nat.
/// Commun. 14 (2023) 6946). Its activation energy is that of k, half of that of the rate at a given thickness.
@frozen
public struct InterphaseGrowth: Sendable, Hashable {
    /// Rate constant k(T), C/(m2 s^(1/2)).
    public let rateConstant: Arrhenius
    /// Volume of interphase per mole of lithium consumed, m3/mol.
    public let molarVolume: Double

    /// Growth with a rate constant k in C/(m2 s^(1/2)) and a volume of interphase per mole of lithium consumed in
    /// m3/mol.
    @inlinable
    public init(rateConstant: Arrhenius, molarVolume: Double) {
        self.rateConstant = rateConstant
        self.molarVolume = molarVolume
    }

    /// Charge consumed Q in C/m2 a time in s after it was Q₀ in C/m2, at a constant temperature in K; its derivatives
    /// need a Q₀ or a time greater than 0.
    @inlinable
    public func charge<S: LawScalar>(initial: S, time: S, temperature: S) -> S {
        let k: S = rateConstant(temperature: temperature)
        return S.sqrt(initial * initial + k * k * time)
    }

    /// The current density dQ/dt = k² / 2Q in A/m2 that a film of charge Q > 0 in C/m2 consumes at a temperature in K.
    @inlinable
    public func rate<S: LawScalar>(charge: S, temperature: S) -> S {
        let k: S = rateConstant(temperature: temperature)
        return k * k / (2 * charge)
    }

    /// Thickness Q Ω / F in m of a film of charge Q in C/m2.
    @inlinable
    public func thickness<S: LawScalar>(charge: S) -> S {
        FaradayLaw.thickness(charge: charge, molarVolume: molarVolume)
    }

    /// Resistance in ohm m2 of a film of charge Q in C/m2 and ionic conductivity κ in S/m.
    @inlinable
    public func resistance<S: LawScalar>(charge: S, conductivity: S) -> S {
        thickness(charge: charge) / conductivity
    }
}
