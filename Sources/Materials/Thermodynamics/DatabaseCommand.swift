import Quantities

/// One command of a database file: its keyword and what stands between the keyword and the `!`.
struct DatabaseCommand {
    /// The words a command may begin with. Abbreviations are accepted part by part, as in `TYPE_DEF` or `DEF_SYS_DEF`.
    enum Keyword: String, CaseIterable {
        case element, species, function, phase, constituent, parameter
        case typeDefinition = "type_definition"
        case defineSystemDefault = "define_system_default"
        case defaultCommand = "default_command"
        case databaseInformation = "database_information"
        case listOfReferences = "list_of_references"
        case addReferences = "add_references"
        case assessedSystems = "assessed_systems"
        case referenceFile = "reference_file"
        case temperatureLimits = "temperature_limits"
        case versionDate = "version_date"
        case versionData = "version_data"
        case zeroVolumeSpecies = "zerovolume_species"
        case diffusion, options

        /// The keywords that an abbreviation may stand for.
        static func matching(_ word: String) -> [Keyword] {
            let parts = word.lowercased().replacing("-", with: "_").split(
                separator: "_", omittingEmptySubsequences: false)
            return allCases.filter { keyword in
                let whole = keyword.rawValue.split(separator: "_")
                guard parts.count <= whole.count else { return false }
                return zip(parts, whole).allSatisfy { !$0.isEmpty && $1.hasPrefix($0) }
            }
        }
    }

    let keyword: Keyword
    /// The line of the keyword.
    let line: Int
    /// The text after the keyword on that line and those that follow, line ends kept.
    let text: String
}

/// Cuts a database file into its commands: `$` starts a comment, `!` ends a command.
struct DatabaseCommandSequence {
    private let path: String
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
    }

    /// The next command, or `nil` at the end of the file.
    mutating func next() throws(DatabaseError) -> DatabaseCommand? {
        while position < bytes.count {
            let (text, startLine, isComplete) = nextText()
            guard isComplete || text.isEmpty else {
                throw DatabaseError(path: path, line: startLine, "the command that starts here does not end with `!`")
            }
            if !text.isEmpty { return try command(text, line: startLine) }
        }
        return nil
    }

    /// The text up to the next `!` without comments and leading blanks, the line on which it starts, and whether the `!`
    /// was there.
    private mutating func nextText() -> (text: String, line: Int, isComplete: Bool) {
        var text: [UInt8] = []
        var startLine = line
        while position < bytes.count {
            var byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "!") { return (String(decoding: text, as: UTF8.self), startLine, true) }
            if byte == UInt8(ascii: "$") {
                while position < bytes.count, !Self.isLineEnd(bytes[position]) { position += 1 }
                continue
            }
            if Self.isLineEnd(byte) {
                if byte == UInt8(ascii: "\r"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
                    position += 1
                }
                line += 1
                byte = UInt8(ascii: "\n")
            }
            if text.isEmpty && Self.isBlank(byte) {
                startLine = line
            } else {
                text.append(byte)
            }
        }
        return (String(decoding: text, as: UTF8.self), startLine, false)
    }

    /// The command in a text without its `!`.
    private func command(_ text: String, line: Int) throws(DatabaseError) -> DatabaseCommand {
        let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        let candidates = DatabaseCommand.Keyword.matching(String(word))
        let known = DatabaseCommand.Keyword.allCases.map { $0.rawValue.uppercased() }
        guard let keyword = candidates.first, !word.isEmpty else {
            let found = String(text.prefix { !$0.isWhitespace }.prefix(40))
            let hint = closestMatch(to: String(word), among: known).map { ", did you mean `\($0)`" } ?? ""
            throw DatabaseError(
                path: path, line: line,
                "unknown keyword `\(found)`\(hint); the keywords are \(known.joined(separator: ", "))")
        }
        guard candidates.count == 1 || word.uppercased().hasPrefix("VERSION") else {
            let choice = candidates.map { "`\($0.rawValue.uppercased())`" }.joined(separator: " or ")
            throw DatabaseError(path: path, line: line, "the keyword `\(word)` may be \(choice), write more of it")
        }
        return DatabaseCommand(keyword: keyword, line: line, text: String(text[word.endIndex...]))
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 }
}
