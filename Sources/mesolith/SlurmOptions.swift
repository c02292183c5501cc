import ArgumentParser
import Cases
import Foundation
import Studies

/// The options of a job script.
struct SlurmOptions: ParsableArguments {
    @Flag(help: "Make the study's directory and print a job script that runs the study as an array of jobs.")
    var slurm = false
    @Option(help: ArgumentHelp("Most jobs of the array, at most \(SlurmJob.mostTasks).", valueName: "number"))
    var tasks: Int?
    @Option(help: ArgumentHelp("Jobs that run at a time.", valueName: "number"))
    var atOnce: Int?
    @Option(help: ArgumentHelp("Time limit of a job, as Slurm writes it.", valueName: "time"))
    var time: String?
    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("An option for sbatch, such as --partition=short; may be given several times."))
    var option: [String] = []

    private var limit: WallTime? {
        // Slurm knows none less than a minute.
        WallTime(time ?? "4:00:00").flatMap { $0.seconds >= 60 ? $0 : nil }
    }

    /// Checks what was given.
    func check() throws {
        if !slurm && (tasks != nil || atOnce != nil || time != nil || !option.isEmpty) {
            throw ValidationError("--tasks, --at-once, --time and --option need --slurm")
        }
        if let tasks, !(1...SlurmJob.mostTasks).contains(tasks) {
            throw ValidationError("--tasks is at least 1 and at most \(SlurmJob.mostTasks), the longest array of Slurm")
        }
        if let atOnce, atOnce < 1 { throw ValidationError("--at-once is at least 1") }
        if limit == nil {
            throw ValidationError(
                "--time is at least a minute, such as \(WallTime.examples), found `\(time ?? "")`")
        }
        for option in option where option.wholeMatch(of: /--[a-z][a-z-]*(=[^\n\r]*)?/) == nil {
            throw ValidationError(
                "--option is a long option of sbatch with its value, such as --partition=short, found `\(option)`")
        }
    }

    /// The job for a study.
    func job(for sweep: StudySweep, engine: StudyEngineChoice?) -> SlurmJob {
        let tasks = max(1, min(tasks ?? 32, sweep.study.count))
        return SlurmJob(
            program: URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path,
            study: URL(fileURLWithPath: sweep.study.path).path,
            directory: URL(fileURLWithPath: sweep.path).path, points: sweep.study.count, tasks: tasks,
            atOnce: min(atOnce ?? 8, tasks), time: limit!, jobs: sweep.jobs, engine: engine?.rawValue, options: option)
    }
}
