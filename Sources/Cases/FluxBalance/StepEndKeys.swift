import Models
import Quantities

/// The `until` of a step of a cell.
struct StepEndKeys {
    let ends: [CellStep.End]

    private static let withCurrent = "`step` is `strip`, `plate`, `charge` or `discharge`"

    init(_ keys: KeyReader, _ kind: CellStepKeys.Kind?, _ cell: CellStepKeys.Cell) {
        ends = keys.section("until", "The step ends with the first of these to be met; one at least.") {
            Self.ends($0, kind, cell)
        }
    }

    private static func ends(
        _ keys: KeyReader, _ kind: CellStepKeys.Kind?, _ cell: CellStepKeys.Cell
    ) -> [CellStep.End] {
        var ends: [CellStep.End] = []
        if let time = keys.optionalQuantity(
            "time", .time, example: "2 h", range: .above("0 s", upTo: "1e12 s"), "Time since the step began.")
        {
            ends.append(.time(time))
        }
        let charge = keys.when(kind.map(\.hasCurrent), withCurrent) {
            $0.optionalQuantity(
                "charge", .chargePerArea, example: "1.1 mAh/cm^2", range: .above("0 mAh/cm^2", upTo: "1e9 mAh/cm^2"),
                "Charge passed in the step.")
        }
        if let charge = charge ?? nil { ends.append(.charge(charge)) }
        let voltage = keys.when(kind.map(\.hasCurrent), withCurrent) {
            $0.optionalQuantity(
                "voltage", .potential, example: "4.2 V", range: .from("-100 V", to: "100 V"),
                "The voltage of the cell reaches this, from below while a full cell is charged or another is stripped, from above otherwise; a step that "
                    + "begins beyond it is over. The voltage is that of the cathode against the anode in a full cell, else that of the electrode against the "
                    + "other side of the electrolyte.")
        }
        if let voltage = voltage ?? nil { ends.append(.voltage(voltage)) }
        let contact = keys.when(cell.isAlloy.map { !$0 }, ElectrodeKeys.ofLithium) {
            $0.optionalQuantity(
                "contact_fraction", .dimensionless, example: "0.5", range: .above("0", upTo: "1"),
                "Part of the area in contact: it falls to this while lithium is stripped, and rises to it otherwise.")
        }
        if let contact = contact ?? nil {
            ends.append(.contact(contact))
            if kind?.strips == true && contact < cell.leastContact {
                keys.problem(
                    "contact_fraction",
                    "\(shown(contact)) lies below `voids.least_contact`, \(shown(cell.leastContact)), at which the run ends; raise "
                        + "it")
            }
        }
        if !keys.isDescribing && keys.presentKeys.isEmpty {
            let more = kind?.hasCurrent == true ? " or `charge: 1.1 mAh/cm^2`" : ""
            keys.context.report(keys.location, "`until` is empty: a step needs an end, such as `time: 2 h`\(more)")
        }
        return ends
    }
}

/// The keys of a `ramp`.
struct RampKeys {
    let ramp: CellStep.Ramp?

    /// Whether and how a level is made.
    enum Direction: String, CaseIterable {
        case strip
        case plate
        case alternate
    }

    /// Most levels of a ramp.
    private static let mostLevels = 100_000

    init(_ keys: KeyReader) {
        let direction = keys.word(
            "direction", Direction.self,
            "What a level is: `strip`, `plate`, or `alternate`, a strip and then a plate. In a full cell it is that of the anode."
        )
        func density(_ name: String, _ example: String, _ meaning: String) -> Double {
            keys.quantity(
                name, .currentDensity, example: example, range: .from("1e-12 mA/cm^2", to: "1e6 mA/cm^2"), meaning)
        }
        let first = density("from", "0.05 mA/cm^2", "Current density of the first level.")
        let last = density("to", "3 mA/cm^2", "The ramp ends after the last level that is not above this.")
        let increment = density("increment", "0.05 mA/cm^2", "Rise from level to level.")
        let length: CellStep.Ramp.Length? = keys.variant(
            "level", "How long a level lasts in each direction.",
            [
                .key("charge") {
                    .charge(
                        $0.quantity(
                            "charge", .chargePerArea, example: "1.1 mAh/cm^2",
                            range: .above("0 mAh/cm^2", upTo: "1e9 mAh/cm^2"), "Charge passed."))
                },
                .key("time") {
                    .time($0.quantity("time", .time, example: "1 h", range: .above("0 s", upTo: "1e12 s"), "Time."))
                },
            ])
        let rest = keys.quantity(
            "rest", .time, example: "10 min", default: "0 s", range: .from("0 s", to: "1e12 s"),
            "Rest after each level.")
        if last < first {
            keys.problem(
                "to",
                "\(shown(last, "mA/cm^2")) lies below `from`, \(shown(first, "mA/cm^2")); a ramp rises, so raise it")
        } else if (last - first) / increment >= Double(Self.mostLevels) {
            keys.problem(
                "increment",
                "from \(shown(first, "mA/cm^2")) to \(shown(last, "mA/cm^2")) these are more than \(Self.mostLevels) levels; raise it"
            )
        }
        guard let direction, let length else {
            ramp = nil
            return
        }
        let way: CellStep.Ramp.Direction =
            switch direction {
            case .strip: .strip
            case .plate: .plate
            case .alternate: .alternate
            }
        ramp = CellStep.Ramp(
            direction: way, first: first, increment: increment, last: last, length: length, rest: rest)
    }
}
