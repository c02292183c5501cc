import Quantities

extension KeyReader {
    /// A quantity in SI units; the default is written as in a case file. Without a default the key must be given.
    func quantity(
        _ name: String, _ dimension: Dimension, example: String, default defaultText: String? = nil,
        range: ValueRange = .any, _ meaning: String
    ) -> Double {
        optionalQuantity(
            name, dimension, example: defaultText ?? example, default: defaultText, isRequired: defaultText == nil,
            range: range, meaning) ?? .nan
    }

    /// A quantity in SI units that may be left out.
    func optionalQuantity(
        _ name: String, _ dimension: Dimension, example: String, range: ValueRange = .any, _ meaning: String
    ) -> Double? {
        optionalQuantity(
            name, dimension, example: example, default: nil, isRequired: false, range: range, meaning)
    }

    private func optionalQuantity(
        _ name: String, _ dimension: Dimension, example: String, default defaultText: String?, isRequired: Bool,
        range: ValueRange, _ meaning: String
    ) -> Double? {
        declare(
            name, kind: dimension.name, example: example, default: defaultText, isRequired: isRequired,
            range: range.description, meaning)
        func kind() -> String { "a quantity (\(dimension.name))" }
        let entry = take(name, isRequired: isRequired, example: example, kind: kind())
        guard let entry else {
            guard let defaultText, !isStandIn else { return nil }
            note(name, .plain(defaultText))
            return try? StatedValues.siValue(defaultText, as: dimension)
        }
        guard
            let value = read(
                entry.value, name: name, dimension, range: range, expected: "\(kind()) such as `\(example)`")
        else { return nil }
        note(name, .plain(value.text))
        return value.number
    }

    /// A list of quantities in SI units.
    func quantities(
        _ name: String, _ dimension: Dimension, example: String, range: ValueRange = .any, isRequired: Bool = true,
        _ meaning: String
    ) -> [Double] {
        declare(
            name, kind: "list of \(dimension.name)", example: example, isRequired: isRequired, range: range.description,
            meaning)
        guard let entry = take(name, isRequired: isRequired, example: example, kind: "a list (\(dimension.name))")
        else {
            return []
        }
        guard case .list(let items) = entry.value.content, !items.isEmpty else {
            context.report(
                entry.value.location, "`\(name)`: expected a list such as `\(example)`, found \(entry.value.kind)")
            return []
        }
        func itemExample() -> String { String(example.drop { $0 == "[" }.prefix { $0 != "," && $0 != "]" }) }
        let values = items.compactMap {
            read(
                $0, name: name, dimension, range: range,
                expected: "a quantity (\(dimension.name)) such as `\(itemExample())`")
        }
        note(name, .list(values.map { .plain($0.text) }))
        return values.count == items.count ? values.map(\.number) : []
    }

    /// A whole number; without a default the key must be given.
    func integer(
        _ name: String, in range: ClosedRange<Int>, default defaultValue: Int? = nil, example: Int? = nil,
        _ meaning: String
    ) -> Int {
        func shownExample() -> String { "\(defaultValue ?? example ?? range.lowerBound)" }
        declare(
            name, kind: "integer", example: shownExample(), default: defaultValue.map { "\($0)" },
            isRequired: defaultValue == nil, range: words(range), meaning)
        guard let entry = take(name, isRequired: defaultValue == nil, example: shownExample(), kind: "an integer")
        else {
            if let defaultValue { note(name, .plain("\(defaultValue)")) }
            return defaultValue ?? range.lowerBound
        }
        guard case .scalar(let text, _) = entry.value.content, let value = Int(text) else {
            context.report(
                entry.value.location,
                "`\(name)`: expected a whole number such as `\(shownExample())`, found \(entry.value.kind)")
            return range.lowerBound
        }
        guard range.contains(value) else {
            context.report(
                entry.value.location, "`\(name)`: \(value) is out of range, expected \(words(range))")
            return range.lowerBound
        }
        note(name, .plain("\(value)"))
        return value
    }

