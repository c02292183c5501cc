import Yams

/// Turns a YAML text into a tree whose nodes know their places.
///
/// The Yams parser stops at 1000 levels by itself, so its recursion is bounded whatever the text holds.
struct YAMLTree {
    private let place: (_ line: Int, _ column: Int) -> SourceLocation
    /// The lines as YAML counts them.
    private let lines: [Substring]
    private var count = 0
    /// The furthest place reached.
    private var reached = (line: 1, column: 1)

    /// The tree of a text; nil when the text holds nothing but blanks and comments.
    ///
    /// - Throws: ``CaseErrors`` when it is not YAML, or uses what a case does not.
    static func read(
        _ text: String, place: @escaping (_ line: Int, _ column: Int) -> SourceLocation
    ) throws(CaseErrors) -> CaseNode? {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var tree = YAMLTree(place: place, lines: lines)
        try tree.refuseManyAliases()
        guard let root = try tree.compose(text) else { return nil }
        return try tree.convert(root, depth: 0)
    }

    private init(place: @escaping (Int, Int) -> SourceLocation, lines: [Substring]) {
        self.place = place
        self.lines = lines
    }

    private func compose(_ text: String) throws(CaseErrors) -> Node? {
        do {
            let parser = try Parser(yaml: text)
            let root = try parser.nextRoot()
            if root != nil, let second = try parser.nextRoot() {
                throw CaseErrors(place(of: second.mark), "a second YAML document begins here; a file holds one")
            }
            return root
        } catch let error as CaseErrors {
            throw error
        } catch let error as YamlError {
            throw problem(error)
        } catch {
            throw CaseErrors(place(1, 1), "this is not valid YAML: \(error)")
        }
    }

    private mutating func convert(_ node: Node, depth: Int) throws(CaseErrors) -> CaseNode {
        let location = place(of: node.mark)
        try advance(to: node.mark)
        count += 1
        if depth > CaseText.deepestNesting { throw tooDeep(at: location) }
        if count > CaseText.mostNodes {
            throw CaseErrors(
                location, "the file holds more than \(CaseText.mostNodes) keys and values, too many")
        }
        switch node {
        case .scalar(let scalar):
            let isQuoted = scalar.style != .any && scalar.style != .plain
            let isNull = !isQuoted && ["~", "null", "Null", "NULL"].contains(scalar.string)
            return CaseNode(
                content: .scalar(isNull ? "" : scalar.string, isQuoted: isQuoted), location: location,
                isVerbatim: stands(scalar.string, at: node.mark, behind: isQuoted ? 1 : 0))
        case .sequence(let sequence):
            var items: [CaseNode] = []
            for item in sequence { items.append(try convert(item, depth: depth + 1)) }
            return CaseNode(content: .list(items), location: location)
        case .mapping(let mapping):
            return CaseNode(content: .map(try entries(of: mapping, depth: depth)), location: location)
        case .alias:
            throw alias(at: location)
        }
    }

    private mutating func entries(of mapping: Node.Mapping, depth: Int) throws(CaseErrors) -> [CaseNode.Entry] {
        var entries: [CaseNode.Entry] = []
        var places: [String: SourceLocation] = [:]
        for (key, value) in mapping {
            let keyPlace = place(of: key.mark)
            try advance(to: key.mark)
            guard let name = key.scalar?.string else {
                throw CaseErrors(keyPlace, "a key must be a word, found \(key.sequence == nil ? "a map" : "a list")")
            }
            // Yams takes `1` and `"1"` for two keys.
            if places.updateValue(keyPlace, forKey: name) != nil { throw duplicate(name, at: keyPlace) }
            let value = try convert(value, depth: depth + 1)
            entries.append(CaseNode.Entry(key: name, keyLocation: keyPlace, value: value))
        }
        return entries
    }

    // MARK: - Places

    /// The place of a mark. Behind a last line without a line break Yams counts another one.
    private func place(of mark: Mark?) -> SourceLocation {
        guard let mark else { return place(1, 1) }
        if mark.line <= lines.count { return place(mark.line, mark.column) }
        return place(lines.count, (lines.last?.unicodeScalars.count ?? 0) + 1)
    }

    /// Goes on to the place of a node. Yams gives an alias as the node it stands for, which lies further up.
    private mutating func advance(to mark: Mark?) throws(CaseErrors) {
        guard let mark else { return }
        if (mark.line, mark.column) < (reached.line, reached.column) { throw alias(at: place(of: mark)) }
        reached = (mark.line, mark.column)
    }

