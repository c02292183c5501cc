import Foundation
import Testing

@Suite("What the command says of itself")
struct HelpTests {
    @Test("The help at the top", arguments: [["--help"], ["-h"], ["help"], []])
    func help(arguments: [String]) throws {
        let outcome = try Scratch().start(arguments).outcome()
        #expect(outcome.code == 0)
        #expect(outcome.errors == "")
        #expect(
            outcome.output == """
                OVERVIEW: Physics of lithium and lithium-magnesium anodes in solid-state
                batteries.

                A case file says what to compute; `run` computes it into a directory with one
                results.h5, which opens in ParaView, xarray and h5py. Every key of a case
                stands in `mesolith describe transport`.

                Begin with:  mesolith new my-case.yaml
                             mesolith run my-case.yaml

                A study file says how a case is varied; `sweep` computes all its points into
                one table, study.h5.

                Exit codes:
                  0   success
                  2   the case, study, --set or output directory is wrong; nothing was run
                  3   the case could not be solved, or points of a table are missing
                  4   something that scripts/ needs is missing (scripts only)
                  5   stopped by a signal or the end of its wall time; what there is is kept
                  6   the results could not be written
                  7   files of a run are damaged (verify only)
                  64  wrong command line

                USAGE: mesolith <subcommand>

                OPTIONS:
                  --version               Show the version.
                  -h, --help              Show help information.

                SUBCOMMANDS:
                  new                     Start a case file from one that comes with Mesolith.
                  check                   Say everything that is wrong with a case, without
                                          running it.
                  run                     Run a case and write its results.
                  verify                  Tell whether the files of runs are whole.
                  sweep                   Run all points of a study into one table.
                  collect                 Make the table of a study from the rows that are
                                          there.
                  describe                Explain a model or a material.
                  materials               List the materials that come with Mesolith.
                  tabulate                Write a law of a material as comma-separated values.

                  See 'mesolith help <subcommand>' for detailed help.

                """)
    }

    @Test(
        "The help of each subcommand fits a terminal",
        arguments: ["new", "check", "run", "verify", "sweep", "collect", "describe", "materials", "tabulate"])
    func subcommands(name: String) throws {
        let outcome = try Scratch().run(name, "--help")
        #expect(outcome.code == 0)
        for line in outcome.output.split(separator: "\n") where !line.hasPrefix("USAGE") {
            #expect(line.count <= 80, "\(line)")
            #expect(line.contains(" ") || line.hasSuffix(":"), "\(line) is a word broken off its line")
        }
    }

    @Test("The version, its commit and its build")
    func version() throws {
        let outcome = try Scratch().run("--version")
        #expect(outcome.code == 0)
        #expect(
            outcome.output.contains(/^mesolith \d+\.\d+\.\d+ \(([0-9a-f]{40}(-dirty)?|unknown), (release|debug)\)\n$/))
    }

    @Test(
        "A wrong command line is code 64, explained on standard error",
        arguments: [
            (["frobnicate"], "Error: Unexpected argument 'frobnicate'"),
            (["run"], "Error: Missing expected argument '<case-path>'"),
            (["run", "a.yaml", "b.yaml"], "Error: Unexpected argument 'b.yaml'"),
            (["run", "a.yaml", "--outptu", "a"], "Error: Unknown option '--outptu'. Did you mean '--output'?"),
            (["run", "a.yaml", "--set"], "Error: Missing value for '--set <path=value>'"),
            (
                ["run", "a.yaml", "--overwrite"],
                "Error: --overwrite needs --output: without it a run gets a new directory of its own"
            ),
            (["new"], "Error: give the file to write, or --list to see the shipped cases"),
        ])
    func usage(arguments: [String], message: String) throws {
        let scratch = try Scratch()
        let outcome = try scratch.start(arguments).outcome()
        #expect(outcome.code == 64)
        #expect(outcome.output == "")
        #expect(outcome.errors.split(separator: "\n").first.map(String.init) == message)
        #expect(try scratch.contents() == [])
    }

    @Test("describe lists the models, explains one, and helps with a misspelt one")
    func describe() throws {
        let scratch = try Scratch()
        let list = try scratch.run("describe")
        #expect(list.code == 0)
        #expect(list.output.hasPrefix("transport: Lithium transport "))

        let text = try scratch.run("describe", "transport")
        #expect(text.code == 0)
        let summary = try #require(list.output.firstRange(of: "\nchemo-mechanics: Lithium and stress ")).lowerBound
        #expect(text.output.hasPrefix(list.output[..<summary]))
        #expect(text.output.contains("\nlayer.thickness\n    length; required; "))
        let markdown = try scratch.run("describe", "transport", "--markdown")
        #expect(markdown.output.hasPrefix("## transport\n"))
        #expect(markdown.output.contains("\n| `layer.thickness` | length | required | "))

        let misspelt = try scratch.run("describe", "transprot")
        #expect(misspelt.code == 2)
        #expect(misspelt.errors == "error: there is no model `transprot`, did you mean `transport`?\n")
        let unknown = try scratch.run("describe", "phase-field")
        #expect(unknown.errors == "error: there is no model `phase-field`; `mesolith describe` lists them\n")
    }
}
