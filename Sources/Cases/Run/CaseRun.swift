import BuildInfo
import FieldIO
import Models

/// A case run into its directory.
public struct CaseRun: Sendable {
    /// What the model reports.
    public let report: RunReport
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
            report = try runCase.model.run(observer: recorder)
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
}
