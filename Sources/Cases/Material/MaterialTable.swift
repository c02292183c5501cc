import Foundation
import LinearAlgebra
import Materials
import Quantities

/// A law of a material as numbers in columns, for figures and for other programs.
public struct MaterialTable: Sendable {
    /// A law that can be tabulated.
    public enum Law: String, Sendable, CaseIterable {
        /// Potential against lithium over composition.
        case potential
        /// Diffusivity over composition.
        case diffusivity
        /// Strain rate over stress.
        case flow
        /// Elastic constants over composition.
        case elasticity
        /// Molar volumes over composition.
        case volume
        /// Conductivity over temperature.
        case conductivity
        /// Thinning over pressure.
        case thinning
        /// Rate of confined thinning over pressure, for layers of several proportions.
        case confinedCreep = "confined_creep"
        /// Current density over overpotential.
        case kinetics
        /// Area-specific resistance over temperature.
        case resistance
        /// Contact resistance over pressure.
        case contact
        /// Growth of the interphase over time.
        case interphase
        /// Potential of a cathode over its lithium fraction.
        case openCircuit = "open_circuit"

        /// The property of a material that holds it.
        public var property: MaterialProperty {
            switch self {
            case .potential: .thermodynamics
            case .diffusivity: .diffusivity
            case .flow: .flow
            case .elasticity: .elasticity
            case .volume: .volume
            case .conductivity: .conductivity
            case .thinning: .thinning
            case .confinedCreep: .confinedCreep
            case .kinetics: .kinetics
            case .resistance: .resistance
            case .contact: .contact
            case .interphase: .interphase
            case .openCircuit: .openCircuit
            }
        }
    }

    /// Why there is no table, in one sentence.
    public struct Problem: Error, Sendable, CustomStringConvertible {
        /// The sentence.
        public let description: String
    }

    /// The columns, the first of them the abscissa; units are SI.
    public let columns: [QuantityDescription]
    /// The rows, each as long as there are columns.
    public let rows: [[Double]]

    /// Tabulates a law.
    ///
    /// - Parameters:
    ///   - temperature: K.
    ///   - moleFraction: of lithium, for flow, which alloying strengthens; the others run through the compositions.
    ///   - points: how many points, at least two, evenly spaced within the stated range (or all compositions; stress, pressure
    ///     and time evenly in the logarithm).
    ///   - extrapolates: whether the temperature may leave the stated range.
    /// - Throws: ``Problem`` when the material has no such law, or the temperature lies outside its range.
    public init(
        of law: Law, in record: MaterialRecord, temperature: Double, moleFraction: Double = 1, points: Int,
        extrapolates: Bool
    ) throws(Problem) {
        let grid = Grid(
            name: record.name, temperature: temperature, moleFraction: moleFraction, points: points,
            extrapolates: extrapolates)
        let material = record.material
        switch law {
        case .potential: self = try Self.potential(grid, grid.stated(material.thermodynamics, law))
        case .diffusivity:
            self = try Self.diffusivity(grid, grid.stated(material.diffusivity, law), material.thermodynamics)
        case .flow: self = try Self.flow(grid, grid.stated(material.flow, law))
        case .elasticity: self = try Self.elasticity(grid, grid.stated(material.elasticity, law))
        case .volume: self = try Self.volume(grid, grid.stated(material.volume, law))
        case .conductivity: self = try Self.conductivity(grid, grid.stated(material.conductivity, law, at: nil))
        case .thinning: self = try Self.thinning(grid, grid.stated(material.thinning, law))
        case .confinedCreep: self = try Self.confinedCreep(grid, grid.stated(material.confinedCreep, law))
        case .kinetics: self = try Self.kinetics(grid, grid.stated(material.kinetics, law))
        case .resistance: self = try Self.resistance(grid, grid.stated(material.resistance, law, at: nil))
        case .contact: self = try Self.contact(grid, grid.stated(material.contact, law))
        case .interphase: self = try Self.interphase(grid, grid.stated(material.interphase, law))
        case .openCircuit: self = try Self.openCircuit(grid, grid.stated(material.openCircuit, law))
        }
    }

    init(_ columns: [(name: String, units: String, longName: String)], _ rows: [[Double]]) {
        self.columns = columns.map { QuantityDescription($0.name, units: $0.units, $0.longName) }
        self.rows = rows
    }

    /// Comma-separated values below a line with each column's name and unit.
    public func csv() -> String {
        let head = columns.map { $0.units == "1" ? $0.name : "\($0.name) [\($0.units)]" }.joined(separator: ",")
        return ([head] + rows.map { $0.map { "\($0)" }.joined(separator: ",") }).joined(separator: "\n")
    }

    /// Where a law is evaluated.
    struct Grid {
        let name: String
        let temperature: Double
        let moleFraction: Double
        let points: Int
        let extrapolates: Bool

        /// The law, if there is one and it is stated for the temperature.
        func stated<Value>(_ law: Stated<Value>?, _ name: Law, at temperature: Double?) throws(Problem) -> Stated<Value>
        {
            guard let law else {
                let whole = name == .volume ? " of both lithium and host" : ""
                throw Problem(
                    description: "`\(self.name)` has no `\(name.property.rawValue)`\(whole) from which to tabulate "
                        + "`\(name.rawValue)`")
            }
            if let temperature, let range = law.validity.temperature, !range.contains(temperature), !extrapolates {
                throw Problem(
                    description: "the \(name.property.rawValue) of `\(self.name)` is stated for "
                        + "\(shown(range.lowerBound, "K")) to \(shown(range.upperBound, "K")), not for "
                        + "\(shown(temperature, "K")); give another --temperature or --extrapolate")
            }
            return law
        }

        func stated<Value>(_ law: Stated<Value>?, _ name: Law) throws(Problem) -> Stated<Value> {
            try stated(law, name, at: temperature)
        }

        func even(_ range: ClosedRange<Double>) -> [Double] {
            (0..<points).map { step in
                let part = Double(step) / Double(points - 1)
                return (1 - part) * range.lowerBound + part * range.upperBound
            }
        }

        func logarithmic(_ range: ClosedRange<Double>) -> [Double] {
            even(log(range.lowerBound)...log(range.upperBound)).map { exp($0) }
        }
    }
}
