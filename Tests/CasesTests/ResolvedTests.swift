import Cases
import Foundation
import Testing

@Suite("The resolved case is a case of its own")
struct ResolvedTests {
    @Test("Every default stands in it")
    func defaults() throws {
        let resolved = try SampleCase.read().resolved
        #expect(
            resolved == """
                mesolith: 1
                model: transport
                temperature: 25 degC
                material:
                  from: "li-mg"
                  version: 1
                  title: "Li-Mg alloy (body-centred cubic, beta)"
                  volume:
                    source: "a round value between those of lithium, 12.97 (Nat. Commun. 16 (2025), s41467-025-59567-8) and 13.1 cm^3/mol"
                    confidence: derived
                    note: "constant partial molar volumes; by their lithium concentrations (T. Krauskopf et al., Adv. Energy Mater. 9 (2019) 1902568) Li0.95Mg0.05 and Li0.9Mg0.1 are 0.6 and 1.3 % smaller than that"
                    lithium:
                      value: 13.0 cm^3/mol
                      spread: [12.97 cm^3/mol, 13.1 cm^3/mol]
                    host:
                      value: 14.0 cm^3/mol
                      spread: [12.1 cm^3/mol, 14.0 cm^3/mol]
                      source: "lattice parameters of magnesium; the lower value is the partial molar volume in lithium-rich Li-Mg"
                      confidence: recalled
                layer:
                  thickness: 5 um
                  shape: slab
                  frame: slab
                  slab_volume: shared
                limits:
                  saturation: 69.6 mmol/cm^3
                  depletion: 0 mmol/cm^3
                diffusivity: 6e-11 cm^2/s
                initial: 0 mmol/cm^3
                protocol:
                  - step: plate
                    current_density: 1 mA/cm^2
                    until:
                      event: surface_saturates
                mesh:
                  cells: 64
                  grading: 10
                numerics:
                  relative_tolerance: 1e-8
                  max_steps: 1000000
                  error_estimate: on
                output:
                  frames:
                    every: 1

                """)
        for key in CaseModels.keys(of: TransportCase.self) {
            // Of the material only the laws in use stand in it.
            guard let text = key.defaultText, !text.contains(":"), !key.path.hasPrefix("material.") else { continue }
            // Those of a plane have no effect in a slab.
            if key.condition.contains("`layer.shape`") { continue }
            let name = key.path.split(separator: ".").last ?? ""
            #expect(resolved.contains("\(name):"), "the default of \(key.path), \(text), is missing")
        }
    }

    @Test("Read again, the resolved text of a shipped case gives itself", arguments: ShippedCase.paths)
    func shipped(path: String) throws {
        try expectStable(Case(path: path))
    }

    @Test(
        "Read again, the resolved text gives itself, whatever the alternatives",
        arguments: [
            ["diffusivity.arrhenius={prefactor: 0.1345 cm^2/s, activation_energy: 0.571 eV}"],
            [
                "diffusivity.table={over: {concentration: [0 mol/L, 70 mol/L]}, "
                    + "values: [1e-11 cm^2/s, 6e-11 cm^2/s]}"
            ],
            ["diffusivity.table={over: {mole_fraction: [0, 0.95]}, values: [1e-11 cm^2/s, 6e-11 cm^2/s]}"],
            ["diffusivity.table={over: {li_per_mg: [0, 9]}, values: [1e-11 cm^2/s, 6e-11 cm^2/s]}"],
            ["diffusivity=material", "temperature=60 degC"], ["diffusivity=material", "material=li-mg"],
            [
                "diffusivity=material", "material.diffusivity.use=arrhenius", "limits.depletion=24 mmol/cm^3",
                "initial=30 mmol/cm^3",
            ],
            ["diffusivity=material", "material.diffusivity.darken.tenfold_host_fraction=0.4"],
            ["material.volume.lithium=13.1 cm^3/mol"],
            ["diffusivity.formula={expression: 6e-11 * (1 + x)^2 * exp(-T / 1e4), unit: cm^2/s}"],
            [
                "diffusivity=material", "temperature=20 degC",
                "material.allow_extrapolation=[thermodynamics.temperature]",
            ],
            ["initial.mole_fraction=0.5"], ["initial.li_per_mg=1"], ["initial.site_fraction=0.5"],
            ["initial.table={position: [0 um, 2.5 um, 5 um], concentration: [3 mol/L, 2 mol/L, 1 mol/L]}"],
            ["limits.saturation.mole_fraction=0.9", "limits.depletion.mole_fraction=0"],
            ["limits.saturation.li_per_mg=9", "limits.depletion.li_per_mg=0"],
            ["layer.frame=host"], ["layer.slab_volume=host"],
            ["layer.shape=disk", "layer.width=10 um", "electrolyte.current_profile=1 + x"],
            ["layer.shape=strip", "layer.width=10 um", "layer.side=periodic", "mesh.columns=4", "numerics.threads=2"],
            ["output.frames=final"], ["output.frames.every=10"], ["output.frames.interval=10 s"],
            ["output.frames.times=[1 s, 2 min, 3 h]"],
            ["protocol.0.until={time: 1 h, charge: 1 mAh/cm^2, utilisation: 0.5, event: surface_saturates}"],
            ["protocol=[{step: rest, until: {time: 1 h}}, {step: rest, until: {time: 1 h}}]"],
            ["numerics={relative_tolerance: 1e-6, initial_step: 1 ms, max_step: 1 min, max_steps: 10}"],
            ["mesh={cells: 8, grading: 1}"], ["mesh="], ["mesolith=1"],
            [#"title='He said "5 µm": C:\cases # 漢字 🔋'"#], ["title=2024"], ["title=~x"],
            [#"layer.thickness=" 5 um ""#], ["layer.thickness=5µm"], ["mesh.cells=+64"],
        ])
    func alternatives(overrides: [String]) throws {
        try expectStable(Case(bytes: Array(SampleCase.text.utf8), path: "case.yaml", overrides: overrides))
    }

    @Test(
        "Read again, the resolved text of a layer with stress gives itself, whatever the alternatives",
        arguments: [
            [], ["coupling=one-way"], ["geometry.side=symmetric"], ["geometry.side=periodic"], ["geometry.shape=disk"],
            ["geometry.across=plane_stress"], ["lithium={}"], ["lithium.solution=dilute"],
            ["lithium={diffusivity: material, solution: lattice_gas, maximum: {li_per_mg: 2}}"],
            ["lithium.diffusivity={table: {over: {li_per_mg: [0, 1]}, values: [1e-11 cm^2/s, 2e-11 cm^2/s]}}"],
            ["swelling={law: linear, volume: 9 cm^3/mol, stress_free: {site_fraction: 0.1}}"],
            ["electrolyte={contact: friction, friction: {cap: 1 GPa, slip: 2 nm}, stack_pressure: 5 MPa}"],
            ["electrolyte={contact: bonded, current_profile: 1 + x}"],
            ["collector={contact: friction, friction: {adhesion_energy: 0.02 J/m^2}}"],
            ["mesh={columns: 4, rows: 4, side_grading: 2, electrolyte_grading: 3}", "numerics.threads=2"],
            ["material.elasticity.mixture.rule=voigt_youngs_modulus", "material.elasticity.mixture.by=mole"],
        ])
    func layers(overrides: [String]) throws {
        try expectStable(SampleLayer.read(set: overrides))
    }

    @Test("A film resolves to a film")
    func film() throws {
        try expectStable(Case(bytes: Array(SampleLayer.film.utf8), path: "case.yaml"))
    }

    @Test("Every default of a layer with stress stands in it")
    func layerDefaults() throws {
        let resolved = try SampleLayer.read(set: []).resolved
        for key in CaseModels.keys(of: ChemoMechanicsCase.self) {
            guard let text = key.defaultText, !text.contains(":"), !key.path.hasPrefix("material."),
                !key.path.hasPrefix("collector.friction")
            else { continue }
            let name = key.path.split(separator: ".").last ?? ""
            #expect(resolved.contains("\(name):"), "the default of \(key.path), \(text), is missing")
        }
    }

    private func expectStable(_ original: Case) throws {
        let again = try Case(bytes: Array(original.resolved.utf8), path: "resolved.yaml")
        #expect(again.resolved == original.resolved)
        #expect(again.title == original.title)
        #expect("\(again.model)" == "\(original.model)")
    }

    @Test("Only what has an effect stands in it")
    func withoutEffect() throws {
        #expect(try !SampleCase.read(set: "layer.frame=host").resolved.contains("slab_volume"))
        let rest = try SampleCase.read(set: "protocol=[{step: rest, until: {time: 1 h}}]")
        #expect(!rest.resolved.contains("current_density"))
    }

    @Test("The text and the overrides are kept as they were given")
    func verbatim() throws {
        let text = "\u{FEFF}# head\r\n" + SampleCase.text.replacing("\n", with: "\r\n") + "# end"
        let read = try Case(bytes: Array(text.utf8), path: "case.yaml", overrides: ["title= a ", "mesh.cells=8"])
        #expect(read.text == text)
        #expect(read.overrides == ["title= a ", "mesh.cells=8"])
        #expect(read.path == "case.yaml")
        #expect(read.title == "a")
    }
}
