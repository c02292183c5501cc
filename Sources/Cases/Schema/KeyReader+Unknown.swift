import Quantities

// Keys that nobody asked for.
extension KeyReader {
    /// Notes the keys that nobody asked for; on request only those that are close to one that was.
    func finish(misspeltOnly: Bool = false) {
        let unknown = (entries ?? []).filter { !asked.contains($0.key) }
        if unknown.isEmpty { return }
        let free = asked.subtracting(presentKeys)
        for entry in unknown.prefix(Self.mostUnknownKeys) {
            if misspeltOnly && closestMatch(to: entry.key, among: asked) == nil { continue }
            context.report(entry.keyLocation, unknownKey(entry.key, free: free))
        }
        let further = unknown.dropFirst(Self.mostUnknownKeys)
        if let first = further.first {
            let keys = further.count == 1 ? "one more unknown key" : "\(further.count) more unknown keys"
            context.report(
                first.keyLocation, "\(keys) \(home), from \(quoted(first.key)) on; is this a \(context.document.noun)?")
        }
    }

    /// Most unknown keys of a section that are explained one by one.
    private static let mostUnknownKeys = 50

    /// The section, in the words of a message.
    private var home: String { path.isEmpty ? "at the top of the \(context.document.noun)" : "in `\(path)`" }

    /// What is wrong with a key; it is rather taken for one that is still free than for one that is there.
    private func unknownKey(_ name: String, free: Set<String>) -> String {
        // Where a word is at home in many places, those below this section are the ones that are meant.
        // A key that is known here stands beside an alternative that is not given.
        let known = context.knownKeys.keys(named: name).filter { $0.parent != schemaPath || schemaPath.isEmpty }
        let near = known.filter { !schemaPath.isEmpty && $0.parent.hasPrefix(schemaPath + ".") }
        let homes = near.isEmpty ? known : near
        // A word that has a home elsewhere is taken for a misspelt one only where the plural is all that differs.
        let siblings = asked.sorted().filter { homes.isEmpty || $0 == name + "s" || $0 + "s" == name }
        let match = closestMatch(to: name, among: siblings.filter(free.contains))
        if let match = match ?? closestMatch(to: name, among: siblings) {
            context.explain(schemaPath(of: match))
            return "unknown key \(quoted(name)) \(home), did you mean `\(match)`?"
        }
        if homes.isEmpty { return "unknown key \(quoted(name)) \(home), expected \(listed(asked.sorted()))" }
        for home in homes { context.explain(home.path) }
        return
            "the key \(quoted(name)) is misplaced \(home): it belongs \(joined(homes.map { $0.home(in: context.document.noun) }))"
    }
}
