import Cases
import Foundation
import Materials
import Models
import Testing

@Suite("The materials of a cell")
struct CellMaterialTests {
    private func problem(_ text: String = SampleCell.text, _ overrides: String...) throws -> String {
        try problems { try SampleCell.read(text, set: overrides) }.joined(separator: "\n")
    }

    @Test("Pressures outside those of the law of thinning need to be allowed, and local ones are named")
    func pressures() throws {
        let strict = "material=li"
        #expect(
            try problem(SampleCell.text, strict) == """
                8:13: `stack.pressure`: the thinning of `li` is stated for 2.2 MPa to 3.5 MPa, and the case presses with 5 MPa, \
                and harder where voids leave less contact; stay within it, or allow it with \
                `material.allow_extrapolation: [thinning.pressure]`
                """)
        #expect(try problem(SampleCell.text, strict, "stack.pressure=1 MPa").contains("presses with 1 MPa"))
        let step = try problem(SampleCell.text, strict, "stack.pressure=3 MPa", "protocol.0.pressure=9 MPa")
        #expect(step.hasPrefix("10:3: `protocol`: the thinning of `li`") && step.contains("with 3 MPa to 9 MPa, and"))
        let local = "and harder where voids leave less contact"
        #expect(
            try SampleCell.read(set: []).extrapolations == [
                "thinning.pressure: the thinning of li is stated for 2.2 MPa to 3.5 MPa, the case presses with 5 MPa, \(local)"
            ])
        #expect(
            try SampleCell.read(set: [strict, "stack.pressure=3 MPa"]).extrapolations == [
                "thinning.pressure: the thinning of li is stated for 2.2 MPa to 3.5 MPa, the case presses with 3 MPa, \(local)"
            ])
        let rest = "protocol=[{step: rest, until: {time: 1 h}}]"
        #expect(try SampleCell.read(set: [strict, "stack.pressure=3 MPa", rest]).extrapolations.isEmpty)
        #expect(try SampleCell.read(set: [strict, "electrode.creep=none"]).extrapolations.isEmpty)
        #expect(
            try problem(SampleCell.text, "stack={pressure: 50 MPa, confined_creep: on, radius: 5 mm}").contains(
                "allow it with `material.allow_extrapolation: [confined_creep.pressure]`"))
    }

    @Test("Temperatures outside those of a law are allowed at the material that holds it")
    func temperatures() throws {
        let warm = "temperature=40 degC"
        let electrolyte = "electrolyte.thickness=500 um"
        #expect(
            try problem(SampleCell.text, warm, electrolyte) == """
                --set temperature=40 degC: `temperature`: the conductivity of `lpscl` is stated for 293.15 K to 303.15 K, and \
                the case is at 313.15 K; stay within it, or allow it with \
                `electrolyte.material.allow_extrapolation: [conductivity.temperature]`
                """)
        let allowed = try SampleCell.read(set: [
            warm, electrolyte, "electrolyte.material.allow_extrapolation=[conductivity.temperature]",
        ])
        #expect(allowed.extrapolations.count == 2)
        #expect(
            try problem(SampleCell.text, "temperature=-10 degC", "electrode.creep=none").contains(
                "`interface.allow_extrapolation: [kinetics.temperature]`"))
        #expect(
            try problem(SampleCell.full, "temperature=45 degC", "electrode.creep=none").contains(
                "`cathode.material.allow_extrapolation: [open_circuit.temperature]`"))
    }

    @Test("Single keys replace values of each material, after the short form as well")
    func overrides() throws {
        let changed = try SampleCell.model(
            SampleCell.text, "interface=li-llzo", "interface.kinetics.exchange_current_density=1 mA/cm^2",
            "interface.kinetics.reference_temperature=25 degC")
        #expect(agree(changed.parameters.working.kinetics.exchangeCurrentDensity(temperature: 298.15), 10))
        let heavier = try SampleCell.parameters(set: "material.volume.lithium=12.97 cm^3/mol")
        #expect(heavier.working.molarVolume == 12.97e-6)
        #expect(
            try problem(SampleCell.text, "interface.resistance.area_specific_resistance=1 ohm*cm^2").contains(
                "`resistance` has no effect here: this case uses only `kinetics` of its interface; remove it"))
        #expect(
            try problem(SampleCell.text, "interface=li-lpscll") == """
                --set interface=li-lpscll: there is no material `li-lpscll`, did you mean `li-lpscl`?
                """)
        #expect(
            try problem(SampleCell.text, "interface.kinetics.temperature_range=[200 K, 300 K]").contains(
                "allow the case to leave it with `interface.allow_extrapolation`"))
    }

    @Test("Laws that a material lacks")
    func missing() throws {
        #expect(
            try problem(SampleCell.text, "material=w") == """
                --set material=w: `material`: `w` has no `volume`, which `flux-balance` needs; take another material
                """)
        #expect(
            try problem(SampleCell.text, "interface=lpscl").hasSuffix(
                "`interface`: `lpscl` has no `kinetics`, which `flux-balance` needs; take another interface"))
        #expect(
            try problem(SampleCell.full, "cathode.material=nmc622").hasSuffix(
                "`nmc622` has no `open_circuit`, which a cathode needs; take another `cathode.material`"))
        #expect(
            try problem(SampleCell.text, "electrolyte={thickness: 1 mm, material: li-lpscl}").hasSuffix(
                "has no `conductivity`, which the electrolyte needs; give `electrolyte.conductivity`"))
        #expect(
            try problem(SampleCell.text, "material={from: li, volume: {host: 14 cm^3/mol}}").contains("`initial`"))
    }

    @Test("A resolved case finds its own material files from anywhere")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mesolith-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, shipped) in [("metal", "li"), ("face", "li-lpscl"), ("solid", "lpscl"), ("oxide", "nmc811")] {
            let file = try #require(MaterialLibrary.file(named: "\(shipped).yaml"))
            try Data(file.bytes).write(to: URL(filePath: "\(folder)/\(name).yaml"))
        }
        let text = SampleCell.full.replacing("from: li\n", with: "from: metal.yaml\n")
            .replacing("cell: full", with: "interface: face.yaml\ncell: full")
            .replacing("cathode:\n", with: "electrolyte:\n  thickness: 1 mm\n  material: solid.yaml\ncathode:\n")
            .replacing("  capacity:", with: "  material: oxide.yaml\n  capacity:")
        let first = try Case(bytes: Array(text.utf8), path: "\(folder)/case.yaml")
        for name in ["metal", "face", "solid", "oxide"] {
            #expect(first.resolved.contains("from: \"\(folder)/\(name).yaml\""))
        }
        let again = try Case(bytes: Array(first.resolved.utf8), path: "/elsewhere/resolved.yaml")
        #expect(again.resolved == first.resolved)
        #expect(again.laws.map(\.path) == first.laws.map(\.path))
        #expect(
            first.laws.map(\.path) == [
                "material.volume", "material.thinning", "interface.kinetics", "electrolyte.material.conductivity",
                "cathode.material.open_circuit",
            ])
    }
}
