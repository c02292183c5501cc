import LinearAlgebra
import Materials

/// Creep of metal into the voids beside it:
///
///     J_creep = c_L (1 - χ) v(P/χ),   v = v_T (p/P_ref)^n
///
/// Only metal beside a void can flow into it, hence 1 - χ; the metal in contact bears the whole load, hence P/χ. v is the velocity
/// with which a foil thins (``ThinningLaw``) at the temperature of the cell.
struct ContactCreep: Sendable, Hashable {
    /// c_L v_T, mol/(m2 s).
    let flux: Double
    /// P_ref, Pa.
    let pressure: Double
    let exponent: Double

    init(_ law: ThinningLaw, temperature: Double, molarVolume: Double) {
        flux = law.velocity(temperature: temperature) / molarVolume
        pressure = law.referencePressure
        exponent = law.exponent
    }

    /// J_creep at a void fraction 1 - χ and a pressure P > 0 in Pa.
    func callAsFunction<S: LawScalar>(void: S, pressure: S) -> S {
        let contact: S = 1 - void
        return flux * (void * S.pow(pressure / (self.pressure * contact), exponent))
    }

    /// J_creep at a void fraction and a pressure in Pa, with its derivatives.
    struct Tangent: Sendable, Hashable {
        let void: Double
        let pressure: Double
        var value = 0.0
        var byVoid = 0.0
        var byPressure = 0.0
    }

    /// J_creep and its derivatives by void fraction and pressure, with one power; zero without pressure.
    @inline(__always)
    func tangent(void: Double, pressure: Double) -> Tangent {
        var tangent = Tangent(void: void, pressure: pressure)
        guard pressure > 0 else { return tangent }
        let contact = 1 - void
        let velocity = flux * Double.pow(pressure / (self.pressure * contact), exponent)
        tangent.value = void * velocity
        tangent.byVoid = velocity + exponent * tangent.value / contact
        tangent.byPressure = exponent * tangent.value / pressure
        return tangent
    }
}
