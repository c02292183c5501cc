/// Cases of layers with stress that are wrong.
extension WrongCase {
    private static func layer(_ name: String, set overrides: String..., problem: String) -> WrongCase {
        WrongCase(name, text: SampleLayer.text, set: overrides, problem)
    }

    static let layers = [
        layer(
            "unknown shape", set: "geometry.shape=disc",
            problem: "--set geometry.shape=disc: `shape`: there is no `disc`, did you mean `disk`?"),
        WrongCase(
            "no geometry",
            text: SampleLayer.text.replacing(
                "geometry:\n  shape: strip\n  thickness: 100 nm\n  width: 200 nm\n", with: ""),
            "1:1: the key `geometry` is missing: expected a map of keys such as `shape: film`"),
        WrongCase(
            "strip without a width", text: SampleLayer.text.replacing("  width: 200 nm\n", with: ""),
            "2:1: the key `width` is missing in `geometry`: expected a quantity (length), such as `width: 100 nm`"),
        WrongCase(
            "film with keys of a width", text: SampleLayer.text.replacing("shape: strip", with: "shape: film"),
            set: ["geometry.side=free", "electrolyte={contact: bonded, current_profile: x}", "mesh.columns=4"],
            "5:3: `width` has no effect here: it is used only when `geometry.shape` is `strip` or `disk`; remove it",
            """
            --set geometry.side=free: `side` has no effect here: it is used only when `geometry.shape` is `strip` or \
            `disk`; remove it
            """,
            """
            --set electrolyte={contact: bonded, current_profile: x}: `contact` has no effect here: it is used only when \
            `geometry.shape` is `strip` or `disk`; remove it
            """,
            """
            --set electrolyte={contact: bonded, current_profile: x}: `current_profile` has no effect here: it is used only \
            when `geometry.shape` is `strip` or `disk`; remove it
            """,
            """
            --set mesh.columns=4: `columns` has no effect here: it is used only when `geometry.shape` is `strip` or `disk`; \
            remove it
            """),
        WrongCase(
            "friction of a film", text: SampleLayer.film, set: ["collector.friction.cap=1 GPa"],
            """
            --set collector.friction.cap=1 GPa: `friction` has no effect here: it is used only when `contact` is \
            `friction`; remove it
            """),
        layer(
            "periodic disk", set: "geometry={shape: disk, thickness: 1 um, width: 1 um, side: periodic}",
            problem: """
                --set geometry={shape: disk, thickness: 1 um, width: 1 um, side: periodic}: `side`: a disk has no period; \
                use `free` or `symmetric`
                """),
        layer(
            "plane stress of a disk", set: "geometry.shape=disk", "geometry.across=plane_stress",
            problem: """
                --set geometry.across=plane_stress: `across` has no effect here: it is used only when `geometry.shape` is \
                `strip`; remove it
                """),
        layer(
            "periodic strip that nothing holds", set: "electrolyte.contact=sliding", "geometry.side=periodic",
            problem: """
                --set geometry.side=periodic: `geometry.side`: nothing holds a periodic strip along x whose contacts are \
                both `sliding`; hold it with `electrolyte.contact` or `collector.contact` as `bonded` or `friction`
                """),
        layer(
            "grading towards a side that is not free", set: "geometry.side=symmetric", "mesh.side_grading=2",
            problem: """
                --set mesh.side_grading=2: `side_grading` has no effect here: it is used only when `geometry.side` is \
                `free`; remove it
                """),
        layer(
            "friction of a bonded surface", set: "electrolyte={contact: bonded, friction: {cap: 1 GPa}}",
            problem: """
                --set electrolyte={contact: bonded, friction: {cap: 1 GPa}}: `friction` has no effect here: it is used only \
                when `contact` is `friction`; remove it
                """),
        layer(
            "friction of a surface that slides", set: "collector.friction.cap=1 GPa",
            problem: """
                --set collector.friction.cap=1 GPa: `friction` has no effect here: it is used only when `contact` is \
                `friction`; remove it
                """),
        layer(
            "friction given twice", set: "electrolyte.friction={cap: 1 GPa, adhesion_energy: 1 J/m^2}",
            problem: """
                --set electrolyte.friction={cap: 1 GPa, adhesion_energy: 1 J/m^2}: `adhesion_energy` has no effect here: it \
                is used only when `cap` is not given; remove it
                """),
        layer(
            "friction of the collector without a cap", set: "collector={contact: friction, friction: {slip: 1 nm}}",
            problem: """
                --set collector={contact: friction, friction: {slip: 1 nm}}: `friction` has neither `cap` nor \
                `adhesion_energy`; give one, such as `cap: 20 MPa`
                """),
        layer(
            "friction of the collector that is missing", set: "collector.contact=friction",
            problem: """
                --set collector.contact=friction: the key `friction` is missing in `collector`: expected a map of keys such as \
                `cap: 1 GPa`
                """),
        layer(
            "misspelt contact beside its friction", set: "collector={contact: fricton, friction: {slip: 1 nm}}",
            problem: """
                --set collector={contact: fricton, friction: {slip: 1 nm}}: `contact`: there is no `fricton`, did you mean \
                `friction`?
                """),
        layer(
            "wrong unit of an energy", set: "electrolyte.friction.adhesion_energy=1 J",
            problem: """
                --set electrolyte.friction.adhesion_energy=1 J: `adhesion_energy`: expected a surface energy (such as \
                `J/m^2`), found an energy in `J`
                """),
        layer(
            "negative pressure", set: "electrolyte.stack_pressure=-1 MPa",
            problem: """
                --set electrolyte.stack_pressure=-1 MPa: `stack_pressure`: -1 MPa is out of range, expected at least 0 MPa, at \
                most 10 GPa
                """),
        layer(
            "profile of another variable", set: "electrolyte.current_profile=1 + y",
            problem: """
                --set electrolyte.current_profile=1 + y: `current_profile`: unknown name `y`, the names here are `x`, `pi`
                """),
        layer(
            "profile that is infinite at the axis", set: "electrolyte.current_profile=1 / x",
            problem: """
                --set electrolyte.current_profile=1 / x: `current_profile`: the current is not a finite number at x = 0; it \
                must be one from x = 0 to 1
                """),
        layer(
            "profile without a mean", set: "electrolyte.current_profile=1 - 2 * x",
            problem: """
                --set electrolyte.current_profile=1 - 2 * x: `current_profile`: the mean of the current is not positive, and it \
                is scaled to `current_density`; give a formula with a positive mean
                """),
        layer(
            "lattice gas without its sites", set: "lithium.solution=lattice_gas",
            problem: """
                6:1: the key `maximum` is missing in `lithium`: expected a concentration such as \
                `71.4 mmol/cm^3` or a map with `mole_fraction` or `li_per_mg`
                """),
        layer(
            "lattice gas that the run fills", set: "lithium={solution: lattice_gas, maximum: 69.6 mmol/cm^3}",
            "lithium.diffusivity=1e-11 cm^2/s",
            problem: """
                --set lithium={solution: lattice_gas, maximum: 69.6 mmol/cm^3}: `lithium.maximum`: 69.6 mmol/cm^3 does not \
                lie above the lithium that the run can reach, 69.6 mmol/cm^3; raise it, or lower `limits.saturation`
                """),
        layer(
            "sites of an alloy", set: "lithium.maximum=100 mmol/cm^3",
            problem: """
                --set lithium.maximum=100 mmol/cm^3: `maximum` has no effect here: it is used only when `solution` is \
                `lattice_gas`; remove it
                """),
        layer(
            "decomposes by itself", set: "lithium.solution=dilute", "limits.saturation.li_per_mg=20",
            problem: """
                --set limits.saturation.li_per_mg=20: `limits.saturation`: the layer decomposes by itself at n_Li / n_Mg = 2.3: its \
                stiffness falls faster with its lithium than its potential rises; lower the limit, or take an `isotropic` \
                stiffness or `coupling: one-way`
                """),
        layer(
            "initial above saturation", set: "initial.li_per_mg=30",
            problem: """
                --set initial.li_per_mg=30: `initial`: 74.2574 mmol/cm^3 lies above `limits.saturation`, 69.6 mmol/cm^3
                """),
        layer(
            "initial below zero", set: "initial.li_per_mg=-1",
            problem: """
                --set initial.li_per_mg=-1: `li_per_mg`: -1 is out of range, expected at least 0, at most 1e6
                """),
        layer(
            "no such coupling", set: "coupling=twoway",
            problem: "--set coupling=twoway: `coupling`: there is no `twoway`, did you mean `two-way`?"),
        layer(
            "excess volume", set: "material.volume.excess=[-1 cm^3/mol]",
            problem: """
                --set material.volume.excess=[-1 cm^3/mol]: `material`: `li-mg` has an excess volume, and chemo-mechanics takes the partial molar volumes as \
                constant; leave `volume.excess` out
                """),
        layer(
            "too many threads", set: "numerics.threads=65",
            problem: "--set numerics.threads=65: `threads`: 65 is out of range, expected 1 to 64"),
        layer(
            "too tight a tolerance", set: "numerics.relative_tolerance=1e-9",
            problem: """
                --set numerics.relative_tolerance=1e-9: `relative_tolerance`: 1e-9 is out of range, expected at least 1e-8, at \
                most 1e-3
                """),
        layer(
            "key of another model", set: "mesh.cells=3",
            problem: """
                --set mesh.cells=3: unknown key `cells` in `mesh`, expected `columns`, `electrolyte_grading`, `rows` or \
                `side_grading`
                """),
        layer(
            "formula that is not positive",
            set: "lithium={diffusivity: {formula: {expression: 1 - 3 * x, unit: cm^2/s}}}",
            problem: """
                --set lithium={diffusivity: {formula: {expression: 1 - 3 * x, unit: cm^2/s}}}: `lithium.diffusivity`: D is \
                -0.000852512 cm^2/s at the mole fraction x = 0.333618; expected 1e-22 to 1 cm^2/s at every composition of the run
                """),
    ]
}
