import Materials
import Quantities

/// A number of a material with all that is known of it.
public struct MaterialParameter: Sendable, Hashable {
    /// Its key within the material, such as `flow.power_law.exponent`.
    public var path: String
    /// The value as the file writes it, such as `37 kJ/mol`.
    public var text: String
    /// The value in SI units; NaN for a list.
    public var siValue: Double
    /// What it means.
    public var meaning: String
    /// The values that other sources report, as the file writes them; nil when none are noted.
    public var spread: String?
    /// Where it holds, such as `298.15 K to 440 K`; empty where the source states no range.
    public var range: String
    /// Where it comes from.
    public var source: String
    /// How sure it is; nil for a value that the case gives.
    public var confidence: Confidence?
    /// A remark; nil when there is none.
    public var note: String?
}

/// A law of a material with all that is known of it.
public struct MaterialLaw: Sendable, Hashable {
    /// Its key within the material, such as `flow.power_law`.
    public var path: String
    /// What it says.
    public var meaning: String
    /// Where it holds; empty where the source states no range.
    public var range: String
    /// Where it comes from.
    public var source: String
    /// How sure it is.
    public var confidence: Confidence?
    /// A remark; nil when there is none.
    public var note: String?
    /// Whether it holds; false where the file uses another law for the same.
    public var isInUse = true
}

/// Where the numbers of a law come from and where they hold.
struct LawStatement: Sendable {
    let source: String
    let confidence: Confidence?
    let note: String?
    /// The ranges in words.
    let range: String
    let validity: Validity
    /// The file that states it.
    let file: String?
}

extension KeyReader {
    /// A law of a material: a section with its source, its confidence and its ranges around its parameters.
    func law<Law: Sendable>(
        _ name: String, _ meaning: String, ranges: [StatedRange] = [.temperature], _ read: (KeyReader) -> Law?
    ) -> Stated<Law>? {
        optionalSection(name, meaning) { keys in
            let statement = keys.lawStatement(ranges)
            keys.statement = statement
            context.laws.append(
                MaterialLaw(
                    path: keys.path, meaning: meaning, range: statement.range, source: statement.source,
                    confidence: statement.confidence, note: statement.note))
            return read(keys).map { Stated($0, validity: statement.validity) }
        }
    }

    /// A number of a material: a quantity, or a map with the quantity as `value` and what is known of it.
    ///
    /// A number without a source of its own has that of the law around it; one that a case gives has the case as its source.
    func parameter(
        _ name: String, _ dimension: Dimension, example: String, default defaultText: String? = nil,
        range: ValueRange = .any, _ meaning: String
    ) -> Double {
        guard !isDescribing, let entry = entry(name), case .map(let entries) = entry.value.content else {
            let value = quantity(
                name, dimension, example: example, default: defaultText, range: range, meaning)
            let given = entry(name)?.value
            if case .scalar(let text, _)? = given?.content {
                keep(name, text: text.trimmed, value: value, meaning, at: given?.location)
            } else if let defaultText, !isDescribing {
                keep(name, text: defaultText, value: value, meaning, at: nil)
            }
            return value
        }
        _ = take(name, isRequired: true, example: example, kind: "a quantity (\(dimension.name))")
        let keys = child(name, entries: entries, location: entry.keyLocation)
        let value = keys.quantity("value", dimension, example: example, range: range, meaning)
        let spread = keys.range(
            "spread", dimension, example: "[\(example), \(example)]", "Least and largest value that sources report.")
        let source = keys.text("source", example: "J. Mater. Sci. 54 (2019) 2585", "Where the value comes from.")
        let confidence = keys.presentKeys.contains("confidence") ? keys.confidence() : nil
        let note = keys.text("note", example: "polycrystal, 26 degC", "A remark.")
        keys.finish()
        self.note(name, .map(keys.resolved))
        keep(
            name, text: keys.scalarText("value"), value: value, meaning, at: keys.entry("value")?.value.location,
            spread: spread == nil ? nil : keys.listText("spread"), source: source, confidence: confidence, note: note)
        return value
    }

    /// A number of a material that may be left out.
    func optionalParameter(
        _ name: String, _ dimension: Dimension, example: String, range: ValueRange = .any, _ meaning: String
    ) -> Double? {
        if isDescribing || !presentKeys.contains(name) {
            return optionalQuantity(name, dimension, example: example, range: range, meaning)
        }
        return parameter(name, dimension, example: example, range: range, meaning)
    }

