/// A piece of the resolved case: every key with its value, given or default, as text.
///
/// Text is kept as the user wrote it, so nothing is lost in a conversion.
enum ResolvedNode: Sendable {
    /// A value that stands as it is: a quantity, a number, a word.
    case plain(String)
    /// Free text, written in quotes.
    case text(String)
    case list([ResolvedNode])
    case map([(key: String, value: ResolvedNode)])

    /// The node as YAML, without a line break at its end.
    func yaml(indent: Int = 0) -> String {
        let margin = String(repeating: " ", count: indent)
        switch self {
        case .plain(let text): return text
        case .text(let text): return Self.quoted(text)
        case .list(let items) where items.allSatisfy(\.isScalar):
            return "[" + items.map { $0.yaml() }.joined(separator: ", ") + "]"
        case .list(let items):
            return items.map { item in
                let body = item.yaml(indent: indent + 2)
                return "\(margin)- \(body.drop { $0 == " " })"
            }.joined(separator: "\n")
        case .map(let entries):
            return entries.map { entry in
                if entry.value.isInline { return "\(margin)\(entry.key): \(entry.value.yaml())" }
                return "\(margin)\(entry.key):\n\(entry.value.yaml(indent: indent + 2))"
            }.joined(separator: "\n")
        }
    }

    private var isScalar: Bool {
        switch self {
        case .plain, .text: true
        case .list, .map: false
        }
    }

    private var isInline: Bool {
        switch self {
        case .plain, .text: true
        case .list(let items): items.allSatisfy(\.isScalar)
        case .map: false
        }
    }

    /// A YAML double-quoted scalar of one line.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
