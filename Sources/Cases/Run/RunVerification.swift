import FieldIO
import Foundation
import SystemFiles

/// Whether the files of a run are whole, as their digests say; none of them is opened by HDF5 before.
public struct RunVerification: Sendable {
    /// How a run stands.
    public enum Status: String, Sendable, Codable {
        /// The run reached its end.
        case finished
        /// It was stopped before its end and can go on.
        case interrupted
        /// It met an error.
        case failed
        /// It was killed, and its results were made anew from the journal.
        case recovered
        /// A process works on it.
        case running
        /// Its process ended without closing the results.
        case killed
    }

    /// Path of the directory.
    public let path: String
    /// How the run stands.
    public let status: Status
    /// What is damaged or missing, each in one sentence; empty when nothing is.
    public let damages: [String]
    /// Where the run can go on with this build, s; nil when there is nothing to go on from.
    public let resumesAt: Double?

    /// The process that works on it, in words; nil when none does.
    public let holder: String?

    /// Whether the results are closed and as the run left them.
    public var isWhole: Bool { damages.isEmpty && status != .running && status != .killed }

    /// Looks through the directory of a run.
    ///
    /// - Throws: ``RunDirectory/Problem`` when it is none.
    public init(of path: String) throws(RunDirectory.Problem) {
        self.path = path
        guard FileManager.default.fileExists(atPath: path + "/resolved.yaml") else {
            throw RunDirectory.Problem(
                description: "\(path): this is not the directory of a run: it holds no resolved.yaml")
        }
        if let holder = RunDirectory.holder(of: path) {
            (status, damages, resumesAt, self.holder) = (.running, [], nil, holder)
            return
        }
        let directory = RunDirectory(viewing: path)
        var damages: [String] = []
        if let text = try? String(contentsOfFile: directory.digestsPath, encoding: .utf8) {
            damages = FileDigests(parsing: text)?.damages(in: path) ?? ["\(directory.digestsPath): the file is damaged"]
            status = Self.status(in: directory.summaryPath) ?? .recovered
        } else {
            status = .killed
        }
        var resumesAt: Double?
        for (_, path) in directory.checkpoints() {
            do {
                let checkpoint = try RunCheckpoint.read(path).checkpoint
                let mark = checkpoint.journal
                guard try RunJournal.read(directory.journalPath, run: checkpoint.run, upTo: mark) != nil else {
                    damages.append("\(directory.journalPath): the journal is damaged before the place of \(path)")
                    continue
                }
                if checkpoint.build == RunCheckpoint.thisBuild { resumesAt = resumesAt ?? checkpoint.time }
            } catch { damages.append("\(error)") }
        }
        self.damages = damages
        holder = nil
        self.resumesAt = resumesAt
    }

    private static func status(in path: String) -> Status? {
        guard let data = FileManager.default.contents(atPath: path),
            let document = try? JSONDecoder().decode(StatusOfRun.self, from: data)
        else { return nil }
        return Status(rawValue: document.status)
    }
}
