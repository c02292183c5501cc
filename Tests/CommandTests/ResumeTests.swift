import FieldIO
import Foundation
import Testing

@Suite("run --resume, and what else a run survives")
struct ResumeTests {
    /// A case of a second, with a checkpoint every twentieth of it.
    private static let case_ =
        Cases.quick.replacing("cells: 8", with: "cells: 200")
        + "numerics:\n  max_step: 2 ms\noutput:\n  frames:\n    every: 500\n"
    private static let often = ["--checkpoint-interval", "0.02 s"]

    /// A scratch directory with the case and the undisturbed run of it in `whole`.
    private func prepared() throws -> Scratch {
        let scratch = try Scratch()
        try scratch.write(Self.case_, to: "case.yaml")
        #expect(try scratch.run("run", "case.yaml", "-q", "-o", "whole").code == 0)
        return scratch
    }

    private func start(_ scratch: Scratch, _ arguments: [String] = []) throws -> Running {
        try scratch.start(["run", "case.yaml", "-q", "-o", "out", "--resume"] + Self.often + arguments)
    }

    private func checkpoints(_ scratch: Scratch) throws -> [String] {
        try scratch.contents("out").filter { $0.hasPrefix("checkpoint-") && $0.hasSuffix(".h5") }
    }

    /// Starts the run and ends it with a signal when it has written a checkpoint.
    private func interrupted(_ scratch: Scratch, by signal: Int32) throws -> Outcome {
        let running = try start(scratch)
        try wait { try scratch.exists("out") && checkpoints(scratch).count >= 2 }
        running.signal(signal)
        return try running.outcome()
    }

    private func expectSame(_ scratch: Scratch) throws {
        #expect(try scratch.contents("out") == Cases.filesOfFinishedRun)
        let whole = try HDF5File(reading: scratch.path("whole/results.h5"))
        let out = try HDF5File(reading: scratch.path("out/results.h5"))
        #expect(try out.readText(attribute: "status", of: "/") == "finished")
        for group in ["/series", "/profiles", "/summary", "/VTKHDF/PointData"] {
            let names = try whole.names(in: group)
            #expect(try out.names(in: group) == names)
            #expect(!names.isEmpty)
            for name in names {
                let path = "\(group)/\(name)"
                let (expected, found) = try (whole.readDoubles(path), out.readDoubles(path))
                #expect(found.map(\.bitPattern) == expected.map(\.bitPattern), "\(path)")
            }
        }
    }

    @Test("Goes on to the same bits after a signal or a kill", arguments: [SIGINT, SIGTERM, SIGKILL])
    func resume(signal: Int32) throws {
        let scratch = try prepared()
        let outcome = try interrupted(scratch, by: signal)
        #expect(outcome.code == (signal == SIGKILL ? -SIGKILL : 5))
        #expect(try start(scratch).outcome().code == 0)
        try expectSame(scratch)
        #expect(try scratch.read("out/log.txt").contains(" goes on from "))
        let text = try HDF5File(reading: scratch.path("out/results.h5")).readText("/provenance/resumptions")
        #expect(text.contains("mesolith run case.yaml -q -o out --resume"))
    }

    @Test("A finished run stays as it is, and gives its summary again")
    func finished() throws {
        let scratch = try prepared()
        let before = try Data(contentsOf: URL(filePath: scratch.path("whole/results.h5")))
        let again = try scratch.run("run", "case.yaml", "-o", "whole", "--resume")
        #expect(again.code == 0)
        #expect(again.output == "whole: the run is finished; its results: whole/results.h5\n")
        let json = try scratch.run("run", "case.yaml", "-o", "whole", "--resume", "--json")
        #expect(try object(json.output)["status"] as? String == "finished")
        #expect(try Data(contentsOf: URL(filePath: scratch.path("whole/results.h5"))) == before)
    }

