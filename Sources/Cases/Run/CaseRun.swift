import BuildInfo
import Checkpoints
import FieldIO
import Foundation
import Models
import Quantities

/// A case run into its directory, from the start or from where an earlier process left it.
public struct CaseRun: Sendable {
    /// What the model reports.
    public let report: RunReport
    /// Why the results carry no error although the case asks for it; nil when they do or it does not ask.
    public let missingErrorEstimate: String?
    /// Wall time from the first to the last byte of the results, s; without the time between the parts of a run that was resumed.
    public let wallTime: Double
    /// Processor time of all threads in that time, s.
    public let cpuTime: Double
    /// Whether the wall time that was granted was over before the run was.
    public let isOutOfTime: Bool

    /// Runs a case and writes its files.
    ///
    /// - Parameters:
    ///   - directory: the run's directory. Where it holds a run that can go on, that is what it does.
    ///   - commandLine: the command and its arguments, for provenance.
    ///   - pace: when it saves its state, and when it stops.
    ///   - onNote: takes a sentence about what was found in the directory, for the user.
    ///   - onProgress: called after each accepted step; returning false ends the run, which then is `interrupted`.
    /// - Throws: `SystemFileError` or `FieldIOError` when a file cannot be written, ``RunDirectory/Problem`` when the directory
    ///   holds the run of another case, `RunFailure` when the case cannot be
    ///   solved; what was computed until then is in the results, whose status is `failed`.
    public init(
        _ runCase: Case, in directory: RunDirectory, commandLine: [String], pace: RunPace = RunPace(),
        onNote: (String) -> Void = { _ in }, onProgress: @escaping (RunProgress) -> Bool
    ) throws {
        defer { directory.release() }
        let earlier = try EarlierParts(of: runCase, in: directory)
        let log = RunLog(path: directory.logPath)
        for note in earlier.notes {
            log.write(note)
            onNote(note)
        }
        var checkpoint = earlier.checkpoint ?? RunCheckpoint(of: runCase, commandLine: commandLine)
        if earlier.checkpoint == nil {
            try directory.removeSavedState()
            try directory.removeEnd()
            directory.setResultsAside()
            // The first of the files: it tells that the directory is a run's, and of which case.
            try directory.write(runCase.resolved, to: directory.resolvedPath)
            try directory.write(runCase.text, to: directory.casePath)
            log.write("Mesolith \(BuildInfo.version) (\(BuildInfo.gitCommit)) runs \(runCase.path)")
            for extrapolation in runCase.extrapolations { log.write("extrapolated: \(extrapolation)") }
        } else {
            checkpoint.resumptions.append(
                "\(Machine.now()) on \(Machine.host) (\(Machine.processor)) from \(checkpoint.time) s: "
                    + commandLine.map(\.shellWord).joined(separator: " "))
            log.write("Mesolith \(BuildInfo.version) (\(BuildInfo.gitCommit)) goes on from \(checkpoint.time) s")
        }
        checkpoint.processor = Machine.processor
        let keeper = RunKeeper(
            checkpoint, number: earlier.number, kept: earlier.wholeNumber.map { [$0] } ?? [], in: directory, log: log,
            pace: pace, onProgress: onProgress)
        let recorder = ResultsRecorder(of: runCase, in: directory, keeper: keeper)
        var estimation: ErrorEstimation
        do {
            estimation = try Self.solve(runCase, from: earlier.state, recorder, keeper)
            if let failure = estimation.failure {
                try recorder.finish(.failed, results: estimation.report.results)
                throw failure
            }
        } catch {
            log.write("failed: \(error)")
            if let failure = error as? RunFailure {
                if !recorder.isFinished { try recorder.finish(.failed, results: []) }
                let document = RunFailureDocument(of: failure, directory: directory)
                try Self.end(directory, summary: document.json(), keepingState: false)
            }
            if let problem = error as? SavedState.Problem {
                throw RunDirectory.Problem(
                    description:
                        "\(directory.path): the run cannot go on from its checkpoint: \(problem); give another directory, or "
                        + "--overwrite to begin anew")
            }
            throw error
        }
        (report, missingErrorEstimate) = (estimation.report, estimation.missing)
        isOutOfTime = keeper.isOutOfTime
        (wallTime, cpuTime) = (keeper.wallTime, keeper.cpuTime)
        if let missingErrorEstimate { log.write("no error estimate: \(missingErrorEstimate)") }
        for (index, step) in report.steps.enumerated() {
            log.write("protocol step \(index) (\(step.name)) ended by \(step.end) after \(step.duration) s")
        }
        try recorder.finish(report.finished ? .finished : .interrupted, results: report.results)
        log.write(report.finished ? "finished" : isOutOfTime ? "out of wall time" : "interrupted")
        try keeper.close()
        try Self.end(
            directory, summary: try RunDocument(of: runCase, run: self, directory: directory).json(),
            keepingState: !report.finished)
    }

