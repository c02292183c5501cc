import Foundation
import TestSupport
import Testing

@Suite("sweep and collect on a disk that fails them", .serialized)
struct SweepDiskTests {
    /// Fills a disk to the last byte.
    private func fill(_ disk: borrowing TemporaryDisk) throws {
        let descriptor = open(disk.url.appending(path: "ballast").path, O_WRONLY | O_CREAT, 0o666)
        defer { close(descriptor) }
        let zeros = [UInt8](repeating: 0, count: 4096)
        while write(descriptor, zeros, zeros.count) > 0 {}
        try #require(errno == ENOSPC)
    }

    private func empty(_ disk: borrowing TemporaryDisk) throws {
        try FileManager.default.removeItem(at: disk.url.appending(path: "ballast"))
    }

    private func setReadOnly(_ isReadOnly: Bool, _ disk: borrowing TemporaryDisk) throws {
        let flags = UInt(MS_REMOUNT | (isReadOnly ? MS_RDONLY : 0))
        try #require(mount("tmpfs", disk.url.path, nil, flags, nil) == 0)
    }

    /// Expects one error that is the disk's fault and says why.
    private func expectError(_ outcome: Outcome, _ reason: String) {
        #expect(outcome.code == 6)
        #expect(outcome.errors.hasPrefix("error: "))
        #expect(outcome.errors.contains(reason))
        #expect(outcome.errors.count { $0 == "\n" } == 1, "\(outcome.errors)")
    }

    /// What is in the files of a directory, by name.
    private func files(_ path: String) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: path) where !name.hasSuffix(".lock") {
            found[name] = FileManager.default.contents(atPath: "\(path)/\(name)")
        }
        return found
    }

    @Test(
        "A full disk is one error, loses nothing, and the same command goes on", .enabled(if: TemporaryDisk.isAvailable)
    )
    func full() throws {
        let scratch = try Scratch(study: Studies.half)
        let disk = try TemporaryDisk(kilobytes: 4096)
        let path = disk.url.appending(path: "study").path
        #expect(try scratch.run("sweep", "study.yaml", "-q", "--csv", "-o", "whole").code == 0)
        #expect(try scratch.run("sweep", "study.yaml", "-q", "-o", path, "--task", "0", "--of", "2").code == 0)
        #expect(try scratch.run("collect", path, "-q", "--csv").code == 3)
        let before = try files(path)
        #expect(before.keys.contains("study.h5") && before.keys.contains("study.csv"))
        try fill(disk)
        expectError(
            try scratch.run("sweep", "study.yaml", "-q", "-o", path, "--task", "1", "--of", "2"), "No space left")
        expectError(try scratch.run("collect", path, "-q", "--csv"), "No space left")
        expectError(
            try scratch.run("sweep", "study.yaml", "-q", "-o", disk.url.appending(path: "new").path), "No space left")
        for (name, data) in before { #expect(try files(path)[name] == data, "\(name)") }
        #expect(try !files(path).keys.contains { $0.hasSuffix(".partial") })
        try empty(disk)
        #expect(try scratch.run("sweep", "study.yaml", "-q", "-o", path, "--task", "1", "--of", "2").code == 0)
        #expect(try scratch.run("collect", path, "-q", "--csv").code == 0)
        let table = try PointTable(String(contentsOfFile: "\(path)/study.csv", encoding: .utf8))
        #expect(try table.timeless == scratch.table("whole").timeless)
    }

    @Test("A disk that fills up while points are solved", .enabled(if: TemporaryDisk.isAvailable))
    func fills() throws {
        let scratch = try Scratch(study: Studies.slow(points: 8))
        let disk = try TemporaryDisk(kilobytes: 8192)
        let path = disk.url.appending(path: "study").path
        let running = try scratch.start(["sweep", "study.yaml", "-q", "--jobs", "1", "-o", path])
        try wait { FileManager.default.fileExists(atPath: path + "/points/000002/results.h5") }
        try fill(disk)
        expectError(try running.outcome(), "No space left")
        #expect(scratch.runs().isEmpty)
        try empty(disk)
        let rest = try object(try scratch.run("sweep", "study.yaml", "--json", "--csv", "-o", path).output)
        #expect(try #require(rest["already_done"] as? Int) >= 2)
        #expect(rest["done"] as? Int == 8)
        #expect(rest["failed"] as? Int == 0)
    }

    @Test("A disk that cannot be written is one error and stays as it is", .enabled(if: TemporaryDisk.isAvailable))
    func readOnly() throws {
        let scratch = try Scratch(study: Studies.half)
        let disk = try TemporaryDisk(kilobytes: 4096)
        let path = disk.url.appending(path: "study").path
        #expect(try scratch.run("sweep", "study.yaml", "-q", "-o", path).code == 0)
        let before = try files(path)
        try setReadOnly(true, disk)
        expectError(try scratch.run("sweep", "study.yaml", "-q", "-o", path), "Read-only file system")
        expectError(try scratch.run("collect", path, "-q"), "Read-only file system")
        expectError(
            try scratch.run("sweep", "study.yaml", "-q", "-o", disk.url.appending(path: "new").path),
            "the directory cannot be made (Read-only file system)")
        #expect(try files(path) == before)
        try setReadOnly(false, disk)
        #expect(try scratch.run("collect", path, "-q").code == 0)
    }

    @Test("A directory that is moved away while points are solved is one error; moved back, it goes on")
    func vanished() throws {
        let scratch = try Scratch(study: Studies.slow(points: 8))
        let running = try scratch.start(["sweep", "study.yaml", "-q", "--jobs", "1"])
        try wait { scratch.exists("studies/study/points/000002/results.h5") }
        try FileManager.default.moveItem(atPath: scratch.path("studies/study"), toPath: scratch.path("moved"))
        expectError(try running.outcome(), "studies/study/")
        #expect(scratch.runs().isEmpty)
        #expect(try scratch.run("collect", "moved", "-q").code == 3)
        let gone = try scratch.run("collect", "studies/study", "-q")
        #expect(gone.code == 2)
        #expect(gone.errors.hasPrefix("error: studies/study: there is no study in this directory"))
        let rest = try object(try scratch.run("sweep", "study.yaml", "--json", "-o", "moved").output)
        #expect(try #require(rest["already_done"] as? Int) >= 2)
        #expect(rest["done"] as? Int == 8)
    }

    @Test("A sweep ends before its wall limit with code 5, and the same command goes on to the same table")
    func wallLimit() throws {
        let scratch = try Scratch(study: Studies.slow(points: 40))
        let start = ContinuousClock.now
        let outcome = try scratch.run("sweep", "study.yaml", "--json", "--jobs", "1", "--wall-limit", "0:00:04")
        #expect(ContinuousClock.now - start < .seconds(4.5))
        #expect(outcome.code == 5)
        let done = try #require(object(outcome.output)["done"] as? Int)
        #expect((1..<40).contains(done))
        #expect(
            outcome.errors == "out of time with \(done) of 40 points done; the same command goes on with the others\n")
        #expect(scratch.runs().isEmpty)
        let rest = try object(try scratch.run("sweep", "study.yaml", "--json", "--csv", "--wall-limit", "1-0").output)
        #expect(rest["already_done"] as? Int == done)
        #expect(rest["done"] as? Int == 40)
        #expect(try scratch.table().rows.allSatisfy { $0["status"] == "finished" })
        #expect(!scratch.exists("studies/study/points"))
    }
}
