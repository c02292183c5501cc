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
        meshMoves = outline.meshMoves
        file = try ResultsFile(
            creating: path,
            layout: ResultsLayout(
                model: type(of: runCase.model).name, mesh: .line(positions: outline.positions),
                meshMoves: outline.meshMoves, pointFields: outline.fields, series: outline.series, hasProfiles: true),
            softwareVersion: BuildInfo.version,
            provenance: Provenance.entries(of: runCase, commandLine: commandLine))
    }

    func record(time: Double, row: [Double]) throws {
        try file?.appendSeriesRow(time: time, values: row.span)
    }

    func record(time: Double, positions: [Double], fields: [Double]) throws {
        if meshMoves {
            try file?.appendFrame(time: time, positions: positions.span, fields: fields.span)
        } else {
            try file?.appendFrame(time: time, fields: fields.span)
        }
    }

    func progress(_ progress: RunProgress) throws -> Bool { onProgress(progress) }

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
