import FieldIO
import Foundation
import TestSupport
import Testing

@Suite("A file outlives its writer")
struct SurvivalTests {
    /// The bytes on disk while the writer is alive are what a SIGKILL at that moment would leave.
    @Test("Between flushes the file on disk stays that of the last flush", arguments: [1, 10, 400])
    func betweenFlushes(unflushed: Int) throws {
        let scratch = try ScratchDirectory()
        // Enough nodes that data leave HDF5's caches for the disk before the next flush.
        let run = SampleRun(nodes: 2_000)
        let file = try run.create(at: scratch.path())
        try run.append(row: 0, to: file)
        try run.append(frame: 0, to: file)
        for frame in 1...unflushed {
            try run.append(row: frame, to: file)
            try run.append(frame: frame, to: file)
        }
        try FileManager.default.copyItem(atPath: scratch.path(), toPath: scratch.path("copy.h5"))
        try run.expect(scratch.path("copy.h5"), frames: 1, rows: 1, status: .running)
        try file.flush()
        try run.expect(scratch.path(), frames: unflushed + 1, rows: unflushed + 1, status: .running)
    }

    @Test("A file without a frame opens too")
    func beforeTheFirstFrame() throws {
        let scratch = try ScratchDirectory()
        let run = SampleRun()
        let file = try run.create(at: scratch.path())
        try FileManager.default.copyItem(atPath: scratch.path(), toPath: scratch.path("copy.h5"))
        try run.expect(scratch.path("copy.h5"), frames: 0, rows: 0, status: .running)
        #expect(file.frameCount == 0)
    }

    @Test("The interval of the flushes is kept")
    func interval() throws {
        let scratch = try ScratchDirectory()
        let run = SampleRun(flushInterval: .milliseconds(20))
        let file = try run.create(at: scratch.path())
        try run.append(frame: 0, to: file)
        Thread.sleep(forTimeInterval: 0.03)
        try run.append(frame: 1, to: file)
        try run.expect(scratch.path(), frames: 2, rows: 0, status: .running)
        Thread.sleep(forTimeInterval: 0.03)
        try run.append(row: 0, to: file)
        try run.expect(scratch.path(), frames: 2, rows: 1, status: .running)
    }

    @Test("A file that is dropped without an end is complete but for its status")
    func dropped() throws {
        let scratch = try ScratchDirectory()
        let run = SampleRun()
        do {
            let file = try run.create(at: scratch.path())
            for frame in 0..<3 { try run.append(frame: frame, to: file) }
        }
        try run.expect(scratch.path(), frames: 3, rows: 0, status: .running)
    }

    @Test("A killed process leaves the last flush")
    func killed() async throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let run = SampleRun()
            let file = try run.create(at: path)
            for frame in 0..<50 {
                try run.append(row: frame, to: file)
                try run.append(frame: frame, to: file)
                if frame == 30 { try file.flush() }
            }
            kill(getpid(), SIGKILL)
        }
        try SampleRun().expect(path, frames: 31, rows: 31, status: .running)
    }

    /// A limit on the size of files stands in for a full disk: the system refuses the write in the same place.
    @Test("Running out of space is an error, and what was flushed stays readable", arguments: [400, 1_000, 5_000])
    func outOfSpace(kilobytes: Int) async throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path()
        await #expect(processExitsWith: .success) { [path = path as String, kilobytes = kilobytes as Int] in
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: rlim_t(kilobytes * 1024), rlim_max: rlim_t(kilobytes * 1024))
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            try fillUp(path, reason: EFBIG)
        }
        try expectWhole(path)
    }

    @Test("A full disk is an error, and what was flushed stays readable", .enabled(if: TemporaryDisk.isAvailable))
    func fullDisk() throws {
        let disk = try TemporaryDisk(kilobytes: 2_048)
        let path = disk.url.appending(path: "results.h5").path
        try fillUp(path, reason: ENOSPC)
        try expectWhole(path)
    }

    private func expectWhole(_ path: String) throws {
        let run = SampleRun(nodes: 101)
        let frames = try HDF5File(reading: path).readIntegers(attribute: "NSteps", of: "/VTKHDF/Steps")[0]
        #expect(frames > 0)
        try run.expect(path, frames: frames, rows: frames, status: .running)
    }
}

/// Writes frames until there is no space; expects an error with the errno `reason` that stays.
private func fillUp(_ path: String, reason: Int32) throws {
    let run = SampleRun(nodes: 101, flushInterval: .milliseconds(1))
    let file = try run.create(at: path)
    var error: FieldIOError?
    for frame in 0..<100_000 where error == nil {
        do throws(FieldIOError) {
            try run.append(row: frame, to: file)
            try run.append(frame: frame, to: file)
            if frame % 8 == 7 { try file.flush() }
        } catch let failure {
            error = failure
        }
    }
    let first = try #require(error)
    #expect(first.systemError == reason)
    #expect(first.file == path)
    #expect(try fieldError { try run.append(row: 0, to: file) } == first)
    #expect(try fieldError { try file.finish(status: .failed, summary: []) } == first)
}
