import Quantities

/// One of the ways in which a value can be given.
struct Alternative<Value> {
    /// What a reader expects: a bare quantity, a bare word, or a map with one key.
    enum Form {
        case quantity(Dimension, example: String, range: ValueRange, (Double) -> Value)
        case word(String, Value)
        case key(String, (KeyReader) -> Value?)
    }

    let form: Form
    let meaning: String

    /// A bare quantity, such as `diffusivity: 6e-11 cm^2/s`.
    static func quantity(
        _ dimension: Dimension, example: String, range: ValueRange, _ meaning: String, _ make: @escaping (Double) -> Value
    ) -> Alternative {
        Alternative(form: .quantity(dimension, example: example, range: range, make), meaning: meaning)
    }

    /// A bare word, such as `frames: final`.
    static func word(_ word: String, _ meaning: String, _ value: Value) -> Alternative {
        Alternative(form: .word(word, value), meaning: meaning)
    }

    /// A map with one key, which `read` asks the reader for.
    static func key(_ name: String, _ read: @escaping (KeyReader) -> Value?) -> Alternative {
        Alternative(form: .key(name, read), meaning: "")
    }

    /// The same way to give another value, made from this one.
    func map<Other>(_ transform: @escaping (Value) -> Other) -> Alternative<Other> {
        let form: Alternative<Other>.Form =
            switch form {
            case .quantity(let dimension, let example, let range, let make):
                .quantity(dimension, example: example, range: range) { transform(make($0)) }
            case .word(let word, let value): .word(word, transform(value))
            case .key(let name, let read): .key(name) { read($0).map(transform) }
            }
        return Alternative<Other>(form: form, meaning: meaning)
    }

    /// The form in words.
    var words: String {
        switch form {
        case .quantity(let dimension, let example, _, _): "a \(dimension.name) such as `\(example)`"
        case .word(let word, _): "`\(word)`"
        case .key(let name, _): "a map with `\(name)`"
        }
    }
}

extension KeyReader {
    /// A value that can be given in several ways, of which the case uses one.
    func variant<Value>(
        _ name: String, default defaultValue: (text: ResolvedNode, value: Value)? = nil, _ meaning: String,
        _ alternatives: [Alternative<Value>]
    ) -> Value? {
        let bare = alternatives.filter { if case .key = $0.form { false } else { true } }
        let keys = alternatives.compactMap { if case .key(let key, _) = $0.form { key } else { nil } }
        var example = ""
        if case .quantity(_, let text, _, _)? = alternatives.first?.form { example = text }
        declare(
            name, kind: (bare.map(\.kind) + (keys.isEmpty ? [] : ["map with one of \(keys.joined(separator: ", "))"]))
                .joined(separator: " | "),
            example: example, default: defaultValue?.text.yaml().trimmed, isRequired: defaultValue == nil,
            range: bare.compactMap(\.range).joined(), meaning)

        if isDescribing {
            let reader = child(name, entries: nil, location: location)
            for alternative in alternatives {
                if case .key(_, let read) = alternative.form { _ = read(reader) }
            }
            return defaultValue?.value
        }
        let forms = alternatives.map(\.words).joined(separator: ", or ")
        guard let entry = take(name, isRequired: defaultValue == nil, example: example, kind: forms) else {
            if let defaultValue { note(name, defaultValue.text) }
            return defaultValue?.value
        }
        switch entry.value.content {
        case .scalar(let text, _):
            return bareValue(entry.value, text: text, name: name, forms: forms, alternatives: bare)
        case .list:
            context.report(entry.value.location, "`\(name)`: expected \(forms), found \(entry.value.kind)")
            return nil
        case .map(let entries):
            let reader = child(name, entries: entries, location: entry.keyLocation)
            let given = alternatives.filter { alternative in
                if case .key(let key, _) = alternative.form { entries.contains { $0.key == key } } else { false }
            }
            guard given.count == 1, case .key(_, let read)? = given.first?.form else {
                reader.expectOne(of: keys, in: name, at: entry.value.location, forms: forms)
                return nil
            }
            let value = read(reader)
            reader.finish()
            note(name, .map(reader.resolved))
            return value
        }
    }

    private func bareValue<Value>(
        _ node: CaseNode, text: String, name: String, forms: String, alternatives: [Alternative<Value>]
    ) -> Value? {
        for alternative in alternatives {
            if case .word(text, let value) = alternative.form {
                note(name, .plain(text))
                return value
            }
        }
        for alternative in alternatives {
            if case .quantity(let dimension, let example, let range, let make) = alternative.form, !text.isEmpty {
                guard let value = read(node, name: name, dimension: dimension, example: example, range: range) else {
                    return nil
                }
                note(name, .plain(value.text))
                return make(value.number)
            }
        }
        let words = alternatives.compactMap { if case .word(let word, _) = $0.form { word } else { nil } }
        let hint = closestMatch(to: text, among: words).map { ", did you mean `\($0)`?" } ?? ""
        context.report(node.location, "`\(name)`: expected \(forms), found \(node.kind)\(hint)")
        return nil
    }

    /// Notes a map that holds none or more than one of the keys of which it should hold one.
    private func expectOne(of keys: [String], in name: String, at place: SourceLocation, forms: String) {
        let present = presentKeys
        for key in keys { markAsked(key) }
        if present.contains(where: keys.contains) {
            context.report(place, "`\(name)`: give one of \(listed(keys)), not several")
        } else if present.isEmpty {
            context.report(place, "`\(name)`: expected \(forms), found an empty map")
        }
        finish()
    }
}

extension Alternative {
    fileprivate var kind: String {
        switch form {
        case .quantity(let dimension, _, _, _): dimension.name
        case .word(let word, _): "`\(word)`"
        case .key: ""
        }
    }

    fileprivate var range: String? {
        if case .quantity(_, _, let range, _) = form { range.description } else { nil }
    }
}
