import Quantities

/// One item of `axes`.
struct AxisKeys {
    let key: String?
    /// Where the key stands.
    let keyLocation: SourceLocation
    let name: String?
    let nameLocation: SourceLocation
    /// The values; nil after a mistake.
    let values: AxisValues?

    /// What reads the tables that the axes of a study name, each once.
    typealias Tables = (_ name: String, _ place: SourceLocation) throws(CaseErrors) -> CSVTable

    /// - Parameter samples: whether the design takes samples of an axis; nil after a mistake.
    init(_ keys: KeyReader, samples: Bool?, tables: Tables) {
        key = keys.keyPath()
        keyLocation = keys.entry("key")?.value.location ?? keys.location
        name = keys.axisName()
        nameLocation = keys.entry("name")?.value.location ?? keys.location
        let ways = ["values", "linear", "logarithmic", "csv"]
        let given = (keys.entries ?? []).filter { ways.contains($0.key) }
        if given.count > 1, let last = given.last {
            for way in ways { keys.markAsked(way) }
            let names = given.map { "`\($0.key)`" }.joined(separator: " and ")
            keys.context.report(last.keyLocation, "\(names) exclude each other; keep one")
            values = nil
            return
        }
        if given.isEmpty && !keys.isDescribing && !keys.presentKeys.contains(where: { !["key", "name"].contains($0) }) {
            keys.context.report(keys.location, "the axis has no values; give \(listed(ways))")
        }
        let list = keys.axisList()
        let linear = keys.axisSpan(isLogarithmic: false, samples: samples)
        let logarithmic = keys.axisSpan(isLogarithmic: true, samples: samples)
        let column = keys.axisColumn(tables)
        values = list ?? linear ?? logarithmic ?? column
    }
}

extension KeyReader {
    /// The key of the case that an axis varies.
    fileprivate func keyPath() -> String? {
        guard
            let path = text(
                "key", example: "protocol.0.current_density", isRequired: true,
                "The key of the case that varies: a path as in `--set`, list items numbered from 0.")
        else { return nil }
        let parts = StudyOverrides.parts(of: path)
        if parts.contains("") || path.contains("=") {
            problem("key", "\(quoted(path)) is not the path of a key, expected one such as `layer.thickness`")
            return nil
        }
        return parts.joined(separator: ".")
    }

    fileprivate func axisName() -> String? {
        let name = text(
            "name", example: "thickness",
            "What the axis is called in the table; the last word of `key` when absent, made unique.")
        guard let name else { return nil }
        if !name.isWord {
            problem("name", "\(quoted(name)) is not a name of letters a to z, digits and `_` that begins with a letter")
            return nil
        }
        return name
    }

    /// The `values` of an axis one by one.
    fileprivate func axisList() -> AxisValues? {
        let kind = "a list such as `[1 um, 2 um, 5 um]`"
        declare(
            "values", kind: "list of quantities or words", example: "[1 um, 2 um, 5 um]",
            "The values one by one, one way to give them; in `latin_hypercube` and `sobol` each is as likely as the others."
        )
        guard let entry = take("values", isRequired: false, example: "", kind: kind) else { return nil }
        guard case .list(let items) = entry.value.content, !items.isEmpty else {
            context.report(entry.value.location, "`values`: expected \(kind), found \(entry.value.kind)")
            return nil
        }
        var cells: [CSVCell] = []
        for item in items {
            guard case .scalar(let text, _) = item.content, !text.trimmed.isEmpty,
                case .file(_, let line, let column) = item.location
            else {
                context.report(
                    item.location, "`values`: expected a quantity such as `5 um` or a word, found \(item.kind)")
                continue
            }
            cells.append(CSVCell(text: text.trimmed, line: Int32(clamping: line), column: Int32(clamping: column)))
        }
        guard cells.count == items.count else { return nil }
        return axisValues(cells, in: location.file ?? "")
    }

    func axisValues(_ cells: [CSVCell], in path: String) -> AxisValues? {
        do throws(CaseErrors) {
            return .list(try AxisList(cells, in: path))
        } catch {
            for problem in error.problems { context.report(problem.location, problem.message) }
            return nil
        }
    }

    /// The values of an axis from end to end.
    fileprivate func axisSpan(isLogarithmic: Bool, samples: Bool?) -> AxisValues? {
        let name = isLogarithmic ? "logarithmic" : "linear"
        let meaning =
            isLogarithmic
            ? "Values from end to end, evenly spaced in the logarithm, one way to give them."
            : "Values from end to end, evenly spaced, one way to give them."
        return optionalSection(name, meaning) { keys in
            let from = keys.spanEnd("from", example: "1 um", "The first value.")
            let to = keys.spanEnd(
                "to", example: "10 um", "The last value, in the unit of `from` or another one of its kind.")
            let points = keys.when(samples.map { !$0 }, "`design` is `grid` or `zip`") {
                $0.integer(
                    "points", in: 2...StudyLayout.mostPoints, example: 10, "Number of values, both ends included.")
            }
            guard let from, let to else { return nil }
            if isLogarithmic {
                for (name, end) in [("from", from), ("to", to)] {
                    if end.quantity.unit.isCelsius {
                        keys.problem(name, "a logarithmic axis needs a scale from zero on; give the temperature in K")
                        return nil
                    }
                    if !(end.quantity.siValue > 0) {
                        keys.problem(name, "\(quoted(end.text)) is not positive, which a logarithmic axis needs")
                        return nil
                    }
                }
            }
            let kinds = (from: from.quantity.unit.dimension, to: to.quantity.unit.dimension)
            guard kinds.from == kinds.to,
                let span = try? AxisSpan(
                    from: from.quantity, to: to.quantity, text: (from.text, to.text), isLogarithmic: isLogarithmic,
                    location: keys.location)
            else {
                keys.problem(
                    "to",
                    "\(quoted(to.text)) (\(kinds.to.name)) is not of the kind of `from`, \(quoted(from.text)) "
                        + "(\(kinds.from.name)); give both ends in units of one kind")
                return nil
            }
            if from.quantity.siValue == to.quantity.siValue {
                keys.problem(
                    "to", "both ends are \(quoted(from.text)); give different ones, or `values: [\(from.text)]`")
                return nil
            }
            return .span(span, points: points)
        }
    }

    /// An end of a span: any quantity.
    private func spanEnd(_ name: String, example: String, _ meaning: String) -> (quantity: Quantity, text: String)? {
        declare(name, kind: "quantity", example: example, isRequired: true, meaning)
        guard let entry = take(name, isRequired: true, example: example, kind: "a quantity") else { return nil }
        guard case .scalar(let raw, _) = entry.value.content, raw.hasDigit else {
            context.report(
                entry.value.location,
                "`\(name)`: expected a quantity such as `\(example)`, found \(entry.value.kind)")
            return nil
        }
        do {
            return (try Quantity(parsing: raw.trimmed), raw.trimmed)
        } catch {
            let blanks = raw.prefix(while: \.isWhitespace).count
            context.report(entry.value.place(ofCharacter: blanks + error.offset), "`\(name)`: \(error.message)")
            return nil
        }
    }
}

extension String {
    /// Whether this is a word of ASCII letters, digits and `_` that begins with a letter.
    var isWord: Bool {
        guard let first = utf8.first, Character(Unicode.Scalar(first)).isLetter, first < 0x80 else { return false }
        return utf8.allSatisfy { byte in
            byte < 0x80
                && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
                    || byte == UInt8(ascii: "_"))
        }
    }
}
