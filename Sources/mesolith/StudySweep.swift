import Cases
import Foundation
import Studies

/// The work of `sweep`: from a study to the rows of a share, and to the table when they were the last.
struct StudySweep {
    let study: Study
    /// Path of the study's directory.
    let path: String
    /// Processes or threads at a time.
    let jobs: Int
    let choice: StudyEngineChoice
    let time: StudyTime
    let isQuiet: Bool

    private func goesOn() -> Bool { !Interruption.isRequested && !time.isUp }

    /// A study that can be solved.
    struct Prepared {
        let directory: StudyDirectory
        let engine: CheckedStudy.Engine
        /// Why it is not the batched one; nil when it is or when the user wants the other.
        let whyNotBatched: String?
    }

    /// Checks every point, unless that was done before, and only then makes the directory; nil when it was interrupted.
    func prepare() throws -> Prepared? {
        let kept = CheckedStudy(keptIn: path)
        guard let checked = try kept ?? CheckedStudy(study, jobs: jobs, goesOn: goesOn) else { return nil }
        let engine = try checked.engine(for: choice)
        let directory = try StudyDirectory(named: path, for: study)
        if kept == nil { try checked.keep(in: path) }
        return Prepared(
            directory: directory, engine: engine, whyNotBatched: choice == .auto ? checked.whyNotBatched : nil)
    }

    /// Solves those points of a share that have no row, or one that says that they failed where these are to be tried again, and
    /// makes the table when no share lacks a row.
    func run(task: Int, of shares: Int, retriesFailed: Bool, writesCSV: Bool) throws -> StudyReport {
        let start = ContinuousClock.now
        // A shell that became this program leaves it the time of its own children, such as a build.
        let cpuOfOthers = ProcessorTime.ofChildren
        var report = StudyReport(
            title: study.title ?? study.path, directory: path, points: 0, done: 0, before: 0, failed: 0)
        guard let prepared = try prepare() else {
            report.status = .interrupted
            return report
        }
        let share = try prepared.directory.share(
            task, of: shares,
            session: StudySession(engine: prepared.engine.rawValue, commandLine: CommandLine.arguments))
        if let warning = share.warning { standardError(warning) }
        let retried = retriesFailed ? share.failed.count : 0
        let points = stride(from: task, to: study.count, by: shares).filter {
            !share.done.contains($0) || retriesFailed && share.failed.contains($0)
        }
        // The program that runs is the one that goes on, even when its file is replaced meanwhile.
        let solver = StudySolver(
            of: study, engine: prepared.engine, program: "/proc/self/exe", directory: prepared.directory, jobs: jobs,
            time: time)
        solver.removeLeftovers(of: share, retriesFailed: retriesFailed)
        report.before = share.done.count - retried
        report.points = report.before + points.count
        report.done = report.before
        report.failed = share.failed.count - retried
        if !points.isEmpty {
            (report.engine, report.whyNotBatched) = (prepared.engine, prepared.whyNotBatched)
            try solve(points, by: solver, of: prepared, into: share, &report)
        }
        try share.close()
        if report.status == .finished { try collect(in: prepared.directory, writesCSV: writesCSV, &report) }
        report.cpuTotal = ProcessorTime.ofProcess + ProcessorTime.ofChildren - cpuOfOthers
        report.wallTime = (ContinuousClock.now - start) / .seconds(1)
        return report
    }

    private func solve(
        _ points: [Int], by solver: StudySolver, of prepared: Prepared, into share: StudyShare,
        _ report: inout StudyReport
    ) throws {
        // Whatever ends the work, the disk has the rows; where that fails too, the first failure says more.
        defer { try? share.close() }
        let progress = StudyProgress(all: report.points, before: report.before, isQuiet: isQuiet)
        defer { progress.clear() }
        var failure: (any Error)?
        let isFinished = try solver.solve(points) { rows in
            try share.append(rows)
            for row in rows {
                report.cpuSolves += row.cpuTime
                report.done += 1
                if row.status == .failed { report.failed += 1 }
                progress.add(row) { PointCommand(for: row.point, of: study, in: prepared.directory).text }
            }
        } goesOn: {
            progress.show()
            do { try share.settle() } catch { failure = error }
            return failure == nil && goesOn()
        }
        if let failure { throw failure }
        if !isFinished { report.status = .interrupted }
    }

    private func collect(in directory: StudyDirectory, writesCSV: Bool, _ report: inout StudyReport) throws {
        let isNew = report.done > report.before || !FileManager.default.fileExists(atPath: directory.tablePath)
        if isNew || writesCSV {
            guard try directory.progress().missing == 0 else { return }
            report.csv = try directory.collect(csv: writesCSV, commandLine: CommandLine.arguments).csvPath
        }
        // No share has work left, and nothing is in it where no run was to stay.
        rmdir(directory.pointsPath)
        report.table = directory.tablePath
    }
}
