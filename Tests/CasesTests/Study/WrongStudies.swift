/// Studies that are wrong and what must be said about them.
enum WrongStudies {
    static let all = top + settings + axes + values + tables

    /// Files and layouts that are wrong.
    static let top: [WrongStudy] = [
        WrongStudy(
            "an empty file",
            "",
            "study.yaml:1:1: the file is empty; a study begins with `case: wang2024-fig4a.yaml`"),
        WrongStudy(
            "a list",
            """
            - case: base.yaml
            """,
            "study.yaml:1:1: expected a map of keys such as `case: wang2024-fig4a.yaml`, found a list"),
        WrongStudy(
            "no case and no axes",
            """
            title: nothing
            """,
            "study.yaml:1:1: the key `case` is missing: expected text, such as `case: "
                + "wang2024-fig4a.yaml`",
            "study.yaml:1:1: the key `axes` is missing: expected a list with one or more items (lines "
                + "that begin with `- `)"),
        WrongStudy(
            "a base case that is not there",
            """
            case: other.yaml
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:1:7: `case`: there is no case file `other.yaml`; give its path as seen from the "
                + "study file"),
        WrongStudy(
            "a base case that is wrong",
            """
            case: bad.yaml
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            files: ["bad.yaml": "model: transport\nlayer: {thickness: 5}\n"],
            "bad.yaml:1:1: the key `protocol` is missing: expected a list with one or more items (lines "
                + "that begin with `- `)",
            "bad.yaml:2:21: `thickness`: expected a length with its unit (such as `5 um`), found the bare "
                + "number 5"),
        WrongStudy(
            "a base case without a model",
            """
            case: bad.yaml
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            files: ["bad.yaml": "layer: {thickness: 5 um}\n"],
            "bad.yaml:1:1: the key `model` is missing: expected `transport`, `chemo-mechanics`, `flux-balance` or `void-closure`, such as "
                + "`model: transport`"),
        WrongStudy(
            "a misspelt key",
            """
            case: base.yaml
            titel: a study
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:1: unknown key `titel` at the top of the study, did you mean `title`?"),
        WrongStudy(
            "an unknown key",
            """
            case: base.yaml
            workers: 4
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:1: unknown key `workers` at the top of the study, expected `axes`, `case`, "
                + "`design`, `engine`, `keep`, `mesolith`, `runs`, `samples`, `seed`, `set` or `title`"),
        WrongStudy(
            "a key of an axis at the top",
            """
            case: base.yaml
            points: 4
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:1: the key `points` is misplaced at the top of the study: it belongs in "
                + "`axes.linear` or in `axes.logarithmic`"),
        WrongStudy(
            "a newer format",
            """
            case: base.yaml
            mesolith: 2
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:11: `mesolith`: 2 is out of range, expected 1"),
        WrongStudy(
            "an unknown design",
            """
            case: base.yaml
            design: gird
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:9: `design`: there is no `gird`, did you mean `grid`?"),
        WrongStudy(
            "samples in a grid",
            """
            case: base.yaml
            samples: 10
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:1: `samples` has no effect here: it is used only when `design` is "
                + "`latin_hypercube` or `sobol`; remove it"),
        WrongStudy(
            "no samples",
            """
            case: base.yaml
            design: sobol
            axes:
              - {key: diffusivity, linear: {from: 1e-11 cm^2/s, to: 2e-11 cm^2/s}}
            """,
            "study.yaml:1:1: the key `samples` is missing: expected an integer, such as `samples: 256`"),
        WrongStudy(
            "points in a sample",
            """
            case: base.yaml
            samples: 8
            design: sobol
            axes:
              - {key: diffusivity, linear: {from: 1e-11 cm^2/s, to: 2e-11 cm^2/s, points: 3}}
            """,
            "study.yaml:5:71: `points` has no effect here: it is used only when `design` is `grid` or "
                + "`zip`; remove it"),
        WrongStudy(
            "too many samples",
            """
            case: base.yaml
            samples: 200000000
            design: sobol
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:10: `samples`: 200000000 is out of range, expected 1 to 100000000"),
    ]
}
