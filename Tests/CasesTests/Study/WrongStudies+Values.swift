extension WrongStudies {
    /// Values of axes that are wrong.
    static let values: [WrongStudy] = [
        WrongStudy(
            "a value of the wrong dimension",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: diffusivity, values: [1 um]}
            """,
            "study.yaml:4:33: `diffusivity`: expected a diffusivity (such as `cm^2/s`), found a length in "
                + "`um`"),
        WrongStudy(
            "a value out of range",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, values: [0 um, 1 um]}
            """,
            "study.yaml:4:37: `thickness`: 0 um is out of range, expected at least 0.1 nm, at most 10 cm"),
        WrongStudy(
            "an unknown unit",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, values: [1 um, 2 umm]}
            """,
            "study.yaml:4:43: unknown unit `umm`, did you mean `um`?"),
        WrongStudy(
            "units of two kinds",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, values: [1 um, 2 s]}
            """,
            "study.yaml:4:43: found `2 s` (time) where the first value is `1 um` (length); give the "
                + "values of an axis in units of one kind"),
        WrongStudy(
            "a value that is a map",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, values: [1 um, {a: 1}]}
            """,
            "study.yaml:4:43: `values`: expected a quantity such as `5 um` or a word, found a map of keys"),
        WrongStudy(
            "an empty list of values",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, values: []}
            """,
            "study.yaml:4:36: `values`: expected a list such as `[1 um, 2 um, 5 um]`, found an empty list"),
        WrongStudy(
            "an end without a unit",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, linear: {from: 1, to: 2 um, points: 2}}
            """,
            "study.yaml:4:50: `to`: `2 um` (length) is not of the kind of `from`, `1` (dimensionless "
                + "number); give both ends in units of one kind"),
        WrongStudy(
            "an end that is a word",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, linear: {from: thin, to: 2 um, points: 2}}
            """,
            "study.yaml:4:43: `from`: expected a quantity such as `1 um`, found the value `thin`"),
        WrongStudy(
            "an end with an unknown unit",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, linear: {from: 1 um, to: 2 umm, points: 2}}
            """,
            "study.yaml:4:55: `to`: unknown unit `umm`, did you mean `um`?"),
        WrongStudy(
            "ends that are the same",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, linear: {from: 1 um, to: 1000 nm, points: 2}}
            """,
            "study.yaml:4:53: `to`: both ends are `1 um`; give different ones, or `values: [1 um]`"),
        WrongStudy(
            "a span without points",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, linear: {from: 1 um, to: 2 um}}
            """,
            "study.yaml:4:28: the key `points` is missing in `axes.0.linear`: expected an integer, such "
                + "as `points: 10`"),
        WrongStudy(
            "a span of one point",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, linear: {from: 1 um, to: 2 um, points: 1}}
            """,
            "study.yaml:4:67: `points`: 1 is out of range, expected 2 to 100000000"),
        WrongStudy(
            "a logarithm from zero on",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, logarithmic: {from: 0 um, to: 2 um, points: 3}}
            """,
            "study.yaml:4:48: `from`: `0 um` is not positive, which a logarithmic axis needs"),
        WrongStudy(
            "a logarithm of degrees Celsius",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: temperature, logarithmic: {from: 20 degC, to: 40 degC, points: 3}}
            """,
            "study.yaml:4:44: `from`: a logarithmic axis needs a scale from zero on; give the temperature "
                + "in K"),
        WrongStudy(
            "a name that is no word",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: diffusivity, name: D*, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:4:30: `name`: `D*` is not a name of letters a to z, digits and `_` that begins "
                + "with a letter"),
        WrongStudy(
            "a name that the table has",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: diffusivity, name: utilisation, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:4:30: `name`: the table has a column of that name; take another than "
                + "`utilisation`"),
        WrongStudy(
            "one name for two axes",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: diffusivity, name: D, values: [1e-11 cm^2/s]}
              - {key: layer.thickness, name: D, values: [1 um]}
            """,
            "study.yaml:5:34: `name`: another axis has that name; take another than `D`"),
        WrongStudy(
            "two axes for one key",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:5:11: `key`: there are two axes for `diffusivity`; keep one"),
    ]
}
