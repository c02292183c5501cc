import SystemFiles

/// Appends records to a journal.
struct JournalWriter: Sendable {
    /// What a user should know of the journal; nil when it was found sound.
    let warning: String?
    private let file: SystemFile
    private let header: JournalHeader
    private var session: StudySession?
    /// Where the last whole record ends.
    private var end: Int
    private var buffer = ByteWriter()
    private var failure: StudyProblem?
    /// Since when there are rows that the disk may not hold; nil when there are none.
    private var unsynchronizedSince: ContinuousClock.Instant?

    /// Opens a journal or makes it, and cuts off what is behind its last whole record.
    ///
    /// - Parameter visit: called for each row that is there.
    init(
        _ path: String, header: JournalHeader, session: StudySession, visit: (JournalRecord) -> Void
    ) throws(StudyProblem) {
        let file = try onFiles { () throws(SystemFileError) in try SystemFile(path, .updating) }
        var reader = try JournalReader(path, header: header)
        let scan = try reader.scan { (_, record) in if record.isRow { visit(record) } }
        let length = reader.length
        warning = scan.warning(for: path)
        end = try onFiles { () throws(SystemFileError) in
            if scan.end > 0 {
                if scan.end < length { try file.truncate(to: scan.end) }
                return scan.end
            }
            try file.write(header.bytes, at: 0)
            try file.synchronize()
            return header.bytes.count
        }
        (self.file, self.header, self.session) = (file, header, session)
    }

    /// Appends rows as one piece. The first rows of a process come after its session.
    mutating func append(_ rows: [StudyRow]) throws(StudyProblem) {
        if let failure { throw failure }
        guard !rows.isEmpty else { return }
        buffer.removeAll()
        if let session { JournalRecord.append(session, to: &buffer) }
        for row in rows {
            if let defect = defect(of: row) {
                throw StudyProblem("\(file.path): the row of point \(row.point) \(defect)")
            }
            JournalRecord.append(row, header: header, to: &buffer)
        }
        try checkPlace()
        do throws(SystemFileError) {
            try file.write(buffer.bytes, at: end)
        } catch {
            // On a full disk a part may be there; without it the journal ends with a whole record.
            do throws(SystemFileError) { try file.truncate(to: end) } catch { failure = StudyProblem(error) }
            throw StudyProblem(error)
        }
        end += buffer.bytes.count
        session = nil
        if unsynchronizedSince == nil { unsynchronizedSince = .now }
    }

    /// Has the disk hold the rows when the first of those that it may not hold is of that age; tells whether it was.
    mutating func synchronize(after age: Duration) throws(StudyProblem) -> Bool {
        if let failure { throw failure }
        try checkPlace()
        guard let since = unsynchronizedSince, .now - since >= age else { return false }
        do throws(SystemFileError) {
            try file.synchronize()
        } catch {
            // The system forgets what it could not write, and would call the next attempt a success.
            failure = StudyProblem(error)
            throw StudyProblem(error)
        }
        unsynchronizedSince = nil
        return true
    }

    private func checkPlace() throws(StudyProblem) {
        if file.isStillNamed { return }
        throw StudyProblem(
            "\(file.path): the file was removed or replaced while rows were written to it; keep the directory in its place "
                + "until the study is done, and call the same command again", isOfOutput: true)
    }

    private func defect(of row: StudyRow) -> String? {
        guard (0..<header.points).contains(row.point), row.point % header.shares == header.task else {
            return "is not of share \(header.task) of \(header.shares) of \(header.points) points"
        }
        if row.status == .missing { return "has the status missing" }
        if row.values.count != header.values { return "has \(row.values.count) values instead of \(header.values)" }
        if header.withErrors && row.errors.count != header.values {
            return "has \(row.errors.count) errors instead of \(header.values)"
        }
        return nil
    }
}
