import Foundation
import Materials

/// A material explained: every number with its unit, its range, its source and how sure it is.
public struct MaterialDescription: Sendable {
    private let record: MaterialRecord

    /// The description of a material.
    public init(of record: MaterialRecord) { self.record = record }

    /// A material of a list: name, title and the properties that its file holds.
    public func summary() -> String {
        let name = record.name.padding(toLength: max(12, record.name.count + 1), withPad: " ", startingAt: 0)
        let properties = record.properties.map(\.rawValue).joined(separator: ", ")
        return (["\(name)\(record.title)"] + wrapped(properties, indent: 12)).joined(separator: "\n")
    }

    /// Plain text of at most 100 columns.
    public func text() -> String {
        var lines = ["\(record.name): \(record.title)", record.path]
        for law in record.statements {
            lines += ["", law.path + (law.isInUse ? "" : "  (not in use)")] + wrapped(law.meaning, indent: 2)
            for fact in Self.facts(law) { lines += Self.column(fact.name, fact.text) }
            if law.path == MaterialProperty.thermodynamics.rawValue {
                for fact in systemFacts() { lines += Self.column(fact.name, fact.text) }
            }
            let parameters = parameters(of: law)
            if !parameters.isEmpty { lines.append("") }
            for parameter in parameters {
                let name = Self.key(parameter.path).padding(toLength: 28, withPad: " ", startingAt: 0)
                let spread = parameter.spread.map { "  (reported: \($0))" } ?? ""
                lines.append("  \(name)\(parameter.text)\(spread)")
                lines += wrapped(parameter.meaning, indent: 30)
                if let own = Self.ownFacts(parameter, in: law) { lines += wrapped(own, indent: 30) }
            }
        }
        return lines.joined(separator: "\n")
    }

    /// A fact behind its name, its further lines below its first.
    private static func column(_ name: String, _ text: String) -> [String] {
        var lines = wrapped(text, indent: 14)
        lines[0] = "  " + name.padding(toLength: 12, withPad: " ", startingAt: 0) + lines[0].dropFirst(14)
        return lines
    }

    /// A section of docs/materials.md.
    public func markdown() -> String {
        var lines = ["## \(record.name)", "", "\(record.title). `Sources/Materials/Library/\(record.name).yaml`", ""]
        for law in record.statements {
            lines += ["### \(record.name): \(law.path)" + (law.isInUse ? "" : " (not in use)"), "", law.meaning, ""]
            var facts = Self.facts(law)
            if law.path == MaterialProperty.thermodynamics.rawValue { facts += systemFacts() }
            lines += facts.map { "- \($0.name): \($0.text)" } + [""]
            let parameters = parameters(of: law)
            if parameters.isEmpty { continue }
            lines += ["| key | value | reported | meaning | of its own |", "|---|---|---|---|---|"]
            lines += parameters.map {
                "| `\(Self.key($0.path))` | \($0.text) | \($0.spread ?? "") | \(cell($0.meaning)) | "
                    + "\(cell(Self.ownFacts($0, in: law) ?? "")) |"
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }

    private struct Document: Encodable {
        struct Parameter: Encodable {
            let key: String
            let value: String
            let si_value: Double?
            let reported: String?
            let meaning: String
            let range: String
            let source: String
            let confidence: String?
            let note: String?
        }
        struct Law: Encodable {
            let key: String
            let meaning: String
            let range: String
            let source: String
            let confidence: String?
            let note: String?
            let in_use: Bool
        }
        let name: String
        let title: String
        let path: String
        let laws: [Law]
        let parameters: [Parameter]
    }

    /// One JSON object: every law and every number with its range, source and confidence.
    public func json() throws -> String {
        let parameters = record.parameters.map {
            Document.Parameter(
                key: $0.path, value: $0.text, si_value: $0.siValue.isFinite ? $0.siValue : nil, reported: $0.spread,
                meaning: $0.meaning, range: $0.range, source: $0.source, confidence: $0.confidence?.rawValue,
                note: $0.note)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let laws = record.statements.map { law in
            Document.Law(
                key: law.path, meaning: law.meaning, range: law.range, source: law.source,
                confidence: law.confidence?.rawValue, note: law.note, in_use: law.isInUse)
        }
        let document = Document(
            name: record.name, title: record.title, path: record.path, laws: laws, parameters: parameters)
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }

    /// The numbers of a law, those of the laws below it left out.
    private func parameters(of law: MaterialLaw) -> [MaterialParameter] {
        record.parameters.filter { parameter in
            let owners = record.statements.filter { parameter.path.hasPrefix($0.path + ".") }
            return owners.max { $0.path.count < $1.path.count }?.path == law.path
        }
    }

    private func systemFacts() -> [(name: String, text: String)] {
        guard let alloy = record.material.thermodynamics?.law else { return [] }
        let system = alloy.system
        return [
            ("database", "\(system.path), \(system.lithium) and \(system.host)"), ("layer", alloy.phase),
            ("phases", system.phases.map(\.name).joined(separator: ", ")),
        ] + system.omitted.map { ("left out", "\($0.name) (line \($0.line)): \($0.reason)") }
    }

    private static func facts(_ law: MaterialLaw) -> [(name: String, text: String)] {
        [
            ("range", law.range), ("source", law.source),
            ("confidence", law.confidence.map { "\($0.rawValue): \($0.meaning)" } ?? ""), ("note", law.note ?? ""),
        ].filter { !$0.1.isEmpty }
    }

    /// What a number has of its own beside what its law says.
    private static func ownFacts(_ parameter: MaterialParameter, in law: MaterialLaw) -> String? {
        let confidence = parameter.confidence == law.confidence ? nil : parameter.confidence.map(\.rawValue)
        let source = parameter.source == law.source ? nil : parameter.source
        let note = parameter.note == law.note ? nil : parameter.note
        let facts = [confidence, source, note].compactMap(\.self)
        return facts.isEmpty ? nil : facts.joined(separator: "; ")
    }

    private static func key(_ path: String) -> String {
        // `mixture.lithium.youngs_modulus` keeps the part that tells it from its sibling.
        let parts = path.split(separator: ".")
        return parts.dropFirst(parts.count > 3 ? 2 : max(0, parts.count - 1)).joined(separator: ".")
    }
}

/// The keys of material files, for a terminal and for the reference page.
public struct MaterialSchema: Sendable {
    private static let introduction =
        "A material file is YAML with a quantity behind each key. A value may also be a map with `value`, `spread` (least and "
        + "largest value that sources report), `source`, `confidence` and `note` of its own; without them it has those of its law. "
        + "In a case these keys stand in `material` and replace single values there."

    /// Every key that a material file can have.
    public let keys = MaterialKeys.all

    /// The keys there are.
    public init() {}

    /// Plain text of at most 100 columns.
    public func text() -> String {
        (wrapped(Self.introduction, indent: 0) + [""] + KeyTable(keys: keys).lines())
            .joined(separator: "\n")
    }

    /// A section of the reference page.
    public func markdown() -> String {
        (["## Material files", "", Self.introduction, ""] + KeyTable(keys: keys).markdown())
            .joined(separator: "\n")
    }
}
