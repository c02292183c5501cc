import Cases
import Synchronization
import SystemFiles

/// A share of a study that this process works on: its journal, and the lock that keeps others from it.
///
/// Share I of N has the points whose number leaves I when divided by N. Rows that were appended outlive the process,
/// however it ends; `settle` and `close` make them outlive the machine. May be used from several threads.
public final class StudyShare: Sendable {
    /// Number of this share, from 0.
    public let task: Int
    /// Number of shares.
    public let shares: Int
    /// What a row holds.
    public let columns: StudyColumns
    /// Points of this share that had a row when it was opened.
    public let done: PointSet
    /// Those of them whose last row is one of a failure.
    public let failed: PointSet

    /// That the journal was found damaged, and what follows, in one sentence; nil when it was sound.
    public let warning: String?

    private let lock: FileLock
    private let journal: Mutex<JournalWriter>

    init(
        journal path: String, lock lockPath: String, header: JournalHeader, columns: StudyColumns, session: StudySession
    ) throws(StudyProblem) {
        task = header.task
        shares = header.shares
        self.columns = columns
        switch try onFiles({ () throws(SystemFileError) in try FileLock.take(lockPath, host: Machine.host) }) {
        case .taken(let lock): self.lock = lock
        case .held(let holder):
            throw StudyProblem(
                "\(lockPath): \(holder) works on this share of the study; wait until it ends, or end it and try again")
        }
        var done = PointSet(points: header.points)
        var failed = done
        let writer = try JournalWriter(path, header: header, session: session) { row in
            done.insert(row.point)
            if row.status == .failed { failed.insert(row.point) } else { failed.remove(row.point) }
        }
        self.done = done
        self.failed = failed
        warning = writer.warning
        journal = Mutex(writer)
    }

    /// Appends rows, which are with the system when this returns.
    ///
    /// - Throws: `StudyProblem` when a row does not belong to the share or does not fit the columns, or when the rows
    ///   cannot be written; none of them is in the journal then.
    public func append(_ rows: [StudyRow]) throws(StudyProblem) {
        try journal.withLock { (journal) throws(StudyProblem) in try journal.append(rows) }
    }

    /// Has the disk hold all rows once the first of those that it may not hold is of some age. Called often, it bounds what
    /// a power failure takes.
    ///
    /// - Returns: whether there were such rows.
    /// - Throws: `StudyProblem` when the disk cannot, or when the journal lost its place in the directory.
    @discardableResult
    public func settle(after age: Duration = .seconds(10)) throws(StudyProblem) -> Bool {
        try journal.withLock { (journal) throws(StudyProblem) in try journal.synchronize(after: age) }
    }

    /// Has the disk hold all rows. Call it when the work is done; the lock ends with the last reference to the share.
    ///
    /// - Throws: `StudyProblem` when the disk cannot.
    public func close() throws(StudyProblem) { try settle(after: .zero) }
}
