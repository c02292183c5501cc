import ArgumentParser
import Cases
import Foundation
import Studies

struct CollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect", abstract: "Make the table of a study from the rows that are there.",
        discussion: """
            For a study that was run in shares, or is not finished. Points without a row
            are marked in the table; with any of them the exit code is 3.
            """)

    @Argument(help: "The study's directory.")
    var directory: String
    @Flag(help: "Write the table as study.csv, too.")
    var csv = false
    @Flag(name: [.short, .long], help: "Say nothing but errors.")
    var quiet = false
    @Flag(help: "Print the summary, or what is wrong, as one JSON object.")
    var json = false

    func run() throws {
        try reportingErrors(json: json) {
            let start = ContinuousClock.now
            let study = try StudyDirectory(existing: directory)
            let found = try study.collect(csv: csv, commandLine: CommandLine.arguments)
            found.warnings.forEach { standardError($0) }
            let done = found.finished + found.failed
            let report = StudyReport(
                title: study.outline.title.isEmpty ? directory : study.outline.title, directory: directory,
                status: found.missing == 0 ? .finished : .incomplete, points: done + found.missing, done: done,
                before: done,
                failed: found.failed, cpuSolves: found.cpuTime,
                cpuTotal: ProcessorTime.ofProcess, wallTime: (ContinuousClock.now - start) / .seconds(1),
                table: found.tablePath, csv: found.csvPath)
            if json { print(try jsonLine(of: report.document)) } else if !quiet { print(report.text()) }
            if found.missing > 0 {
                standardError(
                    "\(found.missing) of \(report.points) points have no row; "
                        + "the `mesolith sweep` that was interrupted, called again, runs them")
                throw ExitCode(ExitStatus.notConverged.rawValue)
            }
        }
    }
}
