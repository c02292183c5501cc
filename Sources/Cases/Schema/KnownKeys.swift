/// The keys that a kind of file can have, to be looked up for messages.
struct KnownKeys: Sendable {
    private let byName: [String: [KeyDeclaration]]
    private let firstInSection: [String: KeyDeclaration]

    /// No keys: what is known while they are being collected.
    static let none = KnownKeys([])

    init(_ keys: [KeyDeclaration]) {
        byName = Dictionary(grouping: keys, by: \.name)
        firstInSection = Dictionary(keys.map { ($0.parent, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The keys of a name, wherever they belong.
    func keys(named name: String) -> [KeyDeclaration] { byName[name] ?? [] }

    /// The first of the keys that a section holds.
    func firstKey(in section: String) -> KeyDeclaration? { firstInSection[section] }
}
