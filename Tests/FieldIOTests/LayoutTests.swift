import FieldIO
import Foundation
import Quantities
import Testing

@Suite("What a results file holds")
struct LayoutTests {
    @Test("A run on a moving mesh reads back, frame by frame and row by row", arguments: [1, 2, 40])
    func movingMesh(frames: Int) throws {
        let scratch = try ScratchDirectory()
        let run = SampleRun()
        try run.write(to: scratch.path(), frames: frames)
        try run.expect(scratch.path(), frames: frames, rows: frames, status: .finished)

        let file = try HDF5File(reading: scratch.path())
        let positions = (0..<frames).flatMap { run.positions(frame: $0) }
        #expect(try file.shape(of: "/VTKHDF/Points") == [frames * run.nodes, 3])
        #expect(try file.readDoubles("/VTKHDF/Points") == positions.flatMap { [$0, 0, 0] })
        #expect(try file.readIntegers("/VTKHDF/Steps/PointOffsets") == (0..<frames).map { $0 * run.nodes })
        #expect(try file.readDoubles("/profiles/position") == positions)
        #expect(try file.readDoubles("/profiles/time") == (0..<frames).map(run.time))
    }

    @Test("A mesh that rests is stored once")
    func restingMesh() throws {
        let scratch = try ScratchDirectory()
        let run = SampleRun(moves: false)
        try run.write(to: scratch.path(), frames: 5)
        try run.expect(scratch.path(), frames: 5, rows: 5, status: .finished)

        let file = try HDF5File(reading: scratch.path())
        #expect(try file.shape(of: "/VTKHDF/Points") == [run.nodes, 3])
        #expect(try file.readDoubles("/VTKHDF/Points") == run.positions(frame: 0).flatMap { [$0, 0, 0] })
        #expect(try file.readIntegers("/VTKHDF/Steps/PointOffsets") == [0, 0, 0, 0, 0])
        let positions = run.positions(frame: 0)
        #expect(try file.readDoubles("/profiles/position", rows: 3..<5) == positions + positions)
    }

    @Test("The topology and the bookkeeping are what VTKHDF asks for")
    func vtkBooks() throws {
        let scratch = try ScratchDirectory()
        try SampleRun(nodes: 4).write(to: scratch.path(), frames: 3)
        let file = try HDF5File(reading: scratch.path())
        #expect(try file.readText(attribute: "Type", of: "/VTKHDF") == "UnstructuredGrid")
        #expect(try file.readIntegers(attribute: "Version", of: "/VTKHDF") == [2, 0])
        #expect(try file.readIntegers("/VTKHDF/NumberOfPoints") == [4])
        #expect(try file.readIntegers("/VTKHDF/NumberOfCells") == [3])
        #expect(try file.readIntegers("/VTKHDF/NumberOfConnectivityIds") == [6])
        #expect(try file.readIntegers("/VTKHDF/Connectivity") == [0, 1, 1, 2, 2, 3])
        #expect(try file.readIntegers("/VTKHDF/Offsets") == [0, 2, 4, 6])
        #expect(try file.readIntegers("/VTKHDF/Types") == [3, 3, 3])
        #expect(try file.readIntegers("/VTKHDF/Steps/PartOffsets") == [0, 0, 0])
        #expect(try file.readIntegers("/VTKHDF/Steps/NumberOfParts") == [1, 1, 1])
        for name in ["CellOffsets", "ConnectivityIdOffsets"] {
            #expect(try file.shape(of: "/VTKHDF/Steps/\(name)") == [3, 1])
            #expect(try file.readIntegers("/VTKHDF/Steps/\(name)") == [0, 0, 0])
        }
    }

    @Test("Cells and points of a mesh in space go to the file as they are")
    func meshInSpace() throws {
        let scratch = try ScratchDirectory()
        let points: [SIMD3<Double>] = [[0, 0, 0], [1, 0, 0.5], [0, 1, 0], [1, 1, 2]]
        let mesh = ResultMesh(
            points: points, connectivity: [0, 1, 2, 1, 3, 2], offsets: [0, 3, 6], cellTypes: [5, 5])
        let layout = ResultsLayout(
            model: "flow", mesh: mesh, meshMoves: true, pointFields: [SampleRun.fields[0]], series: [],
            tables: nil)
        let results = try ResultsFile(creating: scratch.path(), layout: layout, softwareVersion: "1", provenance: [])
        let moved = points.map { $0 * 2 }
        let values: [Double] = [1, 2, 3, 4]
        try results.appendFrame(time: 0, points: points.span, fields: values.span)
        try results.appendFrame(time: 1, points: moved.span, fields: values.span)
        try results.finish(status: .interrupted, summary: [])

        let file = try HDF5File(reading: scratch.path())
        #expect(try file.readIntegers("/VTKHDF/Connectivity") == mesh.connectivity)
        #expect(try file.readIntegers("/VTKHDF/Types") == [5, 5])
        #expect(try file.readDoubles("/VTKHDF/Points") == (points + moved).flatMap { [$0.x, $0.y, $0.z] })
        #expect(try !file.contains("/profiles"))
        #expect(try file.names(in: "/series") == ["time"])
        #expect(try file.shape(of: "/series/time") == [0])
    }

