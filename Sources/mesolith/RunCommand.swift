import ArgumentParser
import Cases
import Foundation
import Models
import Quantities
import Studies

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a case and write its results.",
        discussion: """
            The results go to runs/<name of the case>, with a number behind it where that
            name is taken, or to --output. A directory that holds another run is refused
            unless --resume or --overwrite is given.

            A run keeps checkpoints. After a signal, the end of its wall time or a crash
            the same command with --resume goes on from the newest one, with results that
            are the same to the last bit. Without anything to go on from it begins; a run
            that is finished stays as it is. The first SIGINT or SIGTERM ends the run after
            its time step, the second at once.
            """)

    @OptionGroup var options: CaseOptions

    @Option(name: [.short, .long], help: ArgumentHelp("Directory for the results.", valueName: "directory"))
    var output: String?

    @Flag(help: "Replace the results of an earlier run in the --output directory.")
    var overwrite = false

    @Flag(help: "Go on with the run in the --output directory, or with the newest run of the case.")
    var resume = false

    @Option(help: ArgumentHelp("Save and stop before this wall time is over, as in 3:59:00.", valueName: "time"))
    var wallLimit: String?

    @Option(
        help: ArgumentHelp(
            "Wall time between checkpoints, such as '10 min'; '0 s' saves each time step. (default: a minute, and longer where that would be 1 % of the run)",
            valueName: "time"))
    var checkpointInterval: CheckpointInterval?

    @Flag(name: [.short, .long], help: "Say nothing but errors.")
    var quiet = false

    @Flag(help: "Print the summary, or what is wrong, as one JSON object.")
    var json = false

    func validate() throws {
        if overwrite && output == nil {
            throw ValidationError("--overwrite needs --output: without it a run gets a new directory of its own")
        }
        _ = try WallTime.of("--wall-limit", wallLimit)
        if overwrite && resume { throw ValidationError("--overwrite and --resume exclude each other") }
    }

    func run() throws {
        ParentProcess.endWithIt()
        // The time that is granted counts from here.
        let limit = try WallTime.of("--wall-limit", wallLimit)
        let pace = RunPace(interval: checkpointInterval?.duration, limit: limit.map { .seconds($0.seconds) })
        var directory: RunDirectory?
        do {
            let runCase = try options.load()
            let chosen = try chooseDirectory()
            directory = chosen
            if resume, let finished = try FinishedRun(of: runCase, in: chosen) { return say(finished) }
            // SIGUSR1 and SIGXCPU are how batch systems say that the time is nearly over.
            Interruption.watch(also: [SIGUSR1, SIGXCPU])
            let display = ProgressDisplay(isQuiet: quiet || json)
            let run = try CaseRun(
                runCase, in: chosen, commandLine: CommandLine.arguments, pace: pace,
                onNote: { standardError("note: \($0)") }
            ) { progress in
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
                    (run.isOutOfTime ? "out of wall time" : "interrupted")
                        + " at \(run.report.value(of: "duration") ?? 0) s; results so far: \(chosen.resultsPath); "
                        + "`mesolith run \(options.casePath.shellWord) --resume --output \(chosen.path.shellWord)`, with the same --set, goes on"
                )
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

    /// A run that was finished before this command.
    private func say(_ finished: FinishedRun) {
        if json {
            print(finished.document, terminator: "")
        } else if !quiet {
            print("\(finished.directory.path): the run is finished; its results: \(finished.directory.resultsPath)")
        }
    }

    private func chooseDirectory() throws -> RunDirectory {
        let name = URL(fileURLWithPath: options.casePath).deletingPathExtension().lastPathComponent
        if let path = output ?? (resume ? RunDirectory.newest(for: name, below: "runs") : nil) {
            return try RunDirectory(
                named: path, earlierRun: resume ? .isResumed : overwrite ? .isReplaced : .isRefused)
        }
        return try RunDirectory(newFor: name, below: "runs")
    }
}

/// Wall time between checkpoints.
struct CheckpointInterval: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let quantity = try? Quantity(parsing: argument), quantity.unit.dimension == .time,
            (0...1e9).contains(quantity.siValue)
        else { return nil }
        duration = .seconds(quantity.siValue)
    }
}
