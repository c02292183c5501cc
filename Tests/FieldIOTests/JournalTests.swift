import FieldIO
import Foundation
import SystemFiles
import TestSupport
import Testing

@Suite("The journal of a run")
struct JournalTests {
    private static let run = "a run"

    /// Writes blocks of a few rows and frames; returns the mark behind each block.
    private func write(_ path: String, blocks: Int) throws -> [RunJournal.Mark] {
        let journal = try RunJournal(creating: path, run: Self.run, flushInterval: .seconds(3600))
        return try (0..<blocks).map { block in
            for row in 0..<5 {
                try journal.appendRow(time: Double(block) + 0.1 * Double(row), values: [Double(row), -0.0, .infinity])
            }
            try journal.appendFrame(
                time: Double(block) + 0.5, points: [SIMD2(1, 2), SIMD2(Double(block), 4)], fields: [5, 6, .nan])
            try journal.flush()
            return journal.mark
        }
    }

    /// Each entry of a journal as bits.
    private func entries(_ path: String, upTo mark: RunJournal.Mark?) throws -> [[UInt64]]? {
        var found: [[UInt64]] = []
        let end = try RunJournal.read(path, run: Self.run, upTo: mark) { entry in
            switch entry {
            case .row(let time, let values): found.append(([time] + values).map(\.bitPattern))
            case .frame(let time, let points, let fields):
                found.append(([time] + points.flatMap { [$0.x, $0.y] } + fields).map(\.bitPattern))
            }
        }
        return end == nil ? nil : found
    }

    @Test("Every entry comes back, up to each mark")
    func roundTrip() throws {
        let scratch = try ScratchDirectory()
        let marks = try write(scratch.path(), blocks: 4)
        for (block, mark) in marks.enumerated() {
            let found = try #require(try entries(scratch.path(), upTo: mark))
            #expect(found.count == 6 * (block + 1))
            #expect(found[1] == [0.1, 1, -0.0, .infinity].map(\Double.bitPattern))
            #expect(found[5] == [0.5, 1, 2, 0, 4, 5, 6, .nan].map(\Double.bitPattern))
        }
        #expect(try RunJournal.nameOfRun(scratch.path()) == Self.run)
        #expect(try RunJournal.read(scratch.path(), run: "another", upTo: nil) == nil)
    }

    @Test("Goes on behind a mark as if nothing had come after it")
    func resumed() throws {
        let scratch = try ScratchDirectory()
        let marks = try write(scratch.path(), blocks: 3)
        let whole = try Data(contentsOf: URL(filePath: scratch.path()))
        let journal = try RunJournal(resuming: scratch.path(), at: marks[1], flushInterval: .seconds(3600))
        #expect(try Data(contentsOf: URL(filePath: scratch.path())) == whole.prefix(marks[1].length))
        for row in 0..<5 {
            try journal.appendRow(time: 2 + 0.1 * Double(row), values: [Double(row), -0.0, .infinity])
        }
        try journal.appendFrame(time: 2.5, points: [SIMD2(1, 2), SIMD2(2, 4)], fields: [5, 6, .nan])
        try journal.synchronize()
        #expect(journal.mark == marks[2])
        #expect(try Data(contentsOf: URL(filePath: scratch.path())) == whole)
    }

    @Test("A torn end is recovered up to the last whole block, wherever it is torn")
    func torn() throws {
        let scratch = try ScratchDirectory()
        let marks = try write(scratch.path(), blocks: 3)
        let whole = try Data(contentsOf: URL(filePath: scratch.path()))
        for length in marks[0].length..<whole.count {
            try whole.prefix(length).write(to: URL(filePath: scratch.path()))
            let expected = marks.last { $0.length <= length }
            #expect(try RunJournal.read(scratch.path(), run: Self.run, upTo: nil) == expected)
            if let last = marks.last, length < last.length {
                #expect(try RunJournal.read(scratch.path(), run: Self.run, upTo: last) == nil)
            }
        }
    }

    @Test("A thousand damages before a mark are all found")
    func damages() throws {
        let scratch = try ScratchDirectory()
        let marks = try write(scratch.path(), blocks: 3)
        let last = try #require(marks.last)
        let whole = try Data(contentsOf: URL(filePath: scratch.path()))
        var random = SplitMix(state: 11)
        for _ in 0..<1000 {
            let damaged = whole.damaged(using: &random)
            try damaged.write(to: URL(filePath: scratch.path()))
            #expect(try RunJournal.read(scratch.path(), run: Self.run, upTo: last) == nil)
        }
    }

    @Test("On a full disk the journal ends with its last whole block", .enabled(if: TemporaryDisk.isAvailable))
    func fullDisk() throws {
        let disk = try TemporaryDisk(kilobytes: 256)
        let path = disk.url.appending(path: "results.journal").path
        let journal = try RunJournal(creating: path, run: Self.run, flushInterval: .seconds(3600))
        let values = [Double](repeating: 1, count: 1000)
        var error: SystemFileError?
        var last = journal.mark
        for row in 0..<100 where error == nil {
            do throws(SystemFileError) {
                try journal.appendRow(time: Double(row), values: values)
                try journal.flush()
                last = journal.mark
            } catch let failure { error = failure }
        }
        let first = try #require(error)
        #expect(first.code == ENOSPC)
        #expect(first.isOfDisk)
        #expect(throws: first) { try journal.flush() }
        #expect(try RunJournal.read(path, run: Self.run, upTo: nil) == last)
    }
}

extension Data {
    /// These bytes with one of them changed, or cut off somewhere.
    func damaged(using random: inout SplitMix) -> Data {
        let place = Int(random.next() % UInt64(count))
        if random.next() % 4 == 0 { return prefix(place) }
        var bytes = self
        bytes[startIndex + place] ^= UInt8(1 + random.next() % 255)
        return bytes
    }
}
