import Cases
import FieldIO
import Foundation
import Quantities
import Studies
import Testing

@Suite("The storage of a study that was read from a file")
struct StorageStudyTests {
    private static let cases = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "cases").path

    /// A study file over the shipped case.
    private func study(_ text: String, in scratch: borrowing ScratchDirectory) throws -> Study {
        let path = scratch.path("study.yaml")
        try "case: \(Self.cases)/wang2024-fig4a.yaml\nkeep: [utilisation]\n\(text)"
            .write(toFile: path, atomically: true, encoding: .utf8)
        return try Study(path: path)
    }

    private func row(_ point: Int) -> StudyRow {
        StudyRow(point: point, status: .finished, values: [Double(point)], errors: [.nan], cpuTime: 1)
    }

    private func collected(_ study: Study, at path: String) throws -> String {
        let directory = try StudyDirectory(named: path, for: study)
        let share = try directory.share(0, of: 1, session: SampleStudy.session)
        try share.append((0..<study.count).map { row($0) })
        // As the command that collects does, without the study file.
        return try StudyDirectory(existing: path).collect(csv: false, commandLine: []).tablePath
    }

    @Test("The axes of a grid are those of its points")
    func grid() throws {
        let scratch = try ScratchDirectory()
        let study = try study(
            """
            title: Three axes
            axes:
              - key: diffusivity
                logarithmic: {from: 1e-12 cm^2/s, to: 1e-8 cm^2/s, points: 5}
              - key: layer.frame
                values: [slab, host]
              - key: layer.thickness
                values: [3 um, 1 um, 2 um]
            """, in: scratch)
        let file = try HDF5File(reading: try collected(study, at: scratch.path("made")))
        let names = study.axes.map(\.name)
        #expect(try file.shape(of: "/points/utilisation") == [5, 2, 3])
        #expect(try file.readDoubles("/points/utilisation") == (0..<30).map { Double($0) })
        let diffusivities = try file.readDoubles("/points/\(names[0])")
        let thicknesses = try file.readDoubles("/points/\(names[2])")
        #expect(diffusivities.first == 1e-16)
        #expect(diffusivities.last == 1e-12)
        #expect(try file.shape(of: "/points/\(names[1])") == [2])
        for point in 0..<study.count {
            let coordinates = study.coordinates(of: point)
            #expect(coordinates[0] == .number(diffusivities[point / 6]))
            #expect(coordinates[1] == .word(["slab", "host"][point / 3 % 2]))
            #expect(coordinates[2] == .number(thicknesses[point % 3]))
        }
        #expect(try file.readText(attribute: "key", of: "/points/\(names[2])") == "layer.thickness")
        #expect(try file.readText(attribute: "units", of: "/points/\(names[2])") == "m")
        #expect(try file.readText("/provenance/study_text").contains("title: Three axes\n"))
        let base = try String(contentsOfFile: "\(Self.cases)/wang2024-fig4a.yaml", encoding: .utf8)
        #expect(try file.readText("/provenance/case_text") == base)
    }

    @Test("The axes of samples lie over the points")
    func samples() throws {
        let scratch = try ScratchDirectory()
        let study = try study(
            """
            design: latin_hypercube
            samples: 11
            axes:
              - key: diffusivity
                logarithmic: {from: 1e-12 cm^2/s, to: 1e-8 cm^2/s}
              - key: layer.thickness
                linear: {from: 1 um, to: 10 um}
            """, in: scratch)
        let file = try HDF5File(reading: try collected(study, at: scratch.path("made")))
        #expect(try file.readText(attribute: "design", of: "/points") == "latin_hypercube")
        for (index, axis) in study.axes.enumerated() {
            let values = try file.readDoubles("/points/\(axis.name)").map { StudyCoordinate.number($0) }
            #expect(values == (0..<11).map { study.coordinates(of: $0)[index] })
        }
    }
}
