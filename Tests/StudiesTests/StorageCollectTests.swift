import FieldIO
import Foundation
import Studies
import TestSupport
import Testing

@Suite("The table of a study")
struct StorageCollectTests {
    /// Where the reader tests look for files that no case makes.
    static let samples = ProcessInfo.processInfo.environment["MESOLITH_SAMPLES"]

    @Test(
        "A grid has a dimension for each axis, whatever the order of the rows",
        arguments: [
            ("study-line.h5", [SampleStudy.thickness(5)]),
            ("study-plane.h5", [SampleStudy.thickness(5), SampleStudy.current(3)]),
            ("study-space.h5", [SampleStudy.thickness(5), SampleStudy.law, SampleStudy.current(3)]),
        ])
    func grid(name: String, axes: [StudyTableAxis]) throws {
        let scratch = try ScratchDirectory()
        let study = SampleStudy(axes: axes)
        let count = study.outline.count
        let directory = try study.directory(scratch.path())
        // Of 3 shares, from the last point on; point 4 never.
        for task in 0..<3 {
            let share = try directory.share(task, of: 3, session: SampleStudy.session)
            let points = stride(from: task, to: count, by: 3).reversed().filter { $0 != 4 }
            try share.append(points.map { SampleStudy.row($0) })
        }
        let collection = try directory.collect(csv: false, commandLine: ["mesolith", "collect"])
        #expect(collection.missing == 1)
        #expect(collection.finished + collection.failed == count - 1)
        #expect(collection.csvPath == nil)
        let file = try HDF5File(reading: collection.tablePath)
        let expected = rows(of: study, missing: [4])
        #expect(try file.shape(of: "/points/utilisation") == axes.map(\.values.count))
        try expectColumns(of: file, expected)
        #expect(try .numbers(file.readDoubles("/points/thickness")) == SampleStudy.thickness(5).values)
        #expect(try file.readText(attribute: "key", of: "/points/thickness") == "layer.thickness")
        #expect(try file.readText(attribute: "units", of: "/points/time_to_saturation_error") == "s")
        #expect(try file.readText(attribute: "design", of: "/points") == "grid")
        try keep(collection.tablePath, as: name)
    }

    @Test("A zip has the dimension point, and its axes lie over it")
    func zip() throws {
        let scratch = try ScratchDirectory()
        let study = SampleStudy(design: "zip", axes: [SampleStudy.current(2), SampleStudy.law])
        let directory = try study.directory(scratch.path(), points: [1])
        let collection = try directory.collect(csv: false, commandLine: [])
        let file = try HDF5File(reading: collection.tablePath)
        #expect(try file.readIntegers("/points/point") == [0, 1])
        #expect(try file.readDoubles("/points/current") == [0.1, 1.1])
        #expect(try file.shape(of: "/points/law") == [2])
        try expectColumns(of: file, rows(of: study, missing: [0]))
        #expect(try file.readText(attribute: "coordinates", of: "/points") == "current law")
        try keep(collection.tablePath, as: "study-zip.h5")
    }

