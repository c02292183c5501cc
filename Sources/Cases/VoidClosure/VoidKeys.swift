import Materials
import Quantities
import TimeIntegration

/// The void and the metal around it.
struct VoidGeometryKeys {
    let shape: VoidShape
    let radius: Double
    /// Infinite for a void alone.
    let outerRadius: Double
    /// Nil after a mistake.
    let isAlone: Bool?

    init(_ keys: KeyReader) {
        let shape: VoidShape =
            keys.word(
                "shape", VoidShape.self, default: .sphere, "`sphere`, or `cylinder` in plane strain along its axis.")
            ?? .sphere
        self.shape = shape
        let length = ValueRange.above("0 um", upTo: "1 m")
        radius = keys.quantity(
            "radius", .length, example: "1 um", range: .from("1 nm", to: "1 m"), "Radius a of the void at the start.")
        let outer = keys.optionalQuantity(
            "outer_radius", .length, example: "10 um", range: length,
            "Outer radius b of the metal at the start; without it and `spacing` the void is alone in metal without end."
        )
        let spacing = keys.optionalQuantity(
            "spacing", .length, example: "20 um", range: length,
            "Distance of voids on a cubic (sphere) or square (cylinder) lattice, in place of `outer_radius`: that of "
                + "the same volume, 0.620 or 0.564 of it.")
        let given = spacing.map { shape.outerRadius(spacing: $0) } ?? outer
        outerRadius = given ?? .infinity
        let presence = ["outer_radius", "spacing"].filter(keys.presentKeys.contains)
        isAlone = keys.isDescribing ? nil : presence.isEmpty
        if presence.count == 2 {
            keys.problem("spacing", "`outer_radius` and `spacing` exclude each other; keep one")
        } else if let given, given <= 1.01 * radius {
            keys.problem(
                presence.first ?? "radius",
                "the outer radius of \(shown(given, "um")) does not lie above 1.01 times the radius of the void, "
                    + "\(shown(radius, "um"))")
        }
    }
}

/// What ends a run.
struct VoidEndKeys {
    let time: Double?
    let fraction: Double

    init(_ keys: KeyReader) {
        time = keys.optionalQuantity(
            "time", .time, example: "2 h", range: .above("0 s", upTo: "1e12 s"),
            "Time since the start; needed with a current.")
        fraction = keys.quantity(
            "fraction", .dimensionless, example: "0.01", default: "0.01", range: .from("1e-6", to: "0.999"),
            "Radius over that at the start at which the void counts as closed.")
    }
}

/// How the radius is integrated.
struct VoidNumericsKeys {
    let settings: IntegratorSettings
    let estimatesError: Bool

    init(_ keys: KeyReader) {
        settings = IntegratorSettings(
            relativeTolerance: keys.quantity(
                "relative_tolerance", .dimensionless, example: "1e-10", default: "1e-10",
                range: .from("1e-13", to: "1e-3"),
                "Largest local error of a step in ln a and in ln(1 + t/T), with the e-folding time T at the start."),
            maximumStep: keys.quantity(
                "max_step", .dimensionless, example: "0.1", default: "0.1", range: .above("0", upTo: "1e6"),
                "Longest step of ln a and ln(1 + t/T) together; it sets how many rows the series has."),
            maximumSteps: keys.integer(
                "max_steps", in: 1...1_000_000_000, default: 1_000_000, "Most time steps, rejected ones included."))
        estimatesError =
            keys.word(
                "error_estimate", NumericsKeys.Switch.self, default: .on,
                "Whether the case is solved once more, with thirty times the tolerance and steps twice as long, to estimate the "
                    + "error of each result as twice the difference. A run whose times are then off by more than 5 % fails."
            )
            == .on
    }
}
