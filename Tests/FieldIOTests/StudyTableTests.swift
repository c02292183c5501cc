import FieldIO
import Foundation
import Quantities
import Testing

@Suite("The table of a study in its file")
struct StudyTableTests {
    private static func axis(_ name: String, _ count: Int) -> StudyTableAxis {
        StudyTableAxis(
            QuantityDescription(name, units: "m", "length \(name)"), key: "layer.\(name)",
            values: .numbers((0..<count).map { Double($0) }))
    }

    private static func layout(_ shape: [Int]) -> StudyTableLayout {
        StudyTableLayout(
            title: "", model: "transport", design: "grid", isGrid: true,
            axes: shape.enumerated().map { axis("axis_\($0)", $1) },
            outputs: [QuantityDescription("number", units: "1", "number of the point")])
    }

    private static func create(_ path: String, _ layout: StudyTableLayout) throws(FieldIOError) -> StudyTableFile {
        try StudyTableFile(creating: path, layout: layout, softwareVersion: "1", provenance: [], inputs: [])
    }

    /// Rows whose number is that of the point, and whose texts are too.
    private static func rows(_ points: Range<Int>) -> StudyTableRows {
        var rows = StudyTableRows(missing: points.count, outputs: 1)
        rows.outputs[0] = points.map { Double($0) }
        rows.steps = points.map { Int32($0) }
        rows.status = points.map { $0 % 2 == 0 ? .finished : .failed }
        rows.reason = points.map { $0 % 2 == 0 ? "" : "no \($0)" }
        return rows
    }

    /// Shapes whose pieces are cut along each of the axes.
    @Test(
        "Piece by piece, the points come to their places in a grid of any shape",
        arguments: [
            [1], [40_000], [3, 20_000], [20_000, 3], [1, 1, 1], [2, 3, 7_000], [7_000, 2, 3], [3, 5, 2, 1_111],
            [2, 129, 130], [16_384], [16_385, 1],
        ])
    func shapes(shape: [Int]) throws {
        let scratch = try ScratchDirectory()
        let layout = Self.layout(shape)
        let table = try Self.create(scratch.path(), layout)
        var next = 0
        for block in table.blocks {
            #expect(block.points.lowerBound == next)
            #expect((1...16_384).contains(block.points.count))
            next = block.points.upperBound
            try table.write(Self.rows(block.points), at: block)
        }
        #expect(next == layout.count)
        try table.finish()
        let file = try HDF5File(reading: scratch.path())
        #expect(try file.shape(of: "/points/number") == shape)
        #expect(try file.readDoubles("/points/number") == (0..<layout.count).map { Double($0) })
        #expect(try file.readIntegers("/points/steps") == Array(0..<layout.count))
        #expect(try file.readIntegers("/points/status") == (0..<layout.count).map { $0 % 2 })
    }

    @Test("Until it is finished, an earlier table stays")
    func unfinished() throws {
        let scratch = try ScratchDirectory()
        let earlier = Data("an earlier table".utf8)
        try earlier.write(to: URL(filePath: scratch.path()))
        do {
            let table = try Self.create(scratch.path(), Self.layout([3]))
            try table.write(Self.rows(0..<3), at: table.blocks[0])
            #expect(try Data(contentsOf: URL(filePath: scratch.path())) == earlier)
        }
        #expect(try Data(contentsOf: URL(filePath: scratch.path())) == earlier)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == ["results.h5"])
        let table = try Self.create(scratch.path(), Self.layout([3]))
        try table.write(Self.rows(0..<3), at: table.blocks[0])
        try table.finish()
        #expect(try HDF5File(reading: scratch.path()).readDoubles("/points/number") == [0, 1, 2])
        #expect(throws: FieldIOError.self) { try table.finish() }
        #expect(try HDF5File(reading: scratch.path()).readDoubles("/points/number") == [0, 1, 2])
    }

    @Test("Rows and layouts that do not fit are refused")
    func misfits() throws {
        let scratch = try ScratchDirectory()
        func reason(_ change: (inout StudyTableLayout) -> Void) throws -> String {
            var layout = Self.layout([3, 2])
            change(&layout)
            return try fieldError { _ = try Self.create(scratch.path(), layout) }.reason
        }
        #expect(try reason { $0.axes = [] } == "there is no axis")
        #expect(try reason { $0.axes[1].values = .words([]) } == "the axis 'axis_1' is empty")
        #expect(try reason { $0.isGrid = false } == "the axis 'axis_1' has 2 values instead of 3")
        #expect(try reason { $0.axes[0].description.name = "number" } == "the name 'number' is taken")
        #expect(try reason { $0.outputs[0].name = "status" } == "the name 'status' is taken")
        #expect(!FileManager.default.fileExists(atPath: scratch.path()))

        let table = try Self.create(scratch.path(), Self.layout([3]))
        let error = try fieldError { try table.write(Self.rows(0..<2), at: table.blocks[0]) }
        #expect(error.reason == "2 rows with 1 outputs are given for 3 points with 1")
        var rows = Self.rows(0..<3)
        rows.reason[1] = "cut\0here"
        #expect(
            try fieldError { try table.write(rows, at: table.blocks[0]) }.reason == "the text holds a NUL character")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == [])
    }

    /// A limit on the size of files stands in for a full disk: the system refuses the write in the same place.
    @Test("Running out of space is an error and leaves the earlier table", arguments: [2, 60, 400])
    func outOfSpace(kilobytes: Int) async throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path()
        try Data("an earlier table".utf8).write(to: URL(filePath: path))
        await #expect(processExitsWith: .success) { [path = path as String, kilobytes = kilobytes as Int] in
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: rlim_t(kilobytes * 1024), rlim_max: rlim_t(kilobytes * 1024))
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let error = try fieldError {
                let table = try Self.create(path, Self.layout([200, 100]))
                for block in table.blocks { try table.write(Self.rows(block.points), at: block) }
                try table.finish()
            }
            #expect(error.systemError == EFBIG)
            #expect(error.file.hasPrefix(path))
            #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == Data("an earlier table".utf8))
    }
}
