/// Protocols of cells that are wrong.
extension WrongCase {
    private static func steps(
        _ name: String, _ list: String, of text: String = SampleCell.text, with others: [String] = [],
        _ problems: String...
    ) -> WrongCase {
        let override = "protocol=\(list)"
        var wrong = WrongCase(name, text: text, set: others + [override])
        wrong = WrongCase(copying: wrong, problems: problems.map { "--set \(override): \($0)" })
        return wrong
    }

    private init(copying other: WrongCase, problems: [String]) {
        (name, text, overrides) = (other.name, other.text, other.overrides)
        self.problems = problems
    }

    private static func ramp(_ from: String, _ to: String, _ increment: String) -> String {
        "[{step: ramp, direction: strip, from: \(from), to: \(to), increment: \(increment), level: {time: 1 h}}]"
    }

    static let cellSteps = [
        steps(
            "charge of a half cell", "[{step: charge, current_density: 1 mA/cm^2, until: {time: 1 h}}]",
            "`step`: only a full cell has a `charge`; use `plate`, or `cell: full`"),
        steps(
            "discharge of a symmetric cell", "[{step: discharge, current_density: 1 mA/cm^2, until: {time: 1 h}}]",
            with: ["cell=symmetric"], "`step`: only a full cell has a `discharge`; use `strip`, or `cell: full`"),
        steps(
            "strip of a full cell", "[{step: strip, current_density: 1 mA/cm^2, until: {time: 1 h}}]",
            of: SampleCell.full,
            "`step`: a full cell is charged and discharged; use `discharge` for `strip`"),
        steps(
            "plate within a cycle of a full cell",
            "[{step: cycle, count: 2, steps: [{step: plate, current_density: 1 mA/cm^2, until: {time: 1 h}}]}]",
            of: SampleCell.full, "`step`: a full cell is charged and discharged; use `charge` for `plate`"),
        steps(
            "hold without confined creep", "[{step: hold, until: {time: 1 h}}]",
            "`step`: a hold fills voids as the stack settles by confined creep; set `stack.confined_creep: on`, or use `rest`"
        ),
        steps(
            "hold of Li-Mg", "[{step: hold, until: {time: 1 h}}]", of: SampleCell.alloy,
            "`step`: a hold fills the voids of lithium, and Li-Mg has none; use `rest`"),
        steps(
            "unknown step", "[{step: stripp, current_density: 1 mA/cm^2, until: {time: 1 h}}]",
            "`step`: there is no `stripp`, did you mean `strip`?"),
        steps(
            "rest with a current", "[{step: rest, current_density: 1 mA/cm^2, until: {time: 1 h}}]",
            """
            `current_density` has no effect here: it is used only when `step` is `strip`, `plate`, `charge` or `discharge`; \
            remove it
            """),
        steps(
            "rest until a charge", "[{step: rest, until: {time: 1 h, charge: 1 mAh/cm^2}}]",
            """
            `charge` has no effect here: it is used only when `step` is `strip`, `plate`, `charge` or `discharge`; remove it
            """),
        steps(
            "without an end", "[{step: rest, until: {}}]",
            "`until` is empty: a step needs an end, such as `time: 2 h`"),
        steps(
            "strip without an end", "[{step: strip, current_density: 1 mA/cm^2, until: {}}]",
            "`until` is empty: a step needs an end, such as `time: 2 h` or `charge: 1.1 mAh/cm^2`"),
        steps(
            "contact that is never reached",
            "[{step: strip, current_density: 1 mA/cm^2, until: {contact_fraction: 0.005}}]",
            "`contact_fraction`: 0.005 lies below `voids.least_contact`, 0.01, at which the run ends; raise it"),
        steps(
            "ramp with an end",
            "[{step: ramp, direction: strip, from: 1 mA/cm^2, to: 2 mA/cm^2, increment: 1 mA/cm^2, level: {time: 1 h}, until: "
                + "{time: 1 h}}]",
            "`until` has no effect here: it is used only when `step` is neither `ramp` nor `cycle`; remove it"),
        steps(
            "ramp that falls", ramp("2 mA/cm^2", "1 mA/cm^2", "1 mA/cm^2"),
            "`to`: 1 mA/cm^2 lies below `from`, 2 mA/cm^2; a ramp rises, so raise it"),
        steps(
            "ramp of too many levels", ramp("1 mA/cm^2", "2 mA/cm^2", "1e-6 mA/cm^2"),
            "`increment`: from 1 mA/cm^2 to 2 mA/cm^2 these are more than 100000 levels; raise it"),
        steps(
            "ramp without a rise", ramp("1 mA/cm^2", "2 mA/cm^2", "0 mA/cm^2"),
            "`increment`: 0 mA/cm^2 is out of range, expected at least 1e-12 mA/cm^2, at most 1e6 mA/cm^2"),
        steps(
            "levels of nothing",
            "[{step: ramp, direction: strip, from: 1 mA/cm^2, to: 2 mA/cm^2, increment: 1 mA/cm^2, level: 1 h}]",
            "`level`: expected a map with `charge` or `time`, found the value `1 h`"),
        steps(
            "direction of a strip", "[{step: strip, direction: strip, current_density: 1 mA/cm^2, until: {time: 1 h}}]",
            "`direction` has no effect here: it is used only when `step` is `ramp`; remove it"),
        steps(
            "count of a rest", "[{step: rest, count: 2, until: {time: 1 h}}]",
            "`count` has no effect here: it is used only when `step` is `cycle`; remove it"),
        steps(
            "cycle within a cycle",
            "[{step: cycle, count: 2, steps: [{step: cycle, count: 2, steps: [{step: rest, until: {time: 1 h}}]}]}]",
            "`step`: a cycle does not hold a `cycle`; put it into `protocol`, and what it repeats into one cycle"),
        steps(
            "ramp within a cycle",
            "[{step: cycle, count: 2, steps: [{step: ramp, from: 1 mA/cm^2}]}]",
            "`step`: a cycle does not hold a `ramp`; put it into `protocol`, and what it repeats into one cycle"),
        steps(
            "cycle with a pressure",
            "[{step: cycle, count: 2, pressure: 5 MPa, steps: [{step: rest, until: {time: 1 h}}]}]",
            "`pressure` has no effect here: it is used only when `step` is not `cycle`; remove it"),
        steps(
            "cycle without steps", "[{step: cycle, count: 2}]",
            "the key `steps` is missing in `protocol.0`: expected a list with one or more items (lines that begin with `- `)"
        ),
        steps(
            "too many cycles",
            "[{step: cycle, count: 60000, steps: [{step: rest, until: {time: 1 h}}, {step: rest, until: {time: 1 h}}]}]",
            "`count`: 60000 cycles of 2 steps are 120000 steps, and 100000 are the most; lower it"),
        steps(
            "negative pressure", "[{step: rest, pressure: -1 MPa, until: {time: 1 h}}]",
            "`pressure`: -1 MPa is out of range, expected at least 0 MPa, at most 10 GPa"),
    ]
}