    @Test("A mesh of one node has no cells and is no special case")
    func singleNode() throws {
        let scratch = try ScratchDirectory()
        let run = SampleRun(nodes: 1)
        try run.write(to: scratch.path(), frames: 3)
        try run.expect(scratch.path(), frames: 3, rows: 3, status: .finished)
        let file = try HDF5File(reading: scratch.path())
        #expect(try file.readIntegers("/VTKHDF/NumberOfCells") == [0])
        #expect(try file.readIntegers("/VTKHDF/Connectivity") == [])
        #expect(try file.readIntegers("/VTKHDF/Offsets") == [0])
    }

    @Test("A frame larger than a chunk reads back")
    func largeFrames() throws {
        let scratch = try ScratchDirectory()
        let run = SampleRun(nodes: 150_001)
        try run.write(to: scratch.path(), frames: 2)
        try run.expect(scratch.path(), frames: 2, rows: 2, status: .finished)
        let file = try HDF5File(reading: scratch.path())
        #expect(try file.readDoubles("/profiles/position", rows: 1..<2) == run.positions(frame: 1))
    }

    @Test("A short run of a small mesh makes a small file")
    func smallFile() throws {
        let scratch = try ScratchDirectory()
        try SampleRun(nodes: 101).write(to: scratch.path(), frames: 1)
        let size = try #require(
            try FileManager.default.attributesOfItem(atPath: scratch.path())[.size] as? Int)
        #expect(size < 300_000)
    }

    @Test("The series keeps the order of its rows over many blocks")
    func longSeries() throws {
        let scratch = try ScratchDirectory()
        let run = SampleRun()
        let results = try run.create(at: scratch.path())
        for row in 0..<2_500 {
            try run.append(row: row, to: results)
            if row == 700 || row == 1_024 { try results.flush() }
        }
        try results.finish(status: .finished, summary: [])
        try run.expect(scratch.path(), frames: 0, rows: 2_500, status: .finished)
    }

    @Test("Root attributes, units, summary and provenance", arguments: [RunStatus.finished, .interrupted, .failed])
    func descriptions(status: RunStatus) throws {
        let scratch = try ScratchDirectory()
        let results = try SampleRun().create(at: scratch.path())
        try results.finish(
            status: status,
            summary: [
                DescribedValue(QuantityDescription("charge", units: "C", "charge passed"), 42.5),
                DescribedValue(QuantityDescription("steps", units: "1", "accepted steps"), 17),
            ])

        let file = try HDF5File(reading: scratch.path())
        #expect(try file.readText(attribute: "filetype", of: "/") == "mesolith-results")
        #expect(try file.readIntegers(attribute: "format_version", of: "/") == [1, 2])
        #expect(try file.readText(attribute: "software", of: "/") == "Mesolith")
        #expect(try file.readText(attribute: "software_version", of: "/") == "1.2.3")
        #expect(try file.readText(attribute: "model", of: "/") == "transport")
        #expect(try file.readText(attribute: "status", of: "/") == status.rawValue)

        #expect(try file.names(in: "/summary") == ["charge", "steps"])
        #expect(try file.shape(of: "/summary/charge") == [])
        #expect(try file.readDoubles("/summary/charge") == [42.5])
        #expect(try file.readText(attribute: "units", of: "/summary/charge") == "C")
        #expect(try file.readText("/provenance/case_text") == "thickness = 12 µm\n")
        #expect(try file.readText("/provenance/overrides") == "")

        for path in ["/VTKHDF/PointData/concentration", "/profiles/concentration"] {
            #expect(try file.readText(attribute: "units", of: path) == "mol m-3")
            #expect(try file.readText(attribute: "long_name", of: path) == "lithium concentration")
        }
        for path in ["/series/time", "/profiles/time", "/VTKHDF/Steps/Values"] {
            #expect(try file.readText(attribute: "units", of: path) == "s")
        }
        for path in ["/VTKHDF/Points", "/profiles/position"] {
            #expect(try file.readText(attribute: "units", of: path) == "m")
        }
    }

    @Test("The axes of the tables carry their names")
    func dimensionScales() throws {
        let scratch = try ScratchDirectory()
        try SampleRun().write(to: scratch.path(), frames: 2)
        let file = try HDF5File(reading: scratch.path())
        for (path, name) in [("/series/time", "time"), ("/profiles/time", "time"), ("/profiles/node", "node")] {
            #expect(try file.readText(attribute: "CLASS", of: path) == "DIMENSION_SCALE")
            #expect(try file.readText(attribute: "NAME", of: path) == name)
        }
        #expect(try file.readIntegers("/profiles/node") == Array(0..<7))
    }
}
