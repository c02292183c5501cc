import ArgumentParser
import Cases
import Foundation

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Tell whether the files of runs are whole.",
        discussion: """
            Compares each file with its digest before anything opens it: what a run left
            is in digests.sha256, checkpoints and the journal hold their own. A run whose
            process was killed has results that may not open; --recover makes them anew
            from the journal, `mesolith run --resume` goes on with the run.
            """)

    @Argument(help: "Directories of runs.")
    var directories: [String]
    @Flag(help: "Make the results of a killed run anew from what it had recorded.")
    var recover = false
    @Flag(help: "Print a JSON object for each run.")
    var json = false

    func run() throws {
        // The worst of what was found, and no directory keeps the others from being looked at.
        var codes: [Int32] = []
        for path in directories {
            do { try reportingErrors(json: json) { codes.append(try verify(path).rawValue) } } catch let code
                as ExitCode
            {
                codes.append(code.rawValue)
            }
        }
        let order = [ExitStatus.damaged, .outputFailed, .badCase, .interrupted].map(\.rawValue)
        if let worst = order.first(where: codes.contains) ?? codes.first(where: { $0 != 0 }) { throw ExitCode(worst) }
    }

    private func verify(_ path: String) throws -> ExitStatus {
        var found = try RunVerification(of: path)
        if recover && !found.isWhole && found.status != .running && found.status != .finished {
            let directory = try RunDirectory(named: path, earlierRun: .isResumed)
            let recovery = try RunRecovery(in: directory, commandLine: CommandLine.arguments)
            if !json { print("\(path): results made anew up to \(recovery.time ?? 0) s: \(directory.resultsPath)") }
            found = try RunVerification(of: path)
        }
        if json { print(try jsonLine(of: Document(found))) } else { say(found) }
        return found.isWhole ? .success : found.damages.isEmpty ? .interrupted : .damaged
    }

    private func say(_ found: RunVerification) {
        let state =
            switch found.status {
            case .finished, .interrupted, .failed, .recovered: "\(found.status)"
            case .killed: "killed: results.h5 was not closed; --recover makes it anew"
            case .running: "\(found.holder ?? "a process") works on it"
            }
        let resumption = found.resumesAt.map { "; `mesolith run --resume` goes on at \($0) s" } ?? ""
        print("\(found.path): \(found.isWhole ? "whole" : "not whole") (\(state))\(resumption)")
        for damage in found.damages { standardError("error: \(damage)") }
    }

    /// What `--json` prints.
    private struct Document: Encodable {
        let directory: String
        let status: RunVerification.Status
        let isWhole: Bool
        let damages: [String]
        let resumesAt: Double?

        init(_ found: RunVerification) {
            directory = found.path
            status = found.status
            isWhole = found.isWhole
            damages = found.damages
            resumesAt = found.resumesAt
        }

        private enum CodingKeys: String, CodingKey {
            case directory, status, damages
            case isWhole = "whole"
            case resumesAt = "resumes_at"
        }
    }
}
