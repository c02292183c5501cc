/// A piece of a case file with its place: what YAML holds, without types yet.
struct CaseNode: Sendable, Hashable {
    /// A key of a map and what stands behind it.
    struct Entry: Sendable, Hashable {
        var key: String
        var keyLocation: SourceLocation
        var value: CaseNode
    }

    enum Content: Sendable, Hashable {
        /// A scalar; `isQuoted` tells text in quotes.
        case scalar(String, isQuoted: Bool)
        case list([CaseNode])
        case map([Entry])
    }

    var content: Content
    var location: SourceLocation
    /// Whether a scalar stands at its place letter by letter: not folded over lines, nor written with escapes.
    var isVerbatim = false

    /// What this is, in words for a message.
    var kind: String {
        switch content {
        case .scalar("", let isQuoted): isQuoted ? "an empty text" : "nothing"
        case .scalar(let text, _): "the value \(quoted(text))"
        case .list(let items): items.isEmpty ? "an empty list" : "a list"
        case .map: "a map of keys"
        }
    }

    /// The place of a character of a scalar, as close as it is known.
    func place(ofCharacter offset: Int) -> SourceLocation {
        guard isVerbatim, case .scalar(_, let isQuoted) = content else { return location }
        return location.moved(by: offset + (isQuoted ? 1 : 0))
    }
}

extension [CaseNode.Entry] {
    /// What stands behind a key, or behind one of the maps below, as in `volume.host`.
    func node(at path: String) -> CaseNode? {
        var (found, level): (CaseNode?, [CaseNode.Entry]) = (nil, self)
        for part in path.split(separator: ".") {
            found = level.first { $0.key == part }?.value
            if case .map(let entries)? = found?.content { level = entries } else { level = [] }
        }
        return found
    }
}
