/// What is known of a key from the one place where it is declared.
public struct KeyDeclaration: Sendable, Hashable {
    /// Path from the top of the case, list items as `[]`, such as `protocol.[].current_density`.
    public var path: String
    /// What it holds, such as `length`, `integer`, `slab | host`, `section`.
    public var kind: String
    /// A value as one would write it, such as `5 um`; empty for sections.
    public var example: String
    /// The value when the key is absent, as one would write it; nil when there is none.
    public var defaultText: String?
    /// Whether the key must be given.
    public var isRequired: Bool
    /// Whether it is one of the ways to give the value of the key above it.
    public var isAlternative: Bool
    /// Allowed values in words, empty when all are.
    public var range: String
    /// When the key has an effect, in words; empty when always.
    public var condition: String
    /// What it means.
    public var meaning: String

    /// The last part of the path.
    var name: String { path.split(separator: ".").last.map(String.init) ?? path }
    /// The path of the section that holds the key.
    var parent: String { path.split(separator: ".").dropLast().joined(separator: ".") }
    /// Where the key belongs, in words.
    func home(in document: String) -> String {
        if parent.isEmpty { return "at the top of the \(document)" }
        return parent.hasSuffix(".[]")
            ? "in an item of `\(parent.dropLast(3))`" : "in `\(parent.replacing(".[]", with: ""))`"
    }
}
