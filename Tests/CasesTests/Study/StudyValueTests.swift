import Cases
import Foundation
import Quantities
import TestSupport
import Testing

@Suite("Values and points of a study")
struct StudyValueTests {
    /// The values of the first axis of a study, as text.
    private func texts(_ axis: String) throws -> [String] {
        let folder = try StudyFolder()
        let study = try folder.study(sampleStudy(axis))
        return (0..<study.count).map { point in
            String(study.overrides(of: point)[0].split(separator: "=")[1])
        }
    }

    @Test("Linear values are evenly spaced and short")
    func linear() throws {
        let values = try texts("{key: layer.thickness, linear: {from: 1 um, to: 2 um, points: 11}}")
        let expected: [String] = ["1", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "2"]
            .map { "\($0) um" }
        #expect(values == expected)
        let falling = try texts("{key: temperature, linear: {from: 30 degC, to: -30 degC, points: 5}}")
        #expect(falling == ["30 degC", "15 degC", "0 degC", "-15 degC", "-30 degC"])
    }

    @Test("Logarithmic values have one ratio")
    func logarithmic() throws {
        let values = try texts("{key: diffusivity, logarithmic: {from: 1e-12 cm^2/s, to: 1e-8 cm^2/s, points: 5}}")
        #expect(values == ["1e-12", "1e-11", "1e-10", "1e-09", "1e-8"].map { "\($0) cm^2/s" })
    }

    @Test("Both ends are hit exactly, in whatever unit the second one is given")
    func ends() throws {
        let folder = try StudyFolder()
        let cases: [(axis: String, from: String, to: String, last: String)] = [
            ("layer.thickness, linear: {from: 100 nm, to: 0.3 um, points: 7}", "100 nm", "0.3 um", "300 nm"),
            ("temperature, linear: {from: 20 degC, to: 300.1 K, points: 7}", "20 degC", "300.1 K", "26.95 degC"),
            (
                "diffusivity, logarithmic: {from: 7e-16 m^2/s, to: 0.3 um^2/s, points: 9}", "7e-16 m^2/s", "0.3 um^2/s",
                "3e-13 m^2/s"
            ),
            ("protocol.0.until.time, logarithmic: {from: 1 s, to: 0.1 h, points: 4}", "1 s", "0.1 h", "360 s"),
        ]
        for test in cases {
            let study = try folder.study(sampleStudy("{key: \(test.axis)}"))
            let first: Double = try Quantity(parsing: test.from).siValue
            let last: Double = try Quantity(parsing: test.to).siValue
            #expect(study.coordinates(of: 0) == [.number(first)])
            #expect(study.coordinates(of: study.count - 1) == [.number(last)])
            #expect(study.overrides(of: study.count - 1)[0].hasSuffix("=\(test.last)"))
        }
    }

    @Test("A coordinate is what the case reads")
    func coordinates() throws {
        let folder = try StudyFolder()
        let study = try folder.study(
            sampleStudy("{key: layer.thickness, logarithmic: {from: 0.7 um, to: 33 um, points: 41}}"))
        for point in 0..<study.count {
            let model = try #require(try study.makeCase(of: point).model as? TransportCase)
            #expect(study.coordinates(of: point) == [.number(model.parameters.thickness)])
        }
    }

    @Test("The first axis of a grid is the slowest")
    func grid() throws {
        let folder = try StudyFolder()
        let study = try folder.study(
            sampleStudy(
                "{key: layer.thickness, values: [1 um, 2 um]}", "{key: temperature, values: [300 K, 310 K, 320 K]}",
                "{key: output.frames, values: [final]}"))
        #expect(study.shape == [2, 3, 1])
        let found = (0..<6).map { study.coordinates(of: $0) }
        var expected: [[StudyCoordinate]] = []
        for thickness in [1e-6, 2e-6] {
            for kelvin in [300.0, 310, 320] {
                expected.append([.number(thickness), .number(kelvin), .word("final")])
            }
        }
        #expect(found == expected)
    }

