import FieldIO
import Foundation

/// A run of a case that came to its end before, with its files as it left them.
public struct FinishedRun {
    /// Where it is.
    public let directory: RunDirectory
    /// The line that `mesolith run --json` printed.
    public let document: String

    /// Looks for the end of a run; nil when the directory holds none.
    ///
    /// - Throws: ``RunDirectory/Problem`` when the run is one of another case, or its files are not as it left them.
    public init?(of runCase: Case, in directory: RunDirectory) throws(RunDirectory.Problem) {
        guard let text = try? String(contentsOfFile: directory.digestsPath, encoding: .utf8) else { return nil }
        let document = (try? String(contentsOfFile: directory.summaryPath, encoding: .utf8)) ?? ""
        let status = try? JSONDecoder().decode(StatusOfRun.self, from: Data(document.utf8)).status
        // One that was stopped goes on from what it has saved, whatever its results.
        if let status, status != RunStatus.finished.rawValue { return nil }
        if status == nil && !directory.checkpoints().isEmpty { return nil }
        if let refusal = Self.refusal(of: runCase, digests: text, in: directory) {
            directory.release()
            throw RunDirectory.Problem(description: refusal)
        }
        self.directory = directory
        self.document = document
        // A process that was killed between its end and here leaves them.
        try directory.removeSavedState()
        directory.release()
    }

    /// Why the run is not one of the case, or not as it was left; nil when it is.
    private static func refusal(of runCase: Case, digests: String, in directory: RunDirectory) -> String? {
        let damages = FileDigests(parsing: digests)?.damages(in: directory.path)
        if let damage = damages.map(\.first) ?? "\(directory.digestsPath): the file is damaged" {
            return "\(damage); run the case again with --overwrite"
        }
        let advice = "give another directory, or --overwrite to replace it"
        if let resolved = try? String(contentsOfFile: directory.resolvedPath, encoding: .utf8),
            let difference = ResolvedDifference.first(from: resolved, to: runCase.resolved)
        {
            return "\(directory.path): the directory holds a finished run of another case: \(difference); \(advice)"
        }
        guard let results = try? HDF5File(reading: directory.resultsPath) else { return nil }
        let changed = runCase.attachment { try? results.readText("/provenance/\($0)") }
        return changed.map {
            "\(directory.path): the directory holds a finished run of another case: the file behind `/provenance/\($0)` has "
                + "changed since; \(advice)"
        }
    }
}

/// The part of a summary that says how the run stands, whatever else is in it.
struct StatusOfRun: Decodable {
    let status: String
}
