import Cases
import Materials
import Models
import Testing

@Suite("The keys of a closing void")
struct VoidClosureCaseTests {
    private static let text = """
        model: void-closure
        material:
          from: li
          flow:
            use: garofalo
        geometry:
          radius: 1 um
        pressure: 3 MPa

        """

    private func read(_ overrides: [String]) throws -> Case {
        try Case(bytes: Array(Self.text.utf8), path: "case.yaml", overrides: overrides)
    }

    private func parameters(_ overrides: String...) throws -> VoidClosureParameters {
        let model = try #require(read(overrides).model as? VoidClosureCase)
        return try #require(model.parameters)
    }

    private func problem(_ overrides: String...) throws -> String {
        try problems { try read(overrides) }.joined(separator: "\n")
    }

    @Test("The shipped case is a sphere of 1 um alone under 3 MPa, by the sinh law")
    func shipped() throws {
        let model = try #require(shippedCase("void-closure-3mpa").model as? VoidClosureCase)
        let void = try #require(model.parameters)
        #expect(void.shape == .sphere && void.isAlone)
        #expect(abs(void.radius / 1e-6 - 1) < 1e-14)
        #expect(void.pressure == 3e6)
        #expect(void.fraction == 0.01 && void.time == nil)
        let law = GarofaloLaw.Parameters(
            rate: Arrhenius(prefactor: 4.25e4, activationEnergy: 37e3), stressScale: 1.1e6, sensitivity: 0.15)
        #expect(void.flow == .garofalo(law.at(temperature: 298.15)))
        #expect(void.stressRange == nil)
    }

    @Test("Defaults and alternatives")
    func values() throws {
        let plain = try parameters()
        #expect(plain.shape == .sphere && plain.isAlone)
        #expect(plain.surfaceEnergy == 0 && plain.currentDensity == 0)
        #expect(plain.integrator.relativeTolerance == 1e-10 && plain.integrator.maximumStep == 0.1)
        let shell = try parameters(
            "geometry.outer_radius=20 um", "geometry.shape=cylinder", "surface_tension=0.5 J/m^2")
        #expect(abs(shell.outerRadius / 20e-6 - 1) < 1e-14)
        #expect(shell.shape == .cylinder && shell.surfaceEnergy == 0.5)
        let lattice = try parameters("geometry.spacing=10 um")
        #expect(abs(lattice.outerRadius / VoidShape.sphere.outerRadius(spacing: 10e-6) - 1) < 1e-14)
        let fed = try parameters("current_density=1 mA/cm^2", "until.time=1 h")
        #expect(fed.currentDensity == 10 && fed.time == 3600)
        #expect(abs(fed.molarVolume / 13.0e-6 - 1) < 1e-14)
        #expect(try parameters("material.volume.lithium=13.1 cm^3/mol").molarVolume.isNaN)
        let other = try parameters(
            "current_density=1 mA/cm^2", "until.time=1 h", "material.volume.lithium=13.1 cm^3/mol")
        #expect(abs(other.molarVolume / 13.1e-6 - 1) < 1e-14)
    }

    @Test(
        "The resolved case is a case of its own",
        arguments: [
            [], ["geometry.spacing=10 um", "geometry.shape=cylinder"], ["current_density=1 mA/cm^2", "until.time=1 h"],
            ["material.flow.use=power_law", "numerics={max_step: 1, error_estimate: off}"],
            ["pressure=1 MPa", "material.flow.use=power_law", "material.allow_extrapolation=[flow.stress]"],
        ])
    func resolved(overrides: [String]) throws {
        let original = try read(overrides)
        let again = try Case(bytes: Array(original.resolved.utf8), path: "resolved.yaml")
        #expect(again.resolved == original.resolved)
        #expect("\(again.model)" == "\(original.model)")
    }

    @Test("Every default stands in the resolved case, and examples are values that the keys take")
    func defaults() throws {
        let resolved = try read([]).resolved
        for key in CaseModels.keys(of: VoidClosureCase.self) where !key.path.hasPrefix("material") {
            if let text = key.defaultText, !text.contains(":"), key.path != "mesolith" {
                let name = key.path.split(separator: ".").last ?? ""
                #expect(resolved.contains("\(name):"), "the default of \(key.path), \(text), is missing")
            }
            guard !key.example.isEmpty, key.path != "model" else { continue }
            #expect(throws: Never.self, "--set \(key.path)=\(key.example)") { try read(["\(key.path)=\(key.example)"]) }
        }
    }

    @Test("A stress outside the range of the law is an error that says how to allow it; once allowed, it is remembered")
    func stressRange() throws {
        // The power law is stated for 0.28 to 2.8 MPa; the void of a sphere has 3p/2n.
        #expect(
            try problem("material.flow.use=power_law", "pressure=1 MPa") == """
                --set pressure=1 MPa: `pressure`: the flow of `li` is stated for 0.28 MPa to 2.8 MPa, and the largest equivalent \
                stress of the case is 0.228659 MPa; stay within it, or allow it with \
                `material.allow_extrapolation: [flow.stress]`
                """)
        #expect(try problem("material.flow.use=power_law", "pressure=15 MPa").contains("is 3.42988 MPa"))
        let within = try parameters("material.flow.use=power_law")
        #expect(within.stressRange == 0.28e6...2.8e6)
        let overrides = ["material.flow.use=power_law", "pressure=1 MPa", "material.allow_extrapolation=[flow.stress]"]
        let allowed = try read(overrides)
        #expect(
            allowed.extrapolations == [
                "flow.stress: the flow of li is stated for 0.28 MPa to 2.8 MPa, the largest equivalent stress of the case is "
                    + "0.228659 MPa"
            ])
        #expect((allowed.model as? VoidClosureCase)?.parameters?.stressRange == .some(nil))
        #expect(try read(["pressure=100 MPa"]).extrapolations.isEmpty)
    }

    @Test(
        "What is wrong says where and what",
        arguments: [
            (["material.flow.use=anand"], "`li` hardens by Anand's law"),
            (["material=li-mg"], "the flow of `li-mg` depends on its host"),
            (["temperature=500 K"], "the flow of `li` is stated for 248.15 K to 398.15 K"),
            (["current_density=1 mA/cm^2"], "give the run an end, such as `until.time: 1 h`"),
            (
                ["current_density=1 mA/cm^2", "geometry.outer_radius=9 um"],
                "`current_density` has no effect here: it is used only when the void is alone"
            ),
            (["geometry={radius: 1 um, outer_radius: 2 um, spacing: 9 um}"], "exclude each other; keep one"),
            (["geometry.outer_radius=1 um"], "does not lie above 1.01 times the radius of the void, 1 um"),
            (["geometry.shape=cube"], "`shape`: there is no `cube`"),
            (["pressure=0 MPa"], "`pressure`: 0 MPa is out of range"),
            (["until.fraction=1"], "`fraction`: 1 is out of range"),
            (["material=li-llzo"], "`li-llzo` has no `flow`, which void-closure needs"),
            (["mesh.cells=4"], "unknown key `mesh`"),
        ])
    func wrong(overrides: [String], message: String) throws {
        let found = try problems { try read(overrides) }.joined(separator: "\n")
        #expect(found.contains(message), "\(found)")
    }
}
