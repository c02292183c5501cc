import Cases
import Models
import Synchronization

/// Solves the points of a study many at once, in this process.
public struct BatchedEngine<Model: BatchedModel>: Sendable {
    private let study: Study
    private let columns: StudyColumns
    private let jobs: Int
    private let time: StudyTime

    /// Points that are solved together at most.
    private static var largestChunk: Int { 4096 }
    /// Points of the first chunks, which tell how long a point takes.
    private static var firstChunk: Int { 64 }
    /// How long a chunk should take, s: so much is lost when a study is stopped.
    private static var chunkTime: Double { 1 }

    /// An engine for a study of the model.
    ///
    /// - Parameters:
    ///   - jobs: threads, each with a chunk of points of its own.
    ///   - time: the wall time for it.
    public init(of study: Study, as model: Model.Type, jobs: Int, time: StudyTime = StudyTime()) {
        (self.study, self.jobs, self.time) = (study, jobs, time)
        columns = StudyColumns(kept: study.kept, withErrors: true)
    }

    /// Solves points and gives away their rows, a chunk at a time.
    ///
    /// The processor time of a row is its share of the chunk's: the points advance together, and what one of them took is
    /// not known.
    ///
    /// - Parameters:
    ///   - record: takes the rows of a chunk.
    ///   - goesOn: asked about ten times a second; after false, or when the time is up, the points under way are dropped
    ///     and have no row.
    /// - Returns: whether all was done; false when it was interrupted or its time was too short.
    /// - Throws: `CaseErrors` when the case of a point is wrong, and what `record` throws.
    public func solve(_ points: [Int], record: ([StudyRow]) throws -> Void, goesOn: () -> Bool) throws -> Bool {
        let pilot = points.prefix(Self.firstChunk * jobs)
        var (cpuTime, count) = (0.0, 0)
        let isDone = try solve(
            pilot, inChunksOf: Self.firstChunk,
            record: { rows in
                for row in rows { cpuTime += row.cpuTime }
                count += rows.count
                try record(rows)
            }, goesOn: goesOn)
        let rest = points.dropFirst(pilot.count)
        if !isDone || rest.isEmpty { return isDone }
        let pace = max(cpuTime / Double(max(1, count)), Self.chunkTime / Double(Self.largestChunk))
        // Small enough, too, that each thread has several.
        let fair = (rest.count + 4 * jobs - 1) / (4 * jobs)
        return try solve(
            rest, inChunksOf: max(1, min(Int(Self.chunkTime / pace), fair)), record: record, goesOn: goesOn)
    }

    private func solve(
        _ points: ArraySlice<Int>, inChunksOf length: Int, record: ([StudyRow]) throws -> Void, goesOn: () -> Bool
    ) throws -> Bool {
        let isStopped = StopFlag()
        var isInterrupted = false
        let time = self.time
        try Crew.run(
            count: (points.count + length - 1) / length, jobs: jobs, mayBegin: { time.fitsOneMore() }
        ) { chunk in
            let first = points.startIndex + chunk * length
            let start = ContinuousClock.now
            defer { time.learn(.now - start) }
            return Result { try rows(of: points[first..<min(points.endIndex, first + length)]) { !isStopped.isSet } }
        } receive: { rows in
            try record(try rows.get())
        } goesOn: {
            isInterrupted = time.isUp || !goesOn()
            return !isInterrupted
        } stop: {
            isStopped.set()
        }
        return !isInterrupted && !time.isShort
    }

    /// The rows of those points of a chunk that were not interrupted.
    private func rows(of points: ArraySlice<Int>, goesOn: () -> Bool) throws -> [StudyRow] {
        var models: [Model] = []
        for point in points {
            guard let model = try study.makeCase(of: point).model as? Model else {
                throw StudyProblem("point \(point) is not of the model `\(Model.name)`")
            }
            models.append(model)
        }
        let start = ProcessorTime.ofThread
        let found = Model.runBatch(models, goesOn: goesOn)
        let estimations = estimateErrors(of: found, models, goesOn: goesOn)
        let cpuTime = (ProcessorTime.ofThread - start) / Double(points.count)
        guard goesOn() else { return [] }
        return zip(points, zip(found, estimations)).map { point, outcome in
            switch outcome {
            case (.failure(let failure), _):
                StudyRow.failed(point: point, columns: columns, cpuTime: cpuTime, reason: "\(failure)")
            case (.success(let report), let estimation):
                if let failure = estimation?.failure {
                    StudyRow.failed(point: point, columns: columns, cpuTime: cpuTime, reason: "\(failure)")
                } else {
                    StudyRow(point, of: estimation?.report ?? report, columns: columns, cpuTime: cpuTime)
                }
            }
        }
    }

    /// What the coarser cases say of those that were solved, one batch for each kind of coarser case; nil for the others.
    private func estimateErrors(
        of found: [Result<RunReport, RunFailure>], _ models: [Model], goesOn: () -> Bool
    ) -> [ErrorEstimation?] {
        var estimations = found.map { (try? $0.get()).map { ErrorEstimation(of: $0, by: Model.self) } }
        let coarser = zip(models, found).map { model, report in (try? report.get()) == nil ? [] : model.coarser }
        for kind in 0..<(coarser.map(\.count).max() ?? 0) where goesOn() {
            let lanes = coarser.indices.filter {
                kind < coarser[$0].count && estimations[$0]?.wantsMore == true
            }
            let reports = Model.runBatch(lanes.map { coarser[$0][kind] }, goesOn: goesOn)
            for (lane, report) in zip(lanes, reports) {
                estimations[lane]?.add(report.mapError { $0 as any Error })
            }
        }
        return estimations
    }
}

/// A flag that one thread sets and others read.
private final class StopFlag: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    func set() { value.store(true, ordering: .relaxed) }
}
