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
        let entry = take(name, isRequired: isRequired, example: example, kind: "a quantity (\(dimension.name))")
        guard let entry else {
            guard let defaultText else { return nil }
            note(name, .plain(defaultText))
            return try? Quantity(parsing: defaultText).siValue(as: dimension)
        }
        guard let value = read(entry.value, name: name, dimension: dimension, example: example, range: range) else {
            return nil
        }
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
        guard let entry = take(name, isRequired: isRequired, example: example, kind: "a list (\(dimension.name))") else {
            return []
        }
        guard case .list(let items) = entry.value.content else {
            context.report(entry.value.location, "`\(name)`: expected a list such as `\(example)`, found \(entry.value.kind)")
            return []
        }
        let itemExample = String(example.drop { $0 == "[" }.prefix { $0 != "," && $0 != "]" })
        let values = items.compactMap {
            read($0, name: name, dimension: dimension, example: itemExample, range: range)
        }
        note(name, .list(values.map { .plain($0.text) }))
        return values.count == items.count ? values.map(\.number) : []
    }

    /// A whole number; without a default the key must be given.
    func integer(
        _ name: String, in range: ClosedRange<Int>, default defaultValue: Int? = nil, example: Int? = nil, _ meaning: String
    ) -> Int {
        let example = "\(defaultValue ?? example ?? range.lowerBound)"
        declare(
            name, kind: "integer", example: example, default: defaultValue.map { "\($0)" },
            isRequired: defaultValue == nil, range: "\(range.lowerBound) to \(range.upperBound)", meaning)
        guard let entry = take(name, isRequired: defaultValue == nil, example: example, kind: "an integer") else {
            if let defaultValue { note(name, .plain("\(defaultValue)")) }
            return defaultValue ?? range.lowerBound
        }
        guard case .scalar(let text, _) = entry.value.content, let value = Int(text) else {
            context.report(
                entry.value.location, "`\(name)`: expected a whole number such as `\(example)`, found \(entry.value.kind)")
            return range.lowerBound
        }
        guard range.contains(value) else {
            context.report(
                entry.value.location,
                "`\(name)`: \(value) is out of range, expected \(range.lowerBound) to \(range.upperBound)")
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

    /// Free text; nil when left out.
    func text(_ name: String, example: String, _ meaning: String) -> String? {
        declare(name, kind: "text", example: example, meaning)
        guard let entry = take(name, isRequired: false, example: example, kind: "text") else { return nil }
        guard case .scalar(let text, _) = entry.value.content, !text.isEmpty else {
            context.report(entry.value.location, "`\(name)`: expected text, found \(entry.value.kind)")
            return nil
        }
        note(name, .text(text))
        return text
    }

    // MARK: - Scalars

    func read(
        _ node: CaseNode, name: String, dimension: Dimension, example: String, range: ValueRange
    ) -> (number: Double, text: String)? {
        guard case .scalar(let text, let isQuoted) = node.content, !text.isEmpty else {
            context.report(
                node.location, "`\(name)`: expected a quantity (\(dimension.name)) such as `\(example)`, found \(node.kind)")
            return nil
        }
        do {
            let number = try Quantity(parsing: text).siValue(as: dimension)
            guard range.contains(number, dimension: dimension) else {
                context.report(node.location, "`\(name)`: \(text) is out of range, expected \(range.description)")
                return nil
            }
            return (number, text)
        } catch {
            context.report(node.location.moved(by: error.offset + (isQuoted ? 1 : 0)), "`\(name)`: \(error.message)")
            return nil
        }
    }

    func readWord(_ node: CaseNode, name: String, among words: [String]) -> String? {
        guard case .scalar(let text, _) = node.content, !text.isEmpty else {
            context.report(node.location, "`\(name)`: expected \(listed(words)), found \(node.kind)")
            return nil
        }
        if words.contains(text) { return text }
        let hint = closestMatch(to: text, among: words).map { ", did you mean `\($0)`?" } ?? ""
        context.report(node.location, "`\(name)`: there is no `\(text)`; expected \(listed(words))\(hint)")
        return nil
    }
}

/// `a`, `b` or `c`
func listed(_ words: [String]) -> String {
    let quoted = words.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
}
