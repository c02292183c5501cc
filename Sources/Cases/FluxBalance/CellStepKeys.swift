import Models
import Quantities

/// One item of `protocol`, or of the `steps` of a cycle: a step, or a cycle written out.
struct CellStepKeys {
    let steps: [CellStep]

    /// What a step can be.
    enum Kind: String, CaseIterable {
        case strip, plate, rest, hold, ramp, charge, discharge, cycle

        var hasCurrent: Bool { [.strip, .plate, .charge, .discharge].contains(self) }
        /// Whether lithium leaves the working electrode.
        var strips: Bool { self == .strip || self == .discharge }
    }

    /// What a step of a cycle can be.
    private enum InnerKind: String, CaseIterable {
        case strip, plate, rest, hold, charge, discharge
    }

    /// What the steps of a cell depend on.
    struct Cell {
        /// nil after a mistake.
        let kind: CellKind?
        /// Whether the electrode is Li-Mg; nil after a mistake.
        let isAlloy: Bool?
        /// Whether the stack settles by confined creep; nil after a mistake.
        let settles: Bool?
        /// Contact fraction at which contact counts as lost.
        let leastContact: Double
    }

    /// Most steps of a cycle that is written out.
    private static let mostSteps = 100_000
    private static let ofCurrent = "`step` is `strip`, `plate`, `charge` or `discharge`"

    init(_ keys: KeyReader, _ cell: Cell) { steps = Self.outer(keys, cell) }

    private static func outer(_ keys: KeyReader, _ cell: Cell) -> [CellStep] {
        let kind = keys.word(
            "step", Kind.self,
            "`strip`: lithium leaves the electrode; `plate`: it comes onto it; `rest`: no current; `hold`: no current, and confined "
                + "creep fills the voids; `ramp`: currents that rise from level to level until the cell fails; `charge` and "
                + "`discharge`: plate and strip of the anode of a full cell; `cycle`: steps that are repeated.")
        keys.check(kind, cell)
        let cycle: [CellStep]? = keys.when(kind.map { $0 == .cycle }, "`step` is `cycle`") { Self.cycle($0, cell) }
        let ramp: CellStep.Ramp? = keys.when(kind.map { $0 == .ramp }, "`step` is `ramp`") { RampKeys($0).ramp }
        let isSimple = kind.map { $0 != .cycle && $0 != .ramp }
        let simple: [CellStep]? = keys.when(kind.map { $0 != .cycle }, "`step` is not `cycle`") { keys in
            let (pressure, fixture) = hold(keys)
            let density = currentDensity(keys, kind)
            let ends = keys.when(isSimple, "`step` is neither `ramp` nor `cycle`") {
                StepEndKeys($0, kind, cell).ends
            }
            guard let kind, let made = kind.kind(currentDensity: density ?? .nan, ramp: ramp) else { return nil }
            return [CellStep(made, name: kind.rawValue, pressure: pressure, fixture: fixture, ends: ends ?? [])]
        }
        return cycle ?? simple ?? []
    }

    // MARK: - Cycles

    private static func cycle(_ keys: KeyReader, _ cell: Cell) -> [CellStep] {
        let count = keys.integer(
            "count", in: 1...mostSteps, example: 10, "How often the `steps` are done.")
        let steps = keys.list("steps", "The steps of one cycle.") { inner($0, cell) }.flatMap(\.self)
        guard steps.count * count <= mostSteps else {
            keys.problem(
                "count",
                "\(count) cycles of \(steps.count) steps are \(count * steps.count) steps, and \(mostSteps) are the most; lower it"
            )
            return []
        }
        return (0..<count).flatMap { _ in steps }
    }

    private static func inner(_ keys: KeyReader, _ cell: Cell) -> [CellStep] {
        if case .scalar(let word, _)? = keys.entry("step")?.value.content, word == "cycle" || word == "ramp" {
            keys.problem(
                "step", "a cycle does not hold a `\(word)`; put it into `protocol`, and what it repeats into one cycle")
            for key in keys.presentKeys { keys.markAsked(key) }
            return []
        }
        let kind = keys.word(
            "step", InnerKind.self,
            "What the step is, as in `protocol`; a cycle holds neither a ramp nor another cycle."
        ).flatMap { Kind(rawValue: $0.rawValue) }
        keys.check(kind, cell)
        let (pressure, fixture) = hold(keys)
        let density = currentDensity(keys, kind)
        let ends = StepEndKeys(keys, kind, cell).ends
        guard let kind, let made = kind.kind(currentDensity: density ?? .nan, ramp: nil) else { return [] }
        return [CellStep(made, name: kind.rawValue, pressure: pressure, fixture: fixture, ends: ends)]
    }

    // MARK: - What steps have in common

    private static func hold(_ keys: KeyReader) -> (pressure: Double?, fixture: StackParameters.Fixture?) {
        (
            keys.stackPressure(
                isRequired: false, "The pressure that the cell is set to when the step begins; without it that is left."
            ),
            keys.fixture(default: nil, "How the cell is held from here on; without it that is left.")
        )
    }

    private static func currentDensity(_ keys: KeyReader, _ kind: Kind?) -> Double? {
        keys.when(kind.map(\.hasCurrent), ofCurrent) {
            $0.quantity(
                "current_density", .currentDensity, example: "1 mA/cm^2",
                range: .from("1e-12 mA/cm^2", to: "1e6 mA/cm^2"),
                "Size of the current density; its direction follows from `step`.")
        }
    }
}

extension CellStepKeys.Kind {
    /// The step of a cell; nil for a cycle.
    fileprivate func kind(currentDensity: Double, ramp: CellStep.Ramp?) -> CellStep.Kind? {
        switch self {
        case .strip, .discharge: .strip(currentDensity)
        case .plate, .charge: .plate(currentDensity)
        case .rest: .rest
        case .hold: .hold
        case .ramp: ramp.map { .ramp($0) }
        case .cycle: nil
        }
    }
}

extension KeyReader {
    /// Notes a step that the cell cannot do.
    fileprivate func check(_ kind: CellStepKeys.Kind?, _ cell: CellStepKeys.Cell) {
        guard let kind else { return }
        switch (kind, cell.kind) {
        case (.charge, .half), (.charge, .symmetric), (.discharge, .half), (.discharge, .symmetric):
            let other = kind.strips ? "strip" : "plate"
            problem("step", "only a full cell has a `\(kind.rawValue)`; use `\(other)`, or `cell: full`")
        case (.strip, .full), (.plate, .full):
            let other = kind.strips ? "discharge" : "charge"
            problem("step", "a full cell is charged and discharged; use `\(other)` for `\(kind.rawValue)`")
        case (.hold, _):
            if cell.isAlloy == true {
                problem("step", "a hold fills the voids of lithium, and Li-Mg has none; use `rest`")
            } else if cell.settles == false {
                problem(
                    "step",
                    "a hold fills voids as the stack settles by confined creep; set `stack.confined_creep: on`, or use `rest`"
                )
            }
        default: break
        }
    }
}
