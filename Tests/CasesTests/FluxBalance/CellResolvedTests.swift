import Cases
import Models
import Testing

@Suite("The resolved case of a cell is a case of its own")
struct CellResolvedTests {
    private func expectStable(_ text: String, _ overrides: [String]) throws {
        let original = try SampleCell.read(text, set: overrides)
        let again = try Case(bytes: Array(original.resolved.utf8), path: "resolved.yaml")
        #expect(again.resolved == original.resolved)
        #expect("\(again.model)" == "\(original.model)")
        #expect(again.extrapolations == original.extrapolations)
    }

    @Test(
        "Read again, it gives itself, whatever the alternatives",
        arguments: [
            [], ["electrode.lattice={current_density: 0.1 mA/cm^2}"],
            ["electrode.lattice={supersaturation: 2, sink_distance: 10 um}"],
            ["electrode.lattice={diffusivity: 1e-11 cm^2/s, critical_deficit: 1e-3}", "mesh.cells=8"],
            ["electrode.creep=none"], ["electrode.creep.current_density=0.2 mA/cm^2"],
            ["voids={height: 2 um, contact_fraction: 0.5, least_contact: 0.1}"],
            ["contact={film_resistance: 1 ohm*cm^2, spot_pitch: 5 um}", "electrolyte={thickness: 1 mm}"],
            ["electrolyte={thickness: 1 mm, conductivity: 1 mS/cm}"], ["cell=symmetric"],
            ["stack={pressure: 20 MPa, fixture: fixed_gap, stiffness: 1e11 Pa/m, confined_creep: on, radius: 5 mm}"],
            ["stack.fixture.springs=1e9 Pa/m", "stack.stiffness=1e11 Pa/m"],
            ["short.critical_current_density=1 mA/cm^2"], ["output.frames.every=1"],
            [
                "protocol=[{step: cycle, count: 2, steps: [{step: strip, current_density: 1 mA/cm^2, pressure: 6 MPa, until: "
                    + "{time: 1 h, charge: 1 mAh/cm^2, voltage: 1 V, contact_fraction: 0.5}}]}, {step: ramp, direction: alternate, "
                    + "from: 1 mA/cm^2, to: 2 mA/cm^2, increment: 1 mA/cm^2, level: {time: 1 h}}]"
            ],
        ])
    func lithium(overrides: [String]) throws { try expectStable(SampleCell.text, overrides) }

    @Test(
        "So does that of Li-Mg",
        arguments: [
            [], ["electrode.frame=host"], ["electrode.slab_volume=host", "electrode.initial=60 mmol/cm^3"],
            ["electrode.diffusivity=1e-11 cm^2/s"],
            ["electrode.initial=60 mmol/cm^3", "electrode.limits.saturation.mole_fraction=0.92"], ["cell=symmetric"],
        ])
    func alloy(overrides: [String]) throws { try expectStable(SampleCell.alloy, overrides) }

    @Test(
        "So does that of a full cell",
        arguments: [
            [], ["cathode={loading: 20 mg/cm^2, specific_capacity: 200 mAh/g, thickness_change: -0.25 um/(mAh/cm^2)}"],
            ["cathode={material: nmc811, loading: 20 mg/cm^2, state_of_charge: 1, resistance: 1 ohm*cm^2}"],
        ])
    func full(overrides: [String]) throws { try expectStable(SampleCell.full, overrides) }

    @Test("Examples and defaults are values that the keys take")
    func examples() throws {
        for key in CaseModels.keys(of: FluxBalanceCase.self) {
            let path = key.path.replacing("[]", with: "0")
            let isOfMaterial = path.hasPrefix("material") || path.hasPrefix("interface") || path.contains("material.")
            if key.example.isEmpty || key.path == "model" || isOfMaterial { continue }
            if ["table", "arrhenius", "formula"].contains(where: path.contains) { continue }
            let setting = "\(path)=\(key.example)"
            do { _ = try SampleCell.read(Self.text(for: path), set: Self.surroundings(of: path) + [setting]) } catch {
                Issue.record("--set \(setting): \(error)")
            }
        }
    }

    /// The sample in which a key has an effect.
    private static func text(for path: String) -> String {
        if path.hasPrefix("cathode") { return SampleCell.full }
        let ofAlloy = ["frame", "slab_volume", "limits", "initial", "diffusivity"]
        return ofAlloy.contains { path.hasPrefix("electrode.\($0)") } ? SampleCell.alloy : SampleCell.text
    }

    /// What a key needs beside it.
    private static func surroundings(of path: String) -> [String] {
        let rest = "{step: rest, until: {time: 1 h}}"
        let current = "{step: strip, current_density: 1 mA/cm^2, until: {time: 1 h}}"
        let ramp =
            "{step: ramp, direction: strip, from: 1 mA/cm^2, to: 3 mA/cm^2, increment: 1 mA/cm^2, level: {time: 1 h}}"
        switch path {
        case "electrode.lattice.sink_distance", "electrode.lattice.correlation_factor",
            "electrode.lattice.supersaturation":
            return ["electrode.lattice={supersaturation: 2, sink_distance: 1 um}"]
        case "electrode.lattice.critical_deficit", "electrode.lattice.diffusivity", "mesh.cells", "mesh.grading":
            return ["electrode.lattice={diffusivity: 1e-11 cm^2/s, critical_deficit: 0.1}"]
        case "electrode.limits.depletion.mole_fraction":
            return ["electrode.limits.depletion={}"]
        case "electrode.limits.depletion", "electrode.limits.depletion.li_per_mg":
            return [
                "electrode.limits={saturation: {li_per_mg: 20}, depletion: {}}", "electrode.initial={li_per_mg: 15}",
            ]
        case "electrode.initial.li_per_mg", "electrode.initial.site_fraction": return ["electrode.initial={}"]
        case "contact.spot_pitch": return ["electrolyte.thickness=1 mm"]
        case "electrolyte.conductivity", "electrolyte.material": return ["electrolyte.thickness=1 mm"]
        case "cathode.loading": return ["cathode={}"]
        case "cathode.specific_capacity": return ["cathode={loading: 20 mg/cm^2}"]
        case "stack.radius": return ["stack.confined_creep=on"]
        case "protocol.0.count": return ["protocol=[{step: cycle, steps: [\(rest)]}]"]
        case "protocol.0.direction", "protocol.0.from", "protocol.0.to", "protocol.0.increment", "protocol.0.rest":
            return ["protocol=[\(ramp)]"]
        case _ where path.hasPrefix("protocol.0.level"): return ["protocol=[\(ramp)]", "protocol.0.level={}"]
        case _ where path.hasPrefix("protocol.0.steps"):
            return ["protocol=[{step: cycle, count: 1, steps: [\(current)]}]", "stack.stiffness=1e11 Pa/m"]
        case _ where path.contains("fixture"): return ["stack.stiffness=1e11 Pa/m"]
        default: return []
        }
    }
}
