/// Case files whose values are wrong, by themselves or beside others, and `--set` arguments.
extension WrongCase {
    // MARK: - Values

    static let values = [
        WrongCase(
            "thickness: wrong dimension",
            replacing: "thickness: 5 um", with: "thickness: 5 V",
            "3:16: `thickness`: expected a length (such as `um`), found a potential in `V`"),
        WrongCase(
            "thickness: missing unit",
            replacing: "thickness: 5 um", with: "thickness: 5",
            "3:15: `thickness`: expected a length with its unit (such as `5 um`), found the bare number 5"),
        WrongCase(
            "thickness: unknown unit",
            replacing: "thickness: 5 um", with: "thickness: 5 umm",
            "3:16: `thickness`: unknown unit `umm`, did you mean `um`?"),
        WrongCase(
            "thickness: unknown unit in quotes",
            replacing: "thickness: 5 um", with: "thickness: '5 umm'",
            "3:17: `thickness`: unknown unit `umm`, did you mean `um`?"),
        WrongCase(
            "thickness: unknown unit behind an escape",
            replacing: "thickness: 5 um", with: "thickness: \"5\\x20umm\"",
            "3:14: `thickness`: unknown unit `umm`, did you mean `um`?"),
        WrongCase(
            "thickness: negative",
            replacing: "thickness: 5 um", with: "thickness: -5 um",
            "3:14: `thickness`: -5 um is out of range, expected at least 0.1 nm, at most 10 cm"),
        WrongCase(
            "thickness: zero",
            replacing: "thickness: 5 um", with: "thickness: 0 um",
            "3:14: `thickness`: 0 um is out of range, expected at least 0.1 nm, at most 10 cm"),
        WrongCase(
            "thickness: NaN",
            replacing: "thickness: 5 um", with: "thickness: nan um",
            "3:14: `thickness`: expected a quantity (length) such as `5 um`, found the value `nan um`"),
        WrongCase(
            "thickness: infinity",
            replacing: "thickness: 5 um", with: "thickness: .inf",
            "3:14: `thickness`: expected a quantity (length) such as `5 um`, found the value `.inf`"),
        WrongCase(
            "thickness: huge",
            replacing: "thickness: 5 um", with: "thickness: 1e30 um",
            "3:14: `thickness`: 1e30 um is out of range, expected at least 0.1 nm, at most 10 cm"),
        WrongCase(
            "thickness: overflow",
            replacing: "thickness: 5 um", with: "thickness: 1e999 um",
            "3:14: `thickness`: `1e999` is too large for a double-precision number"),
        WrongCase(
            "thickness: underflow",
            replacing: "thickness: 5 um", with: "thickness: 1e-999 um",
            "3:14: `thickness`: `1e-999` is too small for a double-precision number"),
        WrongCase(
            "thickness: nothing",
            replacing: "thickness: 5 um", with: "thickness:",
            "3:13: `thickness`: expected a quantity (length) such as `5 um`, found nothing"),
        WrongCase(
            "thickness: null",
            replacing: "thickness: 5 um", with: "thickness: ~",
            "3:14: `thickness`: expected a quantity (length) such as `5 um`, found nothing"),
        WrongCase(
            "thickness: list",
            replacing: "thickness: 5 um", with: "thickness: [5 um]",
            "3:14: `thickness`: expected a quantity (length) such as `5 um`, found a list"),
        WrongCase(
            "thickness: map",
            replacing: "thickness: 5 um", with: "thickness: {value: 5 um}",
            "3:14: `thickness`: expected a quantity (length) such as `5 um`, found a map of keys"),
        WrongCase(
            "thickness: boolean",
            replacing: "thickness: 5 um", with: "thickness: yes",
            "3:14: `thickness`: expected a quantity (length) such as `5 um`, found the value `yes`"),
        WrongCase(
            "thickness: decimal comma",
            replacing: "thickness: 5 um", with: "thickness: 5,5 um",
            "3:15: `thickness`: unexpected `,` in a number, use a point for decimals and no thousands separators"),
        WrongCase(
            "thickness: thousands separator",
            replacing: "thickness: 5 um", with: "thickness: 1_000 um",
            "3:15: `thickness`: unexpected `_` in a number, use a point for decimals and no thousands separators"),
        WrongCase(
            "thickness: control character",
            replacing: "thickness: 5 um", with: "thickness: \"5 \\e[31m\"",
            "3:14: `thickness`: unexpected ` ` in a unit"),
        WrongCase(
            "integer: fraction",
            replacing: "initial: 0 mmol/cm^3", with: "initial: 0 mmol/cm^3\nmesh:\n  cells: 3.5",
            "7:10: `cells`: expected a whole number such as `64`, found the value `3.5`"),
        WrongCase(
            "integer: exponent",
            replacing: "initial: 0 mmol/cm^3", with: "initial: 0 mmol/cm^3\nmesh:\n  cells: 1e3",
            "7:10: `cells`: expected a whole number such as `64`, found the value `1e3`"),
        WrongCase(
            "integer: huge",
            replacing: "initial: 0 mmol/cm^3", with: "initial: 0 mmol/cm^3\nmesh:\n  cells: 99999999999999999999",
            "7:10: `cells`: expected a whole number such as `64`, found the value `99999999999999999999`"),
        WrongCase(
            "integer: hexadecimal",
            replacing: "initial: 0 mmol/cm^3", with: "initial: 0 mmol/cm^3\nmesh:\n  cells: 0x10",
            "7:10: `cells`: expected a whole number such as `64`, found the value `0x10`"),
        WrongCase(
            "integer: too few",
            replacing: "initial: 0 mmol/cm^3", with: "initial: 0 mmol/cm^3\nmesh:\n  cells: 1",
            "7:10: `cells`: 1 is out of range, expected 2 to 1000000"),
        WrongCase(
            "integer: too many",
            replacing: "initial: 0 mmol/cm^3", with: "initial: 0 mmol/cm^3\nmesh:\n  cells: 1000001",
            "7:10: `cells`: 1000001 is out of range, expected 2 to 1000000"),
        WrongCase(
            "integer: nothing",
            replacing: "initial: 0 mmol/cm^3", with: "initial: 0 mmol/cm^3\nmesh:\n  cells:",
            "7:9: `cells`: expected a whole number such as `64`, found nothing"),
        WrongCase(
            "word: near miss",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n  frame: hots",
            "4:10: `frame`: there is no `hots`, did you mean `host`?"),
        WrongCase(
            "word: far off",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n  frame: crystal",
            "4:10: `frame`: there is no `crystal`, expected `slab` or `host`"),
        WrongCase(
            "word: list",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n  frame: [slab]",
            "4:10: `frame`: expected `slab` or `host`, found a list"),
        WrongCase(
            "text: nothing",
            replacing: "model: transport", with: "model: transport\ntitle: \"\"",
            "2:8: `title`: expected text, found an empty text"),
        WrongCase(
            "text: two lines",
            replacing: "model: transport", with: "model: transport\ntitle: \"a\\nb\"",
            "2:8: `title`: expected one line of text, found a line break or a control character"),
        WrongCase(
            "text: map",
            replacing: "model: transport", with: "model: transport\ntitle: {a: b}",
            "2:8: `title`: expected text, found a map of keys"),
        WrongCase(
            "list: item of a wrong dimension",
            replacing: "initial: 0 mmol/cm^3",
            with: "initial:\n  table:\n    position: [0 um, 5 s]\n    concentration: [0 mmol/cm^3, 1 mmol/cm^3]",
            "7:24: `position`: expected a length (such as `um`), found a time in `s`"),
        WrongCase(
            "list: scalar",
            replacing: "initial: 0 mmol/cm^3",
            with: "initial:\n  table:\n    position: 0 um\n    concentration: [0 mmol/cm^3, 1 mmol/cm^3]",
            "7:15: `position`: expected a list such as `[0 um, 5 um]`, found the value `0 um`"),
        WrongCase(
            "list: empty",
            replacing: "initial: 0 mmol/cm^3",
            with: "initial:\n  table:\n    position: []\n    concentration: [0 mmol/cm^3, 1 mmol/cm^3]",
            "7:15: `position`: expected a list such as `[0 um, 5 um]`, found an empty list"),
        WrongCase(
            "alternatives: two",
            replacing: "initial: 0 mmol/cm^3", with: "initial:\n  mole_fraction: 0.5\n  li_per_mg: 1",
            "7:3: `initial`: `mole_fraction` and `li_per_mg` exclude each other; keep one"),
        WrongCase(
            "alternatives: near miss",
            replacing: "initial: 0 mmol/cm^3", with: "initial:\n  mole_fractoin: 0.5",
            "6:3: unknown key `mole_fractoin` in `initial`, did you mean `mole_fraction`?"),
        WrongCase(
            "alternatives: unknown",
            replacing: "initial: 0 mmol/cm^3", with: "initial:\n  molality: 0.5",
            """
            6:3: unknown key `molality` in `initial`, expected `li_per_mg`, `mole_fraction`, `site_fraction` or \
            `table`
            """),
        WrongCase(
            "alternatives: empty",
            replacing: "initial: 0 mmol/cm^3", with: "initial: {}",
            """
            5:10: `initial`: expected a concentration such as `0 mmol/cm^3` or a map with `mole_fraction`, \
            `li_per_mg`, `site_fraction` or `table`, found an empty map
            """),
        WrongCase(
            "alternatives: list",
            replacing: "initial: 0 mmol/cm^3", with: "initial: [0 mmol/cm^3]",
            """
            5:10: `initial`: expected a concentration such as `0 mmol/cm^3` or a map with `mole_fraction`, \
            `li_per_mg`, `site_fraction` or `table`, found a list
            """),
        WrongCase(
            "alternatives: null",
            replacing: "initial: 0 mmol/cm^3", with: "initial:",
            """
            5:9: `initial`: expected a concentration such as `0 mmol/cm^3` or a map with `mole_fraction`, \
            `li_per_mg`, `site_fraction` or `table`, found nothing
            """),
        WrongCase(
            "alternatives: word",
            replacing: "diffusivity: 6e-11 cm^2/s", with: "diffusivity: li-mg",
            """
            4:14: `diffusivity`: expected a diffusivity such as `6e-11 cm^2/s`, `material` or a map \
            with `arrhenius`, `table` or `formula`, found the value `li-mg`
            """),
        WrongCase(
            "alternatives: near miss of a word",
            replacing: "initial: 0 mmol/cm^3", with: "initial: 0 mmol/cm^3\noutput:\n  frames: finall",
            """
            7:11: `frames`: expected `final` or a map with `every`, `interval` or `times`, found the value \
            `finall`, did you mean `final`?
            """),
        WrongCase(
            "alternatives: one and a stranger",
            replacing: "initial: 0 mmol/cm^3", with: "initial: 0 mmol/cm^3\noutput:\n  frames: {every: 1, time: 2 s}",
            "7:22: the key `time` is misplaced in `output.frames`: it belongs in `protocol.until`"),
    ]

