import Foundation
import Studies
import Testing

@Suite("The general engine, with a program that does as it is told", .serialized)
struct EngineProcessTests {
    private func rows(
        _ scratch: EngineScratch, _ commands: String, jobs: Int = 2, time: StudyTime = StudyTime(),
        goesOn: () -> Bool = { true }
    ) throws -> (rows: [StudyRow], isDone: Bool) {
        var rows: [StudyRow] = []
        let engine = try scratch.engine(commands, jobs: jobs, time: time)
        let isDone = try engine.solve(Array(0..<8), record: { rows.append($0) }, goesOn: goesOn)
        return (rows.sorted { $0.point < $1.point }, isDone)
    }

    @Test(
        "What cannot be solved is a row with its reason",
        arguments: [
            (#"echo '{"status":"failed","errors":[{"location":"x","message":"too steep"}]}'; exit 3"#, "too steep"),
            ("echo first >&2; echo last >&2; exit 1", "last"),
            ("exit 3", "the run did not say why it failed"),
            ("kill -SEGV $$", "killed by signal 11"),
        ])
    func failures(commands: String, reason: String) throws {
        let (rows, isDone) = try rows(try EngineScratch(), commands)
        #expect(isDone)
        #expect(rows.map(\.point) == Array(0..<8))
        for row in rows {
            #expect(row.status == .failed)
            #expect(row.reason == reason)
            #expect(row.values.count == 2)
            #expect(row.values.allSatisfy { $0.isNaN })
        }
    }

    @Test("What will not be better for the next point ends the study", arguments: [2, 6, 64, 127])
    func problems(code: Int) throws {
        let scratch = try EngineScratch()
        let problem = try #require(throws: StudyProblem.self) {
            _ = try rows(scratch, "echo no space >&2; exit \(code)", jobs: 1)
        }
        #expect(
            problem.description.hasPrefix(
                "point 0 could not be run (exit code \(code)): no space; it is: mesolith run "))
        #expect(problem.description.contains(" --set 'layer.thickness=1 um' --output "))
    }

    @Test("A program that is not there, or does not say what it found, ends the study")
    func noProgram() throws {
        let scratch = try EngineScratch()
        let nowhere = GeneralEngine(of: scratch.study, program: "/nowhere", directory: scratch.directory, jobs: 2)
        #expect(throws: StudyProblem("/nowhere cannot be started (No such file or directory)")) {
            _ = try nowhere.solve([0, 1], record: { _ in }, goesOn: { true })
        }
        let problem = try #require(throws: StudyProblem.self) { _ = try rows(scratch, "echo {}") }
        #expect(problem.description.contains("did not say what it found"))
    }

    @Test(
        "A run that was stopped from outside has no row, and no other begins", arguments: ["exit 5", "kill -TERM $$"])
    func stopped(commands: String) throws {
        let scratch = try EngineScratch()
        let began = scratch.url.appending(path: "began").path
        let (rows, isDone) = try rows(scratch, "echo $5 >> '\(began)'; sleep 0.2; \(commands)")
        #expect(!isDone)
        #expect(rows.isEmpty)
        #expect(try String(contentsOfFile: began, encoding: .utf8).count { $0 == "\n" } < 8)
    }

    @Test("A run of another case ends the study")
    func otherCase() throws {
        let answer = #"""
            while [ "$1" != --output ]; do shift; done; mkdir -p "$2"
            echo '{"status":"finished","model":"transport","case":"c","directory":"d","results_file":"f","results":{},
            "steps":[],"laws":[],"extrapolations":[],"wall_time":{"value":1,"unit":"s"},
            "cpu_time":{"value":1,"unit":"s"},"version":"0","git_commit":"0"}'
            """#
        let problem = try #require(throws: StudyProblem.self) {
            _ = try rows(try EngineScratch(), answer, jobs: 1)
        }
        #expect(problem.description.hasPrefix("point 0 was not run with the case that the study was begun with; "))
    }

    @Test("What stops it sends SIGTERM, and later SIGKILL to those that do not listen")
    func deaf() throws {
        let scratch = try EngineScratch()
        let began = scratch.url.appending(path: "began").path
        let start = ContinuousClock.now
        let (rows, isDone) = try rows(
            scratch, "trap '' TERM; touch '\(began)'; sleep 60 & wait; sleep 60",
            time: StudyTime(patience: .seconds(1))
        ) {
            !FileManager.default.fileExists(atPath: began)
        }
        #expect(!isDone)
        #expect(rows.isEmpty)
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test("What a program prints may be long")
    func longOutput() throws {
        let (rows, _) = try rows(try EngineScratch(), "head -c 3000000 /dev/zero; echo the end >&2; exit 3")
        #expect(rows.map(\.reason) == [String](repeating: "the end", count: 8))
    }

    @Test("An error of what takes the rows stops the work and is passed on")
    func unrecorded() throws {
        struct Full: Error {}
        let scratch = try EngineScratch()
        let engine = try scratch.engine("exit 3")
        var count = 0
        #expect(throws: Full.self) {
            _ = try engine.solve(
                Array(0..<8),
                record: { _ in
                    count += 1
                    if count == 3 { throw Full() }
                }, goesOn: { true })
        }
        #expect(count == 3)
    }

    @Test("The command of a point is one that a user can type")
    func command() throws {
        let scratch = try EngineScratch()
        let command = PointCommand(for: 3, of: scratch.study, in: scratch.directory)
        #expect(command.runPath == scratch.directory.path + "/points/000003")
        #expect(
            command.text
                == "mesolith run \(scratch.study.casePath) --set 'layer.thickness=4 um' "
                + "--output \(command.runPath) --overwrite --json")
    }
}
