import Quantities

/// Reads the keys of one section of a case, and by the same calls says which keys there are.
///
/// A section is a type with `init(_ keys: KeyReader)` that asks for each of its keys once: name, dimension, range, default,
/// meaning. Given a part of a case file, the reader decodes it and notes everything that is wrong; given none, it
/// only notes what was asked for, which becomes `mesolith describe` and the reference page. So no key is declared
/// twice, and none can be read that is not documented.
///
/// A call never throws: after a mistake it returns a stand-in, the mistake is kept, and decoding goes on to find the rest.
/// The stand-in of a number is NaN, so that no comparison with it holds and one mistake gives one message.
public final class KeyReader {
    let context: SchemaContext
    /// Path of the section in this case, with the numbers of list items.
    let path: String
    /// Path of the section in the schema, with `[]` for list items.
    let schemaPath: String
    /// The section's entries; nil where the schema is being described.
    let entries: [CaseNode.Entry]?
    let location: SourceLocation
    /// Whether the section stands in for one that is wrong or missing: it is read for its shape only.
    let isStandIn: Bool
    /// Whether the keys asked for have an effect; nil when a mistake elsewhere leaves that open.
    private(set) var isApplicable: Bool? = true
    /// When keys have an effect, in words, for the description.
    private var condition = ""
    /// Where the values of this section come from and where they hold, as the law around them states it.
    var statement: LawStatement?
    /// Whether the keys are ways to give the value that this reader stands for, of which a case uses one.
    var holdsAlternatives = false
    private(set) var asked: Set<String> = []
    private(set) var resolved: [(key: String, value: ResolvedNode)] = []

    init(
        context: SchemaContext, path: String, schemaPath: String, entries: [CaseNode.Entry]?, location: SourceLocation,
        isStandIn: Bool = false
    ) {
        self.context = context
        self.path = path
        self.schemaPath = schemaPath
        self.entries = entries
        self.location = location
        self.isStandIn = isStandIn
    }

    /// Whether there is no case, only the schema: every branch is to be visited.
    var isDescribing: Bool { entries == nil }

    // MARK: - Structure

    /// A section: a map of keys of its own. One that may be left out is read as if it were empty.
    func section<Section>(
        _ name: String, isRequired: Bool = true, _ meaning: String, _ read: (KeyReader) -> Section
    ) -> Section {
        declare(name, kind: "section", isRequired: isRequired, meaning)
        if isDescribing { return read(child(name, entries: nil, location: location)) }
        func hint() -> String { example(ofSection: schemaPath(of: name)) }
        let entry = take(name, isRequired: isRequired, example: "", kind: "a map of keys\(hint())")
        var entries: [CaseNode.Entry]?
        switch entry?.value.content {
        case .map(let given)?: entries = given
        case nil where !isRequired, .scalar("", isQuoted: false)? where !isRequired: entries = []
        default: break
        }
        guard let entries else {
            if let entry {
                context.report(
                    entry.value.location, "`\(name)`: expected a map of keys\(hint()), found \(entry.value.kind)")
            }
            return read(standIn())
        }
        let reader = child(name, entries: entries, location: entry?.keyLocation ?? location)
        let section = read(reader)
        reader.finish()
        note(name, .map(reader.resolved))
        return section
    }

    /// A section that may be left out, and then is nil.
    func optionalSection<Section>(_ name: String, _ meaning: String, _ read: (KeyReader) -> Section?) -> Section? {
        if isDescribing || presentKeys.contains(name) {
            let section = section(name, isRequired: false, meaning, read)
            return isDescribing ? nil : section
        }
        markAsked(name)
        return nil
    }

