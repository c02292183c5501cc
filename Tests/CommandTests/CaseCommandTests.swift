import Foundation
import Testing

@Suite("new and check")
struct CaseCommandTests {
    @Test("new lists the shipped cases")
    func list() throws {
        let outcome = try Scratch().run("new", "--list")
        #expect(outcome.code == 0)
        #expect(
            outcome.output == """
                ham2024-ccd
                ham2024-cycle
                ham2024-hold
                ham2024-symmetric
                island-5um
                li-mg-ramp
                li-mg-strip-transport
                li-mg-transport
                plate-rest-strip
                sand-time
                void-closure-3mpa
                wang2024-fig4-plate-one-way
                wang2024-fig4-plate-two-way
                wang2024-fig4a
                wang2024-fig4b

                """)
    }

    @Test(
        "new writes a case that is right",
        arguments: [
            ([], "li-mg-transport"), (["--from", "wang2024-fig4a"], "wang2024-fig4a"),
            (["--from", "wang2024-fig4b.yaml"], "wang2024-fig4b"),
        ])
    func new(arguments: [String], name: String) throws {
        let scratch = try Scratch()
        let outcome = try scratch.start(["new", "my.yaml"] + arguments).outcome()
        #expect(outcome.code == 0)
        #expect(outcome.output == "my.yaml written from \(name); run it with: mesolith run my.yaml\n")
        let check = try scratch.run("check", "my.yaml")
        #expect(check.code == 0)
        #expect(check.output == "my.yaml: no problems (model transport)\n")
        #expect(try scratch.contents() == ["my.yaml"])
    }

    @Test("new helps with a misspelt name")
    func misspelt() throws {
        let scratch = try Scratch()
        let near = try scratch.run("new", "my.yaml", "--from", "wang2024-fig4")
        #expect(near.code == 2)
        #expect(near.errors == "error: there is no shipped case `wang2024-fig4`, did you mean `wang2024-fig4a`?\n")
        let far = try scratch.run("new", "my.yaml", "--from", "graphite")
        #expect(far.errors == "error: there is no shipped case `graphite`; `mesolith new --list` lists them\n")
        #expect(try scratch.contents() == [])
    }

    @Test("new never writes over a file, nor where there is no directory")
    func existing() throws {
        let scratch = try Scratch()
        try scratch.write("precious", to: "my.yaml")
        let taken = try scratch.run("new", "my.yaml")
        #expect(taken.code == 2)
        #expect(
            taken.errors == "error: my.yaml: the case file cannot be written: it exists already; give another name\n")
        #expect(try scratch.read("my.yaml") == "precious")
        let nowhere = try scratch.run("new", "nowhere/my.yaml")
        #expect(nowhere.code == 2)
        #expect(
            nowhere.errors == """
                error: nowhere/my.yaml: the case file cannot be written: \
                check that its directory exists and can be written

                """)
    }

    @Test("check says all that is wrong, on standard error")
    func check() throws {
        let scratch = try Scratch()
        try scratch.write(
            Cases.quick.replacing("5 um", with: "5").replacing("1 mA/cm^2", with: "1 mA"), to: "case.yaml")
        let outcome = try scratch.run("check", "case.yaml", "--set", "mesh.cells=0")
        #expect(outcome.code == 2)
        #expect(outcome.output == "")
        #expect(
            outcome.errors == """
                case.yaml:4:15: error: `thickness`: expected a length with its unit (such as `5 um`), \
                found the bare number 5
                case.yaml:11:24: error: `current_density`: expected a current density (such as `mA/cm^2`), \
                found a current in `mA`
                --set mesh.cells=0: error: `cells`: 0 is out of range, expected 2 to 1000000

                """)
        #expect(try scratch.contents() == ["case.yaml"])
    }

    @Test("check --resolved prints a case that is right by itself")
    func resolved() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        let outcome = try scratch.run("check", "case.yaml", "--resolved", "--set", "layer.thickness=6 um")
        #expect(outcome.code == 0)
        #expect(outcome.output.hasPrefix("mesolith: 1\ntitle: \"A quick case\"\nmodel: transport\n"))
        #expect(outcome.output.contains("\n  thickness: 6 um\n"))
        try scratch.write(outcome.output, to: "resolved.yaml")
        #expect(try scratch.run("check", "resolved.yaml", "--resolved").output == outcome.output)
    }
}
