/// Reads the records of a journal through a window on the file.
struct JournalReader {
    let header: JournalHeader
    /// Length of the file when it was opened; what is appended later is not seen.
    let length: Int
    private let file: SystemFile
    private var window: [UInt8] = []
    private var windowStart = 0

    /// Opens a journal whose header must be the given one.
    ///
    /// - Throws: `StudyProblem` when it cannot be read or is another's.
    init(_ path: String, header: JournalHeader) throws(StudyProblem) {
        file = try SystemFile(path, .reading)
        length = try file.length()
        self.header = header
        let expected = header.bytes
        let found = try bytes(at: 0, count: min(length, expected.count), ahead: expected.count) { Array($0) }
        // A process that was killed while it made the file leaves the beginning of the header.
        guard expected.starts(with: found) else {
            throw StudyProblem(
                "\(path): the file is damaged at its beginning, or holds rows of another study; "
                    + "delete it to solve its points again")
        }
    }

    var path: String { file.path }

    /// Reads the record that begins at an offset; nil when there is no whole record.
    ///
    /// - Parameter ahead: bytes to fetch when the record is not at hand.
    mutating func record<Result>(
        at offset: Int, ahead: Int, _ body: (JournalRecord) throws(StudyProblem) -> Result
    ) throws(StudyProblem) -> (value: Result, end: Int)? {
        guard offset + JournalRecord.prefix <= length else { return nil }
        let (size, digest) = try bytes(at: offset, count: JournalRecord.prefix, ahead: ahead) { prefix in
            (
                Int(UInt32(littleEndian: prefix.loadUnaligned(as: UInt32.self))),
                UInt64(littleEndian: prefix.loadUnaligned(fromByteOffset: 4, as: UInt64.self))
            )
        }
        let start = offset + JournalRecord.prefix
        guard size > 0, size <= JournalRecord.longest(header), start + size <= length else { return nil }
        let header = self.header
        let value = try bytes(at: start, count: size, ahead: ahead) { (payload) throws(StudyProblem) -> Result? in
            guard let record = JournalRecord(payload, header: header), Digest.fnv1a(payload) == digest else {
                return nil
            }
            return try body(record)
        }
        return value.map { ($0, start + size) }
    }

    /// Goes through all records; returns where the last whole one ends.
    ///
    /// - Throws: `StudyProblem` when the file is damaged: when a record is not whole and whole ones follow.
    mutating func scan(
        _ body: (_ offset: Int, _ record: JournalRecord) throws(StudyProblem) -> Void
    ) throws(StudyProblem) -> Int {
        var offset = JournalHeader.length
        guard length >= offset else { return 0 }
        while offset < length {
            let found = try record(at: offset, ahead: Self.scanAhead) { (record) throws(StudyProblem) in
                try body(offset, record)
            }
            guard let found else {
                try refuseRecords(behind: offset)
                return offset
            }
            offset = found.end
        }
        return offset
    }

    private static let scanAhead = 1 << 20

    private mutating func refuseRecords(behind damage: Int) throws(StudyProblem) {
        for offset in damage + 1..<length {
            guard try record(at: offset, ahead: Self.scanAhead, { _ in }) != nil else { continue }
            throw StudyProblem(
                "\(path): the file is damaged at byte \(damage), whole rows follow from byte \(offset); restore it from "
                    + "a copy, or delete it to solve its points again")
        }
    }

    /// Hands bytes of the file to `body`; they must be inside it.
    private mutating func bytes<Result>(
        at offset: Int, count: Int, ahead: Int, _ body: (UnsafeRawBufferPointer) throws(StudyProblem) -> Result
    ) throws(StudyProblem) -> Result {
        if offset < windowStart || offset + count > windowStart + window.count {
            let wanted = min(max(count, ahead), length - offset)
            if window.count != wanted { window = [UInt8](repeating: 0, count: wanted) }
            let file = self.file
            let read = try window.withUnsafeMutableBufferPointer { (buffer) throws(StudyProblem) in
                try file.read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
            }
            windowStart = offset
            guard read == wanted else { throw StudyProblem("\(path): the file became shorter while it was read") }
        }
        let start = offset - windowStart
        return try window.withUnsafeBufferPointer { (buffer) throws(StudyProblem) in
            try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[start..<start + count]))
        }
    }
}
