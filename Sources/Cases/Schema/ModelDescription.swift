import Quantities

/// A model explained from its declarations, for a terminal and for the reference page.
public struct ModelDescription: Sendable {
    private let type: any CaseModel.Type
    private let keys: [KeyDeclaration]

    /// The description of a model.
    public init(of type: any CaseModel.Type) {
        self.type = type
        keys = CaseModels.keys(of: type)
    }

    private var results: [(title: String, quantities: [QuantityDescription])] {
        [
            ("Results (summary and --json)", type.results), ("Fields (/VTKHDF, /profiles)", type.fields),
            ("Series (/series)", type.series),
        ]
    }

    /// The model's name and what it computes, in lines of at most 100 columns.
    public func summary() -> String {
        Self.wrapped("\(type.name): \(type.summary).", indent: 0).joined(separator: "\n")
    }

    /// Plain text of at most 100 columns.
    public func text() -> String {
        var lines = [summary(), ""]
        for key in keys {
            var facts = [key.kind]
            if let defaultText = key.defaultText {
                facts.append("default \(defaultText)")
            } else if key.isRequired {
                facts.append("required")
            } else if key.isAlternative {
                facts.append("one way to give \(key.parent)")
            }
            if !key.range.isEmpty { facts.append(key.range) }
            if key.defaultText == nil && !key.example.isEmpty && !key.kind.contains(key.example) {
                facts.append("e.g. \(key.example)")
            }
            lines.append(key.path)
            lines += Self.wrapped(facts.joined(separator: "; "), indent: 4)
            if !key.condition.isEmpty { lines += Self.wrapped("only when \(key.condition)", indent: 4) }
            if !key.meaning.isEmpty { lines += Self.wrapped(key.meaning, indent: 4) }
        }
        for (title, quantities) in results {
            lines += ["", title]
            for quantity in quantities {
                lines += Self.wrapped("\(quantity.name) [\(quantity.units)]: \(quantity.longName)", indent: 2)
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Tables for the reference page.
    public func markdown() -> String {
        func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
        func code(_ text: String) -> String { text.isEmpty ? "" : "`\(text)`" }
        var lines = ["## \(type.name)", "", "\(type.summary).", ""]
        lines += ["| key | holds | default | range | meaning |", "|---|---|---|---|---|"]
        for key in keys {
            let fallback =
                key.defaultText.map(code) ?? (key.isRequired ? "required" : key.isAlternative ? "one way" : "")
            let condition = key.condition.isEmpty ? "" : "Only when \(key.condition). "
            let example =
                key.defaultText == nil && !key.example.isEmpty && !key.kind.contains(key.example)
                ? " E.g. `\(key.example)`." : ""
            lines.append(
                "| `\(key.path)` | \(cell(key.kind)) | \(cell(fallback)) | \(cell(key.range)) | "
                    + "\(cell(condition + key.meaning + example)) |")
        }
        for (title, quantities) in results {
            lines += ["", "### \(title)", "", "| name | unit | meaning |", "|---|---|---|"]
            lines += quantities.map { "| `\($0.name)` | \(code($0.units)) | \(cell($0.longName)) |" }
        }
        return lines.joined(separator: "\n")
    }

    /// Words broken into lines of at most 100 columns.
    private static func wrapped(_ text: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = margin
        for word in text.split(separator: " ") {
            if line.count + word.count > 99 && line.count > indent {
                lines.append(line)
                line = margin
            }
            line += (line.count > indent ? " " : "") + word
        }
        return lines + [line]
    }
}
