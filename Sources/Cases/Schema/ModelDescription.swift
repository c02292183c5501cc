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
            ("Results (summary and --json)", type.results), ("Fields (/VTKHDF, and /profiles or /fields)", type.fields),
            ("Series (/series)", type.series),
        ]
    }

    /// The model's name and what it computes, in lines of at most 100 columns.
    public func summary() -> String {
        wrapped("\(type.name): \(type.summary).", indent: 0).joined(separator: "\n")
    }

    /// Plain text of at most 100 columns.
    public func text() -> String {
        var lines = [summary(), ""]
        lines += KeyTable(keys: keys).lines()
        for (title, quantities) in results {
            lines += ["", title]
            for quantity in quantities {
                let kind = quantity.components > 1 ? ", vector" : ""
                lines += wrapped("\(quantity.name) [\(quantity.units)\(kind)]: \(quantity.longName)", indent: 2)
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Tables for the reference page.
    public func markdown() -> String {
        var lines = ["## \(type.name)", "", "\(type.summary).", ""] + KeyTable(keys: keys).markdown()
        for (title, quantities) in results {
            lines += ["", "### \(title)", "", "| name | unit | meaning |", "|---|---|---|"]
            lines += quantities.map {
                "| `\($0.name)` | \(code($0.units))\($0.components > 1 ? ", vector" : "") | \(cell($0.longName)) |"
            }
        }
        return lines.joined(separator: "\n")
    }
}
