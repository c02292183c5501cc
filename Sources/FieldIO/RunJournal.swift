import SystemFiles

/// What a run has recorded, row by row and frame by frame, in a file that only grows: from it results are made anew when a run goes on
/// or was killed.
///
/// HDF5 rewrites the structure of a file in place, so a process that is killed at the wrong moment may leave a results file that cannot
/// be read. The journal is written in blocks instead, each with a digest that covers all blocks before it. A killed process
/// leaves at most one block that is not whole, at the end; a checkpoint knows where in the journal it was taken.
///
/// The head of the file is ``head``, then come blocks: length of the payload (8 bytes, little-endian), payload, and the
/// SHA-256 of the digest before, the length and the payload. Numbers are little-endian, as the processor has them.
public final class RunJournal {
    /// A place in a journal behind a block.
    public struct Mark: Sendable, Hashable, Codable {
        /// Bytes up to there.
        public let length: Int
        /// The digest of all blocks up to there, as text.
        public let digest: String
    }

    /// One thing that a run recorded.
    public enum Entry {
        /// The scalars after a time step.
        case row(time: Double, values: [Double])
        /// The fields at a time; without points where the mesh rests.
        case frame(time: Double, points: [SIMD2<Double>], fields: [Double])
    }

    private static let kind = Array("mesolith-journal".utf8)
    private static let version: UInt32 = 1
    /// Bytes that wait for the next block; more than these are written at once.
    private static let mostPending = 16 << 20

    private let file: SystemFile
    private let flushInterval: Duration
    private var lastFlush = ContinuousClock.now
    private let digest = SHA256Digest()
    private var chain: [UInt8]
    /// Bytes that are written.
    package private(set) var length: Int
    private var pending: [UInt8] = []
    private var failure: SystemFileError?

    /// The place up to which the journal is written.
    package var mark: Mark { Mark(length: length, digest: SHA256Digest.text(chain)) }

    /// Begins a journal, in a file that is made or emptied.
    ///
    /// - Parameters:
    ///   - run: the name of the run, the same in its checkpoints.
    ///   - flushInterval: wall time between blocks.
    package init(
        creating path: String, run: String, flushInterval: Duration = .milliseconds(500)
    ) throws(SystemFileError) {
        file = try SystemFile(path, .replacing)
        self.flushInterval = flushInterval
        let head = Self.head(of: run)
        try file.write(head, at: 0)
        chain = head.withUnsafeBytes { SHA256Digest.of($0) }
        length = head.count
    }

    /// Goes on with a journal behind a mark, to which the file is cut.
    ///
    /// - Parameter mark: a mark of this journal up to which ``read(_:run:upTo:_:)`` found it whole.
    package init(
        resuming path: String, at mark: Mark, flushInterval: Duration = .milliseconds(500)
    ) throws(SystemFileError) {
        file = try SystemFile(path, .updating)
        self.flushInterval = flushInterval
        chain = SHA256Digest.bytes(mark.digest)
        length = mark.length
        try file.truncate(to: length)
    }

    // MARK: - Writing

    /// Appends the scalars after a time step.
    package func appendRow(time: Double, values: [Double]) throws(SystemFileError) {
        try append(0, time, points: [], values)
    }

    /// Appends the fields at a time; without points where the mesh rests.
    package func appendFrame(time: Double, points: [SIMD2<Double>], fields: [Double]) throws(SystemFileError) {
        try append(1, time, points: points, fields)
    }

    private func append(
        _ kind: UInt64, _ time: Double, points: [SIMD2<Double>], _ values: [Double]
    ) throws(SystemFileError) {
        for number in [kind, UInt64(points.count), UInt64(values.count), time.bitPattern] { append(number) }
        points.withUnsafeBytes { pending.append(contentsOf: $0) }
        values.withUnsafeBytes { pending.append(contentsOf: $0) }
        if pending.count > Self.mostPending || ContinuousClock.now - lastFlush >= flushInterval { try flush() }
    }

    private func append(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { pending.append(contentsOf: $0) }
    }

    /// Writes what waits as a block, so that it is safe from the end of this process.
    ///
    /// - Throws: the same error again once a block could not be written; the journal then ends with the last whole one.
    package func flush() throws(SystemFileError) {
        if let failure { throw failure }
        lastFlush = .now
        if pending.isEmpty { return }
        let prefix = Self.bytes(of: pending.count)
        digest.update(chain)
        digest.update(prefix)
        digest.update(pending)
        let next = digest.finish()
        do throws(SystemFileError) {
            try file.write(prefix, at: length)
            try file.write(pending, at: length + prefix.count)
            try file.write(next, at: length + prefix.count + pending.count)
        } catch {
            failure = error
            try? file.truncate(to: length)
            throw error
        }
        length += prefix.count + pending.count + next.count
        chain = next
        pending.removeAll(keepingCapacity: true)
    }

    /// Writes what waits, and has the disk hold all of it.
    package func synchronize() throws(SystemFileError) {
        try flush()
        do throws(SystemFileError) { try file.synchronize() } catch {
            // The system forgets what it could not write, and would call the next attempt a success.
            failure = error
            throw error
        }
    }

