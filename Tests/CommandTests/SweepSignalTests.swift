import Foundation
import Testing

@Suite("sweep, stopped in many ways", .serialized)
struct SweepSignalTests {
    private func rows(of scratch: Scratch) -> Int {
        let path = scratch.path("studies/study/rows-0-of-1.journal")
        return ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int) ?? 0
    }

    /// Waits until a study has written rows beyond a length of its journal.
    private func awaitRows(of scratch: Scratch, beyond size: Int) throws {
        try wait { rows(of: scratch) > size }
    }

    @Test("Killed three times at any moment, it ends with the same table")
    func killed() throws {
        let scratch = try Scratch(study: Studies.slow(points: 10))
        #expect(try scratch.run("sweep", "study.yaml", "-q", "--csv", "--jobs", "2", "-o", "whole").code == 0)
        for _ in 0..<3 {
            let running = try scratch.start(["sweep", "study.yaml", "-q", "--jobs", "2"])
            try wait { !scratch.runs().isEmpty }
            usleep(UInt32.random(in: 0..<500_000))
            running.signal(SIGKILL)
            #expect(try running.outcome().code == -SIGKILL)
            // The runs go with the study.
            try wait { scratch.runs().isEmpty }
        }
        let last = try scratch.run("sweep", "study.yaml", "--csv", "--json", "--jobs", "2")
        #expect(last.code == 0)
        #expect(try object(last.output)["done"] as? Int == 10)
        let table = try scratch.table()
        #expect(table.rows.allSatisfy { $0["status"] == "finished" })
        #expect(try table.timeless == scratch.table("whole").timeless)
        #expect(!scratch.exists("studies/study/points"))
    }

    @Test("A signal stops it with code 5, and it goes on", arguments: [SIGINT, SIGTERM, SIGUSR1])
    func interrupted(signal: Int32) throws {
        let scratch = try Scratch(study: Studies.slow(points: 6))
        let running = try scratch.start(["sweep", "study.yaml", "--json", "--jobs", "2"])
        try wait { !scratch.runs().isEmpty }
        let begun = rows(of: scratch)
        try awaitRows(of: scratch, beyond: begun)
        running.signal(signal)
        let outcome = try running.outcome()
        #expect(outcome.code == 5)
        let summary = try object(outcome.output)
        #expect(summary["status"] as? String == "interrupted")
        let done = try #require(summary["done"] as? Int)
        #expect((1..<6).contains(done))
        #expect(
            outcome.errors == "interrupted with \(done) of 6 points done; the same command goes on with the others\n")
        #expect(scratch.runs().isEmpty)
        // What was computed of the points under way stays for their runs to go on from, and goes when they are done.
        #expect(try scratch.contents("studies/study/points").count <= 2)
        #expect(!scratch.exists("studies/study/study.h5"))

        let rest = try object(try scratch.run("sweep", "study.yaml", "--json", "--jobs", "2").output)
        #expect(rest["status"] as? String == "finished")
        #expect(rest["already_done"] as? Int == done)
        #expect(rest["done"] as? Int == 6)
        #expect(rest["failed"] as? Int == 0)
        #expect(!scratch.exists("studies/study/points"))
    }

    @Test("A run that is killed is a failed point; the study goes on")
    func killedRun() throws {
        let scratch = try Scratch(study: Studies.endless)
        let running = try scratch.start(["sweep", "study.yaml", "--csv", "-q", "--jobs", "1"])
        try wait { !scratch.runs().isEmpty }
        usleep(100_000)
        scratch.runs().forEach { kill($0, SIGKILL) }
        #expect(try running.outcome().code == 0)
        let rows = try scratch.table().rows
        #expect(rows.map { $0["status"] } == ["failed", "finished"])
        #expect(rows.first?["reason"] == "killed by signal 9")
    }

    @Test("A run that is asked to end from outside has no row, and the study stops")
    func endedRun() throws {
        let scratch = try Scratch(study: Studies.endless)
        let running = try scratch.start(["sweep", "study.yaml", "-q", "--jobs", "1"])
        try wait { scratch.exists("studies/study/points/000000/results.h5") }
        scratch.runs().forEach { kill($0, SIGTERM) }
        let outcome = try running.outcome()
        #expect(outcome.code == 5)
        #expect(outcome.errors == "interrupted with 0 of 2 points done; the same command goes on with the others\n")
    }

    @Test("A second process is refused; runs do not hold the files of the study")
    func second() throws {
        let scratch = try Scratch(study: Studies.endless)
        let running = try scratch.start(["sweep", "study.yaml", "-q", "--jobs", "1"])
        try wait { scratch.exists("studies/study/points/000000/results.h5") }
        let run = try #require(scratch.runs().first)
        let files = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(run)/fd").compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(run)/fd/\($0)")
        }
        #expect(files.contains { $0.hasSuffix("points/000000/results.h5") })
        #expect(!files.contains { $0.contains("/rows-") || $0.hasSuffix(".lock") })

        let second = try scratch.run("sweep", "study.yaml")
        #expect(second.code == 2)
        #expect(second.errors.contains("works on this share of the study"))
        #expect(second.errors.count { $0 == "\n" } == 1)
        running.signal(SIGTERM)
        #expect(try running.outcome().code == 5)
    }

    @Test("A case that changes while the study runs ends it without a wrong row")
    func changedCase() throws {
        let scratch = try Scratch(study: Studies.slow(points: 4))
        let running = try scratch.start(["sweep", "study.yaml", "-q", "--jobs", "1"])
        try wait { scratch.exists("studies/study/points/000000/results.h5") }
        try scratch.write(Cases.quick.replacing("30 mmol", with: "31 mmol"), to: "case.yaml")
        let outcome = try running.outcome()
        #expect(outcome.code == 2)
        #expect(
            outcome.errors == """
                error: point 1 was not run with the case that the study was begun with; \
                did case.yaml or a file that it names change since?

                """)
        try scratch.write(Cases.quick, to: "case.yaml")
        let rest = try object(try scratch.run("sweep", "study.yaml", "--json").output)
        #expect(rest["already_done"] as? Int == 1)
        #expect(rest["done"] as? Int == 4)
    }

    @Test("On a terminal one live line counts the points")
    func terminal() throws {
        let scratch = try Scratch(study: Studies.slow(points: 4))
        let terminal = try Terminal()
        let running = try Running(
            Mesolith.path, ["sweep", "study.yaml", "--jobs", "1"], in: scratch.url, errors: terminal.user)
        #expect(try running.outcome().code == 0)
        let parts = terminal.text.components(separatedBy: "\r\u{1B}[K")
        try #require(parts.count > 2)
        #expect(parts.first == "")
        #expect(parts.last == "")
        for line in parts.dropFirst().dropLast() where !line.isEmpty {
            #expect(line.contains(/^ *\d+ %  \d of 4 points  left (\?|[\d:]+)$/))
        }
        #expect(parts.contains { $0.contains("3 of 4 points") })
    }
}
