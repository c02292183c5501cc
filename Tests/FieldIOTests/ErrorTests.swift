import FieldIO
import Foundation
import Testing

@Suite("Errors are thrown, and say what is wrong")
struct ErrorTests {
    @Test("An existing file is refused and left alone")
    func existingFile() throws {
        let scratch = try ScratchDirectory()
        try Data("precious".utf8).write(to: URL(filePath: scratch.path()))
        let error = try fieldError { _ = try SampleRun().create(at: scratch.path()) }
        #expect(error.description == "cannot create \(scratch.path()): File exists")
        #expect(error.systemError == EEXIST)
        #expect(try Data(contentsOf: URL(filePath: scratch.path())) == Data("precious".utf8))
    }

    @Test("A missing directory is named")
    func missingDirectory() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path("nowhere/results.h5")
        let error = try fieldError { _ = try SampleRun().create(at: path) }
        #expect(error.description == "cannot create \(path): No such file or directory")
        #expect(error.systemError == ENOENT)
    }

    @Test("A file that is not HDF5 cannot be opened")
    func notHDF5() throws {
        let scratch = try ScratchDirectory()
        try Data("not HDF5".utf8).write(to: URL(filePath: scratch.path()))
        let error = try fieldError { _ = try HDF5File(reading: scratch.path()) }
        #expect(error.description.hasPrefix("cannot open \(scratch.path()): file signature not found"))
        #expect(error.systemError == nil)
    }

    @Test("Reading what is not there, or is something else, is an error")
    func wrongReads() throws {
        let scratch = try ScratchDirectory()
        try SampleRun().write(to: scratch.path(), frames: 2)
        let file = try HDF5File(reading: scratch.path())
        #expect(try !file.contains("/series/pressure"))
        #expect(try !file.contains("/nothing/at/all"))
        #expect(try file.contains("/series/voltage"))
        #expect(throws: FieldIOError.self) { try file.readDoubles("/series/pressure") }
        #expect(throws: FieldIOError.self) { try file.readDoubles("/series") }
        #expect(throws: FieldIOError.self) { try file.readDoubles("/provenance/case_text") }
        #expect(throws: FieldIOError.self) { try file.readText("/series/voltage") }
        #expect(throws: FieldIOError.self) { try file.readText(attribute: "Version", of: "/VTKHDF") }
        #expect(throws: FieldIOError.self) { try file.readDoubles("/series/voltage", rows: 1..<3) }
        let error = try fieldError { _ = try file.readText(attribute: "colour", of: "/series") }
        #expect(error.object == "/series@colour")
    }

    @Test("Numbers that do not fit the layout are refused, and the file goes on")
    func wrongCounts() throws {
        let scratch = try ScratchDirectory()
        let run = SampleRun()
        let file = try run.create(at: scratch.path())
        let short: [Double] = [1, 2]
        let fields = [Double](repeating: 0, count: 2 * run.nodes)
        let points = run.points(frame: 0)
        let noPositions = try fieldError { try file.appendFrame(time: 0, fields: fields.span) }
        #expect(noPositions.reason == "the mesh moves but no positions are given")
        let fewFields = try fieldError {
            try file.appendFrame(time: 0, points: points.span, fields: short.span)
        }
        #expect(fewFields.reason == "2 values are given, for 7 nodes with 2 values each")
        let fewPositions = try fieldError {
            try file.appendFrame(time: 0, points: [.zero, .one].span, fields: fields.span)
        }
        #expect(fewPositions.reason == "2 positions are given for 7 nodes")
        let fewColumns = try fieldError { try file.appendSeriesRow(time: 0, values: short.span) }
        #expect(fewColumns.reason == "the series has 3 columns besides time, the row 2 values")
        #expect(throws: FieldIOError.self) { try file.finish(status: .running, summary: []) }

        try run.append(row: 0, to: file)
        try run.append(frame: 0, to: file)
        try file.finish(status: .finished, summary: [])
        try run.expect(scratch.path(), frames: 1, rows: 1, status: .finished)
    }

    @Test("A finished file takes nothing more")
    func afterTheEnd() throws {
        let scratch = try ScratchDirectory()
        let run = SampleRun()
        let file = try run.create(at: scratch.path())
        try run.append(frame: 0, to: file)
        try file.finish(status: .finished, summary: [])
        let error = try fieldError { try run.append(frame: 1, to: file) }
        #expect(error.description == "cannot write \(scratch.path()): it is finished")
        #expect(throws: FieldIOError.self) { try file.flush() }
        #expect(throws: FieldIOError.self) { try file.finish(status: .failed, summary: []) }
        try run.expect(scratch.path(), frames: 1, rows: 0, status: .finished)
    }

    @Test("Finishing closes the file itself, while the writer still exists")
    func closed() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path()
        let openPaths = {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
            }
        }
        let file = try SampleRun().create(at: path)
        #expect(try openPaths().contains(path))
        try file.finish(status: .finished, summary: [])
        #expect(try !openPaths().contains(path))
        #expect(file.frameCount == 0)
    }

    @Test("Names that the format cannot hold are refused before a file is made", arguments: ["", "a/b", "a.b", "time"])
    func badNames(name: String) throws {
        let scratch = try ScratchDirectory()
        var layout = SampleRun().layout
        layout.series[1].name = name
        #expect(throws: FieldIOError.self) {
            try ResultsFile(creating: scratch.path(), layout: layout, softwareVersion: "1", provenance: [])
        }
        #expect(!FileManager.default.fileExists(atPath: scratch.path()))
    }

    @Test("A file that cannot be completed is removed")
    func incompleteFile() throws {
        let scratch = try ScratchDirectory()
        let error = try fieldError {
            _ = try ResultsFile(
                creating: scratch.path(), layout: SampleRun().layout, softwareVersion: "1",
                provenance: [("case_text", "cut\0here")])
        }
        #expect(error.object == "/provenance/case_text")
        #expect(error.reason == "the text holds a NUL character")
        #expect(!FileManager.default.fileExists(atPath: scratch.path()))
    }

    @Test(
        "Meshes whose parts do not fit together are refused",
        arguments: [
            ResultMesh(points: [], connectivity: [], offsets: [0], cellTypes: []),
            ResultMesh(points: [.zero], connectivity: [0, 1], offsets: [0, 2], cellTypes: [3]),
            ResultMesh(points: [.zero, .one], connectivity: [0, 1], offsets: [0], cellTypes: [3]),
            ResultMesh(points: [.zero, .one], connectivity: [0, 1], offsets: [0, 1], cellTypes: [3]),
        ])
    func badMesh(mesh: ResultMesh) throws {
        let scratch = try ScratchDirectory()
        var layout = SampleRun().layout
        layout.mesh = mesh
        #expect(throws: FieldIOError.self) {
            try ResultsFile(creating: scratch.path(), layout: layout, softwareVersion: "1", provenance: [])
        }
    }
}
