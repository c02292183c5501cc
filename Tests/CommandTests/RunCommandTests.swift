import FieldIO
import Foundation
import Testing

@Suite("run")
struct RunCommandTests {
    @Test("Writes the files of a run and says what it found")
    func success() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        let outcome = try scratch.run("run", "case.yaml")
        #expect(outcome.code == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.hasPrefix("A quick case\n  utilisation "))
        #expect(outcome.output.contains("\n  duration                60.00000 s\n"))
        #expect(outcome.output.hasSuffix("\n  figures                 scripts/plot runs/case\n"))
        #expect(try scratch.contents("runs/case") == Cases.filesOfFinishedRun)
        #expect(try scratch.read("runs/case/case.yaml") == Cases.quick)
        #expect(try status(of: scratch.path("runs/case/results.h5")) == "finished")
        #expect(try scratch.read("runs/case/log.txt").hasSuffix(" finished\n"))
    }

    @Test("A title is optional")
    func untitled() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick.replacing("title: A quick case\n", with: ""), to: "case.yaml")
        #expect(try scratch.run("run", "case.yaml").output.hasPrefix("case.yaml\n"))
    }

    @Test("--json prints one object and nothing else")
    func json() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        let outcome = try scratch.run("run", "case.yaml", "--json")
        #expect(outcome.code == 0)
        #expect(outcome.errors == "")
        let summary = try object(outcome.output)
        #expect(summary["status"] as? String == "finished")
        #expect(summary["model"] as? String == "transport")
        #expect(summary["title"] as? String == "A quick case")
        #expect(summary["case"] as? String == "case.yaml")
        #expect(summary["directory"] as? String == "runs/case")
        #expect(summary["results_file"] as? String == "runs/case/results.h5")
        let results = try #require(summary["results"] as? [String: [String: Any]])
        #expect(results["duration"]?["value"] as? Double == 60)
        #expect(results["duration"]?["unit"] as? String == "s")
        let steps = try #require(summary["steps"] as? [[String: Any]])
        #expect(steps.map { $0["end"] as? String } == ["time"])
    }

    @Test("--quiet prints nothing")
    func quiet() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        for option in ["--quiet", "-q"] {
            let outcome = try scratch.run("run", "case.yaml", option)
            #expect(outcome.code == 0)
            #expect(outcome.output + outcome.errors == "")
        }
        #expect(try scratch.contents("runs") == ["case", "case-2"])
    }

    // MARK: - What cannot be run

    @Test(
        "Nothing is written for a case that is wrong",
        arguments: [
            ["nowhere.yaml"], ["."], ["case.yaml", "--set", "layer.thickness=5"], ["case.yaml", "--set", "layer"],
        ])
    func badCase(arguments: [String]) throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        let outcome = try scratch.start(["run"] + arguments + ["--output", "out"]).outcome()
        #expect(outcome.code == 2)
        #expect(outcome.output == "")
        #expect(outcome.errors.contains(": error: "))
        let json = try scratch.start(["run", "--json"] + arguments).outcome()
        #expect(json.code == 2)
        #expect(json.errors == outcome.errors)
        let failure = try object(json.output)
        #expect(failure["status"] as? String == "bad_case")
        let errors = try #require(failure["errors"] as? [[String: String]])
        #expect(errors.map { "\($0["location"] ?? ""): error: \($0["message"] ?? "")\n" }.joined() == json.errors)
        #expect(try scratch.contents() == ["case.yaml"])
    }

    @Test(
        "A case that cannot be solved is code 3, and what there is stays",
        arguments: [
            (
                ["protocol.0.step=strip", "protocol.0.until.time=1 h"],
                "the lithium concentration at the electrolyte fell below zero"
            ),
            (["numerics.max_steps=3"], "the step did not end within 3 time steps"),
            (
                ["protocol.0.current_density=1e5 mA/cm^2", "protocol.0.until={event: surface_saturates}"],
                "the resolution is too coarse: the error estimate of `time_to_saturation` is "
            ),
        ])
    func unsolvable(overrides: [String], reason: String) throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        let arguments = ["run", "case.yaml"] + overrides.flatMap { ["--set", $0] }
        let outcome = try scratch.start(arguments).outcome()
        #expect(outcome.code == 3)
        #expect(outcome.output == "")
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("error: t") == true)
        #expect(lines.first?.contains(reason) == true)
        #expect(lines.last == "results until then: runs/case/results.h5")
        #expect(try status(of: scratch.path("runs/case/results.h5")) == "failed")

        let json = try scratch.start(arguments + ["--json"]).outcome()
        #expect(json.code == 3)
        let failure = try object(json.output)
        #expect(failure["status"] as? String == "failed")
        #expect(failure["directory"] as? String == "runs/case-2")
    }

    @Test("Results that cannot be written are code 6, however early the disk refuses", arguments: [8, 64])
    func noSpace(blocks: Int) throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        // Files may not grow beyond so many blocks of 512 bytes, and the shell hands on that the signal for it is ignored.
        let script = "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" run case.yaml"
        let outcome = try scratch.start(["-c", script, Mesolith.path], program: "/bin/sh").outcome()
        #expect(outcome.code == 6)
        #expect(outcome.errors.hasPrefix("error: cannot "))
        #expect(outcome.errors.count { $0 == "\n" } == 1)
    }

    // MARK: - Signals

    @Test("A signal ends a run after its step; what was computed is kept", arguments: [SIGINT, SIGTERM])
    func interruption(signal: Int32) throws {
        let scratch = try Scratch()
        try scratch.write(Cases.slow, to: "slow.yaml")
        let running = try scratch.start(["run", "slow.yaml"])
        try wait { scratch.exists("runs/slow/results.h5") }
        running.signal(signal)
        let outcome = try running.outcome()
        #expect(outcome.code == 5)
        #expect(
            outcome.errors.contains(
                /^interrupted at \S+ s; results so far: runs\/slow\/results\.h5; `mesolith run slow\.yaml --resume --output runs\/slow`, with the same --set, goes on\n$/
            ))
        #expect(outcome.output.contains(", ended by interrupted\n"))
        #expect(try status(of: scratch.path("runs/slow/results.h5")) == "interrupted")
        #expect(try scratch.read("runs/slow/log.txt").hasSuffix(" interrupted\n"))
    }

    @Test("An interrupted run gives its summary as JSON")
    func interruptedJSON() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.slow, to: "slow.yaml")
        let running = try scratch.start(["run", "slow.yaml", "--json"])
        try wait { scratch.exists("runs/slow/results.h5") }
        running.signal(SIGINT)
        let outcome = try running.outcome()
        #expect(outcome.code == 5)
        #expect(try object(outcome.output)["status"] as? String == "interrupted")
    }

    private func status(of path: String) throws -> String {
        try HDF5File(reading: path).readText(attribute: "status", of: "/")
    }
}
