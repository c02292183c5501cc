import Cases
import Foundation

/// Solves the points of a study by a process for each: whatever a point does, the study goes on.
public struct GeneralEngine: Sendable {
    private let study: Study
    private let columns: StudyColumns
    private let program: String
    private let directory: StudyDirectory
    private let jobs: Int
    private let time: StudyTime

    /// How long a study waits before it blames a run for having been killed, or for another one that is in its directory, s.
    private static let moment = 1.0

    /// An engine for a study.
    ///
    /// - Parameters:
    ///   - program: path of the `mesolith` that is started for each point.
    ///   - directory: where the run directories are made.
    ///   - jobs: processes at a time.
    ///   - time: the wall time for it.
    public init(
        of study: Study, program: String, directory: StudyDirectory, jobs: Int, time: StudyTime = StudyTime()
    ) {
        (self.study, self.program, self.directory, self.jobs, self.time) = (study, program, directory, jobs, time)
        columns = StudyColumns(kept: study.kept, withErrors: true)
    }

    /// What a process brought of its point.
    private enum Outcome: Sendable {
        case row(StudyRow)
        /// Nothing is known of the point: its run was stopped from outside.
        case interrupted
        /// Nothing is known of the point, and it will not be different for the next.
        case problem(StudyProblem)
        /// The same, unless it is what an earlier attempt left that the run could not go on with.
        case unusable(StudyProblem)
    }

    /// Solves points and gives away their rows, in the order in which they come.
    ///
    /// The run directory of a point goes when its row was recorded, unless the study keeps it. That of a point that was stopped
    /// or killed stays, and its run goes on from its last checkpoint when the point is solved again.
    ///
    /// - Parameters:
    ///   - record: takes the row of a point.
    ///   - goesOn: asked about ten times a second; after false, or when the time is up, the processes are stopped, and their
    ///     points have no row.
    /// - Returns: whether all was done; false when it was interrupted or its time was too short.
    /// - Throws: ``StudyProblem`` when the study cannot go on, and what `record` throws.
    public func solve(_ points: [Int], record: (StudyRow) throws -> Void, goesOn: () -> Bool) throws -> Bool {
        // Runs that begin together, of other shares too, find it made.
        try? FileManager.default.createDirectory(atPath: directory.pointsPath, withIntermediateDirectories: true)
        let children = ChildProcesses()
        var isInterrupted = false
        var lastMoment = ContinuousClock.Instant?.none
        let time = self.time
        try Crew.run(count: points.count, jobs: jobs, mayBegin: { time.fitsOneMore() }) {
            solve(points[$0], with: children)
        } receive: { outcome in
            switch outcome {
            case .row(let row):
                try record(row)
                if !keepsRun(of: row.status) { removeRun(of: row.point) }
            case .interrupted: isInterrupted = true
            case .problem(let problem), .unusable(let problem): throw problem
            }
        } goesOn: {
            if isInterrupted || time.isUp || !goesOn() { isInterrupted = true }
            return !isInterrupted
        } stop: {
            children.signal(SIGTERM)
            lastMoment = time.lastMoment
        } waiting: {
            if let moment = lastMoment, .now > moment {
                children.signal(SIGKILL)
                lastMoment = nil
            }
        }
        return !isInterrupted && !time.isShort
    }

