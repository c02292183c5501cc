import LinearAlgebra

/// Creep of a thin layer of lithium between plates, which friction at its faces holds: the friction hill.
///
/// Slab method (e.g. W. F. Hosford, R. M. Caddell, Metal Forming). A disk of thickness h and radius R is pressed
/// between plates and flows outwards against a friction stress τ_f at both faces that does not depend on the rate. On a
/// slice of width dr the change of the pressure over the height h balances the friction at its two faces,
///
///     h dp = -2 τ_f dr,   so   dp/dr = -2 τ_f / h,   p(r) = σ + 2 τ_f (R - r) / h,
///
/// with the flow stress σ at the free rim. The mean over the disk is
///
///     p = (2/R²) ∫ p(r) r dr = σ + p_h,   p_h = (2/3) τ_f R / h.
///
/// Up to p_h friction alone holds the pressure: the layer does not thin, and the pressure of a fixed gap does not relax
/// to zero but to p_h. Above it the layer thins by power-law creep,
///
///     -(dh/dt) / h = A(T) (max(0, p - p_h) / σ0)^n,   A(T) = A exp[-(Q/R_gas) (1/T - 1/T_ref)],
///     τ_f(T) = τ_ref exp[(Q / (n R_gas)) (1/T - 1/T_ref)],
///
/// where τ_f follows the strength of the metal at a given rate, (1/A(T))^(1/n). The rate and, as n > 1, its derivative
/// are continuous at p_h.
///
/// n is that of A. Masias et al., J. Mater. Sci. 54 (2019) 2585, Q that of W. S. LePage et al., J. Electrochem. Soc. 166
/// (2019) A89. τ_ref and A are fitted to pressures of a cell in a fixed gap at 25 MPa (S.-Y. Ham, dissertation, University
/// of California San Diego, 2024).
///
/// It is a law of the cell, not of the metal. With the A of bulk lithium the excess p - p_h would be gone at once; the
/// fitted A is many orders of magnitude smaller, so that bulk creep does not explain how the excess flows off. Friction
/// at the shear strength of the metal would, besides, follow the rate and hold nothing for ever.
@frozen
public struct ConfinedCreep: Sendable, Hashable {
    /// The rate A(T) at the stress scale, 1/s.
    public let rate: Arrhenius
    /// The stress scale σ0, Pa.
    public let stressScale: Double
    /// The exponent n.
    public let exponent: Double
    /// The friction stress τ_f(T), Pa; it falls with temperature.
    public let frictionStress: Arrhenius

    /// A law with its rate in 1/s at a stress scale in Pa, and the friction stress in Pa at the reference temperature of
    /// the rate.
    ///
    /// - Precondition: the stress scale is above zero, the exponent above one and the friction stress not negative.
    public init(rate: Arrhenius, stressScale: Double, exponent: Double, frictionStress: Double) {
        precondition(stressScale > 0 && exponent > 1 && frictionStress >= 0)
        self.rate = rate
        self.stressScale = stressScale
        self.exponent = exponent
        self.frictionStress = Arrhenius(
            frictionStress, at: 1 / rate.inverseReferenceTemperature,
            activationEnergy: -rate.activationEnergy / exponent)
    }

    /// The mean pressure p_h in Pa that friction alone holds in a layer of a thickness and a radius in m, at a
    /// temperature in K.
    @inlinable
    public func heldPressure<S: LawScalar>(thickness: S, radius: Double, temperature: S) -> S {
        (2.0 / 3.0 * radius) * frictionStress(temperature: temperature) / thickness
    }

    /// The rate -(dh/dt)/h in 1/s at which a layer of a thickness and a radius in m thins under a mean pressure in Pa, at
    /// a temperature in K; zero up to the pressure that friction holds.
    @inlinable
    public func thinningRate<S: LawScalar>(pressure: S, thickness: S, radius: Double, temperature: S) -> S {
        let excess = pressure - heldPressure(thickness: thickness, radius: radius, temperature: temperature)
        guard excess.primal > 0 else { return S(0) }
        return rate(temperature: temperature) * S.pow(excess / stressScale, exponent)
    }
}
