import Foundation
import Yams

/// The text of a case file and the tree it holds, with every place kept.
struct CaseText: Sendable {
    /// Largest case file, bytes.
    static let largestSize = 4 << 20
    /// Deepest nesting of maps and lists.
    static let deepestNesting = 32
    /// Most keys and values.
    static let mostNodes = 200_000

    /// Path as the user gave it.
    let path: String
    /// The file's text, verbatim.
    let text: String

    /// Reads a file.
    ///
    /// - Throws: ``CaseErrors`` when there is no such file, it is a directory, too large, or not text.
    init(reading path: String) throws(CaseErrors) {
        let place = SourceLocation.file(path: path, line: 1, column: 1)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw CaseErrors(place, "there is no such file; give the path of a case file, or start one with `mesolith new`")
        }
        if isDirectory.boolValue {
            throw CaseErrors(place, "this is a directory; give the path of a case file in it")
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CaseErrors(place, "the file cannot be opened for reading; check its permissions")
        }
        defer { try? handle.close() }
        // Read no more than the limit, whatever the file claims to be (a device has no size).
        guard let data = try? handle.read(upToCount: Self.largestSize + 1) ?? Data() else {
            throw CaseErrors(place, "the file cannot be read")
        }
        if data.count > Self.largestSize {
            throw CaseErrors(place, "the file is larger than \(Self.largestSize >> 20) MiB, too large for a case")
        }
        try self.init(path: path, bytes: Array(data))
    }

    /// Takes the bytes of a file.
    ///
    /// - Throws: ``CaseErrors`` when they are not text.
    init(path: String, bytes: [UInt8]) throws(CaseErrors) {
        self.path = path
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CaseErrors(
                .file(path: path, line: 1, column: 1), "this is not a text file in UTF-8; a case file is YAML text")
        }
        var line = 1
        for scalar in text.unicodeScalars {
            if scalar == "\n" { line += 1 }
            let value = scalar.value
            if (value < 0x20 && scalar != "\n" && scalar != "\r" && scalar != "\t") || value == 0x7F {
                throw CaseErrors(
                    .file(path: path, line: line, column: 1),
                    "this is not a text file: it holds the control character U+00\(String(value, radix: 16, uppercase: true)); "
                        + "a case file is YAML text")
            }
        }
        self.text = text
    }

    /// The tree of the text.
    ///
    /// - Throws: ``CaseErrors`` for a mistake in the YAML, a duplicate key, an alias, or a file that is empty or no map.
    func tree() throws(CaseErrors) -> CaseNode {
        let start = SourceLocation.file(path: path, line: 1, column: 1)
        guard let root = try Self.compose(text, place: { .file(path: path, line: $0, column: $1) }, in: path) else {
            throw CaseErrors(start, "the file is empty; a case begins with `model: transport`")
        }
        guard case .map = root.content else {
            throw CaseErrors(root.location, "expected a map of keys such as `model: transport`, found \(root.kind)")
        }
        return root
    }

    /// The tree of a value given on the command line; every place is the argument.
    static func tree(ofOverride value: String, argument: String) throws(CaseErrors) -> CaseNode {
        let place = SourceLocation.override(argument)
        return try compose(value, place: { _, _ in place }, in: "--set") ?? CaseNode(
            content: .scalar("", isQuoted: false), location: place)
    }

    private static func compose(
        _ text: String, place: (Int, Int) -> SourceLocation, in name: String
    ) throws(CaseErrors) -> CaseNode? {
        try refuseDeepNesting(text, place: place)
        let node: Node?
        do {
            let parser = try Parser(yaml: text)
            node = try parser.nextRoot()
            if node != nil, let second = try parser.nextRoot() {
                let mark = second.mark
                throw CaseErrors(
                    place(mark?.line ?? 1, mark?.column ?? 1),
                    "a second YAML document begins here; a case file holds one")
            }
        } catch let error as CaseErrors {
            throw error
        } catch let error as YamlError {
            throw problem(error, place: place)
        } catch {
            throw CaseErrors(place(1, 1), "the YAML cannot be read (\(error))")
        }
        guard let node else { return nil }
        var count = 0
        return try convert(node, place: place, depth: 0, count: &count)
    }

    /// Refuses brackets and indentation nested too deep before a recursive parser sees them.
    private static func refuseDeepNesting(_ text: String, place: (Int, Int) -> SourceLocation) throws(CaseErrors) {
        var depth = 0
        var dashes = 0
        var (line, column) = (1, 0)
        for byte in text.utf8 {
            column += 1
            switch byte {
            case UInt8(ascii: "\n"): (line, column, dashes) = (line + 1, 0, 0)
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "-"), UInt8(ascii: "?"): dashes += 1
            default: break
            }
            if depth > 4 * deepestNesting || (dashes > 4 * deepestNesting && column < 2 * dashes + 2) {
                throw CaseErrors(place(line, column), "lists or maps are nested deeper than \(deepestNesting) levels")
            }
        }
    }

    private static func convert(
        _ node: Node, place: (Int, Int) -> SourceLocation, depth: Int, count: inout Int
    ) throws(CaseErrors) -> CaseNode {
        let location = node.mark.map { place($0.line, $0.column) } ?? place(1, 1)
        count += 1
        if depth > deepestNesting {
            throw CaseErrors(location, "lists or maps are nested deeper than \(deepestNesting) levels")
        }
        if count > mostNodes {
            throw CaseErrors(location, "the file holds more than \(mostNodes) keys and values, too many for a case")
        }
        switch node {
        case .scalar(let scalar):
            let plain = scalar.style == .any || scalar.style == .plain
            let isNull = plain && ["~", "null", "Null", "NULL"].contains(scalar.string)
            return CaseNode(content: .scalar(isNull ? "" : scalar.string, isQuoted: !plain), location: location)
        case .sequence(let sequence):
            var items: [CaseNode] = []
            for item in sequence { items.append(try convert(item, place: place, depth: depth + 1, count: &count)) }
            return CaseNode(content: .list(items), location: location)
        case .mapping(let mapping):
            var entries: [CaseNode.Entry] = []
            for (key, value) in mapping {
                let keyPlace = key.mark.map { place($0.line, $0.column) } ?? location
                guard let name = key.scalar?.string else {
                    throw CaseErrors(keyPlace, "a key must be a word, found a list or a map")
                }
                if let first = entries.first(where: { $0.key == name }) {
                    throw CaseErrors(keyPlace, "the key `\(name)` stands here twice (first at \(first.keyLocation)); keep one")
                }
                entries.append(
                    CaseNode.Entry(
                        key: name, keyLocation: keyPlace,
                        value: try convert(value, place: place, depth: depth + 1, count: &count)))
            }
            return CaseNode(content: .map(entries), location: location)
        case .alias:
            throw CaseErrors(location, "an alias stands here; write the value out")
        }
    }

    private static func problem(_ error: YamlError, place: (Int, Int) -> SourceLocation) -> CaseErrors {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let detail = context.map { "\(problem) \($0.text)" } ?? problem
            return CaseErrors(place(mark.line, mark.column), "this is not valid YAML: \(detail.trimmed)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { "`\($0)`" }.joined(separator: ", ")
            let mark = context.mark
            return CaseErrors(place(mark.line, mark.column), "the key \(names) stands twice in this map; keep one")
        case .reader(let problem, _, _, _):
            return CaseErrors(place(1, 1), "this is not valid YAML: \(problem)")
        default:
            return CaseErrors(place(1, 1), "this is not valid YAML: \(error)")
        }
    }
}

extension String {
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
