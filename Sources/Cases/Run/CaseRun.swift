import BuildInfo
import FieldIO
import Models

/// A case run into its directory.
public struct CaseRun: Sendable {
    /// What the model reports.
    public let report: RunReport
    /// Why the results carry no error although the case asks for it; nil when they do or it does not ask.
    public let missingErrorEstimate: String?
    /// Wall time from the first to the last byte of the results, s.
    public let wallTime: Double

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
        try directory.write(runCase.text, to: directory.casePath)
        try directory.write(runCase.resolved, to: directory.resolvedPath)
        let log = RunLog(path: directory.logPath)
        log.write("Mesolith \(BuildInfo.version) (\(BuildInfo.gitCommit)) runs \(runCase.path)")
        let recorder = ResultsRecorder(
            of: runCase, to: directory.resultsPath, commandLine: commandLine, onProgress: onProgress)
        do {
            let found = try runCase.model.run(observer: recorder)
            try recorder.flush()
            (report, missingErrorEstimate) = Self.estimatingErrors(
                of: found, in: runCase.model, onProgress: onProgress)
            if let missingErrorEstimate { log.write("no error estimate: \(missingErrorEstimate)") }
            for (index, step) in report.steps.enumerated() {
                log.write(
                    "protocol step \(index) (\(step.kind.rawValue)) ended by \(step.end) after \(step.duration) s")
            }
            try recorder.finish(report.finished ? .finished : .interrupted, results: report.results)
        } catch let failure as RunFailure {
            log.write("failed: \(failure)")
            try recorder.finish(.failed, results: [])
            throw failure
        } catch {
            log.write("failed: \(error)")
            throw error
        }
        log.write(report.finished ? "finished" : "interrupted")
        let elapsed = ContinuousClock.now - start
        wallTime = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    }

    /// The report with the error of each result, from the case at a coarser resolution.
    ///
    /// Where that cannot be solved or is interrupted the report stays as it is: the run itself is done.
    private static func estimatingErrors(
        of report: RunReport, in model: any CaseModel, onProgress: @escaping (RunProgress) -> Bool
    ) -> (RunReport, missing: String?) {
        guard report.finished, let coarser = model.coarser else { return (report, nil) }
        do {
            let estimate = try coarser.run(observer: SilentObserver(onProgress: onProgress))
            guard estimate.finished else { return (report, "interrupted") }
            return (report.estimatingErrors(from: estimate, except: type(of: model).work), nil)
        } catch {
            return (report, "the coarser resolution does not do; \(error)")
        }
    }
}

/// Keeps nothing of a run but its progress.
private final class SilentObserver: RunObserver {
    private let onProgress: (RunProgress) -> Bool

    init(onProgress: @escaping (RunProgress) -> Bool) { self.onProgress = onProgress }

    func begin(_ outline: RunOutline) {}
    func record(time: Double, row: [Double]) {}
    func record(time: Double, positions: [Double], fields: [Double]) {}
    func progress(_ progress: RunProgress) -> Bool {
        var progress = progress
        progress.isErrorEstimate = true
        return onProgress(progress)
    }
}
