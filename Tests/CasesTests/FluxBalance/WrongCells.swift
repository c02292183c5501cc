/// Cases of cells that are wrong.
extension WrongCase {
    /// The sample with one override that is wrong, which begins the message.
    static func cell(
        _ name: String, _ text: String = SampleCell.text, set override: String, with others: [String] = [],
        _ problem: String
    ) -> WrongCase {
        WrongCase(name, text: text, set: others + [override], "--set \(override): \(problem)")
    }

    private static let lithiumOnly = "has no effect here: it is used only when `material` is lithium alone; remove it"
    private static let alloyOnly =
        "has no effect here: it is used only when `material` has a host, as `li-mg` does; remove it"

    static let cells = [
        WrongCase(
            "no electrode", text: SampleCell.text.replacing("electrode:\n  thickness: 50 um\n", with: ""),
            "1:1: the key `electrode` is missing: expected a map of keys such as `thickness: 50 um`"),
        WrongCase(
            "no stack, with a hold",
            text: SampleCell.text.replacing("stack:\n  pressure: 5 MPa\n", with: ""),
            set: ["protocol=[{step: hold, until: {time: 1 h}}]"],
            "1:1: the key `stack` is missing: expected a map of keys such as `pressure: 5 MPa`"),
        cell(
            "thickness out of range", set: "electrode.thickness=1 m",
            "`thickness`: 1 m is out of range, expected at least 0.1 nm, at most 10 cm"),
        cell(
            "void height", set: "voids.height=0 um",
            "`height`: 0 um is out of range, expected at least 1 nm, at most 1 mm"),
        cell(
            "contact fraction above one", set: "voids.contact_fraction=1.1",
            "`contact_fraction`: 1.1 is out of range, expected more than 0, at most 1"),
        cell(
            "contact that counts as lost", set: "voids.contact_fraction=0.005",
            "`contact_fraction`: 0.005 does not lie above `least_contact`, 0.01; raise it"),
        cell("lattice of Li-Mg", SampleCell.alloy, set: "electrode.lattice=none", "`lattice` \(lithiumOnly)"),
        cell("creep of Li-Mg", SampleCell.alloy, set: "electrode.creep=none", "`creep` \(lithiumOnly)"),
        cell("voids of Li-Mg", SampleCell.alloy, set: "voids.height=1 um", "`voids` \(lithiumOnly)"),
        cell("spots of Li-Mg", SampleCell.alloy, set: "contact.spot_pitch=1 um", "`spot_pitch` \(lithiumOnly)"),
        cell(
            "confined creep of Li-Mg", SampleCell.alloy, set: "stack.confined_creep=on",
            "`confined_creep` \(lithiumOnly)"),
        cell(
            "contact fraction of Li-Mg", SampleCell.alloy, set: "protocol.0.until.contact_fraction=0.5",
            "`contact_fraction` \(lithiumOnly)"),
        cell("initial of lithium", set: "electrode.initial=1 mol/L", "`initial` \(alloyOnly)"),
        cell("diffusivity of lithium", set: "electrode.diffusivity=1e-11 cm^2/s", "`diffusivity` \(alloyOnly)"),
        cell(
            "mesh of lithium that is not resolved", set: "mesh.cells=8",
            """
            `mesh` has no effect here: it is used only when `electrode.lattice.diffusivity` is given, or `material` has a host, as \
            `li-mg` does; remove it
            """),
        WrongCase(
            "Li-Mg without a start",
            text: SampleCell.alloy.replacing("  initial:\n    mole_fraction: 0.9\n", with: ""),
            """
            3:1: the key `initial` is missing in `electrode`: expected a concentration such as `60 mmol/cm^3` or a map with \
            `mole_fraction`, `li_per_mg` or `site_fraction`
            """),
        cell(
            "Li-Mg above its limit", SampleCell.alloy, set: "electrode.initial=70 mmol/cm^3",
            "`initial`: 70 mmol/cm^3 lies above `limits.saturation`, 69.6 mmol/cm^3"),
        cell(
            "a lattice given twice",
            set: "electrode.lattice={current_density: 1 mA/cm^2, supersaturation: 2, sink_distance: 1 um}",
            "`lattice`: `current_density` and `supersaturation` exclude each other; keep one"),
        cell(
            "a sink of a resolved lattice",
            set: "electrode.lattice={diffusivity: 1e-11 cm^2/s, critical_deficit: 0.1, sink_distance: 1 um}",
            "`sink_distance` has no effect here: it is used only when `supersaturation` is given; remove it"),
        cell(
            "no distance of sinks", set: "electrode.lattice={supersaturation: 2}",
            """
            the key `sink_distance` is missing in `electrode.lattice`: expected a quantity (length), such as \
            `sink_distance: 10 um`
            """),
        cell(
            "sinks of no way to give the lattice", set: "electrode.lattice={sink_distance: 1 um}",
            """
            unknown key `sink_distance` in `electrode.lattice`, expected `current_density`, `diffusivity` or `supersaturation`
            """),
        cell(
            "undersaturated", set: "electrode.lattice={supersaturation: 0.5, sink_distance: 1 um}",
            "`supersaturation`: 0.5 is out of range, expected at least 1, at most 1e6"),
        cell(
            "unknown creep", set: "electrode.creep=thining",
            "`creep`: expected `thinning`, `none` or a map with `current_density`, found the value `thining`, did you mean `thinning`?"
        ),
        cell(
            "spots without an electrolyte", set: "contact.spot_pitch=10 um",
            """
            `contact.spot_pitch`: constriction depends on the conductivity of the electrolyte; give `electrolyte`, or leave it out
            """),
        cell(
            "two conductivities", set: "electrolyte={thickness: 1 mm, conductivity: 1 mS/cm, material: lpscl}",
            "`material` has no effect here: it is used only when `conductivity` is not given; remove it"),
        cell("unknown cell", set: "cell=semi", "`cell`: there is no `semi`, expected `half`, `symmetric` or `full`"),
        cell(
            "cathode of a half cell", set: "cathode.capacity=4 mAh/cm^2",
            "`cathode` has no effect here: it is used only when `cell` is `full`; remove it"),
        WrongCase(
            "full cell without a cathode",
            text: SampleCell.full.replacing("cathode:\n  capacity: 4 mAh/cm^2\n", with: ""),
            "1:1: the key `cathode` is missing: expected a map of keys such as `material: nmc811`"),
        cell(
            "cathode without a capacity", SampleCell.full, set: "cathode={state_of_charge: 1}",
            "`cathode` has neither `capacity` nor `loading`; give one, such as `capacity: 4 mAh/cm^2`"),
        cell(
            "capacity and loading", SampleCell.full, set: "cathode.loading=20 mg/cm^2",
            "`loading` has no effect here: it is used only when `capacity` is not given; remove it"),
        cell(
            "unit of the change of thickness", SampleCell.full, set: "cathode.thickness_change=-0.25 um",
            """
            `thickness_change`: expected a length for a charge per area (such as `um/(mAh/cm^2)`), found a length in `um`
            """),
        WrongCase(
            "Li-Mg that cannot swell in a fixed gap", text: SampleCell.alloy,
            set: ["stack.fixture=fixed_gap", "stack.stiffness=1e11 Pa/m"],
            """
            4:3: `electrode`: Li-Mg in the frame `slab` keeps its thickness, which a `fixture` that is not `constant_pressure` \
            would turn into pressure; set `frame: host`
            """),
        WrongCase(
            "fixed gap without a stiffness", text: SampleCell.text, set: ["stack.fixture=fixed_gap"],
            """
            8:3: `stack`: a `fixture` that is not `constant_pressure` needs the stiffness of cell and rig; give it, such as \
            `stiffness: 1.3e11 Pa/m`
            """),
        WrongCase(
            "fixed gap of a step without a stiffness", text: SampleCell.text,
            set: ["protocol.0.fixture.springs=1e9 Pa/m"],
            """
            8:3: `stack`: a `fixture` that is not `constant_pressure` needs the stiffness of cell and rig; give it, such as \
            `stiffness: 1.3e11 Pa/m`
            """),
        cell(
            "wrong stiffness", set: "stack.stiffness=1 Pa", with: ["stack.fixture=fixed_gap"],
            "`stiffness`: expected a stiffness per area (such as `GPa/m`), found a pressure in `Pa`"),
        WrongCase(
            "confined creep without a radius", text: SampleCell.text, set: ["stack.confined_creep=on"],
            "7:1: the key `radius` is missing in `stack`: expected a quantity (length), such as `radius: 5 mm`"),
        cell(
            "radius without confined creep", set: "stack.radius=5 mm",
            "`radius` has no effect here: it is used only when `confined_creep` is `on`; remove it"),
        WrongCase(
            "a short without its current density", text: SampleCell.text, set: ["short={}"],
            """
            --set short={}: the key `critical_current_density` is missing in `short`: expected a quantity (current density), such \
            as `critical_current_density: 1.453 mA/cm^2`
            """),
    ]
}
