import ArgumentParser
import Cases
import Foundation
import Models
import Studies

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a case and write its results.",
        discussion: """
            The results go to runs/<name of the case>, with a number behind it where that
            name is taken, or to --output. A directory that holds another run is refused
            unless --overwrite is given.
            """)

    @OptionGroup var options: CaseOptions

    @Option(name: [.short, .long], help: ArgumentHelp("Directory for the results.", valueName: "directory"))
    var output: String?

    @Flag(help: "Replace the results of an earlier run in the --output directory.")
    var overwrite = false

    @Flag(name: [.short, .long], help: "Say nothing but errors.")
    var quiet = false

    @Flag(help: "Print the summary, or what is wrong, as one JSON object.")
    var json = false

    func validate() throws {
        if overwrite && output == nil {
            throw ValidationError("--overwrite needs --output: without it a run gets a new directory of its own")
        }
    }

    func run() throws {
        ParentProcess.endWithIt()
        var directory: RunDirectory?
        do {
            let runCase = try options.load()
            let chosen = try chooseDirectory()
            directory = chosen
            Interruption.watch()
            let display = ProgressDisplay(isQuiet: quiet || json)
            let run = try CaseRun(runCase, in: chosen, commandLine: CommandLine.arguments) { progress in
                display.show(progress)
                return !Interruption.isRequested
            }
            display.clear()
            if json {
                print(try RunDocument(of: runCase, run: run, directory: chosen).json())
            } else if !quiet {
                print(RunSummary(runCase: runCase, run: run, directory: chosen).text())
            }
            if !run.report.finished {
                standardError(
                    "interrupted at \(run.report.value(of: "duration") ?? 0) s; results so far: \(chosen.resultsPath)")
                throw ExitCode(ExitStatus.interrupted.rawValue)
            }
        } catch let code as ExitCode {
            throw code
        } catch {
            let code = ExitStatus.report(error)
            if json { print(RunFailureDocument(of: error, directory: directory).json()) }
            if let directory, error is RunFailure { standardError("results until then: \(directory.resultsPath)") }
            throw code
        }
    }

    private func chooseDirectory() throws -> RunDirectory {
        if let output { return try RunDirectory(named: output, overwrite: overwrite) }
        let name = URL(fileURLWithPath: options.casePath).deletingPathExtension().lastPathComponent
        return try RunDirectory(newFor: name, below: "runs")
    }
}