    // MARK: - What the parts of a case say of each other

    static let physics = [
        WrongCase(
            "step without until",
            replacing: "    until:\n      event: surface_saturates\n", with: "",
            "9:5: the key `until` is missing in `protocol.0`: expected a map of keys such as `time: 2 h`"),
        WrongCase(
            "null until",
            replacing: "    until:\n      event: surface_saturates\n", with: "    until:\n",
            "11:11: `until`: expected a map of keys such as `time: 2 h`, found nothing"),
        WrongCase(
            "empty until of a plate",
            replacing: "    until:\n      event: surface_saturates\n", with: "    until: {}\n",
            """
            11:5: `until` is empty: a step needs an end, such as `time: 2 h`, `charge: 3 mAh/cm^2`, \
            `utilisation: 0.8` or `event: surface_saturates`
            """),
        WrongCase(
            "empty until of a strip",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "protocol:\n  - step: strip\n    current_density: 1 mA/cm^2\n    until: {}\n",
            """
            11:5: `until` is empty: a step needs an end, such as `time: 2 h`, `charge: 3 mAh/cm^2`, \
            `utilisation: 0.8` or `event: surface_depletes`
            """),
        WrongCase(
            "empty until of a rest",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "protocol:\n  - step: rest\n    until: {}\n",
            "10:5: `until` is empty: a step needs an end, such as `time: 2 h`"),
        WrongCase(
            "event that there is not",
            replacing: "surface_saturates", with: "voltage_reached",
            "12:14: `event`: there is no `voltage_reached`, expected `surface_saturates` or `surface_depletes`"),
        WrongCase(
            "event that a strip never reaches",
            replacing: "step: plate", with: "step: strip",
            """
            12:14: `event`: the surface saturates only while plating, and this step is `strip`; use \
            `surface_depletes`
            """),
        WrongCase(
            "event that a plate never reaches",
            replacing: "surface_saturates", with: "surface_depletes",
            """
            12:14: `event`: the surface depletes only while stripping, and this step is `plate`; use \
            `surface_saturates`
            """),
        WrongCase(
            "event of a rest",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "protocol:\n  - step: rest\n    until: {event: surface_saturates}\n",
            "10:20: `event`: the surface saturates only while plating, and this step is `rest`; end it by `time`"),
        WrongCase(
            "current of a rest",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "protocol:\n  - step: rest\n    current_density: 1 mA/cm^2\n    until: {time: 1 h}\n",
            """
            10:5: `current_density` has no effect here: it is used only when `step` is `plate` or `strip`; \
            remove it
            """),
        WrongCase(
            "charge of a rest",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "protocol:\n  - step: rest\n    until: {charge: 1 mAh/cm^2}\n",
            "10:13: `charge` has no effect here: it is used only when `step` is `plate` or `strip`; remove it"),
        WrongCase(
            "misspelt rest without a current",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "protocol:\n  - step: rset\n    until: {time: 1 h}\n",
            "9:11: `step`: there is no `rset`, did you mean `rest`?"),
        WrongCase(
            "step without its kind",
            replacing: "step: plate\n    ", with: "",
            """
            9:5: the key `step` is missing in `protocol.0`: expected `plate`, `strip` or `rest`, such as `step: \
            plate`
            """),
        WrongCase(
            "slab volume in the host frame",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n  frame: host\n  slab_volume: host",
            "5:3: `slab_volume` has no effect here: it is used only when `layer.frame` is `slab`; remove it"),
        WrongCase(
            "misspelt slab volume",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n  slab_volume: hots",
            set: ["limits.saturation=100 mmol/cm^3"],
            "4:16: `slab_volume`: there is no `hots`, did you mean `host`?"),
        WrongCase(
            "table of unequal lengths",
            replacing: "initial: 0 mmol/cm^3",
            with: "initial:\n  table:\n    position: [0 um, 2 um, 5 um]\n    concentration: [0 mmol/cm^3, 1 mmol/cm^3]",
            "8:20: `concentration`: found 2 where `position` has 3; give as many"),
        WrongCase(
            "table that does not increase",
            replacing: "initial: 0 mmol/cm^3",
            with:
                "initial:\n  table:\n    position: [0 um, 2 um, 1 um]\n    concentration: [0 mol/L, 1 mol/L, 2 mol/L]",
            "7:15: `position`: the values must increase"),
        WrongCase(
            "table of one point",
            replacing: "initial: 0 mmol/cm^3",
            with: "initial:\n  table:\n    position: [0 um]\n    concentration: [0 mmol/cm^3]",
            "7:15: `position`: a table needs two points or more"),
        WrongCase(
            "table that ends before the layer",
            replacing: "initial: 0 mmol/cm^3",
            with: "initial:\n  table:\n    position: [0 um, 4 um]\n    concentration: [0 mmol/cm^3, 1 mmol/cm^3]",
            "7:15: `position`: the positions must begin at 0 and end at `layer.thickness`, 5 um, found 0 um to 4 um"),
        WrongCase(
            "table with a wrong thickness",
            replacing: "initial: 0 mmol/cm^3",
            with: "initial:\n  table:\n    position: [0 um, 5 um]\n    concentration: [0 mmol/cm^3, 1 mmol/cm^3]",
            set: ["layer.thickness=5"],
            """
            --set layer.thickness=5: `thickness`: expected a length with its unit (such as `5 um`), found the \
            bare number 5
            """),
        WrongCase(
            "diffusivity table of unequal lengths",
            replacing: "diffusivity: 6e-11 cm^2/s",
            with: "diffusivity:\n  table:\n    over: {mole_fraction: [0, 0.5]}\n    values: [1e-11 cm^2/s]",
            "7:13: `values`: found 1 where `over` has 2; give as many"),
        WrongCase(
            "diffusivity table without abscissae",
            replacing: "diffusivity: 6e-11 cm^2/s", with: "diffusivity:\n  table:\n    values: [1e-11 cm^2/s]",
            """
            5:3: the key `over` is missing in `diffusivity.table`: expected a map with `concentration`, \
            `mole_fraction` or `li_per_mg`
            """),
        WrongCase(
            "diffusivity table over a wrong composition",
            replacing: "diffusivity: 6e-11 cm^2/s",
            with:
                "diffusivity:\n  table:\n    over: {mole_fraction: [0, 0.5]}\n    values: [1e-11 cm^2/s, 2e-11 cm^2/s]",
            set: ["material.volume.lithium=5 um"],
            """
            --set material.volume.lithium=5 um: `lithium`: expected a molar volume (such \
            as `cm^3/mol`), found a length in `um`
            """),
        WrongCase(
            "saturation below depletion",
            replacing: "saturation: 69.6 mmol/cm^3", with: "saturation: 20 mmol/cm^3\n  depletion: 24 mmol/cm^3",
            "7:15: `limits.saturation`: 20 mmol/cm^3 does not lie above `limits.depletion`, 24 mmol/cm^3"),
        WrongCase(
            "saturation above pure lithium",
            replacing: "saturation: 69.6 mmol/cm^3", with: "saturation: 80 mmol/cm^3",
            """
            7:15: `limits.saturation`: 80 mmol/cm^3 does not lie below pure lithium, 1/V_Li = 76.9231 mmol/cm^3; \
            lower it, or set `layer.slab_volume: host` if concentrations count per volume of Mg
            """),
        WrongCase(
            "saturation above pure lithium in the host frame",
            replacing: "saturation: 69.6 mmol/cm^3", with: "saturation: 80 mmol/cm^3",
            set: ["layer.frame=host"],
            """
            7:15: `limits.saturation`: 80 mmol/cm^3 does not lie below pure lithium, 1/V_Li = 76.9231 mmol/cm^3; \
            lower it
            """),
        WrongCase(
            "initial above saturation",
            replacing: "initial: 0 mmol/cm^3", with: "initial: 70 mmol/cm^3",
            "5:10: `initial`: 70 mmol/cm^3 lies above `limits.saturation`, 69.6 mmol/cm^3"),
        WrongCase(
            "initial below depletion",
            replacing: "saturation: 69.6 mmol/cm^3", with: "saturation: 69.6 mmol/cm^3\n  depletion: 24 mmol/cm^3",
            "5:10: `initial`: 0 mmol/cm^3 lies below `limits.depletion`, 24 mmol/cm^3"),
        WrongCase(
            "frames at times that do not increase",
            replacing: "initial: 0 mmol/cm^3", with: "initial: 0 mmol/cm^3\noutput:\n  frames: {times: [2 s, 1 s]}",
            "7:19: `times`: the times must increase"),
        WrongCase(
            "several mistakes, in the order of the file",
            replacing: "thickness: 5 um", with: "thickness: 5",
            set: ["mesh.cells=0", "temperature=5 um"],
            "3:15: `thickness`: expected a length with its unit (such as `5 um`), found the bare number 5",
            "--set temperature=5 um: `temperature`: expected a temperature (such as `K`), found a length in `um`",
            "--set mesh.cells=0: `cells`: 0 is out of range, expected 2 to 1000000"),
    ]

