import ArgumentParser
import Cases
import Foundation
import Studies

struct SweepCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Run all points of a study into one table.",
        discussion: """
            The table is study.h5 in studies/<name of the study>, or in --output. A study
            that was stopped goes on with the same command; points that are done are not
            run again. A point that fails is a row with its reason. With --wall-limit it
            ends before that time, with exit code 5 when points are left.

            On a cluster: mesolith sweep study.yaml --slurm > job.sh; its head says how to
            submit it.
            """)

    @Argument(help: "The study file.")
    var studyPath: String
    @Option(name: [.short, .long], help: ArgumentHelp("Directory of the study.", valueName: "directory"))
    var output: String?
    @Option(name: [.short, .long], help: "Points, or threads of the batched engine, at a time; one a processor.")
    var jobs: Int?
    @Option(help: "What solves the points, in place of the study file's choice.")
    var engine: StudyEngineChoice?
    @Option(help: ArgumentHelp("Run a share of the points alone: share 0, 1, ... of --of.", valueName: "share"))
    var task: Int?
    @Option(help: ArgumentHelp("Shares that the points are divided into.", valueName: "shares"))
    var of: Int?
    @Option(
        help: ArgumentHelp(
            "Wall time in which to end, such as 3:59:00; no point begins that would not be done.", valueName: "time"))
    var wallLimit: String?
    @Flag(help: "Write the table as study.csv, too.")
    var csv = false
    @Flag(name: [.short, .long], help: "Say nothing but errors.")
    var quiet = false
    @Flag(help: "Print the summary, or what is wrong, as one JSON object.")
    var json = false
    @Flag(help: "Run points that failed once more.")
    var retryFailed = false
    @Flag(help: "Check every point and run none.")
    var check = false
    @OptionGroup(title: "Slurm") var slurm: SlurmOptions

    func validate() throws {
        if let jobs, !(1...4096).contains(jobs) { throw ValidationError("--jobs is at least 1 and at most 4096") }
        if (task == nil) != (of == nil) { throw ValidationError("--task and --of go together") }
        if let task, let of, of < 1 || !(0..<of).contains(task) {
            throw ValidationError("--task is at least 0 and less than --of")
        }
        if [check, slurm.slurm, task != nil].count(where: \.self) > 1 {
            throw ValidationError("--check, --slurm and --task exclude each other")
        }
        if check && json { throw ValidationError("--check has no summary; leave --json out") }
        if try WallTime.of("--wall-limit", wallLimit) != nil && (check || slurm.slurm) {
            throw ValidationError("--wall-limit is for running points; of a job script --time is the limit")
        }
        try slurm.check()
    }

    func run() throws {
        try reportingErrors(json: json) {
            Interruption.watch(also: [SIGUSR1])
            let limit = try WallTime.of("--wall-limit", wallLimit)
            let time = StudyTime(limit: limit.map { .seconds($0.seconds) })
            let study = try Study(path: studyPath)
            if check { return try checkPoints(of: study) }
            let sweep = StudySweep(
                study: study, path: chosenDirectory,
                jobs: jobs ?? (slurm.slurm ? 1 : ProcessInfo.processInfo.activeProcessorCount),
                choice: engine ?? study.engine, time: time, isQuiet: quiet || json)
            if slurm.slurm {
                guard try sweep.prepare() != nil else { throw ExitCode(ExitStatus.interrupted.rawValue) }
                return print(slurm.job(for: sweep, engine: engine).script(), terminator: "")
            }
            let report = try sweep.run(task: task ?? 0, of: of ?? 1, retriesFailed: retryFailed, writesCSV: csv)
            if json { print(try jsonLine(of: report.document)) } else if !quiet { print(report.text()) }
            if report.status == .interrupted {
                let isOutOfTime = !Interruption.isRequested && (time.isUp || time.isShort)
                standardError(report.interruption(isOutOfTime: isOutOfTime))
                throw ExitCode(ExitStatus.interrupted.rawValue)
            }
        }
    }

    private func checkPoints(of study: Study) throws {
        let threads = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        guard let checked = try CheckedStudy(study, jobs: threads, goesOn: { !Interruption.isRequested }) else {
            throw ExitCode(ExitStatus.interrupted.rawValue)
        }
        let engine = try checked.engine(for: engine ?? study.engine)
        if quiet { return }
        print(
            "\(study.path): no problems (\(study.count) \(study.count == 1 ? "point" : "points") of model \(study.model.name), "
                + "\(engine.rawValue) engine)")
    }

    private var chosenDirectory: String {
        if let output { return output }
        return "studies/" + URL(fileURLWithPath: studyPath).deletingPathExtension().lastPathComponent
    }
}

extension StudyEngineChoice: ExpressibleByArgument {}
