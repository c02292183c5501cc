import Quantities

/// Reads the keys of one section of a case, and by the same calls says which keys there are.
///
/// A section is a type with `init(_ keys: KeyReader)` that asks for each of its keys once: name, dimension, range, default,
/// meaning. Given a part of a case file, the reader decodes it and notes everything that is wrong; given none, it
/// only notes what was asked for, which becomes `mesolith describe` and the reference page. So no key is declared
/// twice, and none can be read that is not documented.
///
/// A call never throws: after a mistake it returns a stand-in, the mistake is kept, and decoding goes on to find the rest.
public final class KeyReader {
    let context: SchemaContext
    /// Path of the section in this case, with the numbers of list items.
    let path: String
    /// Path of the section in the schema, with `[]` for list items.
    private let schemaPath: String
    /// The section's entries; nil where the schema is being described.
    private let entries: [CaseNode.Entry]?
    let location: SourceLocation
    /// Why keys have no effect here, in words; nil when they have.
    private var inapplicable: String?
    /// When keys have an effect, in words, for the description.
    private var condition = ""
    private var asked: Set<String> = []
    private(set) var resolved: [(key: String, value: ResolvedNode)] = []

    init(
        context: SchemaContext, path: String, schemaPath: String, entries: [CaseNode.Entry]?, location: SourceLocation
    ) {
        self.context = context
        self.path = path
        self.schemaPath = schemaPath
        self.entries = entries
        self.location = location
    }

    /// Whether the schema is being described: every branch is to be visited.
    var isDescribing: Bool { entries == nil }

    // MARK: - Structure

    /// A section: a map of keys of its own. One that may be left out is read as if it were empty.
    func section<Section>(
        _ name: String, isRequired: Bool = true, _ meaning: String, _ read: (KeyReader) -> Section
    ) -> Section {
        declare(name, kind: "section", isRequired: isRequired, meaning)
        let entry = take(name, isRequired: isRequired, example: "", kind: "a map of keys")
        let missing = isDescribing ? nil : [CaseNode.Entry]()
        guard let entry, case .map(let entries) = entry.value.content else {
            if let entry, entry.value.kind != "nothing" || isRequired {
                context.report(
                    entry.value.location, "`\(name)`: expected a map of keys, found \(entry.value.kind)")
            }
            let isOptional = entry == nil && !isRequired
            let reader = child(name, entries: isDescribing || isOptional ? missing : nil, location: location)
            // With the section wrong or missing its keys are not asked for again: one message is enough.
            let section = read(isDescribing || isOptional ? reader : reader.silenced())
            if isOptional && !reader.resolved.isEmpty { note(name, .map(reader.resolved)) }
            return section
        }
        let reader = child(name, entries: entries, location: entry.keyLocation)
        let section = read(reader)
        reader.finish()
        note(name, .map(reader.resolved))
        return section
    }

    /// A list of sections, one or more.
    func list<Section>(_ name: String, _ meaning: String, _ read: (KeyReader) -> Section) -> [Section] {
        declare(name, kind: "list of sections", isRequired: true, meaning)
        if isDescribing {
            _ = read(item(name, 0, entries: nil, location: location))
            return []
        }
        guard let entry = take(name, isRequired: true, example: "", kind: "a list of maps") else { return [] }
        guard case .list(let items) = entry.value.content, !items.isEmpty else {
            context.report(
                entry.value.location,
                "`\(name)`: expected a list with one or more items (lines that begin with `- `), found \(entry.value.kind)")
            return []
        }
        var sections: [Section] = []
        var resolved: [ResolvedNode] = []
        for (index, item) in items.enumerated() {
            guard case .map(let entries) = item.content else {
                context.report(item.location, "`\(name)` item \(index): expected a map of keys, found \(item.kind)")
                continue
            }
            let reader = self.item(name, index, entries: entries, location: item.location)
            sections.append(read(reader))
            reader.finish()
            resolved.append(.map(reader.resolved))
        }
        note(name, .list(resolved))
        return sections
    }

    /// Keys that have an effect only where a condition holds; elsewhere giving one is an error, and it is nil.
    func when<Value>(_ holds: Bool, _ condition: String, _ read: (KeyReader) -> Value?) -> Value? {
        let (outerCondition, outerReason) = (self.condition, inapplicable)
        defer { (self.condition, inapplicable) = (outerCondition, outerReason) }
        self.condition = condition
        if !holds && !isDescribing { inapplicable = condition }
        let value = read(self)
        return holds ? value : nil
    }

