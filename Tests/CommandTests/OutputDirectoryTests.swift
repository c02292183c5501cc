import Foundation
import Testing

@Suite("Where a run writes")
struct OutputDirectoryTests {
    @Test("Runs of one case are numbered")
    func numbering() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        for _ in 0..<3 { #expect(try scratch.run("run", "case.yaml", "-q").code == 0) }
        #expect(try scratch.contents("runs") == ["case", "case-2", "case-3"])
    }

    @Test("Runs that start together do not share a directory")
    func together() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        var running: [Running] = []
        for _ in 0..<4 { running.append(try scratch.start(["run", "case.yaml", "-q"])) }
        for run in running { #expect(try run.outcome().code == 0) }
        #expect(try scratch.contents("runs") == ["case", "case-2", "case-3", "case-4"])
    }

    @Test("--output makes the directory with those above it", arguments: ["out", "a/b/c", "./out/", "empty"])
    func named(path: String) throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        try FileManager.default.createDirectory(atPath: scratch.path("empty"), withIntermediateDirectories: false)
        #expect(try scratch.run("run", "case.yaml", "-q", "--output", path).code == 0)
        #expect(scratch.exists("\(path)/results.h5"))
        #expect(!scratch.exists("runs"))
    }

    @Test("--output refuses the directory of another run; --overwrite replaces what is in it")
    func otherRun() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        #expect(try scratch.run("run", "case.yaml", "-q", "-o", "out").code == 0)
        try scratch.write("mine", to: "out/notes.txt")
        let before = try Data(contentsOf: URL(filePath: scratch.path("out/results.h5")))
        let refused = try scratch.run("run", "case.yaml", "-o", "out")
        #expect(refused.code == 2)
        #expect(
            refused.errors == """
                error: out: the directory holds the results of another run; \
                give another directory, --resume to go on with it, or --overwrite to replace it

                """)
        #expect(try Data(contentsOf: URL(filePath: scratch.path("out/results.h5"))) == before)

        let replaced = try scratch.run(
            "run", "case.yaml", "-q", "-o", "out", "--overwrite", "--set", "layer.thickness=6 um")
        #expect(replaced.code == 0)
        #expect(try scratch.read("out/resolved.yaml").contains("thickness: 6 um"))
        #expect(try scratch.read("out/notes.txt") == "mine")
    }

    @Test("A directory with other files is refused, with --overwrite too", arguments: ["notes.txt", "case.yaml"])
    func foreignFiles(file: String) throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "quick.yaml")
        try FileManager.default.createDirectory(atPath: scratch.path("out"), withIntermediateDirectories: false)
        try scratch.write("mine", to: "out/\(file)")
        for options in [[], ["--overwrite"]] {
            let outcome = try scratch.start(["run", "quick.yaml", "-o", "out"] + options).outcome()
            #expect(outcome.code == 2)
            #expect(
                outcome.errors == """
                    error: out: the directory holds files that are not a run's; give an empty or a new directory

                    """)
        }
        #expect(try scratch.contents("out") == [file])
        #expect(try scratch.read("out/\(file)") == "mine")
    }

    @Test("A directory that cannot be made is one sentence")
    func impossible() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        let file = try scratch.run("run", "case.yaml", "-o", "case.yaml")
        #expect(file.code == 2)
        #expect(file.errors == "error: case.yaml: this is a file; give a directory for the run's results\n")
        let below = try scratch.run("run", "case.yaml", "-o", "case.yaml/out", "--json")
        #expect(below.code == 2)
        #expect(below.errors == "error: case.yaml/out: the directory cannot be made (Not a directory)\n")
        #expect(try object(below.output)["status"] as? String == "failed")

        try scratch.write("", to: "runs")
        let runs = try scratch.run("run", "case.yaml")
        #expect(runs.code == 2)
        #expect(runs.errors == "error: runs/case: the directory cannot be made (Not a directory)\n")
        #expect(try scratch.contents() == ["case.yaml", "runs"])
    }
}