    private static func bytes(of count: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt64(count).littleEndian) { Array($0) }
    }

    /// The first bytes of the journal of a run.
    private static func head(of run: String) -> [UInt8] {
        kind + withUnsafeBytes(of: version.littleEndian) { Array($0) } + bytes(of: run.utf8.count) + Array(run.utf8)
    }
}

// MARK: - Reading

extension RunJournal {
    /// Reads a journal from its start.
    ///
    /// - Parameters:
    ///   - path: the journal.
    ///   - run: the name of the run that it must be of.
    ///   - mark: where to stop; nil for the end of the last whole block.
    ///   - visit: takes each entry, in order.
    /// - Returns: the place where reading ended; nil when the journal is not of this run, or is not whole up to the mark.
    /// - Throws: `SystemFileError`, and what `visit` throws.
    public static func read(
        _ path: String, run: String, upTo mark: Mark?, _ visit: (Entry) throws -> Void = { _ in }
    ) throws -> Mark? {
        let file = try SystemFile(path, .reading)
        let length = min(try file.length(), mark?.length ?? .max)
        let head = head(of: run)
        var block = [UInt8](repeating: 0, count: head.count)
        guard try file.fill(&block, at: 0), block == head else { return nil }
        var chain = block.withUnsafeBytes { SHA256Digest.of($0) }
        var end = head.count
        let digest = SHA256Digest()
        var prefix = [UInt8](repeating: 0, count: 8)
        var stated = [UInt8](repeating: 0, count: SHA256Digest.length)
        while length - end >= prefix.count + stated.count, try file.fill(&prefix, at: end) {
            let payload = prefix.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
            guard payload <= UInt64(length - end - prefix.count - stated.count) else { break }
            block = [UInt8](repeating: 0, count: Int(payload))
            guard try file.fill(&block, at: end + prefix.count),
                try file.fill(&stated, at: end + prefix.count + block.count)
            else { break }
            digest.update(chain)
            digest.update(prefix)
            digest.update(block)
            let found = digest.finish()
            guard found == stated else { break }
            guard try visitEntries(of: block, visit) else { break }
            chain = found
            end += prefix.count + block.count + stated.count
        }
        let reached = Mark(length: end, digest: SHA256Digest.text(chain))
        return mark == nil || mark == reached ? reached : nil
    }

    /// The name of the run that a journal is of; nil when the file is no journal.
    public static func nameOfRun(_ path: String) throws(SystemFileError) -> String? {
        let file = try SystemFile(path, .reading)
        var prefix = [UInt8](repeating: 0, count: kind.count + 12)
        guard try file.fill(&prefix, at: 0) else { return nil }
        let length = prefix.withUnsafeBytes {
            UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: kind.count + 4, as: UInt64.self))
        }
        guard length <= 1024 else { return nil }
        var name = [UInt8](repeating: 0, count: Int(length))
        guard try file.fill(&name, at: prefix.count) else { return nil }
        let run = String(decoding: name, as: UTF8.self)
        return head(of: run) == prefix + name ? run : nil
    }

    /// Takes a block apart; false when it is not made of entries.
    public static func visitEntries(of block: [UInt8], _ visit: (Entry) throws -> Void) rethrows -> Bool {
        var offset = 0
        func number(at offset: Int) -> UInt64 {
            block.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
        }
        while offset < block.count {
            guard block.count - offset >= 32 else { return false }
            let (kind, points, values) = (number(at: offset), number(at: offset + 8), number(at: offset + 16))
            let time = Double(bitPattern: number(at: offset + 24))
            offset += 32
            let room = UInt64(block.count - offset) / 8
            guard kind < 2, points <= room / 2, values <= room - 2 * points else { return false }
            let (pointCount, valueCount) = (Int(points), Int(values))
            let numbers = [Double](unsafeUninitializedCapacity: 2 * pointCount + valueCount) { buffer, count in
                block.withUnsafeBytes { bytes in
                    let size = 8 * (2 * pointCount + valueCount)
                    UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes[offset..<offset + size])
                }
                count = 2 * pointCount + valueCount
            }
            offset += 8 * numbers.count
            if kind == 0 {
                try visit(.row(time: time, values: numbers))
            } else {
                try visit(
                    .frame(
                        time: time, points: (0..<pointCount).map { SIMD2(numbers[2 * $0], numbers[2 * $0 + 1]) },
                        fields: Array(numbers[(2 * pointCount)...])))
            }
        }
        return true
    }
}

extension SystemFile {
    /// Fills an array from an offset; false when the file ends before.
    fileprivate func fill(_ bytes: inout [UInt8], at offset: Int) throws(SystemFileError) -> Bool {
        let count = bytes.count
        let result = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(SystemFileError) in try read(at: offset, into: buffer) == count }
        }
        return try result.get()
    }
}

extension SHA256Digest {
    /// The bytes of a digest that ``text(_:)`` wrote.
    fileprivate static func bytes(_ text: String) -> [UInt8] {
        let digits = text.utf8.map { UInt8($0 <= 57 ? $0 - 48 : $0 - 87) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
