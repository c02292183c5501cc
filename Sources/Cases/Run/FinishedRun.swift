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
        guard let text = try? String(contentsOfFile: directory.digestsPath, encoding: .utf8),
            let document = try? String(contentsOfFile: directory.summaryPath, encoding: .utf8),
            let status = try? JSONDecoder().decode(RunDocument.self, from: Data(document.utf8)).status,
            status == RunStatus.finished.rawValue
        else { return nil }
        if let resolved = try? String(contentsOfFile: directory.resolvedPath, encoding: .utf8),
            let difference = ResolvedDifference.first(from: resolved, to: runCase.resolved)
        {
            directory.release()
            throw RunDirectory.Problem(
                description: "\(directory.path): the directory holds a finished run of another case: \(difference); "
                    + "give another directory, or --overwrite to replace it")
        }
        let damages =
            FileDigests(parsing: text)?.damages(in: directory.path) ?? ["\(directory.digestsPath): the file is damaged"]
        if let damage = damages.first {
            directory.release()
            throw RunDirectory.Problem(description: "\(damage); run the case again with --overwrite")
        }
        self.directory = directory
        self.document = document
        // A process that was killed between its end and here leaves them.
        try directory.removeSavedState()
        directory.release()
    }
}
