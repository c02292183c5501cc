/// The power of a base unit: an exact rational number that is a whole multiple of 1/12.
///
/// Twelfths hold whole powers and their square, cube and fourth roots without rounding, so that `m^(1/2)` squared is
/// `m` and dimensions compare with `==`. The range is about -2730 to 2730.
public struct Exponent: Hashable, Sendable {
    /// Twelve times the exponent.
    let twelfths: Int16

    init(twelfths: Int16) {
        self.twelfths = twelfths
    }

    /// The exponent `numerator / denominator`, or `nil` when it is not a multiple of 1/12, is out of range, or the
    /// denominator is zero.
    public init?(_ numerator: Int, over denominator: Int = 1) {
        let scaled = numerator.multipliedReportingOverflow(by: 12)
        guard denominator != 0, !scaled.overflow else { return nil }
        let division = scaled.partialValue.quotientAndRemainder(dividingBy: denominator)
        guard division.remainder == 0, let twelfths = Int16(exactly: division.quotient) else { return nil }
        self.twelfths = twelfths
    }

    /// The exponent in lowest terms; the denominator is positive and divides 12.
    public var fraction: (numerator: Int, denominator: Int) {
        let value = Int(twelfths)
        let divisor = [12, 6, 4, 3, 2].first { value % $0 == 0 } ?? 1
        return (value / divisor, 12 / divisor)
    }

    /// The exponent as a floating-point number.
    public var doubleValue: Double { Double(twelfths) / 12 }

    func adding(_ other: Exponent) -> Exponent? {
        let sum = twelfths.addingReportingOverflow(other.twelfths)
        return sum.overflow ? nil : Exponent(twelfths: sum.partialValue)
    }

    func multiplied(by other: Exponent) -> Exponent? {
        Exponent(Int(twelfths) * Int(other.twelfths), over: 144)
    }
}

extension Exponent: ExpressibleByIntegerLiteral {
    /// A whole exponent written in source code; traps outside -2730...2730, as an integer literal out of range does.
    public init(integerLiteral value: Int16) {
        twelfths = value * 12
    }
}

extension Exponent: CustomStringConvertible {
    /// `2`, `-1`, `1/2`, `-3/4`.
    public var description: String {
        let (numerator, denominator) = fraction
        return denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
    }
}
