/// A recursive-descent parser of the unit grammar.
///
///     product := term { ( blank | "*" | middle dot | "/" ) term }
///     term    := ( name [ digits ] | "1" | "(" product ")" ) [ power ]
///     power   := ( "^" | "**" ) ( number | "(" number [ "/" digits ] ")" ) | superscript digits
struct UnitParser {
    /// Parentheses inside parentheses beyond this depth are refused, to bound the recursion.
    private static let maximumDepth = 32

    private let characters: [Character]
    private let start: Int
    private let end: Int
    private var position: Int

    /// A parser of the part of `characters` from `start` on, without the blanks at its ends.
    init(_ characters: [Character], from start: Int) {
        self.characters = characters
        self.end = (characters.lastIndex { !Self.isBlank($0) }).map { max($0 + 1, start) } ?? start
        self.start = characters[start..<end].firstIndex { !Self.isBlank($0) } ?? end
        position = self.start
    }

    /// Whether a character separates the factors of a product.
    static func isBlank(_ character: Character) -> Bool {
        character.isWhitespace && !character.isNewline
    }

    /// Reads the whole text as one unit.
    mutating func parse() throws(QuantityError) -> Unit {
        guard start < end else { throw QuantityError("expected a unit, found empty text", at: start) }
        let text = String(characters[start..<end])
        if let entry = UnitCatalogue.entry(named: text), entry.kind == .celsius {
            return Unit(text: text, value: UnitValue(dimension: entry.dimension, scale: entry.scale), isCelsius: true)
        }
        let value = try product(depth: 0)
        if position < end { throw unexpected(at: position) }
        let factor = value.scale.factor
        guard factor > 0, factor.isFinite else { throw outOfRange(from: start) }
        return Unit(text: text, value: value)
    }

    // MARK: Products

    private mutating func product(depth: Int) throws(QuantityError) -> UnitValue {
        skipBlanks()
        let productStart = position
        var result = try term(depth: depth)
        var slash: Int?
        while true {
            let gap = position
            skipBlanks()
            guard let next = current, next != ")" else { return result }
            var (isQuotient, isBlankProduct) = (false, false)
            switch next {
            case "*", "\u{00B7}", "\u{22C5}":
                position += 1
                skipBlanks()
            case "/":
                slash = position
                isQuotient = true
                position += 1
                skipBlanks()
            default:
                guard position > gap, Self.startsTerm(next) else { throw unexpected(at: position) }
                isBlankProduct = true
            }
            let factorStart = position
            let factor = try term(depth: depth)
            if let slash, isBlankProduct {
                throw ambiguousProduct(
                    numerator: productStart..<slash, denominator: (slash + 1)..<gap, factor: factorStart..<position)
            }
            guard let signed = isQuotient ? factor.raised(to: -1) : factor,
                let product = result.multiplied(by: signed)
            else { throw outOfRange(from: productStart) }
            result = product
        }
    }

    private mutating func term(depth: Int) throws(QuantityError) -> UnitValue {
        let termStart = position
        guard let first = current else { throw missingUnit(at: position) }
        var value: UnitValue
        if first == "(" {
            value = try group(depth: depth)
        } else if Numeral.digit(first) != nil {
            _ = Numeral.digits(in: characters, at: &position)
            let digits = characters[termStart..<position]
            guard digits.elementsEqual("1") else {
                throw QuantityError(
                    "a unit cannot hold the number \(QuantityError.quote(digits))"
                        + " (fractional powers are written as in `m^(1/2)`)",
                    at: termStart)
            }
            value = UnitValue(dimension: .dimensionless, scale: .one)
        } else if Self.isNameCharacter(first) {
            value = try name()
            if let power = try barePower() {
                guard let raised = value.raised(to: power) else { throw outOfRange(from: termStart) }
                return raised
            }
        } else if Self.isOperator(first) || first == "/" || first == ")" {
            throw missingUnit(at: position)
        } else {
            throw unexpected(at: position)
        }
        if let power = try power() {
            guard let raised = value.raised(to: power) else { throw outOfRange(from: termStart) }
            value = raised
        }
        return value
    }

