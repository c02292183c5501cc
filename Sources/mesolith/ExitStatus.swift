import ArgumentParser
import Cases
import FieldIO
import Foundation
import Models
import Studies
import SystemFiles

/// What the command tells the shell.
enum ExitStatus: Int32, CaseIterable {
    case success = 0
    case badCase = 2
    case notConverged = 3
    case missingDependency = 4
    case interrupted = 5
    case outputFailed = 6
    case damaged = 7
    case usage = 64

    private var meaning: String {
        switch self {
        case .success: "success"
        case .badCase: "the case, study, --set or output directory is wrong; nothing was run"
        case .notConverged: "the case could not be solved, or points of a table are missing"
        case .missingDependency: "something that scripts/ needs is missing (scripts only)"
        case .interrupted: "stopped by a signal or the end of its wall time; what there is is kept"
        case .outputFailed: "the results could not be written"
        case .damaged: "files of a run are damaged (verify only)"
        case .usage: "wrong command line"
        }
    }

    /// The table of codes for the help.
    static let help =
        "Exit codes:\n"
        + allCases.map { "  \("\($0.rawValue)".padding(toLength: 4, withPad: " ", startingAt: 0))\($0.meaning)" }
        .joined(separator: "\n")

    /// Says an error on standard error and returns the code to leave with.
    static func report(_ error: any Error) -> ExitCode {
        switch error {
        case let errors as CaseErrors:
            errors.problems.forEach { standardError("\($0)") }
            return ExitCode(badCase.rawValue)
        case let problem as RunDirectory.Problem:
            standardError("error: \(problem)")
            return ExitCode((problem.isOfDisk ? outputFailed : badCase).rawValue)
        case let problem as MaterialTable.Problem:
            standardError("error: \(problem)")
            return ExitCode(badCase.rawValue)
        case let problem as StudyProblem:
            standardError("error: \(problem)")
            return ExitCode((problem.isOfOutput ? outputFailed : badCase).rawValue)
        case let failure as RunFailure:
            standardError("error: \(failure)")
            return ExitCode(notConverged.rawValue)
        case is FieldIOError, is SystemFileError:
            standardError("error: \(error)")
            return ExitCode(outputFailed.rawValue)
        default:
            standardError("error: \(error)")
            return ExitCode.failure
        }
    }
}

/// Does the work of a command on a study; an error is said, as JSON too where that is asked for, and becomes the code to leave with.
func reportingErrors(json: Bool, _ work: () throws -> Void) throws {
    do {
        try work()
    } catch let code as ExitCode {
        throw code
    } catch {
        let code = ExitStatus.report(error)
        if json { print(RunFailureDocument(of: error, directory: nil).json()) }
        throw code
    }
}

/// Writes a line to standard error.
func standardError(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
}
