import FieldIO

/// Where in the journals the row of each point is.
struct StudyIndex {
    private let directory: StudyDirectory
    private let shares: Int
    private let tasks: [Int]
    /// Offset of the last row of each point in the journal of its share; -1 without one.
    private var offsets: [Int]
    private var failed: PointSet
    private var found = 0
    private var cpuTime = 0.0
    private var sessions: [StudySession] = []
    private var warnings: [String] = []

    /// Bytes that are fetched around a row: rows come mostly in the order of the points, but need not.
    private static let fetch = 1 << 14

    /// Goes through the journals as they are now, also those that another process is writing.
    init(of directory: StudyDirectory) throws(StudyProblem) {
        self.directory = directory
        let journals = try directory.journals()
        shares = journals.shares ?? 1
        tasks = journals.tasks
        offsets = [Int](repeating: -1, count: directory.outline.count)
        failed = PointSet(points: directory.outline.count)
        for task in tasks { try scan(task) }
    }

    func collection(tablePath: String) -> StudyCollection {
        StudyCollection(
            finished: found - failed.count, failed: failed.count, missing: offsets.count - found, cpuTime: cpuTime,
            tablePath: tablePath, sessions: sessions, warnings: warnings)
    }

    /// The rows of some points.
    func rows(of points: Range<Int>) throws(StudyProblem) -> StudyTableRows {
        let columns = directory.outline.columns
        var rows = StudyTableRows(missing: points.count, outputs: columns.outputs.count)
        for task in tasks {
            var reader = try reader(of: task)
            // The first point of the block that is of the share.
            let lead = (task - points.lowerBound) % shares
            let first = points.lowerBound + (lead < 0 ? lead + shares : lead)
            for point in stride(from: first, to: points.upperBound, by: shares) where offsets[point] >= 0 {
                let place = point - points.lowerBound
                let read = try reader.record(at: offsets[point], ahead: Self.fetch) { record in
                    guard record.isRow, record.point == point else { return false }
                    Self.take(record, to: place, of: &rows, columns: columns)
                    return true
                }
                guard let read, read.value else {
                    throw StudyProblem("\(reader.path): the file was changed while it was read")
                }
            }
        }
        return rows
    }

    private static func take(
        _ record: JournalRecord, to place: Int, of rows: inout StudyTableRows, columns: StudyColumns
    ) {
        let kept = columns.kept.count
        for index in 0..<kept {
            if columns.withErrors {
                rows.outputs[2 * index][place] = record.number(index)
                rows.outputs[2 * index + 1][place] = record.number(kept + index)
            } else {
                rows.outputs[index][place] = record.number(index)
            }
        }
        rows.status[place] = record.status == .finished ? .finished : .failed
        rows.steps[place] = Int32(clamping: record.steps)
        rows.cpuTime[place] = record.cpuTime
        rows.end[place] = record.end
        rows.reason[place] = record.reason
    }

    private mutating func scan(_ task: Int) throws(StudyProblem) {
        var reader = try reader(of: task)
        let scan = try reader.scan { (offset, record) in
            guard record.isRow else {
                if let session = record.session { sessions.append(session) }
                return
            }
            if offsets[record.point] < 0 { found += 1 }
            offsets[record.point] = offset
            cpuTime += record.cpuTime.isFinite ? record.cpuTime : 0
            if record.status == .failed { failed.insert(record.point) } else { failed.remove(record.point) }
        }
        if let warning = scan.warning(for: reader.path) { warnings.append(warning) }
    }

    private func reader(of task: Int) throws(StudyProblem) -> JournalReader {
        try JournalReader(
            "\(directory.path)/\(StudyDirectory.journalName(task, of: shares)).journal",
            header: directory.header(task, of: shares))
    }
}