    private mutating func group(depth: Int) throws(QuantityError) -> UnitValue {
        let opening = position
        guard depth < Self.maximumDepth else {
            throw QuantityError("parentheses are nested more than \(Self.maximumDepth) deep", at: opening)
        }
        position += 1
        let value = try product(depth: depth + 1)
        guard current == ")" else { throw QuantityError("`(` without its `)`", at: opening) }
        position += 1
        return value
    }

    private mutating func name() throws(QuantityError) -> UnitValue {
        let nameStart = position
        while let next = current, Self.isNameCharacter(next) { position += 1 }
        let name = String(characters[nameStart..<position])
        guard let entry = UnitCatalogue.entry(named: name) else {
            let hint = UnitCatalogue.suggestion(for: name).map { ", did you mean `\($0)`?" } ?? ""
            throw QuantityError("unknown unit \(QuantityError.quote(name))\(hint)", at: nameStart)
        }
        if entry.kind == .celsius {
            throw QuantityError(
                "`\(name)` stands only by itself, as in `25 degC`; write `K` in products, quotients and powers",
                at: nameStart)
        }
        return UnitValue(
            dimension: entry.dimension, scale: entry.scale, electronvoltPower: entry.kind == .electronvolt ? 1 : 0)
    }

    // MARK: Powers

    /// Reads the digits right after a name, as in `cm2` and `m-3`.
    private mutating func barePower() throws(QuantityError) -> Exponent? {
        let powerStart = position
        let isNegative = Numeral.sign(in: characters, at: &position) ?? false
        let digits = Numeral.digits(in: characters, at: &position)
        guard !digits.isEmpty else {
            position = powerStart
            return nil
        }
        return try exponent(digits, isNegative: isNegative, from: powerStart)
    }

    /// Reads a power with its sign, `^` or `**`, or in superscripts.
    private mutating func power() throws(QuantityError) -> Exponent? {
        guard let first = current else { return nil }
        if first == "^" {
            position += 1
        } else if first == "*", position + 1 < end, characters[position + 1] == "*" {
            position += 2
        } else {
            return try superscriptPower()
        }
        let powerStart = position
        let isInParentheses = current == "("
        if isInParentheses { position += 1 }
        let isNegative = Numeral.sign(in: characters, at: &position) ?? false
        var digits = Numeral.digits(in: characters, at: &position)
        var denominator: [UInt8] = [1]
        guard !digits.isEmpty else { throw unreadablePower(at: powerStart) }
        if current == "." {
            position += 1
            let decimals = Numeral.digits(in: characters, at: &position)
            guard !decimals.isEmpty else { throw unreadablePower(at: powerStart) }
            digits += decimals
            denominator += Array(repeating: 0, count: decimals.count)
        } else if isInParentheses, current == "/" {
            position += 1
            denominator = Numeral.digits(in: characters, at: &position)
            guard !denominator.isEmpty else { throw unreadablePower(at: powerStart) }
        }
        if isInParentheses {
            guard current == ")" else { throw unreadablePower(at: powerStart) }
            position += 1
        }
        return try exponent(digits, over: denominator, isNegative: isNegative, from: powerStart)
    }

    private mutating func superscriptPower() throws(QuantityError) -> Exponent? {
        let powerStart = position
        var isNegative = false
        if let sign = current, sign == "\u{207B}" || sign == "\u{207A}" {
            isNegative = sign == "\u{207B}"
            position += 1
        }
        var digits: [UInt8] = []
        while let next = current, let digit = Self.superscripts[next] {
            digits.append(digit)
            position += 1
        }
        if digits.isEmpty {
            if position > powerStart { throw unreadablePower(at: powerStart) }
            return nil
        }
        return try exponent(digits, isNegative: isNegative, from: powerStart)
    }

