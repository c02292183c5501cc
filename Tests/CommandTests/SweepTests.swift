import Foundation
import Testing

@Suite("sweep", .serialized)
struct SweepTests {
    /// What `run --json` says; JSONDecoder reads every bit of a number, JSONSerialization does not.
    private struct Answer: Decodable {
        struct Value: Decodable {
            let value: Double
            let error: Double?
        }
        let results: [String: Value]
    }

    @Test("Each row is what a run of the same case finds")
    func rowsAreRuns() throws {
        let scratch = try Scratch(study: Studies.half)
        let outcome = try scratch.run("sweep", "study.yaml", "--csv", "--json", "--jobs", "3")
        #expect(outcome.code == 0)
        #expect(outcome.errors == "")
        let summary = try object(outcome.output)
        #expect(summary["status"] as? String == "finished")
        #expect(summary["engine"] as? String == "general")
        #expect(summary["table"] as? String == "studies/study/study.h5")
        #expect(summary["points"] as? Int == 12)
        #expect(summary["failed"] as? Int == 6)
        #expect(summary["already_done"] as? Int == 0)
        let table = try scratch.table()
        try #require(table.rows.count == 12)
        var compared = 0
        for (point, row) in table.rows.enumerated() {
            let overrides = [
                "layer.thickness=\(4 + point / 4) um", "numerics.max_steps=\(point / 2 % 2 == 0 ? 3 : 1000)",
                "protocol.0.current_density=\(point % 2 == 0 ? "0.5" : "1") mA/cm^2",
            ]
            let run = try scratch.start(
                ["run", "case.yaml", "--json"] + overrides.flatMap { ["--set", $0] }
            ).outcome()
            let document = try object(run.output)
            if point / 2 % 2 == 0 {
                #expect(row["status"] == "failed")
                let errors = try #require(document["errors"] as? [[String: String]])
                #expect(row["reason"] == errors.first?["message"])
                continue
            }
            #expect(row["status"] == "finished")
            #expect(row["end"] == "time")
            let results = try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8)).results
            for (name, result) in results {
                #expect(row[name].flatMap { Double($0) } == result.value, "\(name) of point \(point)")
                #expect(row["\(name)_error"].flatMap { Double($0) } == result.error)
                compared += 1
            }
            #expect(row["steps"].flatMap { Double($0) } == results["time_steps"]?.value)
        }
        #expect(compared > 6 * 8)
    }

    @Test("Rows do not depend on how many run at a time, nor on shares")
    func shares() throws {
        let scratch = try Scratch(study: Studies.half)
        #expect(try scratch.run("sweep", "study.yaml", "--csv", "-q", "--jobs", "1").code == 0)
        #expect(try scratch.run("sweep", "study.yaml", "--csv", "-q", "--jobs", "4", "-o", "four").code == 0)
        let whole = try scratch.table().timeless
        #expect(try scratch.table("four").timeless == whole)

        for share in ["2", "0"] {
            let outcome = try scratch.run("sweep", "study.yaml", "-o", "parts", "--task", share, "--of", "3")
            #expect(outcome.code == 0)
            #expect(outcome.output.contains("`mesolith collect parts` makes it when all shares are done"))
        }
        #expect(!scratch.exists("parts/study.h5"))
        let early = try scratch.run("collect", "parts", "--csv", "--json")
        #expect(early.code == 3)
        #expect(early.errors.hasPrefix("4 of 12 points have no row; "))
        #expect(try object(early.output)["status"] as? String == "incomplete")
        let partial = try scratch.table("parts")
        #expect(partial.rows.count { $0["status"] == "missing" } == 4)

        let last = try scratch.run("sweep", "study.yaml", "-o", "parts", "--task", "1", "--of", "3")
        #expect(last.code == 0)
        #expect(last.output.contains("  table                   parts/study.h5\n"))
        #expect(try scratch.run("collect", "parts", "--csv", "-q").code == 0)
        #expect(try scratch.table("parts").timeless == whole)

        let other = try scratch.run("sweep", "study.yaml", "-o", "parts")
        #expect(other.code == 2)
        #expect(other.errors.contains("the study was begun in 3 shares"))
    }

    @Test("A study that is done says so and runs nothing")
    func again() throws {
        let scratch = try Scratch(study: Studies.half)
        let first = try scratch.run("sweep", "study.yaml", "--csv")
        #expect(first.code == 0)
        #expect(first.output.hasPrefix("Half of it fails\n  points                  12 of 12 done\n  failed "))
        let table = try Data(contentsOf: URL(filePath: scratch.path("studies/study/study.h5")))
        let again = try scratch.run("sweep", "study.yaml")
        #expect(again.code == 0)
        #expect(again.output.contains("12 of 12 done, 12 of them before\n  failed                  6\n  directory "))
        #expect(try Data(contentsOf: URL(filePath: scratch.path("studies/study/study.h5"))) == table)
    }

    @Test("Failed points are run again on request, and nothing else is")
    func retryFailed() throws {
        let scratch = try Scratch(study: Studies.half)
        #expect(try scratch.run("sweep", "study.yaml", "--quiet", "--csv").code == 0)
        let table = try scratch.table()
        let outcome = try scratch.run("sweep", "study.yaml", "--retry-failed", "--csv", "--json")
        #expect(outcome.code == 0)
        let summary = try object(outcome.output)
        #expect(summary["already_done"] as? Int == 6)
        #expect(summary["done"] as? Int == 12)
        #expect(summary["failed"] as? Int == 6)
        let again = try scratch.table()
        #expect(again.rows.map { $0["status"] } == table.rows.map { $0["status"] })
    }

    @Test("A failed point is told of with the command that repeats it")
    func repeated() throws {
        let scratch = try Scratch(study: Studies.half)
        let outcome = try scratch.run("sweep", "study.yaml", "--jobs", "1")
        #expect(outcome.code == 0)
        let lines = outcome.errors.split(separator: "\n").map(String.init)
        let index = try #require(
            lines.firstIndex { $0.hasPrefix("point 5 failed: transport: the equations could not") })
        let prefix = "    repeat it with: mesolith "
        try #require(lines[index + 1].hasPrefix(prefix))
        let command = "exec \"$0\" " + lines[index + 1].dropFirst(prefix.count)
        let repeated = try scratch.start(["-c", command, Mesolith.path], program: "/bin/sh").outcome()
        #expect(repeated.code == 3)
        #expect(repeated.errors.hasPrefix("error: " + lines[index].dropFirst("point 5 failed: ".count)))
    }

    @Test(
        "Run directories stay as the study says",
        arguments: [("none", 0), ("failed", 6), ("all", 12)])
    func keptRuns(word: String, count: Int) throws {
        let scratch = try Scratch(study: Studies.half + "runs: \(word)\n")
        #expect(try scratch.run("sweep", "study.yaml", "-q").code == 0)
        #expect(scratch.exists("studies/study/points") == (count > 0))
        if count > 0 {
            let runs = try scratch.contents("studies/study/points")
            #expect(runs.count == count)
            #expect(try scratch.contents("studies/study/points/\(runs[0])").contains("results.h5"))
        }
    }

    @Test("--check and a study that is wrong run nothing and write nothing")
    func check() throws {
        let scratch = try Scratch(study: Studies.half)
        let good = try scratch.run("sweep", "study.yaml", "--check")
        #expect(good.code == 0)
        #expect(good.output == "study.yaml: no problems (12 points of model transport, general engine)\n")
        try scratch.write(Studies.half.replacing("to: 6 um, points: 3", with: "to: -6 um, points: 6"), to: "wrong.yaml")
        for arguments in [["--check"], [], ["--slurm"], ["--json"]] {
            let wrong = try scratch.start(["sweep", "wrong.yaml"] + arguments).outcome()
            #expect(wrong.code == 2)
            #expect(wrong.errors.contains("error: `thickness`: "))
            #expect(wrong.errors.contains("point "))
            if arguments == ["--json"] { #expect(try object(wrong.output)["status"] as? String == "bad_case") }
        }
        #expect(try scratch.contents() == ["case.yaml", "study.yaml", "wrong.yaml"])
    }

    @Test("Inputs that differ from those of the rows are refused")
    func otherInputs() throws {
        let scratch = try Scratch(study: Studies.half)
        #expect(try scratch.run("sweep", "study.yaml", "-q").code == 0)
        try scratch.write(Cases.quick.replacing("30 mmol", with: "31 mmol"), to: "case.yaml")
        let outcome = try scratch.run("sweep", "study.yaml")
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains("case.yaml"))
        #expect(outcome.errors.count { $0 == "\n" } == 1)
    }

    @Test(
        "A command line that makes no sense is code 64",
        arguments: [
            (["--task", "1"], "--task and --of go together"),
            (["--task", "2", "--of", "2"], "--task is at least 0 and less than --of"),
            (
                ["--wall-limit", "1h"],
                "--wall-limit is a time, such as 30 (minutes), 3:59:00 or 2-12 (days and hours), found `1h`"
            ),
            (
                ["--wall-limit", "1:00:00", "--check"],
                "--wall-limit is for running points; of a job script --time is the limit"
            ),
            (["--jobs", "0"], "--jobs is at least 1 and at most 4096"),
            (["--tasks", "3"], "--tasks, --at-once, --time and --option need --slurm"),
            (["--slurm", "--tasks", "1001"], "--tasks is at least 1 and at most 1000, the longest array of Slurm"),
            (["--slurm", "--check"], "--check, --slurm and --task exclude each other"),
            (
                ["--slurm", "--time", "0:30"],
                "--time is at least a minute, such as 30 (minutes), 3:59:00 or 2-12 (days and hours), found `0:30`"
            ),
            (
                ["--slurm", "--option", "-p short"],
                "--option is a long option of sbatch with its value, such as --partition=short, found `-p short`"
            ),
        ])
    func usage(arguments: [String], message: String) throws {
        let scratch = try Scratch(study: Studies.half)
        let outcome = try scratch.start(["sweep", "study.yaml"] + arguments).outcome()
        #expect(outcome.code == 64)
        #expect(outcome.errors.hasPrefix("Error: \(message)\n"))
        #expect(try scratch.contents() == ["case.yaml", "study.yaml"])
    }
}
