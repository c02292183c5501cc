/// A decimal numeral found in a text: `5`, `-0.3`, `+6e-11`, `.5`.
struct Numeral {
    /// The exact value of the numeral.
    let value: DecimalNumber
    /// The index just after the last character of the numeral.
    let end: Int

    /// Reads the longest numeral that starts at `start`; `nil` when there is no digit.
    ///
    /// An `e` belongs to the numeral only when digits follow, so that `5eV` is 5 electronvolt.
    init?(scanning characters: [Character], from start: Int) {
        var position = start
        let isNegative = Self.sign(in: characters, at: &position) ?? false
        var digits = Self.digits(in: characters, at: &position)
        var point = digits.count
        if position < characters.count, characters[position] == "." {
            var afterPoint = position + 1
            let decimals = Self.digits(in: characters, at: &afterPoint)
            if !(digits.isEmpty && decimals.isEmpty) { position = afterPoint }
            digits += decimals
        }
        guard !digits.isEmpty else { return nil }
        if position < characters.count, characters[position] == "e" || characters[position] == "E" {
            var afterExponent = position + 1
            let isExponentNegative = Self.sign(in: characters, at: &afterExponent) ?? false
            let exponent = Self.digits(in: characters, at: &afterExponent)
            if !exponent.isEmpty {
                // Far beyond any double a larger exponent changes nothing, and a bounded one cannot overflow.
                let size = exponent.reduce(0) { min($0 * 10 + Int($1), 1_000_000_000) }
                point += isExponentNegative ? -size : size
                position = afterExponent
            }
        }
        value = DecimalNumber(isNegative: isNegative, digits: digits, point: point)
        end = position
    }

    /// Reads a sign, if there is one: true for minus (also U+2212), false for plus.
    static func sign(in characters: [Character], at position: inout Int) -> Bool? {
        guard position < characters.count else { return nil }
        switch characters[position] {
        case "-", "\u{2212}":
            position += 1
            return true
        case "+":
            position += 1
            return false
        default: return nil
        }
    }

    /// Reads a run of ASCII digits, which may be empty.
    static func digits(in characters: [Character], at position: inout Int) -> [UInt8] {
        var digits: [UInt8] = []
        while position < characters.count, let digit = digit(characters[position]) {
            digits.append(digit)
            position += 1
        }
        return digits
    }

    /// The value of an ASCII digit.
    static func digit(_ character: Character) -> UInt8? {
        guard let ascii = character.asciiValue, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(ascii) else {
            return nil
        }
        return ascii - UInt8(ascii: "0")
    }
}
