/// Case files that are no YAML, or whose keys are wrong.
extension WrongCase {
    // MARK: - Text and YAML

    static let syntax = [
        WrongCase(
            "bracket not closed",
            replacing: "thickness: 5 um", with: "thickness: [5 um",
            """
            4:12: this is not valid YAML: did not find expected ',' or ']' while parsing a flow sequence; put a \
            comma between two items and close each bracket
            """),
        WrongCase(
            "quote not closed",
            replacing: "thickness: 5 um", with: "thickness: \"5 um",
            "3:14: the quote that opens here is not closed"),
        WrongCase(
            "tab for indentation",
            replacing: "  thickness", with: "\tthickness",
            "3:1: a tab stands here; indent with spaces"),
        WrongCase(
            "indented too far",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n   frame: slab",
            """
            4:9: this is not valid YAML: mapping values are not allowed in this context; check the indentation \
            of this line, and put text that holds `: ` in quotes
            """),
        WrongCase(
            "indented too little",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n frame: slab",
            """
            4:2: this is not valid YAML: did not find expected key while parsing a block mapping; check the \
            indentation of this line and the `: ` behind its key
            """),
        WrongCase(
            "no colon",
            replacing: "thickness: 5 um", with: "thickness 5 um",
            "3:3: `layer`: expected a map of keys such as `thickness: 5 um`, found the value `thickness 5 um`"),
        WrongCase(
            "colon in text",
            replacing: "model: transport", with: "model: transport\ntitle: Fig. 4: plating",
            """
            2:14: this is not valid YAML: mapping values are not allowed in this context; check the indentation \
            of this line, and put text that holds `: ` in quotes
            """),
        WrongCase(
            "empty file",
            text: "",
            "1:1: the file is empty; a case begins with `model: transport`"),
        WrongCase(
            "comments only",
            text: "# a case\n# without keys\n",
            "1:1: the file is empty; a case begins with `model: transport`"),
        WrongCase(
            "a word",
            text: "transport\n",
            "1:1: expected a map of keys such as `model: transport`, found the value `transport`"),
        WrongCase(
            "a list",
            text: "- model: transport\n",
            "1:1: expected a map of keys such as `model: transport`, found a list"),
        WrongCase(
            "control character",
            text: "model: transport\ntitle: a\u{7}b\n",
            "2:9: the control character U+0007 stands here; a case file is YAML text"),
        WrongCase(
            "NUL",
            text: "model\0: transport\n",
            "1:6: the control character U+0000 stands here; a case file is YAML text"),
        WrongCase(
            "C1 control character",
            text: "model: transport # \u{80}\n",
            "1:20: the control character U+0080 stands here; a case file is YAML text"),
        WrongCase(
            "duplicate key",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n  thickness: 5 um",
            "3:3: the key `thickness` stands twice in this map; keep one"),
        WrongCase(
            "second model",
            replacing: "model: transport", with: "model: transport\nmodel: transport",
            "1:1: the key `model` stands twice in this map; keep one"),
        WrongCase(
            "duplicate key in quotes",
            replacing: "thickness: 5 um", with: "1: a\n  \"1\": b",
            "4:3: the key `1` stands twice in this map; keep one"),
        WrongCase(
            "two documents",
            text: SampleCase.text + "---\n" + SampleCase.text,
            "14:1: a second YAML document begins here; a file holds one"),
        WrongCase(
            "nested brackets",
            text: String(repeating: "[", count: 10_000),
            "1:1: lists or maps are nested deeper than 32 levels"),
        WrongCase(
            "closed nested brackets",
            text: "model: " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
            "1:40: lists or maps are nested deeper than 32 levels"),
        WrongCase(
            "nested dashes",
            text: String(repeating: "- ", count: 10_000),
            "1:1999: lists or maps are nested deeper than 32 levels"),
        WrongCase(
            "nested question marks",
            text: String(repeating: "? ", count: 10_000),
            "1:1999: lists or maps are nested deeper than 32 levels"),
        WrongCase(
            "nested indentation",
            text: (0..<1200).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
            "1000:1000: lists or maps are nested deeper than 32 levels"),
        WrongCase(
            "alias",
            replacing: "initial: 0 mmol/cm^3", with: "initial: &none 0 mmol/cm^3\ntemperature: *none",
            "5:10: anchors and aliases are not read; write the value out wherever it is used"),
        WrongCase(
            "alias without anchor",
            replacing: "initial: 0 mmol/cm^3", with: "initial: *none",
            "5:10: anchors and aliases are not read; write the value out wherever it is used"),
        WrongCase(
            "billion laughs",
            text: SampleCase.billionLaughs,
            "3:29: anchors and aliases are not read; write the value out wherever it is used"),
        WrongCase(
            "billion laughs as a key",
            text: SampleCase.billionLaughs + "? *i\n: 1\n",
            "3:29: anchors and aliases are not read; write the value out wherever it is used"),
        WrongCase(
            "larger than 1 MiB",
            text: SampleCase.text + String(repeating: "#", count: 1 << 20),
            "1:1: the file is larger than 1 MiB, too large for a case"),
        WrongCase(
            "too many values",
            text: "model: [" + String(repeating: "1,", count: 200_000) + "]",
            "1:400005: the file holds more than 200000 keys and values, too many"),
        WrongCase(
            "list as a key",
            replacing: "initial: 0 mmol/cm^3", with: "[initial]: 0 mmol/cm^3",
            "5:1: a key must be a word, found a list"),
    ]

