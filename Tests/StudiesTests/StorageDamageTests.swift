import Foundation
import Studies
import SystemFiles
import TestSupport
import Testing

@Suite("A journal after a power failure, or on a bad disk")
struct StorageDamageTests {
    /// A study of forty points with a journal of all of them, and where in it the records are.
    private struct Journal {
        let directory: StudyDirectory
        let url: URL
        let whole: [UInt8]
        /// The session first.
        let records: [Range<Int>]

        static let points = 40
        static let header = 44

        init(_ path: String) throws {
            directory = try SampleStudy.line(Self.points).directory(path, points: 0..<Self.points)
            url = URL(filePath: directory.journal())
            let whole = Array(try Data(contentsOf: url))
            var records: [Range<Int>] = []
            var offset = Self.header
            while offset < whole.count {
                let length = (0..<4).reduce(0) { $0 | Int(whole[offset + $1]) << (8 * $1) }
                records.append(offset..<offset + 12 + length)
                offset = records[records.count - 1].upperBound
            }
            (self.whole, self.records) = (whole, records)
        }

        /// The points whose records are those of the whole journal in other bytes.
        func survivors(in bytes: [UInt8]) -> [Int] {
            (0..<Self.points).filter { point in
                let record = records[point + 1]
                return record.upperBound <= bytes.count && bytes[record] == whole[record]
            }
        }

        /// Expects of other bytes, in place of the journal, that all sound rows are there, no other is, and the study goes on
        /// to the same table; or else that the journal is refused and stays as it is.
        func expectRecovery(from bytes: [UInt8], _ comment: Comment) throws {
            try Data(bytes).write(to: url)
            let isRefused = bytes.count > Self.header && bytes.prefix(Self.header) != whole.prefix(Self.header)
            guard !isRefused else {
                let message = try problem { _ = try directory.donePoints() }
                #expect(message.hasPrefix("\(directory.journal()): the file is damaged at its beginning"), comment)
                #expect(try Array(Data(contentsOf: url)) == bytes, comment)
                return
            }
            let kept = survivors(in: bytes)
            let read = try directory.progress()
            #expect(read.finished + read.failed == kept.count, comment)
            do {
                let share = try directory.share(0, of: 1, session: SampleStudy.session)
                #expect((0..<Self.points).filter { share.done.contains($0) } == kept, comment)
                let rest = (0..<Self.points).filter { !share.done.contains($0) }
                try share.append(rest.map { SampleStudy.row($0) })
            }
            #expect(try directory.progress().missing == 0, comment)
        }

        /// Expects the table to hold the rows of the study.
        func expectTable(_ comment: Comment) throws {
            let path = try #require(try directory.collect(csv: true, commandLine: []).csvPath)
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
            #expect(lines.count == Self.points)
            for (point, line) in lines.enumerated() {
                let row = SampleStudy.row(point)
                #expect(line.hasPrefix("\(point),"), comment)
                let values = row.status == .failed ? ",,,,,failed," : ",\(row.values[0]),\(row.errors[0]),"
                #expect(line.contains(values), comment)
            }
        }
    }

    @Test("Any single byte that changed costs its row and no other")
    func singleBytes() throws {
        let scratch = try ScratchDirectory()
        let journal = try Journal(scratch.path())
        var random = SplitMix(state: 1)
        var refused = 0
        for trial in 0..<1000 {
            var bytes = journal.whole
            let place = Int(random.next() % UInt64(bytes.count))
            bytes[place] ^= UInt8(1 + random.next() % 255)
            if place < Journal.header { refused += 1 }
            try journal.expectRecovery(from: bytes, "byte \(place)")
            if trial % 50 == 0 && place >= Journal.header { try journal.expectTable("byte \(place)") }
        }
        #expect((1..<100).contains(refused))
    }

    @Test("Holes of zeros, of old bytes and of noise anywhere cost the rows in them and no other", arguments: 0..<3)
    func holes(kind: Int) throws {
        let scratch = try ScratchDirectory()
        let journal = try Journal(scratch.path())
        var random = SplitMix(state: UInt64(10 + kind))
        for trial in 0..<300 {
            var bytes = journal.whole
            let behindHeader = UInt64(bytes.count - Journal.header)
            let start = Journal.header + Int(random.next() % behindHeader)
            let end = min(bytes.count, start + 1 + Int(random.next() % 1500))
            for place in start..<end {
                switch kind {
                case 0: bytes[place] = 0
                // What was in the file elsewhere: records that are cut at both ends.
                case 1: bytes[place] = journal.whole[Journal.header + (place * 7 / 5) % Int(behindHeader)]
                default: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                }
            }
            try journal.expectRecovery(from: bytes, "\(start)..<\(end)")
            if trial % 30 == 0 { try journal.expectTable("\(start)..<\(end)") }
        }
    }

