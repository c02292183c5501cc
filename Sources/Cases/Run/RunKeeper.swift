import Checkpoints
import FieldIO
import Foundation
import Models
import SystemFiles

/// Keeps a run going on from where it was, whatever ends the process: its checkpoints and the journal of what it recorded.
final class RunKeeper {
    /// Checkpoints that are kept; the older is for when the newer is damaged.
    private static let keptCheckpoints = 2

    private let directory: RunDirectory
    private var pace: RunPace
    private let log: RunLog
    private let onProgress: (RunProgress) -> Bool
    private let begin = ContinuousClock.now
    private let cpuBegin = ProcessorTime.ofProcess
    /// Wall and processor time of the earlier parts of the run, s.
    private let (wallBefore, cpuBefore): (Double, Double)
    private var number: Int
    /// Numbers of the checkpoints that are kept, the newest last.
    private var kept: [Int]
    private(set) var checkpoint: RunCheckpoint
    /// What was recorded; made with the first row or frame.
    private var journal: RunJournal?
    private var time = 0.0

    /// Keeps a run that begins, or goes on from a checkpoint.
    ///
    /// - Parameters:
    ///   - number: that of the newest checkpoint there is.
    ///   - kept: that of the one from which the run goes on.
    init(
        _ checkpoint: RunCheckpoint, number: Int, kept: [Int], in directory: RunDirectory, log: RunLog, pace: RunPace,
        onProgress: @escaping (RunProgress) -> Bool
    ) {
        self.checkpoint = checkpoint
        self.number = number
        self.kept = kept
        self.directory = directory
        self.log = log
        self.pace = pace
        self.onProgress = onProgress
        (wallBefore, cpuBefore) = (checkpoint.wallTime, checkpoint.cpuTime)
        time = checkpoint.time
    }

    /// Whether the run was stopped because its wall time was over.
    var isOutOfTime: Bool { pace.isOutOfTime }
    /// Wall time of the run, its earlier parts included, s.
    var wallTime: Double { wallBefore + (ContinuousClock.now - begin) / .seconds(1) }
    /// Processor time of the run, its earlier parts included, s.
    var cpuTime: Double { cpuBefore + ProcessorTime.ofProcess - cpuBegin }

    // MARK: - What the run asks

    /// What the run is to do after a time step.
    func directive(after progress: RunProgress) -> RunDirective {
        if !progress.isErrorEstimate { time = progress.time }
        // The clock is read in any case: it measures the steps.
        let byClock = pace.directive(closing: Double(journal?.length ?? 0))
        return onProgress(progress) ? byClock : .stop
    }

    /// Writes a checkpoint of a state that belongs to all that was recorded so far.
    func save(_ state: SavedState) throws {
        let start = ContinuousClock.now
        try directory.checkPlace()
        let journal = try openJournal()
        try journal.synchronize()
        checkpoint.journal = journal.mark
        (checkpoint.time, checkpoint.wallTime, checkpoint.cpuTime) = (time, wallTime, cpuTime)
        number += 1
        let path = directory.checkpointPath(number)
        let bytes = try checkpoint.bytes(with: state)
        try SystemFile.replace(path, with: bytes, in: directory.path)
        kept = (kept + [number]).suffix(Self.keptCheckpoints)
        for other in directory.checkpoints() where !kept.contains(other.number) { unlink(other.path) }
        pace.saved(since: start)
        let taken = String(
            format: "%.3f s, %.1f MB", (ContinuousClock.now - start) / .seconds(1), Double(bytes.count) / 1e6)
        log.write("checkpoint \(number) at \(time) s (\(taken))")
    }

    /// Notes that the case, or one of its coarser resolutions, is done.
    func complete(_ report: RunReport) { checkpoint.reports.append(report) }

    // MARK: - The journal

    /// Goes on with the journal behind the checkpoint, after all before it was given to `visit`.
    func replayJournal(_ visit: (RunJournal.Entry) throws -> Void) throws {
        guard let mark = checkpoint.journal else { return }
        _ = try RunJournal.read(directory.journalPath, run: checkpoint.run, upTo: mark, visit)
        journal = try RunJournal(resuming: directory.journalPath, at: mark)
    }

    func record(time: Double, row: [Double]) throws { try openJournal().appendRow(time: time, values: row) }

    /// Records a frame; without points where the mesh rests.
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) throws {
        try openJournal().appendFrame(time: time, points: points, fields: fields)
    }

    /// Ends the journal of a run that was stopped, behind its last checkpoint.
    func close() throws { try journal?.synchronize() }

    private func openJournal() throws -> RunJournal {
        if let journal { return journal }
        let journal = try RunJournal(creating: directory.journalPath, run: checkpoint.run)
        self.journal = journal
        return journal
    }
}
