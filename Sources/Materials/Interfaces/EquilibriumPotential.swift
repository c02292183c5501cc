import LinearAlgebra
import Quantities

/// The potential at which pure lithium and an electrolyte exchange no current, under load.
///
///     U = U₀ - Ω p_n / F,   p_n = -n σ n
///
/// An atom that plates makes a new site at the interface and moves the metal there against the normal pressure p_n, so
/// its potential is μ = μ₀ + Ω p_n whatever the stress along the interface (C. Herring, J. Appl. Phys. 21 (1950) 437).
/// With the volume of the ion in the electrolyte, the equilibrium μ₀ + Ω p_n = μ_Li+ + V_Li+ p_e - F U of Li = Li+ + e-
/// gives, as in C. Monroe and J. Newman (J. Electrochem. Soc. 151 (2004) A880, with their surface tension left out),
///
///     ΔU = -(Ω Δp_n - V_Li+ Δp_e) / F
///
/// Compression of the metal lowers U, 0.135 mV per MPa for Ω = 13.0 cm3/mol; that of the electrolyte raises it.
@frozen
public struct LithiumMetalPotential: Sendable, Hashable {
    /// Potential without load U₀ against Li/Li+, V: zero where the reference is lithium without load.
    public let unloaded: Double
    /// Molar volume of lithium Ω, m3/mol.
    public let molarVolume: Double
    /// Partial molar volume of the ion in the electrolyte V_Li+, m3/mol: zero leaves the electrolyte's side out.
    public let ionVolume: Double

    /// Lithium of a potential without load in V and a molar volume in m3/mol, against an electrolyte in which the ion
    /// takes `ionVolume` in m3/mol.
    @inlinable
    public init(unloaded: Double = 0, molarVolume: Double, ionVolume: Double = 0) {
        self.unloaded = unloaded
        self.molarVolume = molarVolume
        self.ionVolume = ionVolume
    }

    /// U in V under a normal pressure p_n on the interface and a rise of the mean pressure in the electrolyte p_e, both
    /// in Pa and counted from the state of U₀.
    @inlinable
    public func callAsFunction<S: LawScalar>(normalPressure: S, electrolytePressure: S) -> S {
        let work: S = molarVolume * normalPressure - ionVolume * electrolytePressure
        return unloaded - work / Constants.faraday
    }

    /// U in V under a normal pressure p_n in Pa on the interface, with p_e = 0.
    @inlinable
    public func callAsFunction<S: LawScalar>(normalPressure: S) -> S {
        self(normalPressure: normalPressure, electrolytePressure: S(0))
    }
}

/// The potential of lithium dissolved in a stressed host, split into a chemical and a mechanical part, as chemical
/// potential μ in J/mol and as equilibrium potential U = -μ / F in V against lithium without load.
///
///     μ = μ_chem + μ_mech,   μ_mech = -Ω_eff σ_h + μ_stiff,   U = U_chem + U_mech
///
/// (F. Larche, J. W. Cahn, Acta Metall. 21 (1973) 1051). σ_h = tr σ / 3 with tension positive, Ω_eff as in
/// ``HostSwelling``, and μ_stiff = ∂W/∂c at constant elastic strain, the change of the elastic energy W with the
/// stiffness. Compression raises μ and lowers U. A surface of the alloy has the μ of the alloy there; the -Ω p_n / F of
/// pure lithium is not added.
@frozen
public struct AlloyPotential<S: LawScalar>: Sendable {
    /// μ_chem against pure lithium without load, J/mol.
    public let chemicalPart: S
    /// μ_mech, J/mol.
    public let mechanicalPart: S

    /// A potential of two given parts in J/mol.
    @inlinable
    public init(chemicalPart: S, mechanicalPart: S) {
        self.chemicalPart = chemicalPart
        self.mechanicalPart = mechanicalPart
    }

    /// The potential at μ_chem in J/mol, an effective volume of lithium in m3/mol, a hydrostatic stress in Pa (tension
    /// positive) and a stiffness term μ_stiff in J/mol.
    @inlinable
    public init(chemicalPart: S, effectiveVolume: S, hydrostaticStress: S, stiffnessTerm: S) {
        self.init(chemicalPart: chemicalPart, mechanicalPart: stiffnessTerm - effectiveVolume * hydrostaticStress)
    }

    /// Chemical potential of lithium μ, J/mol.
    @inlinable
    public var chemicalPotential: S { chemicalPart + mechanicalPart }

    /// U_chem, V.
    @inlinable
    public var chemicalVoltage: S { chemicalPart / -Constants.faraday }

    /// U_mech, V.
    @inlinable
    public var mechanicalVoltage: S { mechanicalPart / -Constants.faraday }

    /// U, V.
    @inlinable
    public var equilibriumPotential: S { chemicalPotential / -Constants.faraday }
}

/// The three potentials that meet at an interface, V.
@frozen
public struct InterfacePotentials<S: LawScalar>: Sendable {
    /// Potential of the electrode φ_s, V.
    public let electrode: S
    /// Potential of the electrolyte φ_e, V.
    public let electrolyte: S
    /// Equilibrium potential U, V.
    public let equilibrium: S

    /// The potentials φ_s, φ_e and U in V, against one reference.
    @inlinable
    public init(electrode: S, electrolyte: S, equilibrium: S) {
        self.electrode = electrode
        self.electrolyte = electrolyte
        self.equilibrium = equilibrium
    }

    /// Overpotential η = φ_s - φ_e - U in V, positive where lithium is stripped.
    @inlinable
    public var overpotential: S { electrode - electrolyte - equilibrium }
}