    @Test("Without --output it is the newest run of the case")
    func newest() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        #expect(try scratch.run("run", "case.yaml", "-q", "--resume").code == 0)
        #expect(try scratch.run("run", "case.yaml", "-q").code == 0)
        let again = try scratch.run("run", "case.yaml", "--resume")
        #expect(again.output.hasPrefix("runs/case-2: the run is finished"))
        #expect(try scratch.contents("runs") == ["case", "case-2"])
    }

    @Test("Another case is refused with the difference named", arguments: [true, false])
    func otherCase(isFinished: Bool) throws {
        let scratch = try prepared()
        if !isFinished { _ = try interrupted(scratch, by: SIGTERM) }
        let directory = isFinished ? "whole" : "out"
        let outcome = try scratch.run(
            "run", "case.yaml", "-o", directory, "--resume", "--set", "layer.thickness=6 um")
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains("`layer.thickness` was 5 um and is 6 um; give another directory"))
        #expect(outcome.errors.count { $0 == "\n" } == 1)
    }

    @Test("A damaged newest checkpoint is passed over with a word for the older one")
    func damagedCheckpoint() throws {
        let scratch = try prepared()
        _ = try interrupted(scratch, by: SIGKILL)
        let newest = try #require(
            try checkpoints(scratch).max { $0.count < $1.count || $0.count == $1.count && $0 < $1 })
        let url = URL(filePath: scratch.path("out/\(newest)"))
        var bytes = try Data(contentsOf: url)
        bytes[bytes.count / 2] ^= 0x10
        try bytes.write(to: url)
        let outcome = try start(scratch).outcome()
        #expect(outcome.code == 0)
        #expect(
            outcome.errors.hasPrefix("note: out/\(newest) is passed over: cannot read out/\(newest): it is damaged"))
        #expect(outcome.errors.contains("note: the run goes on from out/checkpoint-"))
        try expectSame(scratch)
    }

    @Test("A damaged journal is noticed: the run begins anew")
    func damagedJournal() throws {
        let scratch = try prepared()
        _ = try interrupted(scratch, by: SIGTERM)
        let url = URL(filePath: scratch.path("out/results.journal"))
        var bytes = try Data(contentsOf: url)
        bytes[100] ^= 1
        try bytes.write(to: url)
        let outcome = try start(scratch).outcome()
        #expect(outcome.code == 0)
        #expect(outcome.errors.contains("note: out: no checkpoint is whole; the run begins anew\n"))
        try expectSame(scratch)
    }

    @Test("The wall limit stops a run in time, with a checkpoint")
    func wallLimit() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.slow, to: "slow.yaml")
        let begin = ContinuousClock.now
        let outcome = try scratch.run("run", "slow.yaml", "--wall-limit", "0:00:02")
        #expect(ContinuousClock.now - begin < .seconds(10))
        #expect(outcome.code == 5)
        #expect(outcome.errors.hasPrefix("out of wall time at "))
        #expect(scratch.exists("runs/slow/checkpoint-1.h5"))
        #expect(try scratch.read("runs/slow/log.txt").hasSuffix(" out of wall time\n"))
        #expect(try scratch.run("run", "slow.yaml", "--wall-limit", "soon").code == 64)
    }

    @Test("A second signal stops at once; what there is can be read", arguments: [SIGINT, SIGTERM])
    func twice(signal: Int32) throws {
        let scratch = try Scratch()
        try scratch.write(Cases.slow.replacing("cells: 2000", with: "cells: 100000"), to: "slow.yaml")
        let running = try scratch.start(["run", "slow.yaml"])
        try wait { scratch.exists("runs/slow/results.h5") }
        for _ in 0..<200 { running.signal(signal) }
        let outcome = try running.outcome()
        #expect([-signal, 5].contains(outcome.code))
        let file = try HDF5File(reading: scratch.path("runs/slow/results.h5"))
        #expect(["running", "interrupted"].contains(try file.readText(attribute: "status", of: "/")))
    }

    @Test("Two runs do not share a directory: the second is refused and changes nothing")
    func lock() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.slow, to: "slow.yaml")
        let running = try scratch.start(["run", "slow.yaml", "-q", "-o", "out"])
        try wait { scratch.exists("out/results.h5") }
        for option in [["--resume"], ["--overwrite"], []] {
            let second = try scratch.start(["run", "slow.yaml", "-q", "-o", "out"] + option).outcome()
            #expect(second.code == 2)
            #expect(
                second.errors.contains(/^error: out: process \d+ on host \S+ works on this run; wait until it ends/))
        }
        let verified = try scratch.run("verify", "out")
        #expect(verified.code == 5)
        #expect(verified.output.contains("works on it"))
        running.signal(SIGINT)
        #expect(try running.outcome().code == 5)
        #expect(!scratch.exists("out/lock"))
        #expect(try scratch.run("verify", "out").code == 0)
    }

    @Test("A directory that vanishes is one error")
    func vanished() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.slow, to: "slow.yaml")
        let running = try scratch.start(["run", "slow.yaml", "-q", "-o", "out"])
        try wait { scratch.exists("out/results.h5") }
        try FileManager.default.moveItem(atPath: scratch.path("out"), toPath: scratch.path("elsewhere"))
        running.signal(SIGTERM)
        let outcome = try running.outcome()
        #expect(outcome.code == 6)
        #expect(outcome.errors.hasPrefix("error: out/"))
        #expect(outcome.errors.contains("No such file or directory"))
        #expect(outcome.errors.count { $0 == "\n" } == 1)
        let file = try HDF5File(reading: scratch.path("elsewhere/results.h5"))
        #expect(try file.shape(of: "/series/time").count == 1)
    }
}

