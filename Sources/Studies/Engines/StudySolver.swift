import Cases

/// Solves points of a study with either engine.
public struct StudySolver: Sendable {
    private let study: Study
    private let engine: CheckedStudy.Engine
    private let program: String
    private let directory: StudyDirectory
    private let jobs: Int
    private let time: StudyTime

    /// A solver for a study whose every point was checked.
    ///
    /// - Parameters:
    ///   - program: path of the `mesolith` that the general engine starts.
    ///   - directory: where the general engine makes run directories.
    ///   - jobs: processes or threads at a time.
    ///   - time: the wall time for it.
    public init(
        of study: Study, engine: CheckedStudy.Engine, program: String, directory: StudyDirectory, jobs: Int,
        time: StudyTime = StudyTime()
    ) {
        (self.study, self.engine, self.program) = (study, engine, program)
        (self.directory, self.jobs, self.time) = (directory, jobs, time)
    }

    /// Solves points and gives away their rows, in the order in which they come.
    ///
    /// - Parameters:
    ///   - record: takes rows.
    ///   - goesOn: asked about ten times a second; after false, or when the time is up, the work is stopped, and
    ///     points that are not done have no row.
    /// - Returns: whether all was done; false when it was interrupted or its time was too short.
    /// - Throws: ``StudyProblem`` when the study cannot go on, and what `record` throws.
    public func solve(_ points: [Int], record: ([StudyRow]) throws -> Void, goesOn: () -> Bool) throws -> Bool {
        if engine == .batched, let model = study.model as? any BatchedModel.Type {
            return try solve(points, as: model, record: record, goesOn: goesOn)
        }
        return try general.solve(points, record: { try record([$0]) }, goesOn: goesOn)
    }

    /// Removes the run directories that a study which was killed left of points that have their rows, unless it keeps them.
    ///
    /// - Parameters:
    ///   - share: the share of the points.
    ///   - retriesFailed: whether points that failed are to be solved again.
    public func removeLeftovers(of share: StudyShare, retriesFailed: Bool) {
        general.removeLeftovers { point in
            guard point % share.shares == share.task, share.done.contains(point) else { return nil }
            guard share.failed.contains(point) else { return .finished }
            return retriesFailed ? nil : .failed
        }
    }

    private var general: GeneralEngine {
        GeneralEngine(of: study, program: program, directory: directory, jobs: jobs, time: time)
    }

    private func solve<Model: BatchedModel>(
        _ points: [Int], as model: Model.Type, record: ([StudyRow]) throws -> Void, goesOn: () -> Bool
    ) throws -> Bool {
        try BatchedEngine(of: study, as: model, jobs: jobs, time: time).solve(points, record: record, goesOn: goesOn)
    }
}