    /// A list of sections, one or more.
    func list<Section>(_ name: String, _ meaning: String, _ read: (KeyReader) -> Section) -> [Section] {
        declare(name, kind: "list of sections", isRequired: true, meaning)
        if isDescribing {
            _ = read(item(name, 0, entries: nil, location: location))
            return []
        }
        let kind = "a list with one or more items (lines that begin with `- `)"
        guard let entry = take(name, isRequired: true, example: "", kind: kind) else { return [] }
        guard case .list(let items) = entry.value.content, !items.isEmpty else {
            context.report(entry.value.location, "`\(name)`: expected \(kind), found \(entry.value.kind)")
            return []
        }
        var sections: [Section] = []
        var resolved: [ResolvedNode] = []
        for (index, item) in items.enumerated() {
            guard case .map(let entries) = item.content else {
                let hint = example(ofSection: "\(schemaPath(of: name)).[]")
                context.report(
                    item.location, "`\(name)` item \(index): expected a map of keys\(hint), found \(item.kind)")
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
    ///
    /// Where a mistake leaves the condition open (nil), a key may be given or not. Conditions within others add to them.
    func when<Value>(_ holds: Bool?, _ condition: String, _ read: (KeyReader) -> Value?) -> Value? {
        let outer = (self.condition, isApplicable)
        defer { (self.condition, isApplicable) = outer }
        if isDescribing {
            self.condition = condition
        } else if isApplicable != false {
            self.condition = condition
            isApplicable = isApplicable == nil && holds == true ? nil : holds
        }
        let value = read(self)
        return holds == false ? nil : value
    }

    /// Notes that the value of a key is at odds with others.
    func problem(_ name: String, _ message: String) {
        context.report(place(of: name), "`\(name)`: \(message)")
    }

    /// Where the value of a key below this section stands; the section where there is none.
    private func place(of path: String) -> SourceLocation { node(at: path)?.location ?? location }

    /// What stands behind a key below this section, without asking for it.
    func node(at path: String) -> CaseNode? { (entries ?? []).node(at: path) }

    // MARK: - Within the schema

    func declare(
        _ name: String, kind: @autoclosure () -> String, example: @autoclosure () -> String = "",
        default defaultText: @autoclosure () -> String? = nil, isRequired: Bool = false,
        range: @autoclosure () -> String = "", _ meaning: @autoclosure () -> String
    ) {
        // A case that is read declares nothing: its texts are not made.
        guard isDescribing else { return }
        context.declare(
            KeyDeclaration(
                path: schemaPath(of: name), kind: kind(), example: example(), defaultText: defaultText(),
                isRequired: isRequired && !holdsAlternatives && !context.describesMaterialOfCase,
                isAlternative: holdsAlternatives, range: range(),
                condition: condition, meaning: meaning()))
    }

    /// The entry of a key; notes it when it is missing although required, or given although it has no effect.
    func take(
        _ name: String, isRequired: Bool, example: @autoclosure () -> String, kind: @autoclosure () -> String
    ) -> CaseNode.Entry? {
        asked.insert(name)
        guard let entries else { return nil }
        guard let entry = entries.first(where: { $0.key == name }) else {
            if isRequired && isApplicable == true {
                let place = path.isEmpty ? "" : " in `\(path)`"
                let example = example()
                let hint = example.isEmpty ? "" : ", such as `\(name): \(example)`"
                context.reportMissing(
                    schemaPath(of: name), location, "the key `\(name)` is missing\(place): expected \(kind())\(hint)")
            }
            return nil
        }
        if isApplicable == false {
            context.report(
                entry.keyLocation, "`\(name)` has no effect here: it is used only when \(condition); remove it")
            return nil
        }
        return entry
    }

    func note(_ name: String, _ value: ResolvedNode) {
        if isApplicable == true { resolved.append((name, value)) }
    }

    /// Puts another value for a key into the resolved case, which may be read elsewhere.
    func renote(_ name: String, _ value: ResolvedNode) {
        for index in resolved.indices where resolved[index].key == name { resolved[index].value = value }
    }

    /// The section's own copy of an entry, without asking for it.
    func entry(_ name: String) -> CaseNode.Entry? { entries?.first { $0.key == name } }

    /// The keys that the section holds.
    var presentKeys: [String] { entries?.map(\.key) ?? [] }

    /// Counts a key as known here.
    func markAsked(_ name: String) { asked.insert(name) }

    /// A first line of a section, for a message.
    private func example(ofSection path: String) -> String {
        guard let key = context.knownKeys.firstKey(in: path), !key.example.isEmpty else { return "" }
        return " such as `\(key.name): \(key.example)`"
    }

    func schemaPath(of name: String) -> String { schemaPath.isEmpty ? name : "\(schemaPath).\(name)" }

    /// A reader for the section behind one of this section's keys.
    func child(_ name: String, entries: [CaseNode.Entry]?, location: SourceLocation) -> KeyReader {
        let child = KeyReader(
            context: context, path: path.isEmpty ? name : "\(path).\(name)", schemaPath: schemaPath(of: name),
            entries: entries, location: location, isStandIn: isStandIn)
        child.statement = statement
        // The keys of a section without effect, or of one that a mistake leaves open, are not missed.
        if isApplicable != true { child.isApplicable = nil }
        return child
    }

    /// A reader for an item of the list behind one of this section's keys.
    private func item(_ name: String, _ index: Int, entries: [CaseNode.Entry]?, location: SourceLocation) -> KeyReader {
        let list = child(name, entries: nil, location: location)
        return KeyReader(
            context: context, path: "\(list.path).\(index)", schemaPath: "\(list.schemaPath).[]", entries: entries,
            location: location)
    }

    /// A reader in place of a section that is wrong or missing: its keys are not asked for, one message is enough.
    private func standIn() -> KeyReader {
        KeyReader(
            context: SchemaContext(), path: "", schemaPath: "", entries: nil, location: location, isStandIn: true)
    }
}
