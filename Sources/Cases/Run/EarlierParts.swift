import Checkpoints
import FieldIO
import Foundation
import SystemFiles

/// What earlier processes left of a run in its directory: the newest checkpoint that is whole, with its state.
struct EarlierParts {
    /// Where the run goes on; nil when it begins anew.
    private(set) var checkpoint: RunCheckpoint?
    /// The state of the model there.
    private(set) var state: SavedState?
    /// Number of the newest checkpoint, whole or not.
    private(set) var number = 0
    /// Number of the one from which the run goes on.
    private(set) var wholeNumber: Int?
    /// What the user should know of what was found.
    private(set) var notes: [String] = []

    /// Looks for what there is of a run of a case.
    ///
    /// - Throws: ``RunDirectory/Problem`` when the directory holds the run of another case or of another build.
    init(of runCase: Case, in directory: RunDirectory) throws {
        let found = directory.checkpoints()
        number = found.first?.number ?? 0
        for (number, path) in found {
            // A file that cannot be read may be whole: that is for the user to see to.
            let bytes = try SystemFile.contents(of: path)
            do {
                let (checkpoint, state) = try RunCheckpoint.read(bytes, path: path)
                if let refusal = checkpoint.refusal(of: runCase) { throw Self.refused(path, refusal) }
                guard try Self.hasWholeJournal(checkpoint, in: directory) else {
                    notes.append("\(directory.journalPath): the journal is damaged before the place of \(path)")
                    continue
                }
                (self.checkpoint, self.state, wholeNumber) = (checkpoint, state, number)
                if checkpoint.processor != Machine.processor {
                    notes.append(
                        "\(path) was written on \(checkpoint.processor): results on \(Machine.processor) agree with its own to the "
                            + "tolerance of the case, not to the last bit")
                }
                if !notes.isEmpty { notes.append("the run goes on from \(path), at \(checkpoint.time) s") }
                return
            } catch  where error is FieldIOError || error is SavedState.Problem {
                notes.append("\(path) is passed over: \(error)")
            }
        }
        guard let resolved = try? String(contentsOfFile: directory.resolvedPath, encoding: .utf8) else {
            if FileManager.default.fileExists(atPath: directory.resultsPath) {
                throw Self.refused(directory.path, "there is no resolved.yaml that says of which case its results are")
            }
            return
        }
        if let difference = ResolvedDifference.first(from: resolved, to: runCase.resolved) {
            throw Self.refused(directory.path, "it is of another case: \(difference)")
        }
        if !found.isEmpty { notes.append("\(directory.path): no checkpoint is whole; the run begins anew") }
    }

    private static func hasWholeJournal(_ checkpoint: RunCheckpoint, in directory: RunDirectory) throws -> Bool {
        guard let mark = checkpoint.journal else { return false }
        return try RunJournal.read(directory.journalPath, run: checkpoint.run, upTo: mark) != nil
    }

    private static func refused(_ path: String, _ reason: String) -> RunDirectory.Problem {
        RunDirectory.Problem(
            description:
                "\(path): the run cannot go on: \(reason); give another directory, or --overwrite to begin anew")
    }
}
