/// Appends records to a journal.
struct JournalWriter: Sendable {
    private let file: SystemFile
    private let header: JournalHeader
    private var session: StudySession?
    /// Where the last whole record ends.
    private var end: Int
    private var buffer = ByteWriter()
    private var failure: StudyProblem?

    /// Opens a journal or makes it, and cuts off what is left of a record that was being written when a process was
    /// killed.
    ///
    /// - Parameter visit: called for each row that is there.
    init(
        _ path: String, header: JournalHeader, session: StudySession, visit: (JournalRecord) -> Void
    ) throws(StudyProblem) {
        file = try SystemFile(path, .updating)
        self.header = header
        self.session = session
        var reader = try JournalReader(path, header: header)
        end = try reader.scan { (_, record) in if record.isRow { visit(record) } }
        if end < reader.length { try file.truncate(to: end) }
        if end == 0 {
            let bytes = header.bytes
            try file.write(bytes, at: 0)
            try file.synchronize()
            end = bytes.count
        }
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
        do throws(StudyProblem) {
            try file.write(buffer.bytes, at: end)
        } catch {
            // On a full disk a part may be there; without it the journal ends with a whole record.
            do throws(StudyProblem) { try file.truncate(to: end) } catch { failure = error }
            throw error
        }
        end += buffer.bytes.count
        session = nil
    }

    func synchronize() throws(StudyProblem) { try file.synchronize() }

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
