import Cases
import Foundation
import Materials
import Testing

@Suite("The material of a case")
struct MaterialCaseTests {
    /// A case that takes its diffusivity from a material; it stays within Li0.4Mg0.6 to Li0.9Mg0.1.
    private static let text = SampleCase.text
        .replacing("diffusivity: 6e-11 cm^2/s", with: "material: li-mg")
        .replacing("initial: 0 mmol/cm^3", with: "initial:\n  mole_fraction: 0.4")

    private func read(_ overrides: String...) throws -> Case {
        try Case(bytes: Array(Self.text.utf8), path: "case.yaml", overrides: overrides)
    }

    private func problem(_ overrides: String...) throws -> String {
        try problems { try Case(bytes: Array(Self.text.utf8), path: "case.yaml", overrides: overrides) }
            .joined(separator: "\n")
    }

    private func diffusivity(_ overrides: String...) throws -> Double {
        let read = try Case(bytes: Array(Self.text.utf8), path: "case.yaml", overrides: overrides)
        return try #require(read.model as? TransportCase).parameters.diffusivity.value(moleFraction: 0.5)
    }

    @Test("Single keys replace values of the library's material, in all ways of writing")
    func overrides() throws {
        let plain = try diffusivity()
        #expect(plain > 0)
        let doubled = "material.diffusivity.darken.prefactor=0.222 cm^2/s"
        #expect(try abs(diffusivity(doubled) / plain - 2) < 1e-14)
        #expect(
            try diffusivity("material={from: li-mg, diffusivity: {darken: {prefactor: {value: 0.222 cm^2/s}}}}")
                == diffusivity(doubled))
        // 0.1345 cm2/s exp(-0.571 eV / kT) at 25 degC
        let measured = try diffusivity("material.diffusivity.use=arrhenius")
        #expect(abs(measured / 3.00e-15 - 1) < 5e-3)
        let volume = try #require(try read("material.volume.host=13.5 cm^3/mol").model as? TransportCase)
        #expect(volume.parameters.composition.hostVolume == 13.5e-6)
        #expect(volume.parameters.composition.lithiumVolume == 13e-6)
    }

    @Test("What is changed is known to come from the case; the rest keeps its source")
    func sources() throws {
        let resolved = try read("material.diffusivity.darken.prefactor=0.12 cm^2/s").resolved
        #expect(resolved.contains("prefactor: 0.12 cm^2/s"))
        #expect(resolved.contains("activation_energy:\n        value: 0.55 eV"))
        let record = try MaterialRecord("li-mg", overrides: ["diffusivity.darken.prefactor=0.12 cm^2/s"])
        let prefactor = try #require(record.parameters.first { $0.path == "diffusivity.darken.prefactor" })
        #expect(prefactor.source == "given in --set diffusivity.darken.prefactor=0.12 cm^2/s")
        #expect(prefactor.confidence == nil)
        let energy = try #require(record.parameters.first { $0.path == "diffusivity.darken.activation_energy" })
        #expect(energy.source.contains("Lodding") && energy.confidence == .recalled)
    }

    @Test("A range that is left is an error that says how to allow it; once allowed, it is remembered")
    func extrapolation() throws {
        #expect(
            try problem("temperature=20 degC") == """
                --set temperature=20 degC: `temperature`: the thermodynamics of `li-mg` is stated for 298.15 K to 453.6 K, and \
                the case is at 293.15 K; stay within it, or allow it with `material.allow_extrapolation: [thermodynamics.temperature]`
                """)
        let cold = try read("temperature=20 degC", "material.allow_extrapolation=[thermodynamics.temperature]")
        #expect(
            cold.extrapolations == [
                "thermodynamics.temperature: the thermodynamics of li-mg is stated for 298.15 K to 453.6 K, the case is at 293.15 K"
            ])
        #expect(try read().extrapolations.isEmpty)
        // Krauskopf's diffusivity is stated for x = 0.3 to 0.95.
        #expect(
            try problem("material.diffusivity.use=arrhenius", "initial.mole_fraction=0.1").hasSuffix(
                """
                `material`: the diffusivity of `li-mg` is stated for x = 0.3 to 0.95, and the case runs through \
                x = 0.1 to 0.910995; stay within it, or allow it with `material.allow_extrapolation: [diffusivity.mole_fraction]`
                """))
        let poor = try read(
            "material.diffusivity.use=arrhenius", "initial.mole_fraction=0.1",
            "material.allow_extrapolation=[diffusivity.mole_fraction]")
        #expect(poor.extrapolations.count == 1)
        #expect(
            try problem("material.allow_extrapolation=[diffusivity]") == """
                --set material.allow_extrapolation=[diffusivity]: `allow_extrapolation`: there is no `diffusivity`, expected \
                `volume.temperature`, `volume.mole_fraction`, `thermodynamics.temperature`, `thermodynamics.mole_fraction`, \
                `diffusivity.temperature` or `diffusivity.mole_fraction`
                """)
    }

    @Test("An alloy that melts is refused")
    func melting() throws {
        let allowed = "material.allow_extrapolation=[thermodynamics.temperature, diffusivity.temperature]"
        #expect(
            try problem("temperature=600 K", allowed).hasSuffix(
                """
                `temperature`: `li-mg` melts in part at 600 K where the mole fraction is 0.4 to 0.910995; lower the temperature
                """))
    }

    @Test("A law that needs no database holds below the database's temperatures")
    func coldArrhenius() throws {
        let cold = try diffusivity("material.diffusivity.use=arrhenius", "temperature=10 degC")
        #expect(try cold < diffusivity("material.diffusivity.use=arrhenius"))
        #expect(try read("material.diffusivity.use=arrhenius", "temperature=10 degC").extrapolations.isEmpty)
    }

    @Test("Ranges and confidence of a law belong to its source")
    func rangesOfSources() throws {
        #expect(
            try problem("material.thermodynamics.temperature_range=[200 K, 500 K]") == """
                --set material.thermodynamics.temperature_range=[200 K, 500 K]: `temperature_range` is what the source of \
                `material.thermodynamics` states; allow the case to leave it with `material.allow_extrapolation`, or give \
                the law a `source` of your own
                """)
        #expect(
            try problem("material.diffusivity.darken.confidence=primary").contains(
                "leave it, or give the law a `source`"))
        let own = try read("material.volume.source=own work", "material.volume.confidence=primary")
        #expect(own.laws.first { $0.path == "material.volume" }?.confidence == .primary)
    }

    @Test("A database that cannot use one of its phases needs to be told which to use")
    func omittedPhases() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mesolith-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try #require(MaterialLibrary.file(named: "cost507-li-mg.tdb")).bytes
        var lines = String(decoding: database, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let lost = try #require(lines.firstIndex { $0.contains("PARAMETER G(HCP_A3,MG:VA;0)") })
        lines.remove(at: lost)
        try lines.joined(separator: "\n").write(toFile: "\(folder)/cut.tdb", atomically: true, encoding: .utf8)
        let setting = "material.thermodynamics.database=\(folder)/cut.tdb"
        let message = try problem(setting)
        #expect(message.contains("the phase HCP_A3 of LI-MG cannot be used"), "\(message)")
        #expect(message.contains("name the phases to use in `thermodynamics.phases`"))
        let told = "material.thermodynamics.phases=[LIQUID, BCC_A2]"
        #expect(try diffusivity(setting, told) == diffusivity())
        #expect(
            try problem("material.thermodynamics.phase=LIQUID").contains(
                "the phase LIQUID is liquid, and a layer is solid"))
    }

    @Test("What has no effect is refused")
    func noEffect() throws {
        #expect(
            try problem("material.elasticity.mixture.rule=voigt") == """
                --set material.elasticity.mixture.rule=voigt: `elasticity` has no effect here: this case uses only `volume`, \
                `thermodynamics`, `diffusivity` of its material; remove it
                """)
        #expect(
            try problem("material.diffusivity.arrhenius.prefactor=1 cm^2/s") == """
                --set material.diffusivity.arrhenius.prefactor=1 cm^2/s: `arrhenius` has no effect here: \
                `material.diffusivity.use` is `darken`; remove it
                """)
        #expect(
            try problem("diffusivity=6e-11 cm^2/s", "material.diffusivity.use=arrhenius") == """
                --set material.diffusivity.use=arrhenius: `diffusivity` has no effect here: this case uses only \
                `volume` of its material; remove it
                """)
    }

    @Test(
        "A wrong material says where and what",
        arguments: [
            (
                "material=li-mq",
                "there is no material `li-mq`, did you mean `li-mg`?"
            ),
            (
                "material=mine.yaml",
                "there is no material file `mine.yaml`; give the path of a material file, or one of the names"
            ),
            (
                "material=",
                "`material`: expected the name of a material such as `li-mg`, or a map of keys, found nothing"
            ),
            ("material.volume.lithum=1 cm^3/mol", "unknown key `lithum` in `material.volume`, did you mean `lithium`?"),
            ("material.diffusivity.use=darkem", "`use`: there is no `darkem`, did you mean `darken`?"),
            (
                "material.diffusivity.use=constant",
                "`use`: `constant` is not given in `material.diffusivity`, which holds `darken` or `arrhenius`"
            ),
            ("material.thermodynamics.phase=BCC_B2", "`phase`: LI-MG has no phase `BCC_B2`, its phases are"),
            (
                "material.thermodynamics.database=none.tdb",
                "`database`: there is no thermodynamic database `none.tdb` that can be read"
            ),
            (
                "material.diffusivity.darken.prefactor=0.1 m",
                "`prefactor`: expected a diffusivity (such as `cm^2/s`), found a length in `m`"
            ),
            ("material=li", "`material`: `li` has no `volume` of both lithium and host, which transport needs"),
        ])
    func wrong(override: String, message: String) throws {
        let found = try problem(override)
        #expect(found.contains(message), "\(found)")
        #expect(found.hasPrefix("--set \(override): ") || found.hasPrefix("4:11: "), "\(found)")
    }

    @Test("A formula is checked for its form and for its values")
    func formula() throws {
        func problem(_ expression: String) throws -> String {
            try self.problem("diffusivity={formula: {expression: '\(expression)', unit: cm^2/s}}")
        }
        #expect(try problem("6e-11 * (1 + z)").contains("`expression`: "))
        #expect(try problem("6e-11 * (1 - 2 * x)").contains("`diffusivity`: D is "))
        #expect(try problem("6e-11 / (x - x)").contains("`diffusivity`: D is "))
        let read = try read("diffusivity={formula: {expression: '6e-11 * (1 + x)', unit: cm^2/s}}")
        let parameters = try #require(read.model as? TransportCase).parameters
        #expect(abs(parameters.diffusivity.value(moleFraction: 0.5) / 9e-15 - 1) < 1e-14)
    }

    @Test("A material file of one's own lies beside the case, its database beside it, and its mistakes have its place")
    func ownFile() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mesolith-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func write(_ text: String, _ name: String) throws {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        let library = try #require(MaterialLibrary.file(named: "li-mg.yaml")).bytes
        let database = try #require(MaterialLibrary.file(named: "cost507-li-mg.tdb")).bytes
        let own = String(decoding: library, as: UTF8.self)
            .replacing("cost507-li-mg.tdb", with: "own.tdb").replacing("value: 0.3\n", with: "value: 0.6\n")
        try write(own, "own.yaml")
        try write(String(decoding: database, as: UTF8.self), "own.tdb")
        try write(Self.text.replacing("material: li-mg", with: "material: own.yaml"), "case.yaml")
        let read = try Case(path: "\(folder)/case.yaml")
        let value = try #require(read.model as? TransportCase).parameters.diffusivity.value(moleFraction: 0.5)
        #expect(try abs(value / diffusivity("material.diffusivity.darken.tenfold_host_fraction=0.6") - 1) < 1e-12)

        // The resolved case is one that can be read anywhere.
        let again = try Case(bytes: Array(read.resolved.utf8), path: "elsewhere/resolved.yaml")
        #expect(again.resolved == read.resolved)
        #expect(read.resolved.contains("from: \"\(folder)/own.yaml\""))
        #expect(read.resolved.contains("database: \"\(folder)/own.tdb\""))

        try write(
            String(decoding: database, as: UTF8.self).replacing("PARAMETER", with: "PARAMETRE", maxReplacements: 1),
            "own.tdb")
        let broken = #expect(throws: CaseErrors.self) { try Case(path: "\(folder)/case.yaml") }
        let text = try #require(broken).description
        #expect(text.hasPrefix("\(folder)/own.tdb:"), "\(text)")
        try write(own.replacing("kind: interdiffusion", with: "kind: interdifusion"), "own.yaml")
        let misspelt = #expect(throws: CaseErrors.self) { try MaterialRecord("\(folder)/own.yaml") }
        #expect(try #require(misspelt).description.contains("own.yaml:"))
    }

    @Test("The resolved case of a material is a case of its own")
    func resolved() throws {
        let resolved = try read().resolved
        #expect(resolved.contains("from: \"li-mg\""))
        let again = try Case(bytes: Array(resolved.utf8), path: "elsewhere/resolved.yaml")
        #expect(again.resolved == resolved)
    }
}
