import LinearAlgebra

/// Creep of metal into the voids beside it, at one temperature:
///
///     J_creep = c_L (1 - χ) v(P/χ),   v = v_T (p/P_ref)^n
///
/// Only metal beside a void can flow into it, hence 1 - χ with the contact fraction χ; the metal in contact bears the whole load, hence
/// P/χ. v is the velocity with which a foil thins (``ThinningLaw``), c_L = 1/Ω. A closure of our own, with the range of its thinning law.
@frozen
public struct ContactCreep: Sendable, Hashable {
    /// c_L v_T, mol/(m2 s).
    public let flux: Double
    /// P_ref, Pa.
    public let pressure: Double
    /// The exponent n.
    public let exponent: Double

    /// The law at a temperature in K, with the molar volume of lithium in m3/mol.
    public init(_ law: ThinningLaw, temperature: Double, molarVolume: Double) {
        flux = law.velocity(temperature: temperature) / molarVolume
        pressure = law.referencePressure
        exponent = law.exponent
    }

    /// J_creep in mol/(m2 s) at a void fraction 1 - χ below 1 and a pressure above 0 in Pa.
    @inlinable
    public func callAsFunction<S: LawScalar>(void: S, pressure: S) -> S {
        let contact: S = 1 - void
        return flux * (void * S.pow(pressure / (self.pressure * contact), exponent))
    }

    /// J_creep at a void fraction and a pressure in Pa, with its derivatives.
    @frozen
    public struct Tangent: Sendable, Hashable {
        /// The void fraction 1 - χ.
        public let void: Double
        /// The pressure, Pa.
        public let pressure: Double
        /// J_creep, mol/(m2 s).
        public var value = 0.0
        /// Its derivative by the void fraction, mol/(m2 s).
        public var byVoid = 0.0
        /// Its derivative by the pressure, mol/(m2 s Pa).
        public var byPressure = 0.0

        /// A point without creep.
        @inlinable
        public init(void: Double, pressure: Double) { (self.void, self.pressure) = (void, pressure) }
    }

    /// J_creep and its derivatives at a void fraction below 1 and a pressure in Pa, with a single power: it is asked for at every stage of a
    /// time step. Zero without pressure.
    @inlinable
    public func tangent(void: Double, pressure: Double) -> Tangent {
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
