import LinearAlgebra
import Quantities

/// What a charge, or a current, of lithium is as matter: one mole of lithium carries F.
public enum FaradayLaw {
    /// Flux of lithium j / F in mol/(m2 s) that a current density j in A/m2 carries.
    @inlinable
    public static func molarFlux<S: LawScalar>(currentDensity j: S) -> S { j / Constants.faraday }

    /// Velocity j Ω / F in m/s at which a layer of molar volume Ω in m3/mol grows at a current density j in A/m2.
    @inlinable
    public static func velocity<S: LawScalar>(currentDensity j: S, molarVolume: Double) -> S {
        (molarVolume / Constants.faraday) * j
    }

    /// Thickness Q Ω / F in m of the layer of molar volume Ω in m3/mol that a charge per area Q in C/m2 makes.
    @inlinable
    public static func thickness<S: LawScalar>(charge: S, molarVolume: Double) -> S {
        (molarVolume / Constants.faraday) * charge
    }
}
