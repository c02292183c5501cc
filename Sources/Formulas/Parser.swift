import LinearAlgebra

/// A recursive-descent parser of formulas:
///
///     sum     = product (("+" | "-") product)*
///     product = signed (("*" | "/") signed)*
///     signed  = ("+" | "-")* power
///     power   = primary (("^" | "**") signed)?
///     primary = number | name | function "(" sum ")" | "(" sum ")"
struct Parser {
    private let characters: [Character]
    private let dialect: Formula.Dialect
    /// Whether any name is a variable.
    private let isOpen: Bool
    private var position = 0
    private var depth = 0
    private(set) var names: [String]
    private var indices: [String: Int] = [:]

    init(_ text: String, dialect: Formula.Dialect, names: [String], isOpen: Bool) {
        characters = Array(text)
        self.dialect = dialect
        self.isOpen = isOpen
        self.names = dialect == .database ? names.map { $0.uppercased() } : names
        for (index, name) in self.names.enumerated() where indices[name] == nil { indices[name] = index }
    }

    /// Reads the whole text.
    mutating func parse() throws(FormulaError) -> Piece {
        guard characters.count <= Formula.maximumLength else {
            throw FormulaError(
                "the formula has \(characters.count) characters, at most \(Formula.maximumLength) are read",
                at: Formula.maximumLength)
        }
        skipBlanks()
        guard position < characters.count else { throw FormulaError("expected a formula, found nothing", at: 0) }
        let piece = try sum()
        if let extra = current {
            throw FormulaError(
                extra == ")" ? "`)` without its `(`" : "expected an operator, found `\(extra)`", at: position)
        }
        return piece
    }

    // MARK: Grammar

    private mutating func sum() throws(FormulaError) -> Piece {
        let start = position
        var left = try product()
        while let sign = current, sign == "+" || sign == "-" {
            advance()
            left.join(sign == "+" ? .add : .subtract, try product())
            try check(left, from: start)
        }
        return left
    }

    private mutating func product() throws(FormulaError) -> Piece {
        let start = position
        var left = try signed()
        while let sign = current, sign == "*" || sign == "/" {
            advance()
            left.join(sign == "*" ? .multiply : .divide, try signed())
            try check(left, from: start)
        }
        return left
    }

    private mutating func signed() throws(FormulaError) -> Piece {
        var isNegative = false
        while let sign = current, sign == "+" || sign == "-" {
            if sign == "-" { isNegative.toggle() }
            advance()
        }
        var piece = try power()
        if isNegative { piece.negate() }
        return piece
    }

    private mutating func power() throws(FormulaError) -> Piece {
        let start = position
        var base = try primary()
        let isStars = current == "*" && position + 1 < characters.count && characters[position + 1] == "*"
        guard current == "^" || isStars else { return base }
        if isStars { position += 1 }
        advance()
        let exponent = try nested { (parser) throws(FormulaError) in try parser.signed() }
        if let number = exponent.constant {
            base.raise(to: number)
        } else if let number = base.constant, number <= 0 {
            throw FormulaError(
                "the base \(number) is raised to an exponent that varies, which takes a positive base", at: start)
        } else {
            base.join(.power, exponent)
        }
        try check(base, from: start)
        return base
    }

    private mutating func primary() throws(FormulaError) -> Piece {
        guard let first = current else {
            throw FormulaError("expected a number, a name or `(`, found the end", at: characters.count)
        }
        if first == "(" { return try parenthesis() }
        if Self.isDigit(first) || first == "." { return .constant(try number()) }
        if Self.isLetter(first) { return try name() }
        throw FormulaError("expected a number, a name or `(`, found `\(first)`", at: position)
    }

    private mutating func parenthesis() throws(FormulaError) -> Piece {
        let opening = position
        advance()
        let piece = try nested { (parser) throws(FormulaError) in try parser.sum() }
        guard let closing = current else { throw FormulaError("`(` without its `)`", at: opening) }
        guard closing == ")" else {
            throw FormulaError("expected an operator or `)`, found `\(closing)`", at: position)
        }
        advance()
        return piece
    }

    private mutating func name() throws(FormulaError) -> Piece {
        let start = position
        while position < characters.count, Self.isLetter(characters[position]) || Self.isDigit(characters[position]) {
            position += 1
        }
        let written = String(characters[start..<position])
        let name = dialect == .database ? written.uppercased() : written
        if dialect == .database, position < characters.count, characters[position] == "#" { position += 1 }
        skipBlanks()
        if current == "(" {
            guard let function = Function(rawValue: dialect == .database ? written.lowercased() : written) else {
                let known = Function.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
                throw FormulaError(
                    "unknown function `\(Self.short(written))`, the functions are \(known)", at: start)
            }
            var piece = try parenthesis()
            piece.apply(function)
            try check(piece, from: start)
            return piece
        }
        if let index = indices[name] { return .variable(index) }
        if dialect == .formula && name == "pi" { return .constant(.pi) }
        guard isOpen else {
            let known = (names + (dialect == .formula ? ["pi"] : [])).map { "`\($0)`" }.joined(separator: ", ")
            throw FormulaError("unknown name `\(Self.short(written))`, the names here are \(known)", at: start)
        }
        indices[name] = names.count
        names.append(name)
        return .variable(names.count - 1)
    }

    private mutating func number() throws(FormulaError) -> Double {
        let start = position
        skipDigits()
        if position < characters.count, characters[position] == "." { position += 1 }
        skipDigits()
        if position < characters.count, characters[position] == "e" || characters[position] == "E" {
            let mark = position
            position += 1
            if position < characters.count, characters[position] == "+" || characters[position] == "-" { position += 1 }
            let digits = position
            skipDigits()
            if position == digits { position = mark }
        }
        let text = String(characters[start..<position])
        guard let value = Double(text) else {
            throw FormulaError("`\(Self.short(text))` is not a number", at: start)
        }
        guard value.isFinite else { throw FormulaError("`\(Self.short(text))` is beyond the numbers", at: start) }
        skipBlanks()
        return value
    }

    // MARK: Helpers

    /// Parses one level deeper.
    private mutating func nested(
        _ parse: (inout Parser) throws(FormulaError) -> Piece
    ) throws(FormulaError) -> Piece {
        depth += 1
        guard depth <= Formula.maximumDepth else {
            throw FormulaError("the formula is nested more than \(Formula.maximumDepth) deep", at: position)
        }
        let piece = try parse(&self)
        depth -= 1
        return piece
    }

    /// Refuses a constant part that is infinite or not a number.
    private func check(_ piece: Piece, from start: Int) throws(FormulaError) {
        guard let number = piece.constant, !number.isFinite else { return }
        let part = Self.short(String(characters[start..<position]))
        throw FormulaError("`\(part)` has no finite value", at: start)
    }

    private var current: Character? { position < characters.count ? characters[position] : nil }

    private mutating func advance() {
        position += 1
        skipBlanks()
    }

    private mutating func skipBlanks() {
        while let next = current, next.isWhitespace { position += 1 }
    }

    private mutating func skipDigits() {
        while let next = current, Self.isDigit(next) { position += 1 }
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isWholeNumber }

    private static func isLetter(_ character: Character) -> Bool {
        character == "_" || (character.isASCII && character.isLetter)
    }

    /// A part of the text, cut when it is too long to be read inside a sentence.
    private static func short(_ text: String) -> String {
        let trimmed = text.reversed().drop(while: \.isWhitespace).reversed()
        return trimmed.count > 40 ? "\(String(trimmed.prefix(40)))..." : String(trimmed)
    }
}
