import Foundation
import Testing

@Suite("Nothing in a case, a study or a material makes a command write outside its directory")
struct ConfinementTests {
    /// A directory `inside` in which commands run, beside things that must stay as they are.
    private struct Yard {
        let scratch: Scratch
        private let before: [String: String]

        init() throws {
            scratch = try Scratch()
            try FileManager.default.createDirectory(atPath: scratch.path("inside"), withIntermediateDirectories: false)
            try FileManager.default.createDirectory(atPath: scratch.path("beside"), withIntermediateDirectories: false)
            for name in ["beside/case.yaml", "results.h5", "log.txt", "points.bin"] {
                try scratch.write("mine", to: name)
            }
            before = try Self.files(in: scratch)
        }

        /// Paths and contents of all that is not inside.
        private static func files(in scratch: Scratch) throws -> [String: String] {
            var found: [String: String] = [:]
            let walk = try #require(FileManager.default.enumerator(atPath: scratch.url.path))
            for case let path as String in walk where !path.hasPrefix("inside") {
                found[path] = (try? String(contentsOfFile: scratch.path(path), encoding: .utf8)) ?? "directory"
            }
            return found
        }

        func run(_ arguments: String...) throws -> Outcome {
            try Running(Mesolith.path, arguments, in: URL(filePath: scratch.path("inside"))).outcome()
        }

        func expectUntouched(sourceLocation: SourceLocation = #_sourceLocation) throws {
            #expect(try Self.files(in: scratch) == before, sourceLocation: sourceLocation)
        }
    }

    @Test(
        "A title is text, whatever it looks like",
        arguments: [
            "../../beside/case", "/tmp/x", "a/../../b", "$(touch ../beside/x)", "`id`; rm -rf ..", "..", "%s%n",
        ])
    func titles(title: String) throws {
        let yard = try Yard()
        try yard.scratch.write(Cases.quick.replacing("A quick case", with: "'\(title)'"), to: "inside/case.yaml")
        let outcome = try yard.run("run", "case.yaml")
        #expect(outcome.code == 0)
        #expect(outcome.output.hasPrefix("\(title)\n"))
        #expect(try yard.scratch.contents("inside/runs") == ["case"])
        #expect(try yard.scratch.contents("inside/runs/case") == Cases.filesOfFinishedRun)
        try yard.expectUntouched()
    }

    @Test("A title with a line break or an escape is refused", arguments: [#""a\nb""#, #""a\eb""#, #""a\0b""#])
    func brokenTitles(title: String) throws {
        let yard = try Yard()
        try yard.scratch.write(Cases.quick.replacing("A quick case", with: title), to: "inside/case.yaml")
        let outcome = try yard.run("run", "case.yaml")
        #expect(outcome.code == 2)
        #expect(
            outcome.errors.contains("`title`: expected one line of text, found a line break or a control character"))
        #expect(!yard.scratch.exists("inside/runs"))
        try yard.expectUntouched()
    }

    @Test("The run of a case elsewhere is named after its file and goes below runs here")
    func caseElsewhere() throws {
        let yard = try Yard()
        try yard.scratch.write(Cases.quick, to: "inside/a b;c.yaml")
        for path in ["../inside/a b;c.yaml", yard.scratch.path("inside/a b;c.yaml")] {
            #expect(try yard.run("run", path, "-q").code == 0)
        }
        #expect(try yard.scratch.contents("inside/runs") == ["a b;c", "a b;c-2"])
        try yard.expectUntouched()
    }

    @Test("A case that is a link is read, and its text copied: the link's target stays")
    func linkedCase() throws {
        let yard = try Yard()
        try yard.scratch.write(Cases.quick, to: "inside/real.yaml")
        try FileManager.default.createSymbolicLink(
            atPath: yard.scratch.path("inside/case.yaml"), withDestinationPath: "real.yaml")
        #expect(try yard.run("run", "case.yaml", "-q").code == 0)
        #expect(try yard.scratch.read("inside/real.yaml") == Cases.quick)
        #expect(try yard.scratch.read("inside/runs/case/case.yaml") == Cases.quick)
        try yard.expectUntouched()
    }

    @Test("--overwrite replaces links to files elsewhere, not the files")
    func overwrittenLinks() throws {
        let yard = try Yard()
        try yard.scratch.write(Cases.quick, to: "inside/case.yaml")
        try FileManager.default.createDirectory(
            atPath: yard.scratch.path("inside/out"), withIntermediateDirectories: false)
        for name in ["results.h5", "log.txt", "resolved.yaml", "case.yaml"] {
            let target = name == "case.yaml" || name == "resolved.yaml" ? "../../beside/case.yaml" : "../../\(name)"
            try FileManager.default.createSymbolicLink(
                atPath: yard.scratch.path("inside/out/\(name)"), withDestinationPath: target)
        }
        #expect(try yard.run("run", "case.yaml", "-q", "-o", "out", "--overwrite").code == 0)
        try yard.expectUntouched()
    }

    @Test(
        "Materials, interfaces and databases are read where they are said to be, and never written",
        arguments: ["../beside/case.yaml", "../../../../../../etc/hostname.yaml", "/dev/zero.yaml", "../log.txt"])
    func materials(path: String) throws {
        let yard = try Yard()
        try yard.scratch.write(Cases.quick + "material: '\(path)'\n", to: "inside/case.yaml")
        #expect(try yard.run("run", "case.yaml", "-q").code == 2)
        #expect(!yard.scratch.exists("inside/runs"))
        try yard.expectUntouched()
    }

    @Test("Tables, axes and words of a study: the copies of its inputs and its points stay in its directory")
    func study() throws {
        let yard = try Yard()
        try yard.scratch.write(Cases.quick, to: "inside/case.yaml")
        try yard.scratch.write("a\n5 um\n6 um\n", to: "inside/points.bin")
        try yard.scratch.write(
            "title: '../../beside'\nvolume: {source: a, confidence: recalled, lithium: 13 cm^3/mol, host: 14 cm^3/mol}\n",
            to: "inside/case.yml")
        let study = """
            title: '../../$(touch x)'
            case: ../inside/case.yaml
            engine: general
            runs: all
            axes:
              - {key: layer.thickness, csv: {file: ./../inside/points.bin, column: a}}
              - {key: material, values: [li-mg, ../inside/case.yml]}

            """
        try yard.scratch.write(study, to: "inside/study.yaml")
        let outcome = try yard.run("sweep", "study.yaml", "--output", "out", "-q")
        #expect(outcome.code == 0, "\(outcome.errors)")
        let inputs = try yard.scratch.contents("inside/out/inputs")
        #expect(inputs.contains("2-points.bin") && inputs.contains("case.yml"), "\(inputs)")
        #expect(
            try yard.scratch.contents("inside") == ["case.yaml", "case.yml", "out", "points.bin", "study.yaml"])
        try yard.expectUntouched()
    }

    @Test("new writes the one file that is named, and not through a link or over a file")
    func new() throws {
        let yard = try Yard()
        try FileManager.default.createSymbolicLink(
            atPath: yard.scratch.path("inside/link.yaml"), withDestinationPath: "../beside/case.yaml")
        try FileManager.default.createSymbolicLink(
            atPath: yard.scratch.path("inside/dangling.yaml"), withDestinationPath: "../beside/new.yaml")
        for name in ["link.yaml", "dangling.yaml", "../beside/case.yaml"] {
            #expect(try yard.run("new", name).code == 2)
        }
        #expect(try yard.run("new", "x.yaml", "--from", "../../etc/passwd").code == 2)
        #expect(!yard.scratch.exists("inside/x.yaml"))
        try yard.expectUntouched()
    }
}