@Suite("verify")
struct VerifyTests {
    private func killed() throws -> Scratch {
        let scratch = try Scratch()
        try scratch.write(Cases.slow, to: "slow.yaml")
        let running = try scratch.start(["run", "slow.yaml", "-q", "-o", "out", "--checkpoint-interval", "0.1 s"])
        try wait { scratch.exists("out/checkpoint-2.h5") }
        running.signal(SIGKILL)
        #expect(try running.outcome().code == -SIGKILL)
        return scratch
    }

    @Test(
        "A finished run is whole; one byte that is not as it was is found",
        arguments: Cases.filesOfFinishedRun.filter { $0 != "log.txt" })
    func finished(name: String) throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        #expect(try scratch.run("run", "case.yaml", "-q", "-o", "out").code == 0)
        let whole = try scratch.run("verify", "out")
        #expect(whole.code == 0)
        #expect(whole.output == "out: whole (finished)\n")
        let url = URL(filePath: scratch.path("out/\(name)"))
        var bytes = try Data(contentsOf: url)
        bytes[bytes.count / 3] ^= 1
        try bytes.write(to: url)
        let damaged = try scratch.run("verify", "out")
        #expect(damaged.code == 7)
        #expect(damaged.output.hasPrefix("out: not whole ("))
        #expect(damaged.errors.hasPrefix("error: out/"))
        #expect(try scratch.run("run", "case.yaml", "-q", "-o", "out", "--resume").code == 2)
        #expect(try Data(contentsOf: url) == bytes)
    }

    @Test("Of a killed run it says where it can go on, and makes its results anew")
    func killedRun() throws {
        let scratch = try killed()
        let found = try scratch.run("verify", "out")
        #expect(found.code == 5)
        #expect(
            found.output.contains(
                /^out: not whole \(killed: results\.h5 was not closed; --recover makes it anew\); `mesolith run --resume` goes on at \S+ s\n$/
            ))
        // However the kill has left the file.
        try scratch.write("torn", to: "out/results.h5")
        let recovered = try scratch.run("verify", "out", "--recover")
        #expect(recovered.code == 0)
        #expect(recovered.output.contains("\nout: whole (recovered); "))
        let file = try HDF5File(reading: scratch.path("out/results.h5"))
        #expect(try file.readText(attribute: "status", of: "/") == "interrupted")
        #expect(try file.readDoubles("/series/time").count > 1)
    }

    @Test("A directory that is no run is refused")
    func noRun() throws {
        let scratch = try Scratch()
        let outcome = try scratch.run("verify", ".")
        #expect(outcome.code == 2)
        #expect(outcome.errors == "error: .: this is not the directory of a run: it holds no resolved.yaml\n")
    }
}
