import LinearAlgebra

/// Resistance by which contact at a part of an interface adds to that of the interface and of the electrolyte behind
/// it.
public enum Constriction {
    /// Resistance R / χ in ohm m2, per area of the whole interface, of an interface of R in ohm m2 in full contact that
    /// touches on the fraction 0 < χ <= 1 of its area.
    @inlinable
    public static func interfaceResistance<S: LawScalar>(fullContact resistance: S, contactFraction: S) -> S {
        resistance / contactFraction
    }

    /// Resistance 1 / (4 κ a) in ohm of one circular spot at one potential, of radius a in m, on a half space of
    /// conductivity κ in S/m; R. Holm, Electric Contacts, 4th ed., 1967. It is that of one side of the contact.
    @inlinable
    public static func spotResistance<S: LawScalar>(radius: S, conductivity: S) -> S {
        1 / (4 * conductivity * radius)
    }

    /// Resistance in ohm m2, per area of the whole interface, of equal circular spots of radius a on a square pitch b,
    /// both in m, on a conductor of κ in S/m that is thicker than b:
    ///
    ///     R = b² ψ(ε) / (4 κ a),   ε = √π a / b = √χ
    ///     ψ = 1 - 1.40978 ε + 0.34406 ε³ + 0.0435 ε⁵ + 0.02271 ε⁷
    ///
    /// where ψ counts that neighbours share the conductor: that of a circular spot at one potential on a circular tube
    /// of the same area (M. M. Yovanovich, Conduction and thermal contact resistances, in: Handbook of Heat Transfer,
    /// 3rd ed., 1998, ch. 3), 0.1 % from that on a square tube at a / b = 1/4. It is a fit for 0 <= ε <= 1 that falls
    /// to 5e-4 at full contact.
    @inlinable
    public static func spotArrayResistance<S: LawScalar>(radius: S, pitch: S, conductivity: S) -> S {
        let epsilon: S = Double.pi.squareRoot() * radius / pitch
        return pitch * pitch * spotResistance(radius: radius, conductivity: conductivity) * sharing(epsilon)
    }

    /// The same in terms of the contact fraction χ = π a² / b² and the pitch: R = √π b ψ(√χ) / (4 κ √χ).
    @inlinable
    public static func spotArrayResistance<S: LawScalar>(contactFraction: S, pitch: S, conductivity: S) -> S {
        let radius: S = pitch * S.sqrt(contactFraction / Double.pi)
        return spotArrayResistance(radius: radius, pitch: pitch, conductivity: conductivity)
    }

    /// ψ(ε)
    @inlinable
    static func sharing<S: LawScalar>(_ epsilon: S) -> S {
        let square: S = epsilon * epsilon
        let tail: S = 0.34406 + square * (0.0435 + 0.02271 * square)
        return 1 + epsilon * (square * tail - 1.40978)
    }
}