    // MARK: - --set

    static let overrides = [
        WrongCase(
            "no equals sign",
            set: ["layer.thickness"],
            "--set layer.thickness: expected path=value, such as `layer.thickness=5 um`"),
        WrongCase(
            "no path",
            set: ["=5 um"],
            "--set =5 um: expected path=value, such as `layer.thickness=5 um`"),
        WrongCase(
            "empty part",
            set: ["layer..thickness=5 um"],
            """
            --set layer..thickness=5 um: the path `layer..thickness` has an empty part; write it as in \
            `layer.thickness=5 um`
            """),
        WrongCase(
            "list index out of range",
            set: ["protocol.1.step=rest"],
            "--set protocol.1.step=rest: the list `protocol` has no item `1`, its only item is 0"),
        WrongCase(
            "list index that is a word",
            set: ["protocol.first.step=rest"],
            "--set protocol.first.step=rest: the list `protocol` has no item `first`, its only item is 0"),
        WrongCase(
            "negative list index",
            set: ["protocol.-1.step=rest"],
            "--set protocol.-1.step=rest: the list `protocol` has no item `-1`, its only item is 0"),
        WrongCase(
            "brackets for an index",
            set: ["protocol[0].step=rest"],
            """
            --set protocol[0].step=rest: unknown key `protocol[0]` at the top of the case, did you mean \
            `protocol`?
            """),
        WrongCase(
            "through a scalar",
            set: ["layer.thickness.value=5 um"],
            """
            --set layer.thickness.value=5 um: `thickness`: expected a quantity (length) such as `5 um`, found a \
            map of keys
            """),
        WrongCase(
            "unknown key",
            set: ["layer.colour=red"],
            """
            --set layer.colour=red: unknown key `colour` in `layer`, expected `frame`, `shape`, `side`, `slab_volume`, \
            `thickness` or `width`
            """),
        WrongCase(
            "near miss",
            set: ["layer.thicknes=5 um"],
            "--set layer.thicknes=5 um: unknown key `thicknes` in `layer`, did you mean `thickness`?"),
        WrongCase(
            "unknown key at the top",
            set: ["colour=red"],
            """
            --set colour=red: unknown key `colour` at the top of the case, expected `diffusivity`, `electrolyte`, \
            `initial`, `layer`, `limits`, `material`, `mesh`, `mesolith`, `model`, `numerics`, `output`, `protocol`, \
            `temperature` or `title`
            """),
        WrongCase(
            "missing unit",
            set: ["layer.thickness=5"],
            """
            --set layer.thickness=5: `thickness`: expected a length with its unit (such as `5 um`), found the \
            bare number 5
            """),
        WrongCase(
            "nothing",
            set: ["layer.thickness="],
            "--set layer.thickness=: `thickness`: expected a quantity (length) such as `5 um`, found nothing"),
        WrongCase(
            "not YAML",
            set: ["layer.thickness=[5 um"],
            """
            --set layer.thickness=[5 um: this is not valid YAML: did not find expected ',' or ']' while parsing \
            a flow sequence; put a comma between two items and close each bracket
            """),
        WrongCase(
            "scalar for a section",
            set: ["layer=5 um"],
            "--set layer=5 um: `layer`: expected a map of keys such as `thickness: 5 um`, found the value `5 um`"),
        WrongCase(
            "map for text",
            set: ["title=a: b"],
            "--set title=a: b: `title`: expected text, found a map of keys"),
        WrongCase(
            "out of range",
            set: ["initial.mole_fraction=2"],
            "--set initial.mole_fraction=2: `mole_fraction`: 2 is out of range, expected at least 0, less than 1"),
        WrongCase(
            "empty list item",
            set: ["protocol.0={}"],
            """
            --set protocol.0={}: the key `step` is missing in `protocol.0`: expected `plate`, `strip` or `rest`, \
            such as `step: plate`
            """,
            """
            --set protocol.0={}: the key `until` is missing in `protocol.0`: expected a map of keys such as \
            `time: 2 h`
            """),
        WrongCase(
            "unknown model",
            set: ["model=transprot"],
            "--set model=transprot: `model`: there is no `transprot`, did you mean `transport`?"),
        WrongCase(
            "contradicts the file",
            set: ["limits.saturation=0 mmol/cm^3"],
            """
            --set limits.saturation=0 mmol/cm^3: `limits.saturation`: 0 mmol/cm^3 does not lie above \
            `limits.depletion`, 0 mmol/cm^3
            """),
        WrongCase(
            "a material outside its temperatures",
            set: ["diffusivity=material", "temperature=20 degC"],
            """
            --set temperature=20 degC: `temperature`: the thermodynamics of `li-mg` is stated for 298.15 K to 453.6 K, \
            and the case is at 293.15 K; stay within it, or allow it with \
            `material.allow_extrapolation: [thermodynamics.temperature]`
            """),
        WrongCase(
            "too loose a tolerance",
            set: ["numerics.relative_tolerance=1e-1"],
            """
            --set numerics.relative_tolerance=1e-1: `relative_tolerance`: 1e-1 is out of range, expected at least \
            1e-13, at most 1e-2
            """),
        WrongCase(
            "two ways",
            set: ["diffusivity.formula.unit=cm^2/s", "diffusivity.arrhenius.prefactor=1 cm^2/s"],
            """
            --set diffusivity.arrhenius.prefactor=1 cm^2/s: `diffusivity`: `formula` and `arrhenius` exclude \
            each other; keep one
            """),
        WrongCase(
            "empty section",
            set: ["diffusivity.arrhenius="],
            """
            --set diffusivity.arrhenius=: `arrhenius`: expected a map of keys such as `prefactor: 0.1345 \
            cm^2/s`, found nothing
            """),
        WrongCase(
            "into an empty list",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "protocol: []\n",
            set: ["protocol.0.step=rest"],
            "--set protocol.0.step=rest: the list `protocol` has no item `0`, it is empty"),
    ]
}
