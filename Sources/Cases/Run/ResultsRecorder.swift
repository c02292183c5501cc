import BuildInfo
import Checkpoints
import FieldIO
import Foundation
import Models
import Quantities
import SystemFiles

/// Writes what a run computes to its results file and its journal, and passes its progress on.
final class ResultsRecorder: RunObserver {
    private let runCase: Case
    private let directory: RunDirectory
    private let keeper: RunKeeper
    private var file: ResultsFile?
    private var outline: RunOutline?
    /// The points of a frame as the file takes them.
    private var spacePoints: [SIMD3<Double>] = []
    private(set) var isFinished = false

    init(of runCase: Case, in directory: RunDirectory, keeper: RunKeeper) {
        self.runCase = runCase
        self.directory = directory
        self.keeper = keeper
    }

    /// Creates the results. Those of a run that goes on are made anew from the journal and then take the place of the former.
    func begin(_ outline: RunOutline) throws {
        self.outline = outline
        let (mesh, tables) = Self.mesh(of: outline)
        spacePoints = mesh.points
        let checkpoint = keeper.checkpoint
        let isResumed = checkpoint.journal != nil
        let path = isResumed ? directory.draftPath : directory.resultsPath
        if isResumed { unlink(path) }
        file = try ResultsFile(
            creating: path,
            layout: ResultsLayout(
                model: type(of: runCase.model).name, mesh: mesh, meshMoves: outline.meshMoves,
                pointFields: outline.fields, series: outline.series, tables: tables),
            softwareVersion: BuildInfo.version,
            provenance: checkpoint.provenance.map { ($0.name, $0.text) }
                + [("resumptions", checkpoint.resumptions.joined(separator: "\n"))])
        guard isResumed else { return }
        do {
            try keeper.replayJournal { entry in
                switch entry {
                case .row(let time, let values): try write(time: time, row: values)
                case .frame(let time, let points, let fields): try write(time: time, points: points, fields: fields)
                }
            }
            try file?.flush()
            try directory.checkPlace()
            try directory.removeEnd()
            try SystemFile.rename(path, to: directory.resultsPath, in: directory.path)
        } catch {
            file = nil
            unlink(path)
            throw error
        }
    }

    func record(time: Double, row: [Double]) throws {
        if let index = row.firstIndex(where: { !$0.isFinite }), let outline {
            throw notFinite("`\(outline.series[index].name)`", row[index], at: time)
        }
        try keeper.record(time: time, row: row)
        try write(time: time, row: row)
    }

    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) throws {
        if let index = fields.firstIndex(where: { !$0.isFinite }), let outline {
            throw notFinite(outline.place(ofFieldValue: index, points: points), fields[index], at: time)
        }
        try keeper.record(time: time, points: outline?.meshMoves == true ? points : [], fields: fields)
        try write(time: time, points: points, fields: fields)
    }

    private func notFinite(_ name: String, _ value: Double, at time: Double) -> RunFailure {
        RunFailure(
            "\(type(of: runCase.model).name): \(name) became \(value.isNaN ? "not a number" : "infinite") at \(time) s; "
                + "check the laws of the case there")
    }

    private func write(time: Double, row: [Double]) throws {
        try file?.appendSeriesRow(time: time, values: row.span)
    }

    private func write(time: Double, points: [SIMD2<Double>], fields: [Double]) throws {
        if outline?.meshMoves == true {
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

    func progress(_ progress: RunProgress) -> RunDirective { keeper.directive(after: progress) }

    func save(_ state: SavedState) throws {
        // Who looks at the results sees what the checkpoint has.
        try file?.flush()
        try keeper.save(state)
    }

    /// Makes what was recorded safe from the end of this process.
    func flush() throws { try file?.flush() }

    /// Closes the file, and has the disk hold it.
    func finish(_ status: RunStatus, results: [DescribedValue]) throws {
        isFinished = true
        guard let file else { return }
        try directory.checkPlace()
        try file.finish(status: status, summary: results)
        try SystemFile(directory.resultsPath, .reading).synchronize()
    }
}

extension RunOutline {
    /// Which field at which point a number of a frame is, for a message.
    fileprivate func place(ofFieldValue index: Int, points: [SIMD2<Double>]) -> String {
        var first = 0
        for field in fields {
            let count = field.components * points.count
            if index < first + count {
                let point = points[(index - first) / field.components]
                return "`\(field.name)` at x = \(point.x) m, y = \(point.y) m"
            }
            first += count
        }
        return "a field"
    }
}
