/// Cases of transport in the plane that are wrong.
extension WrongCase {
    private static let strip = SampleCase.text.replacing(
        "thickness: 5 um", with: "thickness: 5 um\n  shape: strip\n  width: 10 um")

    static let planes = [
        WrongCase(
            "strip without a width",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n  shape: strip",
            "2:1: the key `width` is missing in `layer`: expected a quantity (length), such as `width: 10 um`"),
        WrongCase(
            "slab with keys of a plane",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n  width: 5 um\n  side: periodic",
            set: ["electrolyte.current_profile=x", "mesh.columns=4", "numerics.threads=2"],
            "4:3: `width` has no effect here: it is used only when `layer.shape` is `strip` or `disk`; remove it",
            "5:3: `side` has no effect here: it is used only when `layer.shape` is `strip`; remove it",
            """
            --set electrolyte.current_profile=x: `electrolyte` has no effect here: it is used only when `layer.shape` is \
            `strip` or `disk`; remove it
            """,
            """
            --set mesh.columns=4: `columns` has no effect here: it is used only when `layer.shape` is `strip` or `disk`; \
            remove it
            """,
            """
            --set numerics.threads=2: `threads` has no effect here: it is used only when `layer.shape` is `strip` or `disk`; \
            remove it
            """),
        WrongCase(
            "disk with a side", text: strip, set: ["layer.shape=disk", "layer.side=periodic"],
            "--set layer.side=periodic: `side` has no effect here: it is used only when `layer.shape` is `strip`; remove it"
        ),
        WrongCase(
            "strip in the frame of the host", text: strip, set: ["layer.frame=host"],
            """
            --set layer.frame=host: `frame`: the thickness of a strip or a disk stays; use `slab`, or `shape: slab`
            """),
        WrongCase(
            "strip that starts from a table", text: strip,
            set: ["initial={table: {position: [0 um, 5 um], concentration: [1 mol/L, 0 mol/L]}}"],
            """
            --set initial={table: {position: [0 um, 5 um], concentration: [1 mol/L, 0 mol/L]}}: `initial`: a table is for a \
            slab; a strip or a disk starts from one composition, give that
            """),
        WrongCase(
            "too many rows", text: strip, set: ["mesh.cells=2001"],
            """
            --set mesh.cells=2001: `cells`: a strip or a disk can have 2000 cells along its thickness at most, found 2001
            """),
        WrongCase(
            "misspelt shape beside keys of a plane", text: strip,
            set: ["layer.shape=strp", "electrolyte.current_profile=x", "mesh.columns=4"],
            "--set layer.shape=strp: `shape`: there is no `strp`, did you mean `strip`?"),
        WrongCase(
            "profile of a strip", text: strip, set: ["electrolyte.current_profile=sqrt(-x)"],
            """
            --set electrolyte.current_profile=sqrt(-x): `current_profile`: the current is not a finite number at x = \
            0.005; it must be one from x = 0 to 1
            """),
    ]
}