    /// Writes what says how the run has ended, and that its files are complete.
    private static func end(_ directory: RunDirectory, summary: String, keepingState: Bool) throws {
        try directory.checkPlace()
        try directory.write(summary + "\n", to: directory.summaryPath)
        try directory.writeDigests(withSavedState: keepingState)
        if !keepingState { try directory.removeSavedState() }
    }

    /// Solves the case and, for its errors, its coarser resolutions, each from where it was.
    private static func solve(
        _ runCase: Case, from saved: SavedState?, _ recorder: ResultsRecorder, _ keeper: RunKeeper
    ) throws -> ErrorEstimation {
        let done = keeper.checkpoint.reports
        let found: RunReport
        if let first = done.first {
            // What was recorded is complete; the results file is made from it.
            try recorder.begin(try runCase.model.outline())
            found = first
        } else {
            found = try runCase.model.run(observer: recorder, resuming: saved)
            if let result = found.results.first(where: { !$0.value.isFinite }) {
                throw RunFailure(
                    "\(type(of: runCase.model).name): the result `\(result.quantity.name)` is not finite (\(result.value)); check the "
                        + "laws of the case")
            }
            if found.finished { keeper.complete(found) }
        }
        try recorder.flush()
        var estimation = ErrorEstimation(of: found, by: type(of: runCase.model))
        let coarser: [any CaseModel] = runCase.model.coarser
        for (index, model) in coarser.enumerated() where estimation.wantsMore {
            if index + 1 < done.count {
                estimation.add(.success(done[index + 1]))
                continue
            }
            let observer = EstimateObserver(keeper)
            let estimate = try observer.run(model, from: index + 1 == done.count ? saved : nil)
            if case .success(let report) = estimate, report.finished { keeper.complete(report) }
            estimation.add(estimate)
        }
        return estimation
    }
}

/// Keeps nothing of a run but its state.
private final class EstimateObserver: RunObserver {
    private let keeper: RunKeeper
    /// Why a state could not be kept: not a failure of the run.
    private var problem: (any Error)?

    init(_ keeper: RunKeeper) { self.keeper = keeper }

    /// Runs a coarser resolution. That it cannot be solved is no error: the results then have no estimate.
    func run(_ model: any CaseModel, from saved: SavedState?) throws -> Result<RunReport, any Error> {
        let result = Result { try model.run(observer: self, resuming: saved) }
        if let problem { throw problem }
        if case .failure(let error) = result, error is SavedState.Problem { throw error }
        return result
    }

    func begin(_ outline: RunOutline) {}
    func record(time: Double, row: [Double]) {}
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) {}

    func progress(_ progress: RunProgress) -> RunDirective {
        var progress = progress
        progress.isErrorEstimate = true
        return keeper.directive(after: progress)
    }

    func save(_ state: SavedState) throws {
        do { try keeper.save(state) } catch {
            problem = error
            throw error
        }
    }
}

extension CaseModel {
    /// What a run of the case would deliver.
    ///
    /// - Throws: what the run throws before its first step.
    func outline() throws -> RunOutline {
        let observer = OutlineObserver()
        do { _ = try run(observer: observer) } catch is OutlineObserver.Enough {}
        guard let outline = observer.outline else { throw RunFailure("\(Self.name): the run ended before it began") }
        return outline
    }
}

/// Takes the outline of a run and ends it.
private final class OutlineObserver: RunObserver {
    struct Enough: Error {}

    private(set) var outline: RunOutline?

    func begin(_ outline: RunOutline) throws {
        self.outline = outline
        throw Enough()
    }
    func record(time: Double, row: [Double]) {}
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) {}
    func progress(_ progress: RunProgress) -> RunDirective { .stop }
}
