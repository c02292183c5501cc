/// The payload of a record of a journal, as it lies in memory.
///
/// A row: kind 0, status, point, steps (Int64), CPU time (Double), values, errors (Double each), end, reason (text). A
/// session: kind 1, engine, command line, host, date (text).
struct JournalRecord {
    /// Length and digest, before the payload.
    static let prefix = 4 + 8
    private static let row: UInt8 = 0
    private static let session: UInt8 = 1
    private static let numbersOffset = 2 + 8 + 8 + 8
    /// UTF-8 that is kept of a text, bytes.
    private static let longestText = 1 << 15

    /// No payload is longer, bytes.
    static func longest(_ header: JournalHeader) -> Int { numbersOffset + 8 * header.numbers + 4 * (4 + longestText) }

    private let bytes: UnsafeRawBufferPointer
    private let header: JournalHeader

    /// A payload whose bytes outlive the record; nil when they are not those of a record of such a journal.
    ///
    /// Checked is the structure; whether it is what was written says the digest.
    init?(_ bytes: UnsafeRawBufferPointer, header: JournalHeader) {
        self.bytes = bytes
        self.header = header
        switch bytes.first {
        case Self.row:
            guard bytes.count >= endOffset + 8, bytes[1] <= 1, hasTexts(2, from: endOffset), isOwnPoint else {
                return nil
            }
        case Self.session: guard hasTexts(4, from: 1) else { return nil }
        default: return nil
        }
    }

    var isRow: Bool { bytes[0] == Self.row }
    var point: Int { Int(truncatingIfNeeded: integer(at: 2)) }
    var status: StudyRow.Status { bytes[1] == 0 ? .finished : .failed }
    var steps: Int { Int(truncatingIfNeeded: integer(at: 10)) }
    var cpuTime: Double { number(at: 18) }
    var end: String { text(at: endOffset) }
    var reason: String { text(at: endOffset + 4 + length(at: endOffset)) }

    /// A value, or an error when `index` goes on after the values.
    func number(_ index: Int) -> Double { number(at: Self.numbersOffset + 8 * index) }

    /// The session in a record that is no row.
    var session: StudySession? {
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[1...]))
        guard let engine = reader.text(), let command = reader.text(), let host = reader.text(),
            let date = reader.text()
        else { return nil }
        return StudySession(engine: engine, commandLine: command, host: host, date: date)
    }

    private var isOwnPoint: Bool { (0..<header.points).contains(point) && point % header.shares == header.task }
    private var endOffset: Int { Self.numbersOffset + 8 * header.numbers }

    private func hasTexts(_ count: Int, from start: Int) -> Bool {
        var offset = start
        for _ in 0..<count {
            guard bytes.count - offset >= 4 else { return false }
            offset += 4 + length(at: offset)
            guard offset <= bytes.count else { return false }
        }
        return offset == bytes.count
    }

    private func integer(at offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    private func number(at offset: Int) -> Double { Double(bitPattern: integer(at: offset)) }

    private func length(at offset: Int) -> Int {
        Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }

    private func text(at offset: Int) -> String {
        let length = length(at: offset)
        return length == 0 ? "" : String(decoding: bytes[offset + 4..<offset + 4 + length], as: UTF8.self)
    }
}

extension JournalRecord {
    /// Appends the record of a row.
    static func append(_ row: StudyRow, header: JournalHeader, to writer: inout ByteWriter) {
        appendRecord(to: &writer) { writer in
            writer.append(Self.row)
            writer.append(row.status.rawValue)
            writer.append(Int64(row.point))
            writer.append(Int64(row.steps))
            writer.append(row.cpuTime)
            for value in row.values { writer.append(value) }
            if header.withErrors { for error in row.errors { writer.append(error) } }
            writer.append(stored(row.end))
            writer.append(stored(row.reason))
        }
    }

    /// Appends the record of a session.
    static func append(_ session: StudySession, to writer: inout ByteWriter) {
        appendRecord(to: &writer) { writer in
            writer.append(Self.session)
            for text in [session.engine, session.commandLine, session.host, session.date] {
                writer.append(stored(text))
            }
        }
    }

    private static func appendRecord(to writer: inout ByteWriter, payload: (inout ByteWriter) -> Void) {
        let start = writer.bytes.count
        writer.append(UInt32(0))
        writer.append(UInt64(0))
        payload(&writer)
        writer.replace(at: start, with: UInt32(writer.bytes.count - start - prefix))
        writer.replace(at: start + 4, with: writer.digest(from: start + prefix))
    }

    /// Text as a table can hold it: HDF5 takes a NUL for its end. What is too long is cut.
    private static func stored(_ text: String) -> String {
        var text = text
        if text.utf8.contains(0) { text = text.replacing("\0", with: "\u{FFFD}") }
        while text.utf8.count > longestText { text = String(text.prefix(text.count * longestText / text.utf8.count)) }
        return text
    }
}
