import Cases
import Foundation
import Testing

@Suite("A wrong case gives one message for each mistake, at its place", .timeLimit(.minutes(1)))
struct WrongCaseTests {
    @Test("Text and YAML", arguments: WrongCase.syntax)
    func syntax(wrong: WrongCase) throws { try expectProblems(of: wrong) }

    @Test("Keys and sections", arguments: WrongCase.keys)
    func keys(wrong: WrongCase) throws { try expectProblems(of: wrong) }

    @Test("Values", arguments: WrongCase.values)
    func values(wrong: WrongCase) throws { try expectProblems(of: wrong) }

    @Test("Values beside others", arguments: WrongCase.physics)
    func physics(wrong: WrongCase) throws { try expectProblems(of: wrong) }

    @Test("Layers with stress", arguments: WrongCase.layers)
    func layers(wrong: WrongCase) throws { try expectProblems(of: wrong) }

    @Test("Transport in the plane", arguments: WrongCase.planes)
    func planes(wrong: WrongCase) throws { try expectProblems(of: wrong) }

    @Test("--set", arguments: WrongCase.overrides)
    func overrides(wrong: WrongCase) throws { try expectProblems(of: wrong) }

    private func expectProblems(of wrong: WrongCase) throws {
        let found = try problems {
            try Case(bytes: Array(wrong.text.utf8), path: "case.yaml", overrides: wrong.overrides)
        }
        #expect(found == wrong.problems)
        for message in found {
            #expect(!message.hasSuffix("."))
            #expect(!message.contains("\n"))
        }
    }

    @Test("Bytes that are not UTF-8", arguments: [[0xFF, 0xFE, 0x6D, 0x00], Array(0...255), [0x61, 0x3A, 0xC3]])
    func notText(bytes: [UInt8]) throws {
        let found = try problems { try Case(bytes: bytes, path: "case.yaml") }
        #expect(found == ["1:1: this is not a text file in UTF-8; a case file is YAML text"])
    }

    @Test("A file that is not there")
    func missingFile() throws {
        let errors = try #require(throws: CaseErrors.self) { try Case(path: "/nowhere/case.yaml") }
        #expect(
            errors.description == """
                /nowhere/case.yaml:1:1: error: there is no such file; \
                give the path of a case file, or start one with `mesolith new`
                """)
    }

    @Test("A directory")
    func directory() throws {
        let found = try problems { try Case(path: ShippedCase.directory) }
        #expect(found == ["1:1: this is a directory; give the path of a case file in it"])
    }

    @Test("A device without an end")
    func endlessDevice() throws {
        let found = try problems { try Case(path: "/dev/zero") }
        #expect(
            found == ["1:1: this is a device; write the case to a file on a disk and give the path of that"])
    }

    @Test("A hundred thousand wrong keys do not take long")
    func manyUnknownKeys() throws {
        let keys = (0..<90_000).map { "k\($0): 1\n" }.joined()
        let found = try problems { try Case(bytes: Array((SampleCase.text + keys).utf8), path: "case.yaml") }
        #expect(found.count == 51)
        #expect(
            found.last?.hasSuffix("89950 more unknown keys at the top of the case, from `k50` on; is this a case?")
                == true)
    }

    @Test("What a message quotes cannot reach the terminal's controls")
    func quotedControls() throws {
        let found = try problems { try SampleCase.read(set: #"model="\e[31m\n""#) }
        #expect(
            found == [
                #"--set model="\e[31m\n": `model`: there is no ` [31m `, expected `transport`, `chemo-mechanics`, `flux-balance` or `void-closure`"#
            ])
    }
}
