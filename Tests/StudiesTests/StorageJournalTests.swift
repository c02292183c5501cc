import Foundation
import Studies
import TestSupport
import Testing

@Suite("The journal of a share")
struct StorageJournalTests {
    @Test("Rows that were appended are there on reopening, and the last of a point counts")
    func reopening() throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy().directory(scratch.path(), points: [3, 9, 6, 0])
        do {
            let share = try directory.share(0, of: 1, session: SampleStudy.session)
            #expect((0..<10).filter { share.done.contains($0) } == [0, 3, 6, 9])
            #expect(share.done.count == 4)
            #expect((0..<10).filter { share.failed.contains($0) } == [6])
            var better = SampleStudy.row(6)
            better.status = .finished
            try share.append([better, SampleStudy.row(1)])
        }
        let share = try directory.share(0, of: 1, session: SampleStudy.session)
        #expect(share.done.count == 5)
        #expect(share.failed.count == 0)
        let progress = try directory.progress()
        #expect((progress.finished, progress.failed, progress.missing) == (5, 0, 5))
        #expect(progress.cpuTime == 5)
        #expect(progress.sessions.count == 2)
    }

    @Test("A journal that ends anywhere in its last two rows keeps the whole ones and goes on")
    func torn() throws {
        let scratch = try ScratchDirectory()
        let study = SampleStudy()
        let directory = try study.directory(scratch.path(), points: 0..<4)
        let url = URL(filePath: directory.journal())
        let whole = try Data(contentsOf: url)
        // Rows 2 and 3 are equally long.
        let three = try Data(contentsOf: URL(filePath: study.directory(scratch.path("b"), points: 0..<3).journal()))
            .count
        let row = whole.count - three
        let two = three - row
        for length in two..<whole.count {
            try whole.prefix(length).write(to: url)
            let expected = Array(0..<(length < three ? 2 : 3))
            #expect(try directory.share(0, of: 1, session: SampleStudy.session).warning == nil)
            #expect(try directory.donePoints() == expected)
            #expect(try Data(contentsOf: url).count == (length < three ? two : three))
            try directory.share(0, of: 1, session: SampleStudy.session).append([SampleStudy.row(5)])
            #expect(try directory.donePoints() == expected + [5])
        }
    }

    @Test("A journal that was cut in its header is begun anew", arguments: [0, 1, 8, 30, 43])
    func tornHeader(length: Int) throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy().directory(scratch.path(), points: [])
        let url = URL(filePath: directory.journal())
        let whole = try Data(contentsOf: url)
        try whole.prefix(length).write(to: url)
        #expect(try directory.donePoints() == [])
        #expect(try Data(contentsOf: url) == whole)
    }

    @Test("Zeros at the end, which a power failure can leave, are cut off with a word")
    func zeros() throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy().directory(scratch.path(), points: 0..<4)
        let url = URL(filePath: directory.journal())
        let whole = try Data(contentsOf: url)
        try (whole + Data(count: 5_000)).write(to: url)
        let share = try directory.share(0, of: 1, session: SampleStudy.session)
        #expect(share.done.count == 4)
        #expect(
            share.warning
                == "\(directory.journal()): 5000 damaged bytes, the first at byte \(whole.count), are left out; "
                + "`mesolith sweep` solves the points again whose rows were there, and all whole rows are kept")
        #expect(try Data(contentsOf: url) == whole)
    }

    @Test("A journal of other columns or another share is refused")
    func foreign() throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy().directory(scratch.path(), points: 0..<4)
        let other = try SampleStudy(withErrors: false).directory(scratch.path("b"), points: 0..<4)
        let url = URL(filePath: directory.journal())
        try Data(contentsOf: URL(filePath: other.journal())).write(to: url)
        let message = try problem { _ = try directory.donePoints() }
        #expect(
            message.hasPrefix("\(directory.journal()): the file is damaged at its beginning, or holds rows of another"))
    }

    @Test("Rows that do not fit are refused and leave the journal as it was")
    func wrongRows() throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy().directory(scratch.path())
        let share = try directory.share(1, of: 3, session: SampleStudy.session)
        var row = SampleStudy.row(4)
        try share.append([row])
        func refusal(_ row: StudyRow) throws -> String { try problem { try share.append([SampleStudy.row(1), row]) } }
        row.values.append(0)
        #expect(try refusal(row).hasSuffix("the row of point 4 has 3 values instead of 2"))
        row = SampleStudy.row(4)
        row.errors = []
        #expect(try refusal(row).hasSuffix("the row of point 4 has 0 errors instead of 2"))
        row = SampleStudy.row(4)
        row.status = .missing
        #expect(try refusal(row).hasSuffix("the row of point 4 has the status missing"))
        #expect(try refusal(SampleStudy.row(5)).hasSuffix("the row of point 5 is not of share 1 of 3 of 10 points"))
        #expect(try refusal(SampleStudy.row(10)).hasSuffix("the row of point 10 is not of share 1 of 3 of 10 points"))
        #expect(try directory.progress().finished == 1)
    }

    @Test("Several threads may append")
    func threads() async throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy.line(400).directory(scratch.path())
        let share = try directory.share(0, of: 1, session: SampleStudy.session)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in 0..<4 {
                group.addTask {
                    for point in stride(from: thread, to: 400, by: 4) { try share.append([SampleStudy.row(point)]) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try directory.progress().missing == 0)
        #expect(try directory.progress().sessions.count == 1)
    }

    @Test("A killed process leaves all rows that it appended, and its lock does not last")
    func killed() async throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let directory = try SampleStudy.line(100).directory(path)
            let share = try directory.share(0, of: 1, session: SampleStudy.session)
            for point in 0..<60 { try share.append([SampleStudy.row(point)]) }
            kill(getpid(), SIGKILL)
        }
        let directory = try SampleStudy.line(100).directory(path)
        #expect(try directory.donePoints() == Array(0..<60))
    }

    /// A limit on the size of files stands in for a full disk: the system refuses the write in the same place.
    @Test("Without space an append is an error, and the journal ends with a whole row")
    func outOfSpace() async throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path()
        await #expect(processExitsWith: .success) { [path = path as String] in
            signal(SIGXFSZ, SIG_IGN)
            let directory = try SampleStudy.line(1000).directory(path)
            let share = try directory.share(0, of: 1, session: SampleStudy.session)
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let most = limit.rlim_cur
            limit.rlim_cur = 20_000
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            var point = 0
            let message = try problem {
                while true {
                    try share.append([SampleStudy.row(point)])
                    point += 1
                }
            }
            #expect(message == "\(directory.journal()): the file cannot be written (File too large)")
            #expect(try directory.progress().missing == 1000 - point)
            limit.rlim_cur = most
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            try share.append([SampleStudy.row(point)])
            #expect(try directory.progress().missing == 999 - point)
        }
    }
}
