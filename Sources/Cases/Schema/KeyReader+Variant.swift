import Quantities

/// One of the ways in which a value can be given.
enum Alternative<Value> {
    /// A bare quantity, such as `diffusivity: 6e-11 cm^2/s`.
    case quantity(Dimension, example: String, range: ValueRange, (Double) -> Value)
    /// A bare word, such as `frames: final`.
    case word(String, Value)
    /// A map with one key, which the reader is asked for.
    case key(String, (KeyReader) -> Value?)

    /// The same way to give another value, made from this one.
    func map<Other>(_ transform: @escaping (Value) -> Other) -> Alternative<Other> {
        switch self {
        case .quantity(let dimension, let example, let range, let make):
            .quantity(dimension, example: example, range: range) { transform(make($0)) }
        case .word(let word, let value): .word(word, transform(value))
        case .key(let name, let read): .key(name) { read($0).map(transform) }
        }
    }
}

extension KeyReader {
    /// A value that can be given in several ways, of which the case uses one.
    func variant<Value>(
        _ name: String, default defaultValue: (text: ResolvedNode, value: Value)? = nil, _ meaning: String,
        _ alternatives: [Alternative<Value>]
    ) -> Value? {
        optionalVariant(name, isRequired: defaultValue == nil, default: defaultValue, meaning, alternatives)
    }

    /// A value that can be given in several ways, or left out.
    func optionalVariant<Value>(
        _ name: String, isRequired: Bool, default defaultValue: (text: ResolvedNode, value: Value)? = nil,
        _ meaning: String, _ alternatives: [Alternative<Value>]
    ) -> Value? {
        let bare = alternatives.filter { if case .key = $0 { false } else { true } }
        let keys = alternatives.compactMap { if case .key(let key, _) = $0 { key } else { nil } }
        var example = ""
        if case .quantity(_, let text, _, _)? = alternatives.first { example = text }
        declare(
            name,
            kind: (bare.map(\.kind) + (keys.isEmpty ? [] : ["map with one of \(keys.joined(separator: ", "))"]))
                .joined(separator: " | "),
            example: example, default: defaultValue?.text.yaml().trimmed, isRequired: isRequired,
            range: bare.compactMap(\.range).joined(), meaning)

        if isDescribing {
            let reader = child(name, entries: nil, location: location)
            reader.holdsAlternatives = true
            for alternative in alternatives {
                if case .key(_, let read) = alternative { _ = read(reader) }
            }
            return isStandIn ? nil : defaultValue?.value
        }
        func forms() -> String { joined(bare.map(\.words) + (keys.isEmpty ? [] : ["a map with \(listed(keys))"])) }
        guard let entry = take(name, isRequired: isRequired, example: "", kind: forms()) else {
            if let defaultValue { note(name, defaultValue.text) }
            return defaultValue?.value
        }
        switch entry.value.content {
        case .scalar(let text, _):
            return bareValue(entry.value, text: text, name: name, forms: forms(), alternatives: bare)
        case .list:
            context.report(entry.value.location, "`\(name)`: expected \(forms()), found \(entry.value.kind)")
            return nil
        case .map(let entries):
            let reader = child(name, entries: entries, location: entry.keyLocation)
            let given = alternatives.filter { alternative in
                if case .key(let key, _) = alternative { entries.contains { $0.key == key } } else { false }
            }
            guard given.count == 1, case .key(_, let read)? = given.first else {
                for key in keys { reader.markAsked(key) }
                let several = entries.filter { keys.contains($0.key) }
                if let last = several.last {
                    let names = several.map { "`\($0.key)`" }.joined(separator: " and ")
                    context.report(last.keyLocation, "`\(name)`: \(names) exclude each other; keep one")
                    // What may stand beside each of them is not known.
                    for key in reader.presentKeys { reader.markAsked(key) }
                } else if entries.isEmpty {
                    context.report(entry.value.location, "`\(name)`: expected \(forms()), found an empty map")
                }
                reader.finish()
                return nil
            }
            let value = read(reader)
            reader.finish()
            note(name, .map(reader.resolved))
            return value
        }
    }

    private func bareValue<Value>(
        _ node: CaseNode, text: String, name: String, forms: @autoclosure () -> String,
        alternatives: [Alternative<Value>]
    ) -> Value? {
        for alternative in alternatives {
            if case .word(text, let value) = alternative {
                note(name, .plain(text))
                return value
            }
        }
        for alternative in alternatives {
            if case .quantity(let dimension, _, let range, let make) = alternative {
                guard let value = read(node, name: name, dimension, range: range, expected: forms()) else { return nil }
                note(name, .plain(value.text))
                return make(value.number)
            }
        }
        let words = alternatives.compactMap { if case .word(let word, _) = $0 { word } else { nil } }
        let hint = closestMatch(to: text, among: words).map { ", did you mean `\($0)`?" } ?? ""
        context.report(node.location, "`\(name)`: expected \(forms()), found \(node.kind)\(hint)")
        return nil
    }
}

extension Alternative {
    fileprivate var kind: String {
        switch self {
        case .quantity(let dimension, _, _, _): dimension.name
        case .word(let word, _): "`\(word)`"
        case .key: ""
        }
    }

    /// A bare form in the words of a message.
    fileprivate var words: String {
        if case .quantity(let dimension, let example, _, _) = self {
            "a \(dimension.name) such as `\(example)`"
        } else {
            kind
        }
    }

    fileprivate var range: String? {
        if case .quantity(_, _, let range, _) = self { range.description } else { nil }
    }
}