    /// Notes that the value of a key is at odds with others.
    func problem(_ name: String, _ message: String) {
        let full = path.isEmpty ? name : "\(path).\(name)"
        context.report(context.places[full] ?? location, "`\(name)`: \(message)")
    }

    // MARK: - Within the schema

    func declare(
        _ name: String, kind: String, example: String = "", default defaultText: String? = nil, isRequired: Bool = false,
        range: String = "", _ meaning: String
    ) {
        context.declare(
            KeyDeclaration(
                path: schemaPath.isEmpty ? name : "\(schemaPath).\(name)", kind: kind, example: example,
                defaultText: defaultText, isRequired: isRequired, range: range, condition: condition, meaning: meaning))
    }

    /// The entry of a key; notes it when it is missing although required, or given although it has no effect.
    func take(_ name: String, isRequired: Bool, example: String, kind: String) -> CaseNode.Entry? {
        asked.insert(name)
        guard let entries else { return nil }
        guard let entry = entries.first(where: { $0.key == name }) else {
            if isRequired && inapplicable == nil {
                let place = path.isEmpty ? "" : " in `\(path)`"
                let hint = example.isEmpty ? "" : ", such as `\(name): \(example)`"
                context.report(location, "the key `\(name)` is missing\(place): expected \(kind)\(hint)")
            }
            return nil
        }
        context.remember(entry.value.location, of: path.isEmpty ? name : "\(path).\(name)")
        if let inapplicable {
            context.report(
                entry.keyLocation, "`\(name)` has no effect here: it is used only when \(inapplicable); remove it")
            return nil
        }
        return entry
    }

    func note(_ name: String, _ value: ResolvedNode) {
        if inapplicable == nil { resolved.append((name, value)) }
    }

    /// The keys that the section holds.
    var presentKeys: [String] { entries?.map(\.key) ?? [] }

    /// Counts a key as known here.
    func markAsked(_ name: String) { asked.insert(name) }

    /// Notes the keys that nobody asked for.
    func finish() {
        for entry in entries ?? [] where !asked.contains(entry.key) {
            context.report(entry.keyLocation, unknownKey(entry.key))
        }
    }

    private func unknownKey(_ name: String) -> String {
        let here = path.isEmpty ? "at the top of the case" : "in `\(path)`"
        let elsewhere = context.knownKeys.filter { $0.name == name && $0.parent != schemaPath && $0.parent != "[]" }
        if let first = elsewhere.first {
            let parent = first.parent.replacing(".[]", with: "")
            let home = parent.isEmpty ? "at the top of the case" : "in `\(parent)`"
            return "the key `\(name)` is misplaced \(here): it belongs \(home)"
        }
        let siblings = asked.sorted()
        if let match = closestMatch(to: name, among: siblings) {
            return "unknown key `\(name)` \(here), did you mean `\(match)`?"
        }
        return "unknown key `\(name)` \(here), expected one of \(siblings.map { "`\($0)`" }.joined(separator: ", "))"
    }

    /// A reader for the section behind one of this section's keys.
    func child(_ name: String, entries: [CaseNode.Entry]?, location: SourceLocation) -> KeyReader {
        KeyReader(
            context: context, path: path.isEmpty ? name : "\(path).\(name)",
            schemaPath: schemaPath.isEmpty ? name : "\(schemaPath).\(name)", entries: entries, location: location)
    }

    /// A reader for an item of the list behind one of this section's keys.
    private func item(_ name: String, _ index: Int, entries: [CaseNode.Entry]?, location: SourceLocation) -> KeyReader {
        let list = child(name, entries: nil, location: location)
        return KeyReader(
            context: context, path: "\(list.path).\(index)", schemaPath: "\(list.schemaPath).[]", entries: entries,
            location: location)
    }

    /// The same section read for its shape only: nothing is reported and nothing declared.
    private func silenced() -> KeyReader {
        KeyReader(
            context: SchemaContext(knownKeys: []), path: path, schemaPath: schemaPath, entries: nil, location: location)
    }
}
