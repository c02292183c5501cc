import Cases
import Foundation
import Studies

/// What a call of `sweep` or `collect` has to say.
struct StudyReport {
    /// How a call ended.
    enum Status: String {
        /// No point was left out.
        case finished
        /// A signal or the wall limit ended it.
        case interrupted
        /// The table was made, and points are missing in it.
        case incomplete
    }

    /// Title of the study, or its file.
    var title: String
    /// The study's directory.
    var directory: String
    /// How the call ended.
    var status = Status.finished
    /// Points of the study, or of the share that was run.
    var points: Int
    /// Those with a row now.
    var done: Int
    /// Those with a row before the call.
    var before: Int
    /// Those of the done ones that failed, now or before.
    var failed: Int
    /// The engine; nil where nothing was to be solved.
    var engine: CheckedStudy.Engine?
    /// Why not the batched one; nil when there is nothing to say.
    var whyNotBatched: String?
    /// Processor time of the solutions of this call, s.
    var cpuSolves = 0.0
    /// Processor time of this call, that of all its processes, s.
    var cpuTotal = 0.0
    /// Wall time of this call, s.
    var wallTime = 0.0
    /// Path of the table; nil where it is not made yet.
    var table: String?
    /// Path of the table as text; nil without one.
    var csv: String?

    /// A few aligned lines.
    func text() -> String {
        var lines = [title]
        lines.append(line("points", "\(done) of \(points) done" + (before > 0 ? ", \(before) of them before" : "")))
        if failed > 0 { lines.append(line("failed", "\(failed)")) }
        if let engine {
            lines.append(line("engine", engine.rawValue + (whyNotBatched.map { " (\($0))" } ?? "")))
            lines.append(
                line("processor time", String(format: "%.3f s, %.3f s of it in solutions", cpuTotal, cpuSolves)))
            lines.append(line("wall time", String(format: "%.3f s", wallTime)))
        }
        lines.append(line("directory", directory))
        if let table {
            lines.append(line("table", table))
        } else if status == .finished {
            lines.append(line("table", "`mesolith collect \(directory.shellWord)` makes it when all shares are done"))
        }
        if let csv { lines.append(line("table as text", csv)) }
        return lines.joined(separator: "\n")
    }

    /// What a user should know of a call that left points out, for want of time or after a signal.
    func interruption(isOutOfTime: Bool) -> String {
        let cause = isOutOfTime ? "out of time" : "interrupted"
        if points > 0 {
            return "\(cause) with \(done) of \(points) points done; the same command goes on with the others"
        }
        return "\(cause) while the points were checked, none was run; call the same command again"
            + (isOutOfTime ? " with a longer --wall-limit" : "")
    }

    private func line(_ name: String, _ value: String) -> String {
        "  " + name.padding(toLength: 24, withPad: " ", startingAt: 0) + value
    }

    /// The same for a script; values in SI units.
    struct Document: Encodable {
        let status: String
        let points: Int
        let done: Int
        let alreadyDone: Int
        let failed: Int
        let engine: String?
        let cpuSolves: RunDocument.Value
        let cpuTotal: RunDocument.Value
        let wallTime: RunDocument.Value
        let directory: String
        let table: String?
        let csv: String?

        private enum CodingKeys: String, CodingKey {
            case status, points, done, failed, engine, directory, table, csv
            case alreadyDone = "already_done"
            case cpuSolves = "cpu_solves"
            case cpuTotal = "cpu_total"
            case wallTime = "wall_time"
        }
    }

    /// The same for a script.
    var document: Document {
        Document(
            status: status.rawValue,
            points: points, done: done, alreadyDone: before,
            failed: failed, engine: engine?.rawValue, cpuSolves: .init(cpuSolves, "s"), cpuTotal: .init(cpuTotal, "s"),
            wallTime: .init(wallTime, "s"), directory: directory, table: table, csv: csv)
    }
}
