extension WrongStudies {
    /// Settings, results and layouts that are wrong.
    static let settings: [WrongStudy] = [
        WrongStudy(
            "a key that is set and varied",
            """
            case: base.yaml
            set: {diffusivity: 1e-10 cm^2/s}
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:7: `diffusivity` is varied by an axis as well; keep one"),
        WrongStudy(
            "an axis of models",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: model, values: [transport]}
            """,
            "study.yaml:4:11: `key`: the model cannot vary, as each has results of its own; write a study "
                + "for each"),
        WrongStudy(
            "a set that is a list",
            """
            case: base.yaml
            set: [1, 2]
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:6: `set`: expected a map of key paths such as `output.frames: final`, found a "
                + "list"),
        WrongStudy(
            "a setting that is no path",
            """
            case: base.yaml
            set: {a..b: 1}
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:7: `a..b` is not the path of a key, expected one such as `layer.thickness`"),
        WrongStudy(
            "a setting that the model does not have",
            """
            case: base.yaml
            set: {mesh.cels: 8}
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:7: unknown key `cels` in `mesh`, did you mean `cells`?"),
        WrongStudy(
            "a setting out of range",
            """
            case: base.yaml
            set: {mesh.cells: 1}
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:19: `cells`: 1 is out of range, expected 2 to 1000000"),
        WrongStudy(
            "a setting behind a list item that is not there",
            """
            case: base.yaml
            set: {protocol.7.step: rest}
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:7: the list `protocol` has no item `7`, its only item is 0"),
        WrongStudy(
            "a result that the model does not have",
            """
            case: base.yaml
            keep: [utilization]
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:8: `keep`: transport has no result `utilization`, did you mean `utilisation`?"),
        WrongStudy(
            "a result that is like none",
            """
            case: base.yaml
            keep: [magnetisation]
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:8: `keep`: transport has no result `magnetisation`, expected "
                + "`time_to_saturation`, `time_to_depletion`, `utilisation`, `capacity`, `duration`, "
                + "`concentration_surface`, `concentration_mean`, `thickness`, `thickness_change`, "
                + "`lithium_change`, `conservation_error`, `time_steps`, `rejected_steps` or "
                + "`newton_iterations`"),
        WrongStudy(
            "a result twice",
            """
            case: base.yaml
            keep: [utilisation, utilisation]
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:21: `keep`: `utilisation` stands twice; keep one"),
        WrongStudy(
            "results that are no list",
            """
            case: base.yaml
            keep: utilisation
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:7: `keep`: expected a list of results such as `[utilisation]`, found the value "
                + "`utilisation`"),
        WrongStudy(
            "an unknown engine",
            """
            case: base.yaml
            engine: batch
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:9: `engine`: there is no `batch`, did you mean `batched`?"),
        WrongStudy(
            "unknown runs",
            """
            case: base.yaml
            runs: some
            design: grid
            axes:
              - {key: diffusivity, values: [1e-11 cm^2/s]}
            """,
            "study.yaml:2:7: `runs`: there is no `some`, expected `none`, `failed` or `all`"),
        WrongStudy(
            "axes that are not equally long",
            """
            case: base.yaml
            design: zip
            axes:
              - {key: layer.thickness, values: [1 um, 2 um]}
              - {key: temperature, values: [20 degC]}
            """,
            "study.yaml:5:11: `temperature` has 1 value where `layer.thickness` has 2; in `design: zip` "
                + "all axes are equally long"),
        WrongStudy(
            "too many points",
            """
            case: base.yaml
            design: grid
            axes:
              - {key: layer.thickness, linear: {from: 1 um, to: 2 um, points: 100000}}
              - {key: temperature, linear: {from: 20 degC, to: 30 degC, points: 100000}}
            """,
            "study.yaml:4:11: the grid has 100000 x 100000 points, and a study can have 100000000 at "
                + "most; give fewer values, or sample the axes with `design: sobol`"),
    ]
}
