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
        for extrapolation in runCase.extrapolations { log.write("extrapolated: \(extrapolation)") }
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
            let unresolved = report.unresolvedResult(among: type(of: runCase.model).mustBeResolved)
            let status: RunStatus = !report.finished ? .interrupted : unresolved == nil ? .finished : .failed
            try recorder.finish(status, results: report.results)
            if let unresolved { throw RunFailure(Self.message(for: unresolved, of: type(of: runCase.model))) }
        } catch let failure as RunFailure {
            log.write("failed: \(failure)")
            try recorder.abandon()
            throw failure
        } catch {
            log.write("failed: \(error)")
            throw error
        }
        log.write(report.finished ? "finished" : "interrupted")
        let elapsed = ContinuousClock.now - start
        wallTime = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    }

    private static func message(for result: DescribedValue, of model: any CaseModel.Type) -> String {
        let percent = 100 * (result.errorEstimate ?? .nan) / result.value
        return "the resolution is too coarse: the error estimate of `\(result.quantity.name)` is "
            + "\(String(format: "%.0f", percent)) % of its value, \(String(format: "%.3g", result.value)) "
            + "\(result.quantity.units); raise \(listed(model.resolutionKeys)), or take the result as it is with "
            + "`numerics.error_estimate: off`"
    }

    /// The report with the error of each result, from the case at coarser resolutions.
    ///
    /// Where these cannot be solved or are interrupted the report stays as it is: the run itself is done.
    private static func estimatingErrors(
        of report: RunReport, in model: any CaseModel, onProgress: @escaping (RunProgress) -> Bool
    ) -> (RunReport, missing: String?) {
        let coarser: [any CaseModel] = model.coarser
        guard report.finished, !coarser.isEmpty else { return (report, nil) }
        var estimates: [RunReport] = []
        for coarse in coarser {
            do {
                let estimate = try coarse.run(observer: SilentObserver(onProgress: onProgress))
                guard estimate.finished else { return (report, "interrupted") }
                for (index, pair) in zip(report.steps, estimate.steps).enumerated() where pair.0.end != pair.1.end {
                    return (
                        report, "at a coarser resolution step \(index) ended by \(pair.1.end), not by \(pair.0.end)"
                    )
                }
                estimates.append(estimate)
            } catch {
                return (report, "a coarser resolution does not do; \(error)")
            }
        }
        return (report.estimatingErrors(from: estimates, except: type(of: model).work), nil)
    }
}

/// Keeps nothing of a run but its progress.
private final class SilentObserver: RunObserver {
    private let onProgress: (RunProgress) -> Bool

    init(onProgress: @escaping (RunProgress) -> Bool) { self.onProgress = onProgress }

    func begin(_ outline: RunOutline) {}
    func record(time: Double, row: [Double]) {}
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) {}
    func progress(_ progress: RunProgress) -> Bool {
        var progress = progress
        progress.isErrorEstimate = true
        return onProgress(progress)
    }
}