    // MARK: - Keys and sections

    static let keys = [
        WrongCase(
            "unknown key",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n  colour: red",
            """
            4:3: unknown key `colour` in `layer`, expected `frame`, `shape`, `side`, `slab_volume`, `thickness` or `width`
            """),
        WrongCase(
            "near miss of a required key",
            replacing: "thickness", with: "thicknes",
            "3:3: unknown key `thicknes` in `layer`, did you mean `thickness`?"),
        WrongCase(
            "near miss of a section",
            replacing: "protocol:", with: "protocl:",
            "8:1: unknown key `protocl` at the top of the case, did you mean `protocol`?"),
        WrongCase(
            "near miss in a list",
            replacing: "until:", with: "untill:",
            "11:5: unknown key `untill` in `protocol.0`, did you mean `until`?"),
        WrongCase(
            "near miss of the model",
            replacing: "model:", with: "modle:",
            "1:1: unknown key `modle` at the top of the case, did you mean `model`?"),
        WrongCase(
            "near miss of a key that is there",
            replacing: "thickness: 5 um", with: "thickness: 5 um\n  thicknes: 6 um",
            "4:3: unknown key `thicknes` in `layer`, did you mean `thickness`?"),
        WrongCase(
            "misplaced key",
            replacing: "layer:", with: "layer:\n  current_density: 1 mA/cm^2",
            "3:3: the key `current_density` is misplaced in `layer`: it belongs in an item of `protocol`"),
        WrongCase(
            "misplaced required key",
            replacing: "thickness: 5 um", with: "frame: slab\nthickness: 5 um",
            "4:1: the key `thickness` is misplaced at the top of the case: it belongs in `layer`"),
        WrongCase(
            "misplaced key with several homes",
            replacing: "initial: 0 mmol/cm^3", with: "mole_fraction: 0.5",
            """
            5:1: the key `mole_fraction` is misplaced at the top of the case: it belongs in `limits.saturation`, \
            in `limits.depletion`, in `diffusivity.table.over` or in `initial`
            """),
        WrongCase(
            "missing key",
            replacing: "    current_density: 1 mA/cm^2\n", with: "",
            """
            9:5: the key `current_density` is missing in `protocol.0`: expected a quantity (current density), \
            such as `current_density: 1 mA/cm^2`
            """),
        WrongCase(
            "missing section",
            replacing: "layer:\n  thickness: 5 um\n", with: "",
            "1:1: the key `layer` is missing: expected a map of keys such as `thickness: 5 um`"),
        WrongCase(
            "missing list",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "",
            """
            1:1: the key `protocol` is missing: expected a list with one or more items (lines that begin with `- \
            `)
            """),
        WrongCase(
            "missing choice",
            replacing: "diffusivity: 6e-11 cm^2/s\n", with: "",
            """
            1:1: the key `diffusivity` is missing: expected a diffusivity such as `6e-11 cm^2/s`, `material` \
            or a map with `arrhenius`, `table` or `formula`
            """),
        WrongCase(
            "missing model",
            replacing: "model: transport\n", with: "",
            "1:1: the key `model` is missing: expected `transport`, `chemo-mechanics`, `flux-balance` or `void-closure`, such as `model: transport`"
        ),
        WrongCase(
            "scalar for a section",
            replacing: "layer:\n  thickness: 5 um\n", with: "layer: 5 um\n",
            "2:8: `layer`: expected a map of keys such as `thickness: 5 um`, found the value `5 um`"),
        WrongCase(
            "list for a section",
            replacing: "layer:\n  thickness: 5 um\n", with: "layer:\n  - thickness: 5 um\n",
            "3:3: `layer`: expected a map of keys such as `thickness: 5 um`, found a list"),
        WrongCase(
            "null for a section",
            replacing: "layer:\n  thickness: 5 um\n", with: "layer:\n",
            "2:7: `layer`: expected a map of keys such as `thickness: 5 um`, found nothing"),
        WrongCase(
            "wrong section that others compare with",
            replacing: "limits:\n  saturation: 69.6 mmol/cm^3\n", with: "limits: 5\n",
            set: ["initial=70 mmol/cm^3"],
            "6:9: `limits`: expected a map of keys such as `saturation: 69.6 mmol/cm^3`, found the value `5`"),
        WrongCase(
            "map for a list",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "protocol:\n  step: plate\n",
            """
            9:3: `protocol`: expected a list with one or more items (lines that begin with `- `), found a map of \
            keys
            """),
        WrongCase(
            "null for a list",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "protocol:\n",
            "8:10: `protocol`: expected a list with one or more items (lines that begin with `- `), found nothing"),
        WrongCase(
            "empty list",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "protocol: []\n",
            """
            8:11: `protocol`: expected a list with one or more items (lines that begin with `- `), found an \
            empty list
            """),
        WrongCase(
            "word for a list item",
            replacing:
                "protocol:\n  - step: plate\n    current_density: 1 mA/cm^2\n    until:\n      event: surface_saturates\n",
            with: "protocol:\n  - plate\n",
            "9:5: `protocol` item 0: expected a map of keys such as `step: plate`, found the value `plate`"),
        WrongCase(
            "unknown model",
            replacing: "model: transport", with: "model: transprot",
            "1:8: `model`: there is no `transprot`, did you mean `transport`?"),
        WrongCase(
            "model far from any",
            replacing: "model: transport", with: "model: phase-field",
            "1:8: `model`: there is no `phase-field`, expected `transport`, `chemo-mechanics`, `flux-balance` or `void-closure`"
        ),
        WrongCase(
            "list for the model",
            replacing: "model: transport", with: "model: [transport]",
            "1:8: `model`: expected `transport`, `chemo-mechanics`, `flux-balance` or `void-closure`, found a list"),
        WrongCase(
            "null for the model",
            replacing: "model: transport", with: "model:",
            "1:7: `model`: expected `transport`, `chemo-mechanics`, `flux-balance` or `void-closure`, found nothing"),
        WrongCase(
            "newer format",
            replacing: "model: transport", with: "mesolith: 2\nmodel: transport",
            "1:11: `mesolith`: 2 is out of range, expected 1"),
        WrongCase(
            "format in words",
            replacing: "model: transport", with: "mesolith: two\nmodel: transport",
            "1:11: `mesolith`: expected a whole number such as `1`, found the value `two`"),
    ]
}
