import FieldIO
import Foundation
import Models
import SystemFiles

/// The results of a run that was killed, made anew from its journal without going on with it.
public struct RunRecovery {
    /// Time of the last row or frame that was recovered, s; nil when the journal holds none.
    public let time: Double?

    /// Recovers what the journal of a run holds up to its last whole block.
    ///
    /// - Parameter commandLine: the command and its arguments, for provenance.
    /// - Throws: ``RunDirectory/Problem`` when there is no journal, `CaseErrors` when the resolved case cannot be read,
    ///   `FieldIOError` or `SystemFileError` when the results cannot be written.
    public init(in directory: RunDirectory, commandLine: [String]) throws {
        defer { directory.release() }
        let runCase = try Case(path: directory.resolvedPath)
        var checkpoint = RunCheckpoint(of: runCase, commandLine: commandLine)
        if let newest = directory.checkpoints().lazy.compactMap({ try? RunCheckpoint.read($0.path) }).first {
            checkpoint = newest.checkpoint
        }
        guard FileManager.default.fileExists(atPath: directory.journalPath),
            let run = try RunJournal.nameOfRun(directory.journalPath)
        else {
            throw RunDirectory.Problem(
                description:
                    "\(directory.journalPath): there is no journal of a run; nothing can be recovered")
        }
        var last: Double?
        checkpoint.run = run
        checkpoint.journal = try RunJournal.read(directory.journalPath, run: run, upTo: nil) { entry in
            switch entry {
            case .row(let time, _), .frame(let time, _, _): last = max(last ?? 0, time)
            }
        }
        let log = RunLog(path: directory.logPath)
        let recorder = ResultsRecorder(
            of: runCase, in: directory,
            keeper: RunKeeper(checkpoint, number: 0, kept: [], in: directory, log: log, pace: RunPace()) { _ in false })
        try recorder.begin(try runCase.model.outline())
        try recorder.finish(.interrupted, results: [])
        try directory.writeDigests(withSavedState: true)
        log.write("results made anew from the journal up to \(last ?? 0) s")
        time = last
    }
}
