import FieldIO
import Foundation
import Quantities
import Testing

/// A directory of its own for one test, removed with the value.
struct ScratchDirectory: ~Copyable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "fieldio-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String = "results.h5") -> String { url.appending(path: name).path }
}

/// A small run whose every number says where it belongs.
struct SampleRun {
    var nodes = 7
    var moves = true
    var flushInterval = Duration.seconds(3600)

    static let fields = [
        QuantityDescription("concentration", units: "mol m-3", "lithium concentration"),
        QuantityDescription("potential", units: "V", "electric potential"),
    ]
    static let series = [
        QuantityDescription("current", units: "A", "cell current"),
        QuantityDescription("voltage", units: "V", "cell voltage"),
        QuantityDescription("thickness", units: "m", "layer thickness"),
    ]

    var layout: ResultsLayout {
        ResultsLayout(
            model: "transport", mesh: .line(positions: positions(frame: 0)), meshMoves: moves,
            pointFields: Self.fields, series: Self.series, tables: .profiles)
    }

    func positions(frame: Int) -> [Double] { (0..<nodes).map { Double($0) * (1 + 0.25 * Double(frame)) } }

    func points(frame: Int) -> [SIMD3<Double>] { positions(frame: frame).map { SIMD3($0, 0, 0) } }

    func field(_ field: Int, frame: Int) -> [Double] {
        (0..<nodes).map { Double(1_000_000 * field + 1_000 * frame + $0) }
    }

    func row(_ row: Int) -> [Double] { Self.series.indices.map { Double(10 * row + $0) } }

    func time(_ frame: Int) -> Double { 0.5 * Double(frame) }

    func create(at path: String) throws(FieldIOError) -> ResultsFile {
        try ResultsFile(
            creating: path, layout: layout, softwareVersion: "1.2.3",
            provenance: [("case_text", "thickness = 12 µm\n"), ("overrides", "")], flushInterval: flushInterval)
    }

    func append(frame: Int, to file: ResultsFile) throws(FieldIOError) {
        let fields = field(0, frame: frame) + field(1, frame: frame)
        let points = points(frame: frame)
        if moves {
            try file.appendFrame(time: time(frame), points: points.span, fields: fields.span)
        } else {
            try file.appendFrame(time: time(frame), fields: fields.span)
        }
    }

    func append(row: Int, to file: ResultsFile) throws(FieldIOError) {
        let values = self.row(row)
        try file.appendSeriesRow(time: time(row), values: values.span)
    }

    /// A whole run with a series row for each frame.
    func write(to path: String, frames: Int) throws {
        let file = try create(at: path)
        for frame in 0..<frames {
            try append(row: frame, to: file)
            try append(frame: frame, to: file)
        }
        try file.finish(
            status: .finished,
            summary: [DescribedValue(QuantityDescription("charge", units: "C", "charge passed"), 42.5)])
    }

    /// Expects a file to hold exactly the first `frames` frames and `rows` rows.
    func expect(_ path: String, frames: Int, rows: Int, status: RunStatus) throws {
        let file = try HDF5File(reading: path)
        #expect(try file.readText(attribute: "status", of: "/") == status.rawValue)
        #expect(try file.readIntegers(attribute: "NSteps", of: "/VTKHDF/Steps") == [frames])
        #expect(try file.readDoubles("/VTKHDF/Steps/Values") == (0..<frames).map(time))
        for (index, field) in Self.fields.enumerated() {
            let values = (0..<frames).flatMap { self.field(index, frame: $0) }
            let starts = (0..<frames).map { $0 * nodes }
            #expect(try file.readDoubles("/VTKHDF/PointData/\(field.name)") == values)
            #expect(try file.readIntegers("/VTKHDF/Steps/PointDataOffsets/\(field.name)") == starts)
            #expect(try file.shape(of: "/profiles/\(field.name)") == [frames, nodes])
            #expect(try file.readDoubles("/profiles/\(field.name)") == values)
        }
        #expect(try file.readDoubles("/series/time") == (0..<rows).map(time))
        for (index, column) in Self.series.enumerated() {
            #expect(try file.readDoubles("/series/\(column.name)") == (0..<rows).map { row($0)[index] })
        }
    }
}

/// The error that `body` must throw.
func fieldError(_ body: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) throws -> FieldIOError {
    try #require(throws: FieldIOError.self, sourceLocation: sourceLocation) { try body() }
}