    @Test("A journal may end anywhere, and zeros may take the place of the rest")
    func truncations() throws {
        let scratch = try ScratchDirectory()
        let journal = try Journal(scratch.path())
        for length in stride(from: 0, to: journal.whole.count, by: 11) {
            let bytes = Array(journal.whole.prefix(length))
            try journal.expectRecovery(from: bytes, "\(length)")
            if length >= Journal.header {
                let zeros = [UInt8](repeating: 0, count: journal.whole.count - length)
                try journal.expectRecovery(from: bytes + zeros, "\(length) and zeros")
            }
        }
        try journal.expectRecovery(from: [UInt8](repeating: 0, count: Journal.header), "a header of zeros")
        try journal.expectTable("at the end")
    }

    @Test("Both the process that goes on and the one that collects say what is damaged")
    func warnings() throws {
        let scratch = try ScratchDirectory()
        let journal = try Journal(scratch.path())
        var bytes = journal.whole
        let hole = journal.records[4].lowerBound..<journal.records[6].upperBound
        for place in hole { bytes[place] = 0 }
        try Data(bytes).write(to: journal.url)
        let expected =
            "\(journal.url.path): \(hole.count) damaged bytes, the first at byte \(hole.lowerBound), are left out; "
            + "`mesolith sweep` solves the points again whose rows were there, and all whole rows are kept"
        let collected = try journal.directory.collect(csv: false, commandLine: [])
        #expect(collected.warnings == [expected])
        #expect(collected.missing == 3)
        #expect(try journal.directory.share(0, of: 1, session: SampleStudy.session).warning == expected)
        #expect(try Array(Data(contentsOf: journal.url)) == bytes)
    }

    @Test("The disk is asked for the rows once they are old enough, and only then")
    func settling() throws {
        let scratch = try ScratchDirectory()
        let share = try SampleStudy().directory(scratch.path()).share(0, of: 1, session: SampleStudy.session)
        #expect(try !share.settle(after: .zero))
        try share.append([SampleStudy.row(0)])
        #expect(try !share.settle())
        #expect(try share.settle(after: .zero))
        #expect(try !share.settle(after: .zero))
        try share.append([SampleStudy.row(1)])
        usleep(30_000)
        try share.append([SampleStudy.row(2)])
        #expect(try share.settle(after: .milliseconds(30)))
        try share.close()
    }

    @Test("A journal that lost its place takes no rows, and those in it stay", arguments: [false, true])
    func vanished(replaced: Bool) throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy().directory(scratch.path())
        let share = try directory.share(0, of: 1, session: SampleStudy.session)
        try share.append([SampleStudy.row(0)])
        try FileManager.default.moveItem(atPath: directory.path, toPath: scratch.path("moved"))
        if replaced { _ = try SampleStudy().directory(scratch.path(), points: [3]) }
        let expected =
            "\(directory.journal()): the file was removed or replaced while rows were written to it; keep the directory in "
            + "its place until the study is done, and call the same command again"
        #expect(try problem { try share.append([SampleStudy.row(1)]) } == expected)
        #expect(try problem { try share.close() } == expected)
        #expect(try StudyDirectory(existing: scratch.path("moved")).progress().finished == 1)
        if replaced { #expect(try directory.progress().finished == 1) }
    }

    @Test("A file system without locks is named as such", arguments: [ENOLCK, EOPNOTSUPP, ENOSYS])
    func noLocks(code: Int32) {
        let problem = StudyProblem(SystemFileError("s/rows.lock", "the file cannot be locked", code: code))
        #expect(problem.description.hasPrefix("s/rows.lock: the file cannot be locked ("))
        #expect(
            problem.description.hasSuffix(
                "); this file system has no locks, without which two processes could work on the same points: take an "
                    + "--output on another one, or have this one mounted with locks (for Lustre the option `flock`)"))
        #expect(!problem.isOfOutput)
        #expect(StudyProblem(SystemFileError("s", "the file cannot be written", code: ENOSPC)).isOfOutput)
    }
}
