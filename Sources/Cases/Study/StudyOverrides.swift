import Foundation

/// What a study puts over its base case: paths taken apart, and names of files that stay right wherever they are read from.
struct StudyOverrides {
    /// The values of `set`.
    let settings: [CaseOverride]
    /// The folder of the study file.
    private let folder: String?

    /// Takes the keys of a study apart and notes what is wrong with them.
    init(_ keys: StudyKeys, context: SchemaContext) {
        folder = keys.baseCase?.location.folder
        var settings: [CaseOverride] = []
        for entry in keys.set {
            let parts = Self.parts(of: entry.key)
            if parts.contains("") || entry.key.contains("=") {
                context.report(
                    entry.keyLocation,
                    "\(quoted(entry.key)) is not the path of a key, expected one such as `layer.thickness`")
                continue
            }
            let value = Self.locatingFiles(in: entry.value, of: parts[parts.count - 1], from: folder)
            settings.append(CaseOverride(path: parts, place: entry.keyLocation, value: value))
        }
        self.settings = settings
    }

    /// The keys of a path.
    static func parts(of path: String) -> [String] {
        path.split(separator: ".", omittingEmptySubsequences: false).map { String($0).trimmed }
    }

    /// The value of a key; the name of a file beside the study becomes its absolute path, as `--set` has no folder of its own.
    func located(_ text: String, of key: String) -> String { Self.located(text, of: key, from: folder) }

    private static func located(_ text: String, of key: String, from folder: String?) -> String {
        guard Self.namesFile(key), text.contains(".") else { return text }
        let path = MaterialFile.resolve(text, from: folder)
        return FileManager.default.fileExists(atPath: path) ? MaterialFile.absolute(path) : text
    }

    /// Whether the value of a key can be the path of a file.
    static func namesFile(_ key: String) -> Bool { ["material", "interface", "from", "database"].contains(key) }

    private static func locatingFiles(in node: CaseNode, of key: String, from folder: String?) -> CaseNode {
        var node = node
        switch node.content {
        case .scalar(let text, let isQuoted):
            let located = located(text, of: key, from: folder)
            if located != text { node.content = .scalar(located, isQuoted: isQuoted) }
        case .list(let items): node.content = .list(items.map { locatingFiles(in: $0, of: key, from: folder) })
        case .map(let entries):
            node.content = .map(
                entries.map { entry in
                    var entry = entry
                    entry.value = locatingFiles(in: entry.value, of: entry.key, from: folder)
                    return entry
                })
        }
        return node
    }
}

extension CaseNode {
    /// The node as YAML in one line, as it stands behind `--set path=`.
    var flow: String {
        switch content {
        case .scalar(let text, let isQuoted): Self.flow(text, isQuoted: isQuoted)
        case .list(let items): "[" + items.map(\.flow).joined(separator: ", ") + "]"
        case .map(let entries):
            "{" + entries.map { "\(Self.flow($0.key)): \($0.value.flow)" }.joined(separator: ", ") + "}"
        }
    }

    /// A scalar as YAML: as it is where it reads as the same text anywhere, else in double quotes.
    static func flow(_ text: String, isQuoted: Bool = false) -> String {
        if text.isEmpty { return isQuoted ? "\"\"" : "null" }
        let isPlain =
            text.utf8.allSatisfy { plainBytes[Int($0)] } && !"-?:%.~ ".utf8.contains(text.utf8.first ?? 0)
            && text.utf8.last != UInt8(ascii: " ") && !["null", "Null", "NULL"].contains(text)
        if isPlain || isNumber(text) { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Whether a text of plain characters begins as a negative number.
    private static func isNumber(_ text: String) -> Bool {
        let bytes = Array(text.utf8.prefix(2))
        return bytes.count == 2 && (bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "."))
            && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[1])
            && text.utf8.allSatisfy { plainBytes[Int($0)] }
            && text.utf8.last != UInt8(ascii: " ")
    }

    /// Bytes that mean nothing in YAML within a scalar.
    private static let plainBytes: [Bool] = (0..<256).map { byte in
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let byte = UInt8(byte)
        return letters.contains(byte & 0xDF) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || " ._+-*/^()%~".utf8.contains(byte) || byte >= 0x80
    }
}
