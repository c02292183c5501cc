import Synchronization

/// A share of a study that this process works on: its journal, and the lock that keeps others from it.
///
/// Share I of N has the points whose number leaves I when divided by N. Rows that were appended outlive the process,
/// however it ends; `close` makes them outlive the machine. May be used from several threads.
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

    private let lock: ShareLock
    private let journal: Mutex<JournalWriter>

    init(
        journal path: String, lock lockPath: String, header: JournalHeader, columns: StudyColumns, session: StudySession
    ) throws(StudyProblem) {
        task = header.task
        shares = header.shares
        self.columns = columns
        lock = try ShareLock(lockPath)
        var done = PointSet(points: header.points)
        var failed = done
        let writer = try JournalWriter(path, header: header, session: session) { row in
            done.insert(row.point)
            if row.status == .failed { failed.insert(row.point) } else { failed.remove(row.point) }
        }
        self.done = done
        self.failed = failed
        journal = Mutex(writer)
    }

    /// Appends rows, which are with the system when this returns.
    ///
    /// - Throws: `StudyProblem` when a row does not belong to the share or does not fit the columns, or when the rows
    ///   cannot be written; none of them is in the journal then.
    public func append(_ rows: [StudyRow]) throws(StudyProblem) {
        try journal.withLock { (journal) throws(StudyProblem) in try journal.append(rows) }
    }

    /// Has the disk hold all rows. Call it when the work is done; the lock ends with the last reference to the share.
    ///
    /// - Throws: `StudyProblem` when the disk cannot.
    public func close() throws(StudyProblem) {
        try journal.withLock { (journal) throws(StudyProblem) in try journal.synchronize() }
    }
}
