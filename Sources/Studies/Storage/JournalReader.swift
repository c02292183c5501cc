import SystemFiles

/// Reads the records of a journal through a window on the file.
struct JournalReader {
    let header: JournalHeader
    /// Length of the file when it was opened; what is appended later is not seen.
    let length: Int
    private let file: SystemFile
    private var window: [UInt8] = []
    private var windowStart = 0

    /// Whether the whole header is there.
    private let isBegun: Bool

    /// Opens a journal whose header must be the given one.
    ///
    /// - Throws: `StudyProblem` when it cannot be read or is another's.
    init(_ path: String, header: JournalHeader) throws(StudyProblem) {
        let expected = header.bytes
        var found = [UInt8](repeating: 0, count: expected.count)
        let (file, length, count) = try onFiles { () throws(SystemFileError) in
            let file = try SystemFile(path, .reading)
            let count = try found.withUnsafeMutableBufferPointer { (buffer) throws(SystemFileError) in
                try file.read(at: 0, into: UnsafeMutableRawBufferPointer(buffer))
            }
            return (file, try file.length(), count)
        }
        (self.file, self.length, self.header) = (file, length, header)
        isBegun = found == expected
        // A process that was killed while it made the file leaves the beginning of the header, and a machine that lost its power
        // zeros in place of it. Rows come only after a header that the disk holds.
        let isUnbegun = expected.starts(with: found.prefix(count)) || found.allSatisfy { $0 == 0 }
        guard isBegun || length <= expected.count && isUnbegun else {
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

    /// Goes through all whole records.
    ///
    /// A power failure may leave zeros or old bytes anywhere behind what was synchronised last. Each record has a digest, so
    /// that a whole one behind such a stretch is as good as any other.
    mutating func scan(
        _ body: (_ offset: Int, _ record: JournalRecord) throws(StudyProblem) -> Void
    ) throws(StudyProblem) -> JournalScan {
        var scan = JournalScan()
        guard isBegun else { return scan }
        scan.end = JournalHeader.length
        var offset = scan.end
        while offset < length {
            let found = try record(at: offset, ahead: Self.scanAhead) { (record) throws(StudyProblem) in
                try body(offset, record)
            }
            if let found {
                if offset > scan.end { scan.add(scan.end..<offset) }
                offset = found.end
                scan.end = offset
            } else {
                offset += 1
            }
        }
        if scan.end < length, try !isCutShort(at: scan.end) { scan.add(scan.end..<length) }
        return scan
    }

    private static let scanAhead = 1 << 20

    /// Whether the file ends within the record that begins at an offset.
    private mutating func isCutShort(at offset: Int) throws(StudyProblem) -> Bool {
        let left = length - offset - JournalRecord.prefix
        guard left >= 0 else { return true }
        let size = try bytes(at: offset, count: 4, ahead: Self.scanAhead) {
            Int(UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)))
        }
        return size > left && size <= JournalRecord.longest(header)
    }

    /// Hands bytes of the file to `body`; they must be inside it.
    private mutating func bytes<Result>(
        at offset: Int, count: Int, ahead: Int, _ body: (UnsafeRawBufferPointer) throws(StudyProblem) -> Result
    ) throws(StudyProblem) -> Result {
        if offset < windowStart || offset + count > windowStart + window.count {
            let wanted = min(max(count, ahead), length - offset)
            if window.count != wanted { window = [UInt8](repeating: 0, count: wanted) }
            let file = self.file
            let read = try onFiles { () throws(SystemFileError) in
                try window.withUnsafeMutableBufferPointer { (buffer) throws(SystemFileError) in
                    try file.read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
                }
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
