import LinearAlgebra
import Quantities

/// How fast a lithium foil between plates thins by creep under pressure.
///
///     v = v_ref (P/P_ref)^n exp[-(Q/R) (1/T - 1/T_ref)]
///
/// Measured at 30 degC by Ding at 2.2 and 3.5 MPa (after S.-Y. Ham, dissertation, University of California San Diego,
/// 2024); beyond 3.5 MPa it is an extrapolation. It is a law of the foil and its rig, not of the metal: the exponent
/// holds the confinement by friction. The activation energy is that of creep (LePage et al., J. Electrochem. Soc. 166
/// (2019) A89).
@frozen
public struct ThinningLaw: Sendable, Hashable {
    /// A pressure and the thinning that was measured there.
    @frozen
    public struct Measurement: Sendable, Hashable {
        /// Pressure, Pa.
        public let pressure: Double
        /// Velocity, m/s.
        public let velocity: Double

        /// A measurement in Pa and m/s.
        public init(pressure: Double, velocity: Double) {
            self.pressure = pressure
            self.velocity = velocity
        }
    }

    /// The velocity at the reference pressure, m/s.
    public let velocity: Arrhenius
    /// P_ref, Pa.
    public let referencePressure: Double
    /// The exponent n.
    public let exponent: Double

    /// A law with its velocity in m/s at a reference pressure in Pa.
    ///
    /// - Precondition: the pressure is above zero and the exponent is one or more.
    public init(velocity: Arrhenius, referencePressure: Double, exponent: Double) {
        precondition(referencePressure > 0 && exponent >= 1)
        self.velocity = velocity
        self.referencePressure = referencePressure
        self.exponent = exponent
    }

    /// The law through two measurements at one temperature in K, with an activation energy in J/mol;
    /// n = ln(v2/v1) / ln(P2/P1).
    ///
    /// - Precondition: both have pressures and velocities above zero, and the velocity grows at least as fast as the
    ///   pressure.
    public init(through first: Measurement, _ second: Measurement, temperature: Double, activationEnergy: Double) {
        let exponent = Double.log(second.velocity / first.velocity) / Double.log(second.pressure / first.pressure)
        self.init(
            velocity: Arrhenius(first.velocity, at: temperature, activationEnergy: activationEnergy),
            referencePressure: first.pressure, exponent: exponent)
    }

    /// The velocity v in m/s at a pressure in Pa and a temperature in K; zero without pressure.
    @inlinable
    public func callAsFunction<S: LawScalar>(pressure: S, temperature: S) -> S {
        guard pressure.primal > 0 else { return S(0) }
        return velocity(temperature: temperature) * S.pow(pressure / referencePressure, exponent)
    }

    /// The current density i = F v / Ω in A/m2 that dissolves the metal which creep brings, with its molar volume Ω in
    /// m3/mol.
    @inlinable
    public func equivalentCurrentDensity<S: LawScalar>(pressure: S, temperature: S, molarVolume: Double) -> S {
        (Constants.faraday / molarVolume) * self(pressure: pressure, temperature: temperature)
    }
}
