import Cases
import Foundation

/// Solves the points of a study by a process for each: whatever a point does, the study goes on.
public struct GeneralEngine: Sendable {
    private let study: Study
    private let columns: StudyColumns
    private let program: String
    private let directory: StudyDirectory
    private let jobs: Int

    /// How long a run has to end after it was asked to, s.
    private static let patience = 10.0
    /// How long a study waits before it blames a run for having been killed, s.
    private static let moment = 1.0

    /// An engine for a study.
    ///
    /// - Parameters:
    ///   - program: path of the `mesolith` that is started for each point.
    ///   - directory: where the run directories are made.
    ///   - jobs: processes at a time.
    public init(of study: Study, program: String, directory: StudyDirectory, jobs: Int) {
        (self.study, self.program, self.directory, self.jobs) = (study, program, directory, jobs)
        columns = StudyColumns(kept: study.kept, withErrors: true)
    }

    /// What a process brought of its point.
    private enum Outcome: Sendable {
        case row(StudyRow)
        /// Nothing is known of the point: its run was stopped from outside.
        case interrupted
        /// Nothing is known of the point, and it will not be different for the next.
        case problem(StudyProblem)
    }

    /// Solves points and gives away their rows, in the order in which they come.
    ///
    /// - Parameters:
    ///   - record: takes the row of a point.
    ///   - goesOn: asked about ten times a second; after false the processes are stopped, and their points have no row.
    /// - Returns: whether all was done; false when it was interrupted.
    /// - Throws: ``StudyProblem`` when the study cannot go on, and what `record` throws.
    public func solve(_ points: [Int], record: (StudyRow) throws -> Void, goesOn: () -> Bool) throws -> Bool {
        // Runs that begin together, of other shares too, find it made.
        try? FileManager.default.createDirectory(atPath: directory.pointsPath, withIntermediateDirectories: true)
        let children = ChildProcesses()
        var isInterrupted = false
        var deadline = ContinuousClock.Instant?.none
        try Crew.run(count: points.count, jobs: jobs) {
            solve(points[$0], with: children)
        } receive: { outcome in
            switch outcome {
            case .row(let row): try record(row)
            case .interrupted: isInterrupted = true
            case .problem(let problem): throw problem
            }
        } goesOn: {
            if isInterrupted || !goesOn() { isInterrupted = true }
            return !isInterrupted
        } stop: {
            children.signal(SIGTERM)
            deadline = .now + .seconds(Self.patience)
        } waiting: {
            if let moment = deadline, .now > moment {
                children.signal(SIGKILL)
                deadline = nil
            }
        }
        return !isInterrupted
    }

    private func solve(_ point: Int, with children: ChildProcesses) -> Outcome {
        let command = PointCommand(for: point, of: study, in: directory)
        // A process that was killed leaves a directory that `run` may not know for one of its own.
        try? FileManager.default.removeItem(atPath: command.runPath)
        let outcome: Outcome
        do throws(StudyProblem) {
            let end = try children.run(
                program, command.arguments, variables: [ParentProcess.variable: String(getpid())])
            // Memory that runs out, or the end of a batch job, may take the study along a moment after the run.
            if end?.cause == .signal(SIGKILL) && !children.areStopped { Thread.sleep(forTimeInterval: Self.moment) }
            if let end, !children.areStopped || end.cause == .exit(0) {
                outcome = try self.outcome(of: point, end, command)
            } else {
                outcome = .interrupted
            }
        } catch {
            outcome = .problem(error)
        }
        if !keepsRun(of: outcome) { try? FileManager.default.removeItem(atPath: command.runPath) }
        return outcome
    }

    private func keepsRun(of outcome: Outcome) -> Bool {
        guard case .row(let row) = outcome else { return false }
        return study.keptRuns == .all || study.keptRuns == .failed && row.status == .failed
    }

    private func outcome(of point: Int, _ end: ChildEnd, _ command: PointCommand) throws(StudyProblem) -> Outcome {
        switch end.cause {
        case .exit(0):
            guard let document = try? JSONDecoder().decode(RunDocument.self, from: end.output) else {
                throw StudyProblem("the run of point \(point) did not say what it found; repeat it: \(command.text)")
            }
            // The run was done before it was asked to end, and the errors of its results were not.
            if document.missingErrorEstimate == ErrorEstimation.interruption { return .interrupted }
            try checkCase(of: point, command)
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
            throw StudyProblem(
                "point \(point) could not be run (exit code \(code)): \(reason(of: end)); it is: \(command.text)",
                isOfOutput: code == 6)
        }
    }

    /// Makes sure that the run read what the study did.
    private func checkCase(of point: Int, _ command: PointCommand) throws(StudyProblem) {
        guard let expected = try? study.makeCase(of: point).resolved,
            let found = try? String(contentsOfFile: command.runPath + "/resolved.yaml", encoding: .utf8),
            expected == found
        else {
            throw StudyProblem(
                "point \(point) was not run with the case that the study was begun with; "
                    + "did \(study.casePath) or a file that it names change since?")
        }
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
