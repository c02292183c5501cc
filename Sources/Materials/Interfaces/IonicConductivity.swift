import LinearAlgebra

/// Ionic conductivity of a solid electrolyte against temperature.
///
/// Published activation energies come from one of two plots, and differ by RT, 2.5 kJ/mol at room temperature.
@frozen
public enum IonicConductivity: Sendable, Hashable {
    /// κ(T) from a plot of ln κ over 1/T, in S/m: κ = κ_ref exp[-(Q/R) (1/T - 1/T_ref)].
    case arrhenius(Arrhenius)
    /// κ(T) = (κT) / T from a plot of ln(κT) over 1/T, with κT in S K/m, as hopping ions obey by the Nernst-Einstein
    /// relation.
    case hopping(Arrhenius)

    /// A conductivity in S/m at a temperature in K, with the activation energy in J/mol of ln(κT).
    @inlinable
    public static func hopping(_ conductivity: Double, at temperature: Double, activationEnergy: Double)
        -> IonicConductivity
    {
        .hopping(Arrhenius(conductivity * temperature, at: temperature, activationEnergy: activationEnergy))
    }

    /// κ in S/m at a temperature in K.
    @inlinable
    public func callAsFunction<S: LawScalar>(temperature: S) -> S {
        switch self {
        case .arrhenius(let conductivity): conductivity(temperature: temperature)
        case .hopping(let product): product(temperature: temperature) / temperature
        }
    }

    /// Resistance L / κ in ohm m2 of a layer of thickness L in m at a temperature in K.
    @inlinable
    public func layerResistance<S: LawScalar>(thickness: S, temperature: S) -> S {
        thickness / self(temperature: temperature)
    }
}

/// Area-specific resistance of a film or an interface in series with charge transfer, thermally activated like the ions
/// in it: R(T) = R_ref exp[(Q/R) (1/T - 1/T_ref)].
@frozen
public struct FilmResistance: Sendable, Hashable {
    /// Conductance per area 1 / R(T), S/m2.
    public let conductance: Arrhenius

    /// A film of a conductance per area in S/m2.
    @inlinable
    public init(_ conductance: Arrhenius) { self.conductance = conductance }

    /// A resistance in ohm m2, greater than 0, at a temperature in K, with the activation energy in J/mol of its
    /// conductance.
    @inlinable
    public init(_ resistance: Double, at temperature: Double, activationEnergy: Double) {
        conductance = Arrhenius(1 / resistance, at: temperature, activationEnergy: activationEnergy)
    }

    /// R in ohm m2 at a temperature in K.
    @inlinable
    public func callAsFunction<S: LawScalar>(temperature: S) -> S { 1 / conductance(temperature: temperature) }
}