    /// Removes what a study that was killed left of points that have their rows.
    ///
    /// - Parameter status: how a point ended that has a row and is not to be solved again; nil for the others.
    public func removeLeftovers(status: (_ point: Int) -> StudyRow.Status?) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: directory.pointsPath)) ?? [] {
            guard let point = Int(name), (0..<study.count).contains(point), let status = status(point) else { continue }
            if !keepsRun(of: status) { removeRun(of: point) }
        }
    }

    private func solve(_ point: Int, with children: ChildProcesses) -> Outcome {
        let start = ContinuousClock.now
        defer { time.learn(.now - start) }
        let command = PointCommand(for: point, of: study, in: directory)
        if holdsCase(of: point, command) {
            var outcome = attempt(point, command, resuming: true, with: children)
            // The run of a study that was killed dies with it, and may be about to.
            if case .unusable = outcome, RunDirectory.holder(of: command.runPath) != nil {
                Thread.sleep(forTimeInterval: Self.moment)
                outcome = attempt(point, command, resuming: true, with: children)
            }
            guard case .unusable(let problem) = outcome else { return outcome }
            if RunDirectory.holder(of: command.runPath) != nil { return .problem(problem) }
        }
        // What is there is of no use, and may be nothing that `run` knows for one of its own.
        removeRun(of: point)
        return attempt(point, command, resuming: false, with: children)
    }

    private func attempt(
        _ point: Int, _ command: PointCommand, resuming: Bool, with children: ChildProcesses
    ) -> Outcome {
        do throws(StudyProblem) {
            let end = try children.run(
                program, resuming ? command.resumingArguments : command.arguments,
                variables: [ParentProcess.variable: String(getpid())])
            // Memory that runs out, or the end of a batch job, may take the study along a moment after the run.
            if end?.cause == .signal(SIGKILL) && !children.areStopped { Thread.sleep(forTimeInterval: Self.moment) }
            guard let end, !children.areStopped || end.cause == .exit(0) else { return .interrupted }
            return outcome(of: point, end, command)
        } catch {
            return .problem(error)
        }
    }

    private func keepsRun(of status: StudyRow.Status) -> Bool {
        study.keptRuns == .all || study.keptRuns == .failed && status == .failed
    }

    private func removeRun(of point: Int) { try? FileManager.default.removeItem(atPath: directory.runPath(of: point)) }

    private func outcome(of point: Int, _ end: ChildEnd, _ command: PointCommand) -> Outcome {
        switch end.cause {
        case .exit(0):
            guard let document = try? JSONDecoder().decode(RunDocument.self, from: end.output) else {
                return .unusable(
                    StudyProblem("the run of point \(point) did not say what it found; repeat it: \(command.text)"))
            }
            guard FileManager.default.fileExists(atPath: command.runPath) else {
                return .problem(
                    StudyProblem(
                        "\(command.runPath): the run directory of point \(point) was removed while it was in use; keep the "
                            + "study's directory in its place until it is done", isOfOutput: true))
            }
            guard holdsCase(of: point, command) else {
                return .unusable(
                    StudyProblem(
                        "point \(point) was not run with the case that the study was begun with; "
                            + "did \(study.casePath) or a file that it names change since?"))
            }
            return .row(StudyRow(point, of: document, columns: columns))
        // 5: interrupted. These signals come from a user, a terminal or a batch system, never from the computation.
        case .exit(5), .signal(SIGHUP), .signal(SIGINT), .signal(SIGQUIT), .signal(SIGTERM), .signal(SIGUSR1):
            return .interrupted
        // 1 and 3: it could not be solved.
        case .exit(let code) where code == 1 || code == 3:
            return .row(StudyRow.failed(point: point, columns: columns, cpuTime: end.cpuTime, reason: reason(of: end)))
        case .signal(let number):
            return .row(
                StudyRow.failed(
                    point: point, columns: columns, cpuTime: end.cpuTime, reason: "killed by signal \(number)"))
        // The case was right before: its files or the disk are not what they were.
        case .exit(let code):
            let problem = StudyProblem(
                "point \(point) could not be run (exit code \(code)): \(reason(of: end)); it is: \(command.text)",
                isOfOutput: code == 6)
            return problem.isOfOutput ? .problem(problem) : .unusable(problem)
        }
    }

    /// Whether the run directory of a point is one of the case that the study has there.
    private func holdsCase(of point: Int, _ command: PointCommand) -> Bool {
        guard let found = try? String(contentsOfFile: command.runPath + "/resolved.yaml", encoding: .utf8),
            let expected = try? study.makeCase(of: point).resolved
        else { return false }
        return expected == found
    }

    /// The sentence of a run that failed.
    private func reason(of end: ChildEnd) -> String {
        if let document = try? JSONDecoder().decode(RunFailureDocument.self, from: end.output),
            let message = document.errors.first?.message
        {
            return message
        }
        return end.errors.split(separator: "\n").last.map(String.init) ?? "the run did not say why it failed"
    }
}
