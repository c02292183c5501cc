/// Reads the words of one database command and knows their lines.
struct CommandScanner {
    private let path: String
    private let firstLine: Int
    private let characters: [Character]
    private var position = 0

    init(_ command: DatabaseCommand, path: String) {
        self.path = path
        firstLine = command.line
        characters = Array(command.text)
    }

    /// The line of the next character.
    var line: Int { firstLine + characters[..<position].count { $0 == "\n" } }

    /// An error on the line of the next character.
    func error(_ message: String) -> DatabaseError { DatabaseError(path: path, line: line, message) }

    /// The next character that is not blank.
    mutating func peek() -> Character? {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
        return position < characters.count ? characters[position] : nil
    }

    /// Passes a character if it comes next.
    mutating func skip(_ character: Character) -> Bool {
        guard peek() == character else { return false }
        position += 1
        return true
    }

    /// Passes a character that must come next.
    mutating func expect(_ character: Character, after what: String) throws(DatabaseError) {
        guard skip(character) else { throw error("expected `\(character)` after \(what), found \(found())") }
    }

    /// The next word, which ends before a blank or one of the `stops`; empty when there is none.
    mutating func word(stops: Set<Character> = []) -> String {
        _ = peek()
        let start = position
        while position < characters.count, !characters[position].isWhitespace, !stops.contains(characters[position]) {
            position += 1
        }
        return String(characters[start..<position]).uppercased()
    }

    /// The next word, which must be there.
    mutating func word(_ what: String, stops: Set<Character> = []) throws(DatabaseError) -> String {
        let word = word(stops: stops)
        guard !word.isEmpty else { throw error("expected \(what), found \(found())") }
        return word
    }

    /// Whether the next word begins as a number does.
    mutating func isAtNumber() -> Bool {
        guard let next = peek() else { return false }
        return (next.isASCII && next.isWholeNumber) || next == "."
    }

    /// The next word as a number.
    mutating func number(_ what: String, stops: Set<Character> = [",", ";"]) throws(DatabaseError) -> Double {
        let before = self
        let word = try word(what, stops: stops)
        let isPlain = word.allSatisfy { $0.isASCII && ($0.isNumber || "+-.E".contains($0)) }
        guard isPlain, let value = Double(word), value.isFinite else {
            throw before.error("expected \(what), found `\(word.prefix(40))`")
        }
        return value
    }

    /// A temperature, which ends where its digits do.
    mutating func temperature() throws(DatabaseError) -> Double {
        let before = self
        _ = peek()
        let start = position
        while position < characters.count {
            let next = characters[position]
            let isExponentSign = position > start && "+-".contains(next) && "eE".contains(characters[position - 1])
            guard (next.isASCII && next.isNumber) || "eE.".contains(next) || isExponentSign else { break }
            position += 1
        }
        guard let value = Double(String(characters[start..<position])), value.isFinite else {
            throw before.error("expected a temperature, found \(before.found())")
        }
        return value
    }

    /// The text up to the `;` that must come, and its line.
    mutating func expression() throws(DatabaseError) -> (text: String, line: Int) {
        _ = peek()
        let (start, startLine) = (position, line)
        while position < characters.count, characters[position] != ";" { position += 1 }
        guard position < characters.count else {
            throw DatabaseError(path: path, line: startLine, "the expression that starts here does not end with `;`")
        }
        position += 1
        return (String(characters[start..<(position - 1)]), startLine)
    }

    /// Refuses anything that is left.
    mutating func end(of what: String) throws(DatabaseError) {
        guard peek() == nil else { throw error("expected `!` at the end of \(what), found \(found())") }
    }

    /// The next characters, for a message.
    func found() -> String {
        let rest = characters[position...].drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
        return rest.isEmpty ? "`!`" : "`\(String(rest.prefix(40)))`"
    }
}
