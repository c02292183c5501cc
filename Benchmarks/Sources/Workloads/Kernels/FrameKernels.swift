import FieldIO
import Foundation
import Models
import Quantities

extension Kernels {
    /// One frame of a layer on 64 x 64 cells with all of its fields, appended and flushed to a file of the temporary directory. A field
    /// goes there twice, as a table and for VTK, where a vector has three components.
    static let frames: [Kernel] = [
        Kernel(
            "frame", "ResultsFile.appendFrame and flush, a layer of 64 x 64 cells", unit: "bytes", countedCalls: 0,
            cost: { frameCost },
            prepare: {
                let frames = try FrameSeries()
                try frames.check()
                return { try frames.append() }
            })
    ]

    /// The bytes of such a frame by one call of write(2): as for a frame the file begins anew now and then, and nothing waits for the
    /// disk. Each byte is read once and written once, to the memory that the system keeps of the file.
    static let writing = Kernel(
        "write", "write(2) of the bytes of a frame", unit: "bytes", countedCalls: 0, cost: { frameCost },
        prepare: {
            let file = try PlainFile(bytes: Int(frameCost.work))
            try file.check()
            return { try file.append() }
        })

    private static var frameCost: Kernel.Cost {
        let values = LayerQuantities.fields.reduce(0) { $0 + ($1.components > 1 ? 5 : 2) }
        let bytes = Double(8 * values * FrameSeries.nodes)
        return Kernel.Cost(
            work: bytes, bytes: 2 * bytes, footprint: Double(FrameSeries.most) * bytes, operations: 0)
    }
}

/// Frames that go to a file until there are too many of them, and then to a new one.
private final class FrameSeries {
    static let cells = 64
    static var nodes: Int { (cells + 1) * (cells + 1) }
    /// Frames in a file: it then has some 70 MB.
    static let most = 50
    private let layout: ResultsLayout
    private let values: [Double]
    private var file: ResultsFile?
    private var frames = 0

    init() throws {
        let edges = (0..<Self.nodes).map { node in
            SIMD2(Double(node % (Self.cells + 1)), Double(node / (Self.cells + 1))) * 1e-7
        }
        layout = ResultsLayout(
            model: "layer", mesh: .quadrilaterals(columns: Self.cells, rows: Self.cells, points: edges),
            meshMoves: false, pointFields: LayerQuantities.fields, series: LayerQuantities.series,
            tables: .lattice(columns: Self.cells, rows: Self.cells, isAxisymmetric: false))
        let perNode = LayerQuantities.fields.reduce(0) { $0 + $1.components }
        values = (0..<perNode * Self.nodes).map { 1 / (1 + Double($0)) }
    }

    func append() throws {
        if frames % Self.most == 0 { file = try make(at: temporaryPath(), isKept: false) }
        let values = values
        try file?.appendFrame(time: Double(frames), fields: values.span)
        try file?.flush()
        frames += 1
    }

    private func make(at path: String, isKept: Bool) throws -> ResultsFile {
        let file = try ResultsFile(
            creating: path, layout: layout, softwareVersion: "benchmark", provenance: [], flushInterval: .seconds(3600))
        // The name goes at once, the file when it is closed, however this process ends.
        if !isKept { unlink(path) }
        return file
    }

    /// - Throws: ``KernelMismatch`` where a frame is not read as it was written.
    func check() throws {
        let (path, values) = (temporaryPath(), values)
        defer { unlink(path) }
        let file = try make(at: path, isKept: true)
        for frame in 0..<2 {
            try file.appendFrame(time: Double(frame), fields: values.span)
            try file.flush()
        }
        try file.finish(status: .finished, summary: [])
        let reader = try HDF5File(reading: path)
        var first = 0
        for field in LayerQuantities.fields {
            let count = field.components * Self.nodes
            let exact = Array(values[first..<first + count])
            for place in ["/fields/\(field.name)", "/VTKHDF/PointData/\(field.name)"] {
                var found = try reader.readDoubles(place)
                if place.hasPrefix("/VTKHDF") && field.components > 1 {
                    found = found.enumerated().filter { $0.offset % 3 < 2 }.map(\.element)
                }
                try require("\(place) from what was written", deviation(found, from: exact + exact), atMost: 0)
            }
            first += count
        }
    }
}

/// A file without a name that is written again and again.
private final class PlainFile {
    private let descriptor: Int32
    private let bytes: [UInt8]
    private var writes = 0

    init(bytes count: Int) throws {
        bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let path = temporaryPath()
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw KernelMismatch(description: "\(path) cannot be created: errno \(errno)") }
        unlink(path)
    }

    deinit { close(descriptor) }

    func append() throws {
        if writes % FrameSeries.most == 0 {
            lseek(descriptor, 0, SEEK_SET)
            ftruncate(descriptor, 0)
        }
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw KernelMismatch(description: "a file cannot be written: errno \(errno)")
        }
        writes += 1
    }

    /// - Throws: ``KernelMismatch`` where what was written is not read.
    func check() throws {
        try append()
        var found = [UInt8](repeating: 0, count: bytes.count)
        let count = pread(descriptor, &found, found.count, 0)
        guard count == bytes.count && found == bytes else {
            throw KernelMismatch(description: "a file holds other bytes than were written")
        }
    }
}

/// A path in the temporary directory that no file has.
private func temporaryPath() -> String {
    FileManager.default.temporaryDirectory.appending(path: "mesolith-\(UUID().uuidString)").path
}