    @Test("A zip takes the values side by side")
    func zipped() throws {
        let folder = try StudyFolder()
        let study = try folder.study(
            sampleStudy(
                design: "zip", "{key: layer.thickness, linear: {from: 1 um, to: 3 um, points: 3}}",
                "{key: temperature, values: [300 K, 310 K, 320 K]}"))
        #expect(study.shape == [3] && !study.isGrid)
        #expect(study.coordinates(of: 1) == [.number(2e-6), .number(310)])
    }

    @Test("Numbers mix units of one kind, words do not mix with them")
    func kinds() throws {
        #expect(try texts("{key: layer.thickness, values: [1 um, 200 nm]}") == ["1 um", "200 nm"])
        let folder = try StudyFolder()
        let mixed = try folder.study(sampleStudy("{key: title, values: [thin, 3, 5 um]}"))
        #expect(!mixed.axes[0].isNumeric)
        #expect(mixed.coordinates(of: 1) == [.word("3")])
        let whole = try folder.study(sampleStudy("{key: mesh.cells, values: [8, 16, 32]}"))
        #expect(whole.axes[0].isNumeric)
        #expect(whole.axes[0].description.units == "1")
        #expect(whole.coordinates(of: 2) == [.number(32)])
    }

    @Test("Tables are read by their column, with quotes, blanks, any line ends and a byte order mark")
    func tables() throws {
        let folder = try StudyFolder([
            "points.csv":
                "\u{FEFF}\"L, thick\",T,\"a \"\"note\"\"\"\r\n 1 ,\"300 K\",\r\n\r\n2.5,310 K,\"x\ny\"\n\"3\" , 320 K,"
        ])
        let study = try folder.study(
            sampleStudy(
                design: "zip", "{key: layer.thickness, csv: {file: points.csv, column: \"L, thick\", unit: um}}",
                "{key: temperature, csv: {file: points.csv, column: T}}"))
        #expect(study.count == 3)
        #expect(study.overrides(of: 1) == ["layer.thickness=2.5 um", "temperature=310 K"])
        #expect(study.coordinates(of: 2) == [.number(3e-6), .number(320)])
        #expect(study.inputs.map(\.name) == ["study.yaml", "case.yaml", "points.csv", "li-mg.yaml"])
    }

    @Test("Samples lie between the ends, by the seed")
    func samples() throws {
        let folder = try StudyFolder()
        for design in ["sobol", "latin_hypercube"] {
            func points(seed: Int, samples: Int = 64) throws -> [[StudyCoordinate]] {
                let study = try folder.study(
                    "samples: \(samples)\nseed: \(seed)\n"
                        + sampleStudy(
                            design: design, "{key: layer.thickness, linear: {from: 1 um, to: 3 um}}",
                            "{key: diffusivity, logarithmic: {from: 1e-12 cm^2/s, to: 1e-8 cm^2/s}}",
                            "{key: output.frames, values: [final, final]}", "{key: mesh.cells, values: [8, 16]}"))
                #expect(study.shape == [samples])
                return (0..<study.count).map { study.coordinates(of: $0) }
            }
            let first = try points(seed: 1)
            #expect(try points(seed: 1) == first)
            #expect(try points(seed: 2) != first)
            var upperHalves = [0, 0]
            var coarse = 0
            for point in first {
                guard case .number(let length) = point[0], case .number(let diffusivity) = point[1] else {
                    Issue.record("not a number")
                    return
                }
                #expect(length > 1e-6 && length < 3e-6)
                #expect(diffusivity > 1e-16 && diffusivity < 1e-12)
                if length > 2e-6 { upperHalves[0] += 1 }
                if diffusivity > 1e-14 { upperHalves[1] += 1 }
                if point[3] == .number(8) { coarse += 1 }
            }
            #expect(upperHalves == [32, 32])
            #expect(coarse == 32)
            if design == "sobol" { #expect(try Array(points(seed: 1, samples: 100).prefix(64)) == first) }
        }
    }
}
