/// A piece of a case file with its place: what YAML holds, without types yet.
struct CaseNode: Sendable {
    /// A key of a map and what stands behind it.
    struct Entry: Sendable {
        var key: String
        var keyLocation: SourceLocation
        var value: CaseNode
    }

    enum Content: Sendable {
        /// A scalar; `isQuoted` tells text in quotes.
        case scalar(String, isQuoted: Bool)
        case list([CaseNode])
        case map([Entry])
    }

    var content: Content
    var location: SourceLocation

    /// What this is, in words for a message.
    var kind: String {
        switch content {
        case .scalar("", isQuoted: false): "nothing"
        case .scalar(let text, _): "the value `\(text.count > 40 ? text.prefix(40) + "..." : text)`"
        case .list(let items): items.isEmpty ? "an empty list" : "a list"
        case .map: "a map of keys"
        }
    }
}
