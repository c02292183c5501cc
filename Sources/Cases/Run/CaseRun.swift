import BuildInfo
import FieldIO
import Foundation
import Models
import Quantities

/// A case run into its directory.
public struct CaseRun: Sendable {
    /// What the model reports.
    public let report: RunReport
    /// Why the results carry no error although the case asks for it; nil when they do or it does not ask.
    public let missingErrorEstimate: String?
    /// Wall time from the first to the last byte of the results, s.
    public let wallTime: Double
    /// Processor time of all threads in that time, s.
    public let cpuTime: Double

    /// Runs a case and writes its files.
    ///
    /// - Parameters:
    ///   - directory: the run's directory, without files of a run.
    ///   - commandLine: the command and its arguments, for provenance.
    ///   - onProgress: called after each accepted step; returning false ends the run, which then is `interrupted`.
    /// - Throws: `RunDirectory.Problem` or `FieldIOError` when a file cannot be written, `RunFailure` when the case cannot be
    ///   solved; what was computed until then is in the results, whose status is `failed`.
    public init(
        _ runCase: Case, in directory: RunDirectory, commandLine: [String],
        onProgress: @escaping (RunProgress) -> Bool
    ) throws {
        let start = ContinuousClock.now
        let cpuStart = ProcessorTime.ofProcess
        try directory.write(runCase.text, to: directory.casePath)
        try directory.write(runCase.resolved, to: directory.resolvedPath)
        let log = RunLog(path: directory.logPath)
        log.write("Mesolith \(BuildInfo.version) (\(BuildInfo.gitCommit)) runs \(runCase.path)")
        for extrapolation in runCase.extrapolations { log.write("extrapolated: \(extrapolation)") }
        let recorder = ResultsRecorder(
            of: runCase, to: directory.resultsPath, commandLine: commandLine, onProgress: onProgress)
        do {
            let found = try runCase.model.run(observer: recorder)
            try recorder.flush()
            var estimation = ErrorEstimation(of: found, by: type(of: runCase.model))
            let coarser: [any CaseModel] = runCase.model.coarser
            for model in coarser where estimation.wantsMore {
                estimation.add(Result { try model.run(observer: SilentObserver(onProgress: onProgress)) })
            }
            (report, missingErrorEstimate) = (estimation.report, estimation.missing)
            if let missingErrorEstimate { log.write("no error estimate: \(missingErrorEstimate)") }
            for (index, step) in report.steps.enumerated() {
                log.write(
                    "protocol step \(index) (\(step.name)) ended by \(step.end) after \(step.duration) s")
            }
            let failure = estimation.failure
            let status: RunStatus = !report.finished ? .interrupted : failure == nil ? .finished : .failed
            try recorder.finish(status, results: report.results)
            if let failure { throw failure }
        } catch let failure as RunFailure {
            log.write("failed: \(failure)")
            try recorder.abandon()
            throw failure
        } catch {
            log.write("failed: \(error)")
            throw error
        }
        log.write(report.finished ? "finished" : "interrupted")
        wallTime = (ContinuousClock.now - start) / .seconds(1)
        cpuTime = ProcessorTime.ofProcess - cpuStart
    }
}

/// Keeps nothing of a run but its progress.
private final class SilentObserver: RunObserver {
    private let onProgress: (RunProgress) -> Bool

    init(onProgress: @escaping (RunProgress) -> Bool) { self.onProgress = onProgress }

    func begin(_ outline: RunOutline) {}
    func record(time: Double, row: [Double]) {}
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) {}
    func progress(_ progress: RunProgress) -> RunDirective {
        var progress = progress
        progress.isErrorEstimate = true
        return onProgress(progress) ? .goOn : .stop
    }
}
