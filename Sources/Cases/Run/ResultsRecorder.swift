import BuildInfo
import FieldIO
import Models
import Quantities

/// Writes what a run computes to its results file, and passes its progress on.
final class ResultsRecorder: RunObserver {
    private let runCase: Case
    private let path: String
    private let commandLine: [String]
    private let onProgress: (RunProgress) -> Bool
    private var file: ResultsFile?
    private var meshMoves = false
    /// The points of a frame as the file takes them.
    private var spacePoints: [SIMD3<Double>] = []
    private var isFinished = false

    init(
        of runCase: Case, to path: String, commandLine: [String], onProgress: @escaping (RunProgress) -> Bool
    ) {
        self.runCase = runCase
        self.path = path
        self.commandLine = commandLine
        self.onProgress = onProgress
    }

    func begin(_ outline: RunOutline) throws {
        let (mesh, tables) = Self.mesh(of: outline)
        meshMoves = outline.meshMoves
        spacePoints = mesh.points
        file = try ResultsFile(
            creating: path,
            layout: ResultsLayout(
                model: type(of: runCase.model).name, mesh: mesh, meshMoves: meshMoves, pointFields: outline.fields,
                series: outline.series, tables: tables),
            softwareVersion: BuildInfo.version,
            provenance: Provenance.entries(of: runCase, commandLine: commandLine))
    }

    func record(time: Double, row: [Double]) throws {
        try file?.appendSeriesRow(time: time, values: row.span)
    }

    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) throws {
        if meshMoves {
            spacePoints.removeAll(keepingCapacity: true)
            for point in points { spacePoints.append(SIMD3(point, 0)) }
            let spacePoints = spacePoints
            try file?.appendFrame(time: time, points: spacePoints.span, fields: fields.span)
        } else {
            try file?.appendFrame(time: time, fields: fields.span)
        }
    }

    /// The mesh of a run as the file takes it, and the tables that go with it.
    private static func mesh(of outline: RunOutline) -> (ResultMesh, FrameTables) {
        switch outline.mesh {
        case .line(let positions): (.line(positions: positions), .profiles)
        case .lattice(let columns, let rows, let points, let isAxisymmetric):
            (
                .quadrilaterals(columns: columns, rows: rows, points: points),
                .lattice(columns: columns, rows: rows, isAxisymmetric: isAxisymmetric)
            )
        }
    }

    func progress(_ progress: RunProgress) throws -> RunDirective { onProgress(progress) ? .goOn : .stop }

    /// Makes what was recorded safe from the end of this process.
    func flush() throws { try file?.flush() }

    /// Marks the file of a run that failed, unless its end is written already.
    func abandon() throws {
        if !isFinished { try finish(.failed, results: []) }
    }

    func finish(_ status: RunStatus, results: [DescribedValue]) throws {
        isFinished = true
        try file?.finish(status: status, summary: results)
    }
}
