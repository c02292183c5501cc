import Cases
import Foundation
import Models
import TestSupport
import Testing

@Suite("Studies")
struct StudyTests {
    @Test("Says of each mistake where it is and what was expected", arguments: WrongStudies.all)
    func refuses(_ wrong: WrongStudy) throws {
        let folder = try StudyFolder(wrong.files)
        #expect(try folder.problems { _ = try folder.study(wrong.text) } == wrong.problems)
    }

    @Test("Says where there is no study")
    func missing() throws {
        let folder = try StudyFolder()
        let problems = try folder.problems { _ = try Study(path: "\(folder.path)/none.yaml") }
        #expect(
            problems == [
                "none.yaml:1:1: there is no such file; give the path of a study file, such as "
                    + "cases/studies/utilisation-map.yaml"
            ])
    }

    @Test("Reads what a file says, and fills in what it does not")
    func reading() throws {
        let folder = try StudyFolder()
        let plain = try folder.study(sampleStudy("{key: layer.thickness, values: [1 um, 2 um]}"))
        #expect(plain.title == nil)
        #expect(plain.casePath == "\(folder.path)/base.yaml")
        #expect(plain.model.name == "transport")
        #expect(plain.design == .grid && plain.isGrid)
        #expect(plain.engine == .auto)
        #expect(plain.keptRuns == .failed)
        #expect(plain.kept == TransportCase.results)
        #expect(plain.shape == [2] && plain.count == 2)
        let full = try folder.study(
            """
            mesolith: 1
            title: A study
            case: base.yaml
            set: {output.frames: final, mesh: {cells: 8}}
            design: zip
            axes:
              - {key: diffusivity, name: D, values: [1e-11 cm^2/s, 2e-11 cm^2/s]}
              - {key: protocol.0.current_density, values: [1 A/m^2, 2 A/m^2]}
            keep: [utilisation, duration]
            engine: general
            runs: none
            """)
        #expect(full.title == "A study")
        #expect(full.design == .zip && !full.isGrid)
        #expect(full.axes.map(\.name) == ["D", "current_density"])
        #expect(full.axes.map(\.key) == ["diffusivity", "protocol.0.current_density"])
        #expect(full.axes.map(\.description.units) == ["m2 s-1", "A m-2"])
        #expect(full.axes[1].description.longName == "size of the current density")
        #expect(full.kept.map(\.name) == ["utilisation", "duration"])
        #expect(full.engine == .general)
        #expect(full.keptRuns == .none)
        #expect(
            full.overrides(of: 1) == [
                "output.frames=final", "mesh={cells: 8}", "diffusivity=2e-11 cm^2/s",
                "protocol.0.current_density=2 A/m^2",
            ])
    }

    @Test("Keeps the texts of all files that the points depend on")
    func inputs() throws {
        let material = "title: Mine\nvolume:\n  source: mine\n  confidence: estimated\n"
        let folder = try StudyFolder([
            "points.csv": "L\n1 um\n2 um\n",
            "mine.yaml": material + "  lithium: 13 cm^3/mol\n  host: 14 cm^3/mol\n",
        ])
        let text = sampleStudy(
            "{key: layer.thickness, csv: {file: points.csv, column: L}}",
            "{key: material.from, values: [li-mg, mine.yaml]}")
        let study = try folder.study(text)
        #expect(study.inputs.map(\.name) == ["study.yaml", "case.yaml", "points.csv", "mine.yaml", "li-mg.yaml"])
        #expect(study.inputs[0].text == text)
        #expect(study.inputs[1].text == SampleCase.text)
        #expect(study.inputs[2].text == "L\n1 um\n2 um\n")
        // A material beside the study is found from anywhere.
        #expect(study.overrides(of: 1)[1] == "material.from=\(folder.path)/mine.yaml")
        try study.check()
    }

    @Test("A point is the base case with its overrides, as `--set` puts them", arguments: ShippedStudy.paths)
    func points(path: String) throws {
        let study = try Study(path: path)
        var random = SplitMix(state: 7)
        var points: [Int] = [0, study.count - 1]
        for _ in 0..<4 { points.append(Int.random(in: 0..<study.count, using: &random)) }
        for point in points {
            let made = try study.makeCase(of: point)
            let overridden = try Case(path: study.casePath, overrides: study.overrides(of: point))
            #expect(made.resolved == overridden.resolved)
            #expect(made.overrides == overridden.overrides)
            #expect(made.laws == overridden.laws)
        }
    }

    @Test("Every point of the shipped studies is right", arguments: ShippedStudy.paths)
    func shipped(path: String) throws {
        try Study(path: path).check()
    }

    @Test("A value in the form of `--set` reads as the same value, whatever is in it")
    func words() throws {
        let folder = try StudyFolder()
        let words: [String] = [
            "a: b", "# no", "null", "x,y", "[1]", "it's", "\\\"quoted\\\"", "-", "- a", "~", "a\\\\b", "d'or: 1",
        ]
        for word in words {
            let study = try folder.study(sampleStudy("{key: title, values: [\"\(word)\"]}"))
            let made = try study.makeCase(of: 0)
            let overridden = try Case(path: study.casePath, overrides: study.overrides(of: 0))
            #expect(made.title == overridden.title)
            #expect(study.coordinates(of: 0) == [.word(made.title ?? "")])
        }
    }

    @Test("Checks every point and says in which one the mistake is first")
    func check() throws {
        let folder = try StudyFolder()
        let study = try folder.study(
            sampleStudy(
                "{key: layer.thickness, values: [1 um, 0 um]}", "{key: temperature, values: [20 degC, 2000 K]}"))
        let expected: [String] = [
            "study.yaml:5:42: `temperature`: 2000 K is out of range, expected at least 100 K, at most 1000 K "
                + "(point 1: layer_thickness = 1 um, temperature = 2000 K)",
            "study.yaml:4:43: `thickness`: 0 um is out of range, expected at least 0.1 nm, at most 10 cm "
                + "(point 2: layer_thickness = 0 um, temperature = 20 degC)",
        ]
        #expect(try folder.problems { try study.check() } == expected)
        let many = (0..<30).map { "\($0) m" }.joined(separator: ", ")
        let worse = try folder.study(sampleStudy("{key: layer.thickness, values: [1 um, \(many)]}"))
        #expect(try folder.problems { try worse.check() }.count == 20)
    }

    @Test("Names axes by the last word of their path, with the one before where that is taken")
    func names() throws {
        let folder = try StudyFolder()
        let study = try folder.study(
            sampleStudy(
                "{key: layer.thickness, values: [1 um]}", "{key: protocol.0.until.time, values: [1 s]}",
                "{key: output.frames, values: [final]}", "{key: protocol.0.current_density, values: [1 A/m^2]}"))
        // The table has the result `thickness`.
        #expect(study.axes.map(\.name) == ["layer_thickness", "time", "frames", "current_density"])
        #expect(study.axes.map(\.isNumeric) == [true, true, false, true])
        #expect(study.axes[2].description.units == "1")
    }

    @Test("Every key of a study is described")
    func schema() {
        let schema = StudySchema()
        #expect(schema.keys.map(\.path).contains("axes.[].logarithmic.points"))
        for key in schema.keys {
            #expect(!key.meaning.isEmpty, "\(key.path)")
            #expect(schema.text().contains(key.path))
            #expect(schema.markdown().contains("| `\(key.path)` |"))
        }
    }
}

/// The studies that come with Mesolith.
enum ShippedStudy {
    static let paths: [String] = {
        let folder = ShippedCase.directory + "/studies"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }()
}
