/// A physical dimension: the exponents of the seven SI base units.
public struct Dimension: Hashable, Sendable {
    /// An SI base unit.
    public enum Base: Int, CaseIterable, Sendable {
        // The order of the cases is the order in which a dimension is written out.
        case kilogram, metre, second, ampere, kelvin, mole, candela

        /// The symbol of the unit, such as `kg`.
        public var symbol: String {
            switch self {
            case .kilogram: "kg"
            case .metre: "m"
            case .second: "s"
            case .ampere: "A"
            case .kelvin: "K"
            case .mole: "mol"
            case .candela: "cd"
            }
        }
    }

    /// The exponents in twelfths, one lane for each `Base`; the eighth lane stays zero.
    private var lanes: SIMD8<Int16>

    private init(lanes: SIMD8<Int16>) {
        self.lanes = lanes
    }

    /// The dimension with the given exponents of the base units.
    public init(
        length: Exponent = 0, mass: Exponent = 0, time: Exponent = 0, current: Exponent = 0,
        temperature: Exponent = 0, amount: Exponent = 0, luminousIntensity: Exponent = 0
    ) {
        lanes = SIMD8(
            mass.twelfths, length.twelfths, time.twelfths, current.twelfths,
            temperature.twelfths, amount.twelfths, luminousIntensity.twelfths, 0)
    }

    /// The exponent of a base unit.
    public subscript(base: Base) -> Exponent {
        Exponent(twelfths: lanes[base.rawValue])
    }

    /// The product of two dimensions, or `nil` when an exponent leaves the range of `Exponent`.
    public func multiplied(by other: Dimension) -> Dimension? {
        mapExponents { base, exponent in exponent.adding(other[base]) }
    }

    /// The quotient of two dimensions, or `nil` when an exponent leaves the range of `Exponent`.
    public func divided(by other: Dimension) -> Dimension? {
        other.raised(to: -1).flatMap(multiplied(by:))
    }

    /// The dimension to a power, or `nil` when an exponent leaves the range of `Exponent` or is no multiple of 1/12.
    public func raised(to power: Exponent) -> Dimension? {
        mapExponents { _, exponent in exponent.multiplied(by: power) }
    }

    private func mapExponents(_ transform: (Base, Exponent) -> Exponent?) -> Dimension? {
        var result = Dimension.dimensionless
        for base in Base.allCases {
            guard let exponent = transform(base, self[base]) else { return nil }
            result.lanes[base.rawValue] = exponent.twelfths
        }
        return result
    }

    /// The product of two dimensions known when the program is written.
    ///
    /// Traps when an exponent leaves the range of `Exponent`, as integer arithmetic does; dimensions that come from
    /// text go through `multiplied(by:)`.
    public static func * (left: Dimension, right: Dimension) -> Dimension {
        var lanes = left.lanes
        for index in lanes.indices { lanes[index] += right.lanes[index] }
        return Dimension(lanes: lanes)
    }

    /// The quotient of two dimensions known when the program is written; traps as `*` does.
    public static func / (left: Dimension, right: Dimension) -> Dimension {
        var lanes = left.lanes
        for index in lanes.indices { lanes[index] -= right.lanes[index] }
        return Dimension(lanes: lanes)
    }
}

extension Dimension: CustomStringConvertible {
    /// The exponents, the positive ones first, in a spelling that `Unit` reads back: `kg m^-1 s^-2`, `m^(1/2)`, `1`.
    public var description: String {
        let present = Base.allCases.filter { self[$0] != 0 }
        let numerator = present.filter { self[$0].twelfths > 0 }
        let denominator = present.filter { self[$0].twelfths < 0 }
        let factors = (numerator + denominator).map { base in
            let exponent = self[base]
            if exponent == 1 { return base.symbol }
            return exponent.fraction.denominator == 1
                ? "\(base.symbol)^\(exponent)" : "\(base.symbol)^(\(exponent))"
        }
        return factors.isEmpty ? "1" : factors.joined(separator: " ")
    }
}