    /// One of a set of words; without a default the key must be given.
    func word<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Choice.Type, default defaultValue: Choice? = nil, _ meaning: String
    ) -> Choice? where Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue)
        declare(
            name, kind: words.joined(separator: " | "), example: defaultValue?.rawValue ?? words[0],
            default: defaultValue?.rawValue, isRequired: defaultValue == nil, meaning)
        guard let entry = take(name, isRequired: defaultValue == nil, example: words[0], kind: listed(words)) else {
            if let defaultValue { note(name, .plain(defaultValue.rawValue)) }
            return defaultValue
        }
        guard let value = readWord(entry.value, name: name, among: words), let choice = Choice(rawValue: value) else {
            return nil
        }
        note(name, .plain(value))
        return choice
    }

    /// Two quantities between which something holds; nil when left out.
    func range(_ name: String, _ dimension: Dimension, example: String, _ meaning: String) -> ClosedRange<Double>? {
        let ends = quantities(name, dimension, example: example, isRequired: false, meaning)
        guard !ends.isEmpty else { return nil }
        guard ends.count == 2, ends[0] <= ends[1] else {
            problem(name, "expected two values, the lower first, such as `\(example)`")
            return nil
        }
        return ends[0]...ends[1]
    }

    /// Words out of a set, none when left out.
    func words(_ name: String, among words: [String], _ meaning: String) -> [String] {
        declare(name, kind: "list of \(words.joined(separator: " | "))", example: "[\(words[0])]", meaning)
        guard let entry = take(name, isRequired: false, example: words[0], kind: "a list of words") else { return [] }
        guard case .list(let items) = entry.value.content else {
            context.report(
                entry.value.location, "`\(name)`: expected a list such as `[\(words[0])]`, found \(entry.value.kind)")
            return []
        }
        let chosen = items.compactMap { readWord($0, name: name, among: words) }
        note(name, .list(chosen.map { .plain($0) }))
        return chosen
    }

    /// Free text of one line; nil when left out and there is no default.
    func text(
        _ name: String, example: String, default defaultText: String? = nil, isRequired: Bool = false, _ meaning: String
    ) -> String? {
        declare(name, kind: "text", example: example, default: defaultText, isRequired: isRequired, meaning)
        guard let entry = take(name, isRequired: isRequired, example: example, kind: "text") else {
            if let defaultText { note(name, .text(defaultText)) }
            return defaultText
        }
        guard case .scalar(let raw, _) = entry.value.content, !raw.trimmed.isEmpty else {
            context.report(entry.value.location, "`\(name)`: expected text, found \(entry.value.kind)")
            return nil
        }
        let text = raw.trimmed
        if text.hasControls {
            context.report(
                entry.value.location, "`\(name)`: expected one line of text, found a line break or a control character")
            return nil
        }
        note(name, .text(text))
        return text
    }

    /// A unit of a dimension, in SI units.
    func unit(_ name: String, _ dimension: Dimension, example: String, _ meaning: String) -> Double? {
        declare(name, kind: "unit of \(dimension.name)", example: example, isRequired: true, meaning)
        guard let entry = take(name, isRequired: true, example: example, kind: "a unit") else { return nil }
        guard case .scalar(let raw, _) = entry.value.content, !raw.trimmed.isEmpty else {
            context.report(entry.value.location, "`\(name)`: expected a unit, found \(entry.value.kind)")
            return nil
        }
        do {
            let value = try Quantity(parsing: "1 \(raw.trimmed)").siValue(as: dimension)
            note(name, .plain(raw.trimmed))
            return value
        } catch {
            context.report(entry.value.location, "`\(name)`: \(error.message)")
            return nil
        }
    }

    // MARK: - Scalars

    func read(
        _ node: CaseNode, name: String, _ dimension: Dimension, range: ValueRange, expected: @autoclosure () -> String
    ) -> (number: Double, text: String)? {
        guard case .scalar(let raw, _) = node.content, raw.hasDigit else {
            context.report(node.location, "`\(name)`: expected \(expected()), found \(node.kind)")
            return nil
        }
        let text = raw.trimmed
        do {
            let number = try StatedValues.siValue(text, as: dimension)
            guard range.contains(number, dimension: dimension) else {
                context.report(node.location, "`\(name)`: \(text) is out of range, expected \(range.description)")
                return nil
            }
            return (number, text)
        } catch {
            let blanks = raw.prefix(while: \.isWhitespace).count
            context.report(node.place(ofCharacter: blanks + error.offset), "`\(name)`: \(error.message)")
            return nil
        }
    }

    func readWord(_ node: CaseNode, name: String, among words: [String]) -> String? {
        guard case .scalar(let text, _) = node.content, !text.isEmpty else {
            context.report(node.location, "`\(name)`: expected \(listed(words)), found \(node.kind)")
            return nil
        }
        if words.contains(text) { return text }
        let advice = closestMatch(to: text, among: words).map { "did you mean `\($0)`?" } ?? "expected \(listed(words))"
        context.report(node.location, "`\(name)`: there is no \(quoted(text)), \(advice)")
        return nil
    }

    private func words(_ range: ClosedRange<Int>) -> String {
        range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }
}

/// Words quoted and joined: `a`, `b` or `c`.
func listed(_ words: [String]) -> String { joined(words.map { "`\($0)`" }) }

/// Phrases joined: a, b or c.
func joined(_ phrases: [String]) -> String {
    guard let last = phrases.last, phrases.count > 1 else { return phrases.first ?? "" }
    return phrases.dropLast().joined(separator: ", ") + " or " + last
}

/// A part of the case in backticks, cut when it is too long to be read inside a sentence.
func quoted(_ text: String) -> String {
    let limit = 40
    return text.count > limit ? "`\(text.prefix(limit))...`" : "`\(text)`"
}
