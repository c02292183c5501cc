extension Quantity {
    /// The shortest number that reads back as the same SI value, and the unit as the user wrote it: `5 um`,
    /// `6e-11 cm^2/s`.
    public func formatted() -> String {
        guard siValue.isFinite else { return withUnit("\(siValue)") }
        return withUnit(Self.shortest(unit.shortestValue(ofSI: siValue)))
    }

    /// The number rounded to so many significant digits (1 to 17, others are clamped), and the unit: `5.00 um`,
    /// `6.0e-11 cm^2/s`, `0 um`.
    ///
    /// The shortest decimal is what is rounded, halves away from zero, as one does by hand: 0.15 to one digit is 0.2.
    public func formatted(significantDigits count: Int) -> String {
        guard siValue.isFinite else { return withUnit("\(siValue)") }
        let count = min(max(count, 1), 17)
        let number = unit.shortestValue(ofSI: siValue).rounded(digits: count)
        if number.isZero { return withUnit("0") }
        let digits = number.digits + Array(repeating: 0, count: count - number.digits.count)
        // Beyond `count` digits before the point, plain notation would show zeros that are not significant.
        let isPlain = (-3...count).contains(number.point)
        return withUnit(Self.text(digits, point: number.point, isNegative: number.isNegative, isPlain: isPlain))
    }

    private func withUnit(_ number: String) -> String {
        unit.text.isEmpty ? number : "\(number) \(unit.text)"
    }

    /// All digits of a number, in plain notation from 0.0001 to below 10^9.
    private static func shortest(_ number: DecimalNumber) -> String {
        if number.isZero { return number.isNegative ? "-0" : "0" }
        let isPlain = (-3...9).contains(number.point)
        return text(number.digits, point: number.point, isNegative: number.isNegative, isPlain: isPlain)
    }

    /// Writes 0.d1d2d3... * 10^point as `123.4` or as `1.234e2`.
    private static func text(_ digits: [UInt8], point: Int, isNegative: Bool, isPlain: Bool) -> String {
        let whole = isPlain ? point : 1
        let zeros = Array(repeating: UInt8(0), count: max(-whole, 0))
        let padding = Array(repeating: UInt8(0), count: max(whole - digits.count, 0))
        let head = whole > 0 ? Array((digits + padding).prefix(whole)) : [0]
        let tail = whole > 0 ? Array(digits.dropFirst(whole)) : zeros + digits
        let exponent = isPlain || point == 1 ? "" : "e\(point - 1)"
        func numeral(_ digits: [UInt8]) -> String { digits.map { String($0) }.joined() }
        return (isNegative ? "-" : "") + numeral(head) + (tail.isEmpty ? "" : "." + numeral(tail)) + exponent
    }
}

extension Quantity: CustomStringConvertible {
    /// The same as `formatted()`.
    public var description: String { formatted() }
}
