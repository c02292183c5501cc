import Quantities

// What a study says, held against its base case.
extension SchemaContext {
    /// The results to keep.
    func kept(
        _ names: [(name: String, location: SourceLocation)]?, of model: any CaseModel.Type
    ) -> [QuantityDescription] {
        guard let names else { return model.results }
        var kept: [QuantityDescription] = []
        for (name, location) in names {
            guard let result = model.results.first(where: { $0.name == name }) else {
                let known = model.results.map(\.name)
                let advice = closestMatch(to: name, among: known).map { "did you mean `\($0)`?" }
                report(
                    location,
                    "`keep`: \(model.name) has no result \(quoted(name)), \(advice ?? "expected \(listed(known))")")
                continue
            }
            if kept.contains(result) {
                report(location, "`keep`: `\(name)` stands twice; keep one")
            } else {
                kept.append(result)
            }
        }
        return kept
    }

    /// The axes with their names.
    func axes(
        _ keys: [AxisKeys], overrides: StudyOverrides, model: any CaseModel.Type, kept: [QuantityDescription]
    ) -> [StudyAxis] {
        let reserved =
            ["point", "status", "steps", "cpu_time", "end", "reason"] + kept.flatMap { [$0.name, "\($0.name)_error"] }
        var names = Set(reserved)
        for axis in keys {
            guard let name = axis.name, !names.insert(name).inserted else { continue }
            let other = reserved.contains(name) ? "the table has a column of that name" : "another axis has that name"
            report(axis.nameLocation, "`name`: \(other); take another than `\(name)`")
        }
        var axes: [StudyAxis] = []
        for axis in keys {
            guard let key = axis.key, let values = axis.values else { continue }
            let path = StudyOverrides.parts(of: key)
            if axes.contains(where: { $0.key == key }) {
                report(axis.keyLocation, "`key`: there are two axes for `\(key)`; keep one")
            } else if let setting = overrides.settings.first(where: { $0.path == path }) {
                report(setting.place, "`\(key)` is varied by an axis as well; keep one")
            } else if path == ["model"] {
                report(
                    axis.keyLocation,
                    "`key`: the model cannot vary, as each has results of its own; write a study for each")
            }
            let name = axis.name ?? Self.name(for: path, besides: names)
            names.insert(name)
            let located = values.mapWords { overrides.located($0, of: path[path.count - 1]) }
            axes.append(
                StudyAxis(
                    name: name, key: key,
                    description: QuantityDescription(
                        name, units: values.dimension?.siUnit ?? "1", model.meaning(of: path)),
                    isNumeric: values.dimension != nil, values: located, path: path, location: axis.keyLocation))
        }
        return axes
    }

    /// The last word of a path; with the one before it, or a number, where that is taken.
    private static func name(for path: [String], besides taken: Set<String>) -> String {
        let words = path.filter { Int($0) == nil }.map(\.asWord)
        let last = words.last ?? "value"
        let longer = words.suffix(2).joined(separator: "_")
        let numbered = (2...).lazy.map { "\(last)_\($0)" }
        return ([last, longer].first { !taken.contains($0) } ?? numbered.first { !taken.contains($0) }) ?? last
    }

    /// Notes the first value of a list that stands there before: a place of the grid must have one coordinate.
    private func refuseRepeatedValue(of axis: AxisKeys) {
        guard case .list(let list)? = axis.values else { return }
        var known: Set<StudyCoordinate> = []
        for index in list.texts.indices {
            let value = AxisValues.list(list).coordinate(at: .index(index))
            if known.insert(value).inserted { continue }
            report(
                list.location(at: .index(index)),
                "`\(axis.key ?? "")`: the value \(quoted(list.texts[index])) stands on this axis before; in `design: grid` give each once"
            )
            return
        }
    }

    /// How many values each axis has; their product, or whether they are equally long, is checked.
    func lengths(_ keys: StudyKeys, design: StudyDesign) -> [Int] {
        let lengths = keys.axes.map { $0.values?.count ?? 1 }
        switch design {
        case .grid:
            keys.axes.forEach(refuseRepeatedValue)
            var (count, overflows) = (1, false)
            for length in lengths {
                let product = count.multipliedReportingOverflow(by: length)
                (count, overflows) = (product.partialValue, overflows || product.overflow)
            }
            if overflows || count > StudyLayout.mostPoints {
                let factors = lengths.map { "\($0)" }.joined(separator: " x ")
                report(
                    keys.axes.first?.keyLocation ?? .file(path: "", line: 1, column: 1),
                    "the grid has \(factors) points, and a study can have \(StudyLayout.mostPoints) at most; give fewer values, "
                        + "or sample the axes with `design: sobol`")
            }
        case .zip:
            guard keys.axes.allSatisfy({ $0.values != nil }) else { return lengths }
            for (axis, length) in zip(keys.axes, lengths) where length != lengths[0] {
                report(
                    axis.keyLocation,
                    "`\(axis.key ?? "")` has \(length) \(length == 1 ? "value" : "values") where `\(keys.axes[0].key ?? "")` has "
                        + "\(lengths[0]); in `design: zip` all axes are equally long")
            }
        case .latinHypercube, .sobol: break
        }
        return lengths
    }
}

extension CaseModel {
    /// What the key of a path means, in the words of an axis of a plot; the path where nothing is known of it.
    fileprivate static func meaning(of path: [String]) -> String {
        let schemaPath = path.map { Int($0) == nil ? $0 : "[]" }.joined(separator: ".")
        let plain = path.joined(separator: ".")
        guard let meaning = CaseModels.keys(of: Self.self).first(where: { $0.path == schemaPath })?.meaning,
            let first = meaning.first, first.isLetter
        else { return plain }
        let ends = [". ", ": ", "; ", " ("].compactMap { meaning.firstRange(of: $0)?.lowerBound }
        var text = String(meaning[..<(ends.min() ?? meaning.endIndex)])
        if text.hasSuffix(".") { text.removeLast() }
        let isWord = text.dropFirst().first.map { $0.isLowercase } ?? false
        return isWord ? first.lowercased() + text.dropFirst() : text
    }
}

extension String {
    /// The text with `_` in place of what cannot stand in a name.
    fileprivate var asWord: String {
        let word = String(map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return word.isWord ? word : "axis_\(word)"
    }
}
