extension Quantity {
    /// Reads a number and its unit, such as `5 um`, `6e-11 cm^2/s`, `1e-15m^2/s` or the bare `0.3`.
    ///
    /// The number is decimal, with a point and no separators between thousands. `Unit.init(parsing:)` describes units.
    ///
    /// - Throws: `QuantityError` when the text is not a finite number followed by a known unit or by nothing, when the
    ///   number is out of the range of a double, or when a Celsius temperature lies below absolute zero.
    public init(parsing text: String) throws(QuantityError) {
        let characters = Array(text)
        guard let start = characters.firstIndex(where: { !UnitParser.isBlank($0) }) else {
            throw QuantityError("expected a number with its unit, found empty text", at: 0)
        }
        guard let numeral = Numeral(scanning: characters, from: start) else {
            throw Self.missingNumber(in: characters, from: start)
        }
        let unitStart = characters[numeral.end...].firstIndex { !UnitParser.isBlank($0) }
        try Self.refuseBrokenNumber(in: characters, from: start, to: numeral.end, next: unitStart)
        let value = try Self.finite(numeral.value, characters[start..<numeral.end], at: start)
        guard let unitStart else {
            self.init(value: value, unit: .none, siValue: value, unitOffset: numeral.end)
            return
        }
        var parser = UnitParser(characters, from: unitStart)
        let unit = try parser.parse()
        let siValue = try Self.finite(unit.siValue(of: numeral.value), characters[start...], at: start)
        if unit.isCelsius, siValue < 0 {
            throw QuantityError("\(QuantityError.quote(characters[start...])) lies below absolute zero", at: start)
        }
        self.init(value: value, unit: unit, siValue: siValue, unitOffset: unitStart)
    }

    /// The nearest double of a number that stands for `text`, refused when it would become infinite or lost in zero.
    private static func finite(
        _ number: DecimalNumber, _ text: ArraySlice<Character>, at start: Int
    ) throws(QuantityError) -> Double {
        let value = number.doubleValue
        if !value.isFinite {
            throw QuantityError("\(QuantityError.quote(text)) is too large for a double-precision number", at: start)
        }
        if value == 0, !number.isZero {
            throw QuantityError("\(QuantityError.quote(text)) is too small for a double-precision number", at: start)
        }
        return value
    }

    private static func missingNumber(in characters: [Character], from start: Int) -> QuantityError {
        let text = characters[start...]
        let unsigned = text.drop { "+-".contains($0) }.prefix { $0.isLetter }
        if ["nan", "inf", "infinity"].contains(String(unsigned).lowercased()) {
            return QuantityError("\(QuantityError.quote(text)) is not a finite number", at: start)
        }
        return QuantityError(
            "expected a number and then its unit, as in `5 um`, found \(QuantityError.quote(text))", at: start)
    }

    /// Refuses what follows a number and shows that the number was meant to go on: `1,000`, `1_000`, `1 000`, `0x10`.
    private static func refuseBrokenNumber(
        in characters: [Character], from start: Int, to end: Int, next: Int?
    ) throws(QuantityError) {
        guard let next else { return }
        let follower = characters[next]
        if next == end, ",_'".contains(follower) {
            throw QuantityError(
                "unexpected `\(follower)` in a number, use a point for decimals and no thousands separators", at: end)
        }
        if next == end, "xX".contains(follower), characters[end - 1] == "0", end + 1 < characters.count,
            characters[end + 1].isHexDigit
        {
            throw QuantityError("hexadecimal numbers are not read, write the number in decimal", at: start)
        }
        // A lone 1 begins a unit such as `1/s`.
        let digits = characters[next...].prefix { Numeral.digit($0) != nil }
        if !digits.isEmpty, !digits.elementsEqual("1") {
            throw QuantityError(
                "two numbers in a row, use a point for decimals and no blanks inside a number", at: next)
        }
    }
}
