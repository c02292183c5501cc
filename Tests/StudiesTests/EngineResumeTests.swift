import Cases
import Foundation
import Studies
import SystemFiles
import Testing

@Suite("The general engine and what an interrupted attempt left of a point", .serialized)
struct EngineResumeTests {
    /// Makes the run directory of a point as a run that was stopped leaves it, with a file that only a run that begins anew
    /// removes.
    private func leave(_ point: Int, of other: Int? = nil, in scratch: EngineScratch) throws -> String {
        let path = scratch.directory.runPath(of: point)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try scratch.study.makeCase(of: other ?? point).resolved
            .write(toFile: path + "/resolved.yaml", atomically: true, encoding: .utf8)
        try "steps".write(toFile: path + "/checkpoint", atomically: true, encoding: .utf8)
        return path + "/checkpoint"
    }

    private func solve(_ points: [Int], in scratch: EngineScratch, by commands: String) throws -> [StudyRow] {
        var rows: [StudyRow] = []
        _ = try scratch.engine(commands, jobs: 1).solve(points, record: { rows.append($0) }, goesOn: { true })
        return rows
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test("A run goes on from what is there of its point, and from nothing else")
    func resumes() throws {
        let scratch = try EngineScratch()
        let own = try leave(3, in: scratch)
        let foreign = try leave(4, of: 5, in: scratch)
        let asked = scratch.url.appending(path: "asked").path
        let rows = try solve([2, 3, 4], in: scratch, by: "echo \"$@\" >> '\(asked)'; exit 3")
        #expect(rows.map(\.point) == [2, 3, 4])
        let ends = try String(contentsOfFile: asked, encoding: .utf8).split(separator: "\n")
            .map { $0.split(separator: " ").suffix(2).joined(separator: " ") }
        #expect(ends == ["--overwrite --json", "--resume --json", "--overwrite --json"])
        #expect(exists(own))
        #expect(!exists(foreign))
    }

    @Test("What a run cannot go on from is begun anew", arguments: ["exit 2", "exit 64", "echo {}", "echo"])
    func refused(answer: String) throws {
        let scratch = try EngineScratch()
        let left = try leave(3, in: scratch)
        let rows = try solve(
            [3], in: scratch, by: "case \"$*\" in *--resume*) \(answer); exit;; esac; echo anew >&2; exit 3")
        #expect(rows.map(\.reason) == ["anew"])
        #expect(!exists(left))
    }

    @Test("On a full disk, and while another process is in it, a run directory stays as it is", arguments: [6, 2])
    func kept(code: Int) throws {
        let scratch = try EngineScratch()
        let left = try leave(3, in: scratch)
        let lock = try SystemFile(scratch.directory.runPath(of: 3) + "/lock", .updating)
        if code == 2 { #expect(try lock.tryLock()) }
        let problem = try #require(throws: StudyProblem.self) {
            _ = try solve([3], in: scratch, by: "echo why >&2; exit \(code)")
        }
        #expect(problem.description.hasPrefix("point 3 could not be run (exit code \(code)): why; it is: "))
        #expect(exists(left))
        lock.unlock()
    }

    @Test("A run that was interrupted leaves its directory")
    func interrupted() throws {
        let scratch = try EngineScratch()
        let commands =
            "while [ \"$1\" != --output ]; do shift; done; mkdir -p \"$2\"; touch \"$2/checkpoint\"; exit 5"
        #expect(try solve([3], in: scratch, by: commands).isEmpty)
        #expect(exists(scratch.directory.runPath(of: 3) + "/checkpoint"))
    }

    @Test("A run directory goes after its row is recorded, not before")
    func removal() throws {
        struct Full: Error {}
        let scratch = try EngineScratch("runs: none\n")
        let left = try leave(3, in: scratch)
        let engine = try scratch.engine("exit 3")
        #expect(throws: Full.self) {
            _ = try engine.solve([3], record: { _ in throw Full() }, goesOn: { true })
        }
        #expect(exists(left))
        _ = try engine.solve([3], record: { _ in #expect(exists(left)) }, goesOn: { true })
        #expect(!exists(left))
    }

    @Test(
        "What a killed study left of points that are done goes, unless it is to stay",
        arguments: [("none", []), ("failed", [2]), ("all", [1, 2])] as [(String, [Int])])
    func leftovers(runs: String, stays: [Int]) throws {
        let scratch = try EngineScratch("runs: \(runs)\n")
        let left = try (1...3).map { try leave($0, in: scratch) }
        try scratch.engine("exit 3").removeLeftovers { [.finished, .finished, .failed, nil][$0] }
        #expect((1...3).filter { exists(left[$0 - 1]) } == stays + [3])
    }

    @Test("No point begins that would not be done in time, and none is stopped for it")
    func short() throws {
        let scratch = try EngineScratch()
        let began = scratch.url.appending(path: "began").path
        let time = StudyTime(limit: .seconds(3))
        let engine = try scratch.engine("echo >> '\(began)'; sleep 0.7; exit 3", jobs: 2, time: time)
        var rows = 0
        let isDone = try engine.solve(Array(0..<8), record: { _ in rows += 1 }, goesOn: { true })
        #expect(!isDone)
        #expect(time.isShort)
        #expect((2..<8).contains(rows))
        #expect(try String(contentsOfFile: began, encoding: .utf8).count == rows)
    }

    @Test("At the end of its time a run is asked to end, and has what is left for it")
    func outOfTime() throws {
        let scratch = try EngineScratch()
        let saved = scratch.url.appending(path: "saved").path
        let time = StudyTime(limit: .seconds(4))
        let start = ContinuousClock.now
        let engine = try scratch.engine(
            "trap 'sleep 0.3; touch \"\(saved)\"; exit 5' TERM; sleep 6 & wait", jobs: 1, time: time)
        #expect(try !engine.solve([0, 1], record: { _ in }, goesOn: { true }))
        #expect(time.isUp)
        #expect(exists(saved))
        #expect((.seconds(3) ... .seconds(5)).contains(ContinuousClock.now - start))
    }
}