    private static let superscripts: [Character: UInt8] = [
        "\u{2070}": 0, "\u{00B9}": 1, "\u{00B2}": 2, "\u{00B3}": 3, "\u{2074}": 4,
        "\u{2075}": 5, "\u{2076}": 6, "\u{2077}": 7, "\u{2078}": 8, "\u{2079}": 9,
    ]

    private func exponent(
        _ digits: [UInt8], over denominator: [UInt8] = [1], isNegative: Bool, from powerStart: Int
    ) throws(QuantityError) -> Exponent {
        // Larger numbers than this are out of the range of an exponent anyway.
        func whole(_ digits: [UInt8]) -> Int { digits.reduce(0) { min($0 * 10 + Int($1), 1_000_000_000_000) } }
        let numerator = isNegative ? -whole(digits) : whole(digits)
        if let exponent = Exponent(numerator, over: whole(denominator)) { return exponent }
        throw QuantityError(
            "the power \(QuantityError.quote(characters[powerStart..<position])) is not a multiple of 1/12 within"
                + " +-2730 (a third is written as in `m^(1/3)`)",
            at: powerStart)
    }

    // MARK: Characters

    private var current: Character? { position < end ? characters[position] : nil }

    private mutating func skipBlanks() {
        while let next = current, Self.isBlank(next) { position += 1 }
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isLetter || character == "%" || character == "\u{00B0}" || character == "_"
    }

    private static func startsTerm(_ character: Character) -> Bool {
        isNameCharacter(character) || character == "(" || Numeral.digit(character) != nil
    }

    private static func isOperator(_ character: Character) -> Bool {
        character == "*" || character == "\u{00B7}" || character == "\u{22C5}"
    }

    // MARK: Errors

    private func unexpected(at place: Int) -> QuantityError {
        let found = QuantityError.quote(characters[place...place])
        switch characters[place] {
        case ")": return QuantityError("`)` without its `(`", at: place)
        case "(": return QuantityError("a product before `(` needs a blank or `*`", at: place)
        case "^":
            return QuantityError("`^` must stand right after the unit it raises, which takes one power", at: place)
        case ".", ",":
            return QuantityError("unexpected \(found) in a unit, write a product with a blank or `*`", at: place)
        default: return QuantityError("unexpected \(found) in a unit", at: place)
        }
    }

    private func missingUnit(at place: Int) -> QuantityError {
        guard let previous = characters[start..<place].last(where: { !Self.isBlank($0) }) else {
            return QuantityError("expected a unit before `\(characters[place])` (a rate is written `1/s`)", at: place)
        }
        return QuantityError("expected a unit after `\(previous)`", at: place)
    }

    private func unreadablePower(at place: Int) -> QuantityError {
        QuantityError("expected a power such as `2`, `-1` or `(1/2)`", at: place)
    }

    private func outOfRange(from place: Int) -> QuantityError {
        let text = QuantityError.quote(characters[place..<max(place, position)])
        return QuantityError("the factor or the powers of \(text) are out of range", at: place)
    }

    private func ambiguousProduct(
        numerator: Range<Int>, denominator: Range<Int>, factor: Range<Int>
    ) -> QuantityError {
        let whole = QuantityError.quote(characters[numerator.lowerBound..<factor.upperBound])
        func trimmed(_ range: Range<Int>) -> String {
            let part = characters[range].drop(while: Self.isBlank)
            return String(part.reversed().drop(while: Self.isBlank).reversed())
        }
        let (top, bottom, last) = (trimmed(numerator), trimmed(denominator), trimmed(factor))
        return QuantityError(
            "\(whole) is ambiguous, write `\(top)/(\(bottom) \(last))` or `\(top)/\(bottom)*\(last)`",
            at: factor.lowerBound)
    }
}