    /// Keeps a list of numbers that was read as it stands.
    func keepList(_ name: String, _ meaning: String) {
        guard let node = entry(name)?.value, case .list(let items) = node.content else { return }
        let texts = items.map { if case .scalar(let text, _) = $0.content { text.trimmed } else { "" } }
        keep(name, text: "[" + texts.joined(separator: ", ") + "]", value: .nan, meaning, at: node.location)
    }

    private func keep(
        _ name: String, text: String, value: Double, _ meaning: String, at location: SourceLocation?,
        spread: String? = nil, source: String? = nil, confidence: Confidence? = nil, note: String? = nil
    ) {
        // A value that a case puts over the file's has the case as its source, unless the law has its source there as well.
        let isOverride =
            source == nil && location.map { $0.file != statement?.file && $0.file != context.material?.file } ?? false
        context.parameters.append(
            MaterialParameter(
                path: path.isEmpty ? name : "\(path).\(name)", text: text, siValue: value, meaning: meaning,
                spread: spread, range: statement?.range ?? "",
                source: source
                    ?? (isOverride ? "given in \(location.map { "\($0)" } ?? "the case")" : statement?.source)
                        ?? "",
                confidence: confidence ?? (isOverride ? nil : statement?.confidence),
                note: note ?? (isOverride ? nil : statement?.note)))
    }

    private func lawStatement(_ ranges: [StatedRange]) -> LawStatement {
        if context.describesMaterialOfCase {
            return LawStatement(source: "", confidence: nil, note: nil, range: "", validity: Validity(), file: nil)
        }
        let source = text(
            "source", example: "J. Mater. Sci. 54 (2019) 2585", isRequired: true, "Where the values come from.")
        let confidence = confidence()
        let note = text("note", example: "polycrystal, 26 degC", "A remark.")
        var validity = Validity()
        var words: [String] = []
        for range in ranges {
            guard let ends = self.range(range.key, range.dimension, example: range.example, range.meaning) else {
                continue
            }
            validity[keyPath: range.path] = ends
            refuseOverride(
                of: range.key,
                "allow the case to leave it with `\(context.material?.key ?? "material").allow_extrapolation`")
            words.append(range.symbol + " " + listText(range.key))
        }
        refuseOverride(of: "confidence", "leave it")
        return LawStatement(
            source: source ?? "", confidence: confidence, note: note, range: words.joined(separator: ", "),
            validity: validity, file: entry("source")?.value.location.file)
    }

    /// Refuses another range or confidence for a law whose source stays that of its file.
    private func refuseOverride(of key: String, _ advice: String) {
        guard let scope = context.material, !scope.readsAll, entry("source")?.value.location.file == scope.file,
            let own = entry(key), own.keyLocation.file != scope.file
        else { return }
        context.report(
            own.keyLocation,
            "`\(key)` is what the source of `\(path)` states; \(advice), or give the law a `source` of your own")
    }

    private func confidence() -> Confidence? {
        word(
            "confidence", Confidence.self,
            "How sure the value is: "
                + Confidence.allCases.map { "`\($0.rawValue)`: \($0.meaning)" }.joined(separator: "; ") + ".")
    }

    private func scalarText(_ name: String) -> String {
        if case .scalar(let text, _)? = entry(name)?.value.content { text.trimmed } else { "" }
    }

    /// A list of two as `a to b`.
    private func listText(_ name: String) -> String {
        guard case .list(let items)? = entry(name)?.value.content else { return "" }
        return items.map { if case .scalar(let text, _) = $0.content { text.trimmed } else { "" } }
            .joined(separator: " to ")
    }
}

/// A range that a law can state.
struct StatedRange {
    let key: String
    /// The symbol of what is bounded, for short descriptions.
    let symbol: String
    let dimension: Dimension
    let example: String
    let meaning: String
    let path: WritableKeyPath<Validity, ClosedRange<Double>?> & Sendable

    static let temperature = StatedRange(
        key: "temperature_range", symbol: "T", dimension: .temperature, example: "[0 degC, 100 degC]",
        meaning: "Temperatures for which the law is stated.", path: \.temperature)
    static let moleFraction = StatedRange(
        key: "mole_fraction_range", symbol: "x", dimension: .dimensionless, example: "[0.85, 0.95]",
        meaning: "Mole fractions of lithium for which the law is stated.", path: \.moleFraction)
    static let stress = StatedRange(
        key: "stress_range", symbol: "stress", dimension: .pressure, example: "[0.28 MPa, 2.8 MPa]",
        meaning: "Von Mises stresses for which the law is stated.", path: \.stress)
    static let pressure = StatedRange(
        key: "pressure_range", symbol: "P", dimension: .pressure, example: "[2.2 MPa, 3.5 MPa]",
        meaning: "Pressures for which the law is stated.", path: \.pressure)
}
