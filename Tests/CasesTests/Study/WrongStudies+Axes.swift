extension WrongStudies {
    /// Axes that are wrong.
    static let axes: [WrongStudy] = [
        WrongStudy(
            "no axes",
            """
            case: base.yaml
            axes: []
            """,
            "study.yaml:2:7: `axes`: expected a list with one or more items (lines that begin with `- `), "
                + "found an empty list"),
        WrongStudy(
            "an axis that is a word",
            """
            case: base.yaml
            axes: [diffusivity]
            """,
            "study.yaml:2:8: `axes` item 0: expected a map of keys such as `key: "
                + "protocol.0.current_density`, found the value `diffusivity`"),
        WrongStudy(
            "an axis without a key",
            """
            case: base.yaml
            design: grid
            axes:
              - {values: [1 um]}
            """,
            "study.yaml:4:5: the key `key` is missing in `axes.0`: expected text, such as `key: "
                + "protocol.0.current_density`"),
        WrongStudy(
            "an axis without values",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: diffusivity}
            """,
            "study.yaml:4:5: the axis has no values; give `values`, `linear`, `logarithmic` or `csv`"),
        WrongStudy(
            "a misspelt way to give values",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: diffusivity, vlaues: [1e-11 cm^2/s]}
            """,
            "study.yaml:4:24: unknown key `vlaues` in `axes.0`, did you mean `values`?"),
        WrongStudy(
            "two ways to give values",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s], linear: {from: 1 um, to: 2 um, points: 2}}
            """,
            "study.yaml:4:48: `values` and `linear` exclude each other; keep one"),
        WrongStudy(
            "a value that stands twice",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, values: [1 um, 2 um, 1e-6 m]}
            """,
            "study.yaml:4:49: `layer.thickness`: the value `1e-6 m` stands on this axis before; in `design: grid` give each once"
        ),
        WrongStudy(
            "a path with an empty part",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer..thickness, values: [1 um]}
            """,
            "study.yaml:4:11: `key`: `layer..thickness` is not the path of a key, expected one such as "
                + "`layer.thickness`"),
        WrongStudy(
            "a path with an equals sign",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness=1 um, values: [1 um]}
            """,
            "study.yaml:4:11: `key`: `layer.thickness=1 um` is not the path of a key, expected one such "
                + "as `layer.thickness`"),
        WrongStudy(
            "a key that the model does not have",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: difusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:4:11: unknown key `difusivity` at the top of the case, did you mean "
                + "`diffusivity`?"),
        WrongStudy(
            "a key that is misplaced",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: thickness, values: [1 um]}
            """,
            "study.yaml:4:11: the key `thickness` is misplaced at the top of the case: it belongs in "
                + "`layer`"),
        WrongStudy(
            "a list item that is not there",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: protocol.1.current_density, values: [1 mA/cm^2]}
            """,
            "study.yaml:4:11: the list `protocol` has no item `1`, its only item is 0"),
    ]
}
