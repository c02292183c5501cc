import Cases
import Foundation
import Testing

/// A directory for files that are none, removed with the value.
private final class Oddities {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "mesolith-odd-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A pipe that nobody writes to.
    func pipe(_ name: String) throws -> String {
        try #require(mkfifo("\(path)/\(name)", 0o600) == 0)
        return "\(path)/\(name)"
    }

    func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
        return "\(path)/\(name)"
    }

    /// A link to a device that never ends.
    func endless(_ name: String) throws -> String {
        try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: "/dev/zero")
        return "\(path)/\(name)"
    }

    /// The problems of what must be refused, without the directory.
    func problems<Value>(_ work: () throws -> Value) throws -> [String] {
        try CasesTests.problems(work).map { $0.replacing("\(path)/", with: "") }
    }
}

@Suite("What is no file, or too much of one, is refused before it is read", .timeLimit(.minutes(1)))
struct HostileFileTests {
    private static let layer = "model: transport\nlayer: {thickness: 5 um}\n"

    @Test("A pipe and a device as case, study, material, table and database")
    func special() throws {
        let odd = try Oddities()
        let (pipe, endless) = (try odd.pipe("pipe.yaml"), try odd.endless("zero.yaml"))
        let words = { (kind: String, noun: String) in
            ["1:1: this is \(kind); write the \(noun) to a file on a disk and give the path of that"]
        }
        #expect(try odd.problems { try Case(path: pipe) } == words("a pipe", "case"))
        #expect(try odd.problems { try Case(path: endless) } == words("a device", "case"))
        #expect(try odd.problems { try Study(path: pipe) } == words("a pipe", "study"))
        #expect(try odd.problems { try MaterialRecord(pipe) } == words("a pipe", "material"))

        _ = try odd.write(SampleCase.text, to: "case.yaml")
        let table = "axes: [{key: layer.thickness, csv: {file: table.csv, column: a}}]\n"
        let study = try odd.write("case: case.yaml\n" + table, to: "study.yaml")
        _ = try odd.pipe("table.csv")
        #expect(
            try odd.problems { try Study(path: study) } == [
                "2:43: there is no table `table.csv`: it is a pipe, not a file on a disk; "
                    + "give the path of a .csv file as seen from the study file"
            ])
        let ofPipe = try odd.write("case: pipe.yaml\naxes: [{key: layer.thickness, values: [1 um]}]\n", to: "p.yaml")
        #expect(try odd.problems { try Study(path: ofPipe) } == words("a pipe", "case"))

        let database = try odd.pipe("li-mg.tdb")
        let material = try odd.write(
            "title: x\nthermodynamics: {database: li-mg.tdb, lithium: LI, host: MG}\n", to: "m.yaml")
        let found = try odd.problems { try MaterialRecord(material) }
        #expect(found.contains { $0.contains("`li-mg.tdb` that can be read: it is a pipe, not a file on a disk") })
        #expect(FileManager.default.fileExists(atPath: database))
    }

    @Test("A file that is larger than a case, and only says so")
    func sparse() throws {
        let odd = try Oddities()
        let path = try odd.write(Self.layer, to: "case.yaml")
        try #require(truncate(path, 1 << 40) == 0)
        #expect(
            try odd.problems { try Case(path: path) } == ["1:1: the file is larger than 1 MiB, too large for a case"])
    }

    @Test("A name that is too long, and one below a file")
    func names() throws {
        let odd = try Oddities()
        let file = try odd.write(Self.layer, to: "case.yaml")
        #expect(try odd.problems { try Case(path: file + "/case.yaml") }[0].hasPrefix("1:1: there is no such file; "))
        let found = try odd.problems { try Case(path: String(repeating: "a", count: 5000)) }
        #expect(
            found == [
                "1:1: the file cannot be opened for reading (File name too long); check its name and its permissions"
            ])
    }

    @Test("A control character behind a line that ends as on an old Mac")
    func controlBehindReturn() throws {
        let found = try problems { try Case(bytes: Array("model: transport\rtitle: a\u{1}b\n".utf8), path: "c.yaml") }
        #expect(found == ["2:9: the control character U+0001 stands here; a case file is YAML text"])
    }

    @Test(
        "What takes YAML long is refused before it is parsed",
        arguments: [
            (
                "directives", String(repeating: "%TAG !a! b\n", count: 200) + "---\n",
                "101:1: directives (lines that begin with `%`) are not read; remove them"
            ),
            (
                "anchors", "x: [" + String(repeating: "&a 1, ", count: 90_000) + "1]\n",
                "3:6005: anchors and aliases are not read; write the value out wherever it is used"
            ),
        ])
    func slowYAML(name: String, text: String, problem: String) throws {
        let bytes = Array((name == "directives" ? text + Self.layer : Self.layer + text).utf8)
        #expect(try problems { try Case(bytes: bytes, path: "case.yaml") } == [problem])
    }

    @Test("An `&` in a sentence is no anchor")
    func ampersand() throws {
        let text =
            "title: " + String(repeating: "A & B ", count: 2000) + "\n" + SampleCase.text.replacing("title:", with: "#")
        #expect(try Case(bytes: Array(text.utf8), path: "case.yaml").title?.hasPrefix("A & B A & B") == true)
    }

    @Test("A path of keys that is deeper than a case")
    func deepOverride() throws {
        let path = Array(repeating: "a", count: 30_000).joined(separator: ".")
        let found = try problems { try SampleCase.read(set: path + "=1") }
        #expect(found.count == 1)
        #expect(
            found[0].hasSuffix(
                ": the path leads through 30000 keys, and a case has 32 levels at most; write it as in `layer.thickness`"
            ))
    }

    @Test("Studies with too many axes, settings and results to keep")
    func largeStudies() throws {
        let odd = try Oddities()
        _ = try odd.write(SampleCase.text, to: "case.yaml")
        func found(_ text: String) throws -> [String] {
            try odd.problems {
                try Study(bytes: Array(("case: case.yaml\n" + text).utf8), path: "\(odd.path)/study.yaml")
            }
        }
        let one = "axes: [{key: layer.thickness, values: [1 um]}]\n"
        let axes = (0..<20_000).map { "- {key: a\($0), values: [1 um]}\n" }.joined()
        #expect(try found("axes:\n" + axes) == ["3:1: `axes`: a study has up to 64 axes, found 20000; leave out some"])
        let set = (0..<50_000).map { "  a\($0): 1\n" }.joined()
        #expect(
            try found("set:\n" + set + one) == [
                "3:3: `set`: expected up to 1000 keys, found 50000; change the base case instead"
            ])
        let keep = (0..<50_000).map { "- utilisatio\($0)\n" }.joined()
        #expect(
            try found("keep:\n" + keep + one) == [
                "3:1: `keep`: expected up to 1000 results, found 50000; `mesolith describe` lists them"
            ])
    }

    @Test("A table with too many columns")
    func wideTable() throws {
        let names = (0..<200_000).map { "a\($0)" }.joined(separator: ",")
        let found = try problems { try CSVTable(bytes: Array("\(names)\n\(names)\n".utf8), path: "table.csv") }
        #expect(
            found == [
                "1:1: the table has 200000 columns, more than the 10000 that are read; leave out those that no axis takes"
            ])
    }
}
