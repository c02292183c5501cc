import FieldIO
import Foundation
import Quantities
import Testing

@Suite("Results on a lattice")
struct LatticeTests {
    /// Where the reader tests look for files that no case makes.
    static let samples = ProcessInfo.processInfo.environment["MESOLITH_SAMPLES"]

    @Test("Every field of a frame lies over rows and columns, a vector with its components", arguments: [true, false])
    func fields(moves: Bool) throws {
        let scratch = try ScratchDirectory()
        let run = LatticeRun(columns: 3, rows: 2, moves: moves)
        try run.write(to: scratch.path(), frames: 4)
        let file = try HDF5File(reading: scratch.path())
        #expect(try file.readText(attribute: "geometry", of: "/fields") == "axisymmetric")
        #expect(try file.readText(attribute: "coordinates", of: "/fields") == "x y")
        #expect(try file.readDoubles("/fields/time") == (0..<4).map(run.time))
        #expect(try file.readIntegers("/fields/row") == [0, 1, 2])
        #expect(try file.readIntegers("/fields/column") == [0, 1, 2, 3])
        #expect(try file.readIntegers("/fields/component") == [0, 1])

        let points = moves ? (0..<4).flatMap { run.points(frame: $0) } : run.undeformed
        #expect(try file.shape(of: "/fields/x") == (moves ? [4, 3, 4] : [3, 4]))
        #expect(try file.readDoubles("/fields/x") == points.map(\.x))
        #expect(try file.readDoubles("/fields/y") == points.map(\.y))
        #expect(try file.readDoubles("/VTKHDF/Points") == points.flatMap { [$0.x, $0.y, 0] })

        for (name, values) in columns(of: run, frames: 4) {
            let isVector = values.count == 2 * 4 * run.nodes
            #expect(try file.shape(of: "/fields/\(name)") == [4, 3, 4] + (isVector ? [2] : []))
            #expect(try file.readDoubles("/fields/\(name)") == values)
            let inSpace = isVector ? widened(values) : values
            #expect(try file.shape(of: "/VTKHDF/PointData/\(name)") == [4 * run.nodes] + (isVector ? [3] : []))
            #expect(try file.readDoubles("/VTKHDF/PointData/\(name)") == inSpace)
            #expect(
                try file.readIntegers("/VTKHDF/Steps/PointDataOffsets/\(name)") == (0..<4).map { $0 * run.nodes })
        }
    }

    /// Vectors of the plane with a third component.
    private func widened(_ values: [Double]) -> [Double] {
        stride(from: 0, to: values.count, by: 2).flatMap { (first: Int) -> [Double] in
            [values[first], values[first + 1], 0]
        }
    }

    /// The values of each field, all frames after each other.
    private func columns(of run: LatticeRun, frames: Int) -> [(name: String, values: [Double])] {
        var first = 0
        return LatticeRun.fields.map { field in
            let range = first..<first + field.components * run.nodes
            first = range.upperBound
            return (field.name, (0..<frames).flatMap { run.values(frame: $0)[range] })
        }
    }

    @Test("The cells are VTK's quadrilaterals, counter-clockwise from the bottom left")
    func cells() throws {
        let mesh = ResultMesh.quadrilaterals(columns: 2, rows: 2, points: LatticeRun(columns: 2, rows: 2).undeformed)
        #expect(mesh.connectivity == [0, 1, 4, 3, 1, 2, 5, 4, 3, 4, 7, 6, 4, 5, 8, 7])
        #expect(mesh.offsets == [0, 4, 8, 12, 16])
        #expect(mesh.cellTypes == [9, 9, 9, 9])
        for cell in 0..<4 {
            let corners = mesh.connectivity[4 * cell..<4 * cell + 4].map { mesh.points[$0] }
            let area = (0..<4).reduce(0.0) { sum, corner in
                let (a, b) = (corners[corner], corners[(corner + 1) % 4])
                return sum + 0.5 * (a.x * b.y - b.x * a.y)
            }
            #expect(abs(area / (LatticeRun.radius * LatticeRun.height / 4) - 1) < 1e-12)
        }
    }

    @Test("A frame larger than a chunk reads back, and the file does not depend on its flushes")
    func largeFrames() throws {
        let scratch = try ScratchDirectory()
        let run = LatticeRun(columns: 299, rows: 251)
        try run.write(to: scratch.path(), frames: 2)
        try run.write(to: scratch.path("flushed.h5"), frames: 2, flushInterval: .zero)
        let file = try HDF5File(reading: scratch.path())
        for (name, values) in columns(of: run, frames: 2) {
            #expect(try file.readDoubles("/fields/\(name)") == values)
        }
        let bytes = try Data(contentsOf: URL(filePath: scratch.path()))
        #expect(try Data(contentsOf: URL(filePath: scratch.path("flushed.h5"))) == bytes)
    }

    @Test("Between flushes the file on disk stays that of the last flush")
    func survival() throws {
        let scratch = try ScratchDirectory()
        let run = LatticeRun(columns: 40, rows: 40)
        let file = try ResultsFile(
            creating: scratch.path(), layout: run.layout, softwareVersion: "1", provenance: [],
            flushInterval: .seconds(3600))
        for frame in 0..<100 { try run.append(frame: frame, to: file) }
        try FileManager.default.copyItem(atPath: scratch.path(), toPath: scratch.path("copy.h5"))
        let copy = try HDF5File(reading: scratch.path("copy.h5"))
        #expect(try copy.readIntegers(attribute: "NSteps", of: "/VTKHDF/Steps") == [1])
        #expect(try copy.readDoubles("/fields/time") == [0])
        let values = run.values(frame: 0)
        #expect(try copy.readDoubles("/fields/concentration", rows: 0..<1) == Array(values[..<run.nodes]))
    }

    @Test("A layout that does not fit together is refused")
    func defects() throws {
        func reason(_ change: (inout ResultsLayout) -> Void) throws -> String {
            let scratch = try ScratchDirectory()
            var layout = LatticeRun(columns: 3, rows: 2).layout
            change(&layout)
            return try fieldError {
                _ = try ResultsFile(creating: scratch.path(), layout: layout, softwareVersion: "1", provenance: [])
            }.reason
        }
        #expect(
            try reason { $0.tables = .lattice(columns: 2, rows: 2, isAxisymmetric: false) }
                == "a lattice of 2 by 2 cells has not the 12 nodes of the mesh")
        #expect(
            try reason { $0.tables = .profiles }
                == "the field 'displacement' has 2 components, here it can have 1 at most")
        #expect(
            try reason { $0.pointFields[0].components = 3 }
                == "the field 'concentration' has 3 components, here it can have 2 at most")
        #expect(
            try reason {
                $0.series = [QuantityDescription("force", units: "N", components: 2, "force")]
            } == "the column 'force' of the series has 2 components instead of one")
        #expect(try reason { $0.pointFields[0].name = "x" } == "the name 'x' is taken")
    }

    @Test("Samples for the reader tests", .enabled(if: samples != nil))
    func writeSamples() throws {
        let directory = URL(filePath: try #require(Self.samples))
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let plate = LatticeRun()
        let strip = LatticeRun(columns: 5, rows: 3, moves: false, isAxisymmetric: false)
        for (name, run) in [("plate.h5", plate), ("strip.h5", strip)] {
            let path = directory.appending(path: name).path
            try? FileManager.default.removeItem(atPath: path)
            try run.write(to: path, frames: 5)
            #expect(try HDF5File(reading: path).readDoubles("/fields/time") == (0..<5).map(run.time))
        }
    }
}
