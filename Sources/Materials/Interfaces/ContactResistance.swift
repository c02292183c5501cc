import Foundation
import LinearAlgebra

/// Resistance of an interface whose contact grows with pressure, as measured: per area of the whole interface.
@frozen
public enum ContactResistance: Sendable, Hashable {
    /// R = R_ref (P / P_ref)^-m.
    case powerLaw(PressurePowerLaw)
    /// Measured points, read in log R over log P.
    case table(PressureTable)

    /// R in ohm m2 at a pressure in Pa; infinite without pressure under a power law.
    @inlinable
    public func resistance<S: LawScalar>(pressure: S) -> S { 1 / conductance(pressure: pressure) }

    /// 1 / R in S/m2 at a pressure in Pa, the form to balance currents with.
    @inlinable
    public func conductance<S: LawScalar>(pressure: S) -> S {
        switch self {
        case .powerLaw(let law): law.conductance(pressure: pressure)
        case .table(let table): table.conductance(pressure: pressure)
        }
    }
}

/// A contact resistance R = R_ref (P / P_ref)^-m, open (R infinite) where P <= 0.
///
/// m = 1 where the interface resists and its true area of contact grows with the load (J. A. Greenwood, J. B. P.
/// Williamson, Proc. R. Soc. A 295 (1966) 300); m = 1/2 where the constriction to a fixed number of plastic spots
/// resists, R ~ 1/a with a² ~ P (R. Holm, Electric Contacts, 4th ed., 1967). m = 0.5 is measured on Li6PS5Cl (arXiv
/// 2501.00600).
@frozen
public struct PressurePowerLaw: Sendable, Hashable {
    /// Resistance R_ref at the reference pressure, ohm m2.
    public let reference: Double
    /// Reference pressure P_ref, Pa.
    public let pressure: Double
    /// Exponent m.
    public let exponent: Double

    /// A resistance in ohm m2 at a pressure in Pa, both positive, that falls with the power m >= 0 of pressure.
    @inlinable
    public init(_ resistance: Double, at pressure: Double, exponent: Double) {
        reference = resistance
        self.pressure = pressure
        self.exponent = exponent
    }

    /// 1 / R in S/m2 at a pressure in Pa.
    @inlinable
    public func conductance<S: LawScalar>(pressure: S) -> S {
        guard pressure.primal > 0 else { return S(0) }
        return (1 / reference) * S.pow(pressure / self.pressure, exponent)
    }
}

/// Contact resistances measured at some pressures, joined by a smooth monotone curve in log R over log P.
///
/// Below the first pressure and above the last their resistances hold: a table does not say how contact is lost.
public struct PressureTable: Sendable, Hashable {
    /// ln of the conductance in S/m2 over ln of the pressure in Pa.
    @usableFromInline let logarithms: MonotoneCubic

    /// Why points make no table.
    public struct Invalid: Error, Hashable, CustomStringConvertible {
        /// What is wrong, in one sentence without a full stop.
        public let description: String
    }

    /// The curve through resistances in ohm m2 at pressures in Pa.
    ///
    /// - Throws: ``Invalid`` unless there are two points or more, as many of each, all positive and finite, and the
    ///   pressures increase.
    public init(pressures: [Double], resistances: [Double]) throws(Invalid) {
        guard pressures.count == resistances.count, pressures.count >= 2 else {
            throw Invalid(
                description: "a table of contact resistance has \(pressures.count) pressures and \(resistances.count) "
                    + "resistances, give two points or more and as many of each")
        }
        for (index, (pressure, resistance)) in zip(pressures, resistances).enumerated() {
            guard pressure > 0, pressure < .infinity, resistance > 0, resistance < .infinity else {
                throw Invalid(
                    description: "point \(index + 1) of a table of contact resistance is \(resistance) ohm m2 at "
                        + "\(pressure) Pa, both must be positive and finite")
            }
            guard index == 0 || pressure > pressures[index - 1] else {
                throw Invalid(
                    description: "point \(index + 1) of a table of contact resistance is at \(pressure) Pa after "
                        + "\(pressures[index - 1]) Pa, order the points by increasing pressure")
            }
        }
        logarithms = MonotoneCubic(x: pressures.map { log($0) }, y: resistances.map { -log($0) })
    }

    /// The pressures that the table covers, Pa.
    public var domain: ClosedRange<Double> { exp(logarithms.domain.lowerBound)...exp(logarithms.domain.upperBound) }

    /// 1 / R in S/m2 at a pressure in Pa.
    @inlinable
    public func conductance<S: LawScalar>(pressure: S) -> S {
        guard pressure.primal > 0 else { return S.exp(S(logarithms.y[0])) }
        return S.exp(logarithms(S.log(pressure)))
    }
}
