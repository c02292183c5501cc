import Cases
import Testing

@Suite("The description comes from the declarations")
struct DescriptionTests {
    @Test("Every key stands in it once, on a line of its own", arguments: CaseModels.all.map { $0.name })
    func keys(model: String) throws {
        let type = try #require(CaseModels.model(named: model))
        let lines = ModelDescription(of: type).text().split(separator: "\n").map(String.init)
        let keys = CaseModels.keys(of: type)
        #expect(keys.count > 40)
        #expect(Set(keys.map(\.path)).count == keys.count)
        for key in keys {
            #expect(lines.filter { $0 == key.path }.count == 1)
            #expect(!key.meaning.isEmpty)
            #expect(!key.kind.isEmpty)
        }
    }

    @Test("Lines have at most 100 columns", arguments: CaseModels.all.map { $0.name })
    func width(model: String) throws {
        let description = ModelDescription(of: try #require(CaseModels.model(named: model)))
        for text in [description.text(), description.summary()] {
            for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        }
    }

    @Test("Examples and defaults are values that the keys take")
    func examples() throws {
        for key in CaseModels.keys(of: TransportCase.self) {
            let parts = key.path.replacing("[]", with: "0")
            guard !key.example.isEmpty, !["table", "arrhenius", "formula", "material."].contains(where: parts.contains)
            else { continue }
            // A layer full of lithium lies within any limits.
            let full = "initial.site_fraction=1"
            let setting = "\(parts)=\(key.example)"
            var others = parts.hasPrefix("initial") ? [] : [full]
            if key.condition.contains("`layer.shape`") || parts.hasPrefix("electrolyte") {
                others += ["layer.shape=strip", "layer.width=1 um"]
            }
            do {
                _ = try Case(bytes: Array(SampleCase.text.utf8), path: "case.yaml", overrides: others + [setting])
            } catch let errors {
                Issue.record("--set \(setting): \(errors)")
            }
        }
    }

    @Test("Examples and defaults of a layer with stress are values that its keys take")
    func layerExamples() throws {
        for key in CaseModels.keys(of: ChemoMechanicsCase.self) {
            let parts = key.path.replacing("[]", with: "0")
            guard !key.example.isEmpty, key.path != "model",
                !["table", "arrhenius", "formula", "material."].contains(where: parts.contains)
            else { continue }
            var others: [String] = []
            switch parts {
            case "coupling": others = []
            case "geometry.shape": others = ["geometry={thickness: 1 um}"]
            case _ where parts.hasPrefix("lithium.maximum"): others = ["lithium.solution=lattice_gas"]
            case _ where parts.hasPrefix("collector.friction"): others = ["collector.contact=friction"]
            case _ where parts.hasPrefix("limits.saturation"): others = ["initial=60 mmol/cm^3", "coupling=one-way"]
            default: others = ["limits.saturation.li_per_mg=20", "coupling=one-way"]
            }
            let setting = "\(parts)=\(key.example)"
            if parts.hasPrefix("limits.depletion") { others.append("initial.li_per_mg=10") }
            let last = parts == "collector.friction.slip" ? ["collector.friction.cap=20 MPa"] : []
            do { _ = try SampleLayer.read(set: others + [setting] + last) } catch let errors {
                Issue.record("--set \(setting): \(errors)")
            }
        }
    }

    @Test("The Markdown table has a row for each key")
    func markdown() throws {
        let lines = ModelDescription(of: TransportCase.self).markdown().split(separator: "\n")
        for key in CaseModels.keys(of: TransportCase.self) {
            #expect(lines.filter { $0.hasPrefix("| `\(key.path)` |") }.count == 1)
        }
        let widths = Set(lines.filter { $0.hasPrefix("| `") }.map { $0.replacing("\\|", with: "").count { $0 == "|" } })
        #expect(widths == [4, 6])
    }
}