    /// Whether a text stands at a place of the file as it reads; not looked for far out on a line, where it takes long.
    private func stands(_ text: String, at mark: Mark?, behind quotes: Int) -> Bool {
        guard let mark, mark.column <= 1000, lines.indices.contains(mark.line - 1) else { return false }
        let line = lines[mark.line - 1].unicodeScalars
        return line.dropFirst(mark.column - 1 + quotes).starts(with: text.unicodeScalars)
    }

    // MARK: - Refusals

    /// Refuses aliases by the dozen before Yams expands them, as where keys are compared that can take for ever; and anchors and
    /// directives by the hundred, each of which Yams compares with all before it.
    private func refuseManyAliases() throws(CaseErrors) {
        var (aliases, anchors, directives) = (0, 0, 0)
        for (index, line) in lines.enumerated() {
            if line.utf8.first == UInt8(ascii: "%") { directives += 1 }
            if directives > Self.mostDirectives {
                throw CaseErrors(
                    place(index + 1, 1), "directives (lines that begin with `%`) are not read; remove them")
            }
            var (beforeLast, previous) = (UInt8(ascii: " "), UInt8(ascii: " "))
            for (column, byte) in line.utf8.enumerated() {
                if Self.mayPrecedeAlias(previous), byte == UInt8(ascii: "*") { aliases += 1 }
                // An `&` between blanks is one of a sentence.
                if Self.mayPrecedeAlias(beforeLast), previous == UInt8(ascii: "&"), byte != UInt8(ascii: " ") {
                    anchors += 1
                }
                if anchors > Self.mostAnchors || aliases > 16 && anchors > 1 {
                    throw alias(at: place(index + 1, byte == UInt8(ascii: "*") ? column + 1 : column))
                }
                (beforeLast, previous) = (previous, byte)
            }
        }
    }

    private static let mostDirectives = 100
    private static let mostAnchors = 1000
    private static func mayPrecedeAlias(_ byte: UInt8) -> Bool { " [{,:-\t".utf8.contains(byte) }

    private func alias(at location: SourceLocation) -> CaseErrors {
        CaseErrors(location, "anchors and aliases are not read; write the value out wherever it is used")
    }

    private func tooDeep(at location: SourceLocation) -> CaseErrors {
        CaseErrors(location, "lists or maps are nested deeper than \(CaseText.deepestNesting) levels")
    }

    private func duplicate(_ key: String, at location: SourceLocation) -> CaseErrors {
        CaseErrors(location, "the key \(quoted(key)) stands twice in this map; keep one")
    }

    private func problem(_ error: YamlError) -> CaseErrors {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            if problem.hasPrefix("Maximum nesting level") { return tooDeep(at: place(of: mark)) }
            if problem == "found undefined alias" { return alias(at: place(of: mark)) }
            if problem == "found unexpected end of stream", let context {
                return CaseErrors(place(of: context.mark), "the quote that opens here is not closed")
            }
            if problem == "could not find expected ':'", let context {
                return CaseErrors(place(of: context.mark), "the `: ` is missing behind the key that begins here")
            }
            if stands("\t", at: mark, behind: 0) {
                return CaseErrors(place(of: mark), "a tab stands here; indent with spaces")
            }
            let detail = context.map { "\(problem) \($0.text)" } ?? problem
            return CaseErrors(place(of: mark), "this is not valid YAML: \(detail.trimmed)\(Self.advice(on: problem))")
        case .duplicatedKeysInMapping(let duplicates, let context):
            return duplicate(duplicates.first ?? "", at: place(of: context.mark))
        case .reader(let problem, _, _, _):
            return CaseErrors(place(1, 1), "this is not valid YAML: \(problem)")
        default:
            return CaseErrors(place(1, 1), "this is not valid YAML: \(error)")
        }
    }

    /// What to do about the mistakes that are made most, in the parser's words for them.
    private static func advice(on problem: String) -> String {
        switch problem {
        case "mapping values are not allowed in this context":
            "; check the indentation of this line, and put text that holds `: ` in quotes"
        case "did not find expected key", "did not find expected '-' indicator",
            "block sequence entries are not allowed in this context":
            "; check the indentation of this line and the `: ` behind its key"
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
            "; put a comma between two items and close each bracket"
        default: ""
        }
    }
}
