import Models

/// The `stack`: what presses the cell together.
struct StackKeys {
    /// Pa
    let pressure: Double
    /// nil after a mistake.
    let fixture: StackParameters.Fixture?
    /// Pa/m
    let stiffness: Double?
    /// nil after a mistake.
    let settles: Bool?
    /// m
    let radius: Double

    init(_ keys: KeyReader, isAlloy: Bool?) {
        pressure =
            keys.stackPressure(
                isRequired: true,
                "Pressure at the start, on the whole area; where voids are it rests on what is in contact.")
            ?? .nan
        fixture = keys.fixture(
            default: (.plain("constant_pressure"), .constantPressure), "How the cell is held, until a step changes it.")
        stiffness = keys.optionalQuantity(
            "stiffness", .stiffnessPerArea, example: "1.3e11 Pa/m", range: .above("0 Pa/m", upTo: "1e18 Pa/m"),
            "Stiffness of cell and rig for each area; required where a `fixture`, that of a step included, is not "
                + "`constant_pressure`.")
        let creep = keys.when(isAlloy.map { !$0 }, ElectrodeKeys.ofLithium) {
            $0.word(
                "confined_creep", NumericsKeys.Switch.self, default: .off,
                "Whether the stack settles under pressure, by the law of `material` with this name: it relaxes the pressure where the "
                    + "gap or the springs hold it, and fills voids in a `hold`.")
        }
        settles = keys.isStandIn ? nil : isAlloy == true ? false : creep.map { $0 == .on }
        radius =
            keys.when(settles, "`confined_creep` is `on`") {
                $0.quantity(
                    "radius", .length, example: "5 mm", range: .from("1 um", to: "1 m"), "Radius of the electrode.")
            } ?? .nan
    }
}

extension KeyReader {
    /// A `pressure` on the cell, Pa.
    func stackPressure(isRequired: Bool, _ meaning: String) -> Double? {
        let range = ValueRange.from("0 MPa", to: "10 GPa")
        if isRequired { return quantity("pressure", .pressure, example: "5 MPa", range: range, meaning) }
        return optionalQuantity("pressure", .pressure, example: "25 MPa", range: range, meaning)
    }

    /// How a cell is held; nil where it is not said, or after a mistake.
    func fixture(
        default standard: (text: ResolvedNode, value: StackParameters.Fixture)?, _ meaning: String
    ) -> StackParameters.Fixture? {
        optionalVariant(
            "fixture", isRequired: false, default: standard,
            meaning
                + " `constant_pressure`: the pressure stays; `fixed_gap`: the gap stays, and every change of thickness strains "
                + "cell and rig.",
            [
                .word("constant_pressure", .constantPressure), .word("fixed_gap", .fixedGap),
                .key("springs") {
                    .springs(
                        stiffness: $0.quantity(
                            "springs", .stiffnessPerArea, example: "9.35e8 Pa/m",
                            range: .above("0 Pa/m", upTo: "1e18 Pa/m"),
                            "Stiffness for each area of springs in series with cell and rig."))
                },
            ])
    }
}