    @Test("Without errors there are no columns for them")
    func noErrors() throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy.line(9, withErrors: false).directory(scratch.path(), points: 0..<9)
        let file = try HDF5File(reading: try directory.collect(csv: false, commandLine: []).tablePath)
        #expect(try !file.contains("/points/utilisation_error"))
        #expect(try file.readDoubles("/points/time_to_saturation")[8] == 8.25)
    }

    @Test("The table says what it was made from and how")
    func provenance() throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy().directory(scratch.path(), points: 0..<2)
        let table = try directory.collect(csv: false, commandLine: ["mesolith", "collect", "my dir"]).tablePath
        let file = try HDF5File(reading: table)
        #expect(try file.readText(attribute: "filetype", of: "/") == "mesolith-study")
        #expect(try file.readIntegers(attribute: "format_version", of: "/") == [1, 0])
        #expect(try file.readText(attribute: "title", of: "/") == "A sample")
        #expect(try file.readText(attribute: "model", of: "/") == "transport")
        #expect(try file.readText("/provenance/study_text") == "axes: µ\n")
        #expect(try file.readText("/provenance/inputs/case.yaml") == "model: x\n")
        #expect(try file.readText("/provenance/engine") == "general")
        #expect(try file.readText("/provenance/command_lines").hasSuffix(": mesolith sweep 'my study.yaml'"))
        #expect(try file.readText("/provenance/collect_command_line") == "mesolith collect 'my dir'")
    }

    @Test("The text has a line for each point, quoted where needed")
    func csv() throws {
        let scratch = try ScratchDirectory()
        let study = SampleStudy(axes: [SampleStudy.thickness(4), SampleStudy.law])
        let directory = try study.directory(scratch.path(), points: [1, 0, 6])
        let path = try #require(try directory.collect(csv: true, commandLine: []).csvPath)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 9)
        #expect(
            lines[0] == "point,thickness (m),law (1),utilisation (1),utilisation_error (1),time_to_saturation (s),"
                + "time_to_saturation_error (s),status,steps,cpu_time (s),end,reason")
        #expect(lines[1] == "0,1e-06,constant,0.0,0.0,0.25,,finished,0,1.0,saturation,")
        #expect(lines[2] == #"1,1e-06,"Arrhenius, ""hot""",1.0,0.001,1.25,,finished,10,1.0,saturation,"#)
        #expect(lines[3] == "2,2e-06,constant,,,,,missing,0,,,")
        #expect(lines[7].hasSuffix(#",,,,,failed,0,0.5,,"point 6: ""no"", it does not converge""#))
    }

    @Test("A new table takes the place of the old one, and what a killed process left is no hindrance")
    func again() throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy().directory(scratch.path(), points: 0..<2)
        #expect(try directory.collect(csv: true, commandLine: []).missing == 8)
        for name in ["study.h5", "study.csv"] {
            try Data("torn".utf8).write(to: URL(filePath: "\(directory.path)/\(name).partial"))
        }
        try directory.share(0, of: 1, session: SampleStudy.session).append([SampleStudy.row(8)])
        let collection = try directory.collect(csv: true, commandLine: [])
        #expect(collection.missing == 7)
        #expect(try HDF5File(reading: collection.tablePath).readDoubles("/points/utilisation")[8] == 8)
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: directory.path))
        #expect(names.filter { $0.hasSuffix(".partial") } == [])
        #expect(names.isSuperset(of: ["study.h5", "study.csv", "inputs"]))
    }

    @Test("A full disk is one error and leaves the journal and the last table", .enabled(if: TemporaryDisk.isAvailable))
    func fullDisk() throws {
        let disk = try TemporaryDisk(kilobytes: 4096)
        let path = disk.url.appending(path: "study").path
        let directory = try SampleStudy.line(3000).directory(path, points: 0..<10)
        let first = try directory.collect(csv: false, commandLine: [])
        let table = try Data(contentsOf: URL(filePath: first.tablePath))
        let journal = try Data(contentsOf: URL(filePath: directory.journal()))
        let ballast = disk.url.appending(path: "ballast")
        try disk.fill(ballast, free: 100_000)
        let message = try problem { _ = try directory.collect(csv: false, commandLine: []) }
        #expect(message.hasPrefix("cannot write "))
        #expect(message.contains("\(path)/study.h5"))
        #expect(message.hasSuffix(": No space left on device"))
        #expect(try Data(contentsOf: URL(filePath: first.tablePath)) == table)
        #expect(try Data(contentsOf: URL(filePath: directory.journal())) == journal)
        #expect(!FileManager.default.fileExists(atPath: first.tablePath + ".partial"))
        try FileManager.default.removeItem(at: ballast)
        #expect(try directory.collect(csv: false, commandLine: []).missing == 2990)
    }

    /// The rows that a table must hold.
    private func rows(of study: SampleStudy, missing: Set<Int>) -> [StudyRow?] {
        (0..<study.outline.count).map { missing.contains($0) ? nil : SampleStudy.row($0) }
    }

    private func expectColumns(of file: borrowing HDF5File, _ rows: [StudyRow?]) throws {
        func same(_ path: String, _ value: (StudyRow) -> Double) throws {
            let found = try file.readDoubles("/points/\(path)").map(\.bitPattern)
            #expect(found == rows.map { ($0.map(value) ?? .nan).bitPattern }, "\(path)")
        }
        for (index, name) in ["utilisation", "time_to_saturation"].enumerated() {
            try same(name) { $0.values[index] }
            try same(name + "_error") { $0.errors[index] }
        }
        try same("cpu_time") { $0.cpuTime }
        #expect(try file.readIntegers("/points/status") == rows.map { Int($0?.status.rawValue ?? 2) })
        #expect(try file.readIntegers("/points/steps") == rows.map { $0?.steps ?? 0 })
    }

    /// Copies a file to where the reader tests look.
    private func keep(_ path: String, as name: String) throws {
        guard let samples = Self.samples else { return }
        try FileManager.default.createDirectory(atPath: samples, withIntermediateDirectories: true)
        let target = "\(samples)/\(name)"
        try? FileManager.default.removeItem(atPath: target)
        try FileManager.default.copyItem(atPath: path, toPath: target)
    }
}
