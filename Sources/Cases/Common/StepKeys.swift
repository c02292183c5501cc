import Models
import Quantities

/// One item of `protocol`.
struct StepKeys {
    let step: ProtocolStep

    /// Events that can end a step.
    enum Event: String, CaseIterable {
        case surfaceSaturates = "surface_saturates"
        case surfaceDepletes = "surface_depletes"
    }

    init(_ keys: KeyReader) {
        let kind =
            keys.word(
                "step", ProtocolStep.Kind.self,
                "`plate`: lithium goes into the layer; `strip`: it leaves; `rest`: no current.")
        let density = keys.when(kind.map { $0 != .rest }, Self.withCurrent) {
            $0.quantity(
                "current_density", .currentDensity, example: "1 mA/cm^2",
                range: .above("0 mA/cm^2", upTo: "1e6 mA/cm^2"),
                "Size of the current density; its direction follows from `step`.")
        }
        let ends = keys.section("until", "The step ends with the first of these to be met; one at least.") {
            Self.ends($0, kind: kind)
        }
        step = ProtocolStep(kind ?? .rest, currentDensity: density ?? 0, ends: ends)
    }

    /// The condition of keys that a rest does not have.
    private static let withCurrent = "`step` is `plate` or `strip`"

    private static func ends(_ keys: KeyReader, kind: ProtocolStep.Kind?) -> [ProtocolStep.End] {
        var ends: [ProtocolStep.End] = []
        let hasCurrent = kind.map { $0 != .rest }
        if let time = keys.optionalQuantity(
            "time", .time, example: "2 h", range: .above("0 s", upTo: "1e12 s"), "Time since the step began.")
        {
            ends.append(.time(time))
        }
        let charge = keys.when(hasCurrent, withCurrent) {
            $0.optionalQuantity(
                "charge", .chargePerArea, example: "3 mAh/cm^2", range: .above("0 mAh/cm^2", upTo: "1e9 mAh/cm^2"),
                "Charge passed in the step.")
        }
        if let charge { ends.append(.charge(charge)) }
        let utilisation = keys.when(hasCurrent, withCurrent) {
            $0.optionalQuantity(
                "utilisation", .dimensionless, example: "0.8", range: .above("0", upTo: "1"),
                "Fraction moved of the lithium that lay between the start of the step and the limit of its direction, with the "
                    + "whole layer at that limit.")
        }
        if let utilisation { ends.append(.utilisation(utilisation)) }
        if let event = keys.event(kind: kind) { ends.append(event) }
        if !keys.isDescribing && keys.presentKeys.isEmpty {
            let more =
                switch kind {
                case .plate: ", `charge: 3 mAh/cm^2`, `utilisation: 0.8` or `event: surface_saturates`"
                case .strip: ", `charge: 3 mAh/cm^2`, `utilisation: 0.8` or `event: surface_depletes`"
                case .rest, nil: ""
                }
            keys.context.report(keys.location, "`until` is empty: a step needs an end, such as `time: 2 h`\(more)")
        }
        return ends
    }
}

extension KeyReader {
    /// The event that ends a step, refused where the step can never reach it.
    fileprivate func event(kind: ProtocolStep.Kind?) -> ProtocolStep.End? {
        let words = StepKeys.Event.allCases.map(\.rawValue)
        declare(
            "event", kind: words.joined(separator: " | "), example: words[0],
            "`surface_saturates` (plate): the concentration at the electrolyte reaches `limits.saturation`; "
                + "`surface_depletes` (strip): it falls to `limits.depletion`.")
        guard let entry = take("event", isRequired: false, example: words[0], kind: listed(words)),
            let word = readWord(entry.value, name: "event", among: words), let event = StepKeys.Event(rawValue: word)
        else { return nil }
        note("event", .plain(word))
        switch (event, kind) {
        case (.surfaceSaturates, .plate): return .surfaceSaturates
        case (.surfaceDepletes, .strip): return .surfaceDepletes
        case (_, nil): return nil
        case (.surfaceSaturates, let kind?):
            let advice = kind == .strip ? "use `surface_depletes`" : "end it by `time`"
            problem("event", "the surface saturates only while plating, and this step is `\(kind.rawValue)`; \(advice)")
        case (.surfaceDepletes, let kind?):
            let advice = kind == .plate ? "use `surface_saturates`" : "end it by `time`"
            problem(
                "event", "the surface depletes only while stripping, and this step is `\(kind.rawValue)`; \(advice)")
        }
        return nil
    }
}
