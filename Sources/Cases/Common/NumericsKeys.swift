import TimeIntegration

/// How the time integration of a case is done.
struct NumericsKeys {
    let settings: IntegratorSettings
    let estimatesError: Bool

    enum Switch: String, CaseIterable {
        case on
        case off
    }

    /// The tolerance of a model, and what it says of its numerics.
    struct Standard {
        let tolerance: String
        let toleranceRange: ValueRange
        let toleranceMeaning: String
        /// The results that must be known within 5 %.
        let resolvedResults: String
    }

    init(_ keys: KeyReader, _ standard: Standard) {
        let step = ValueRange.above("0 s", upTo: "1e12 s")
        settings = IntegratorSettings(
            relativeTolerance: keys.quantity(
                "relative_tolerance", .dimensionless, example: standard.tolerance, default: standard.tolerance,
                range: standard.toleranceRange, standard.toleranceMeaning),
            initialStep: keys.optionalQuantity(
                "initial_step", .time, example: "1 ms", range: step,
                "First time step of each protocol step; chosen from the tolerance when absent."),
            maximumStep: keys.optionalQuantity(
                "max_step", .time, example: "60 s", range: step, "Longest time step; no limit when absent.")
                ?? .infinity,
            maximumSteps: keys.integer(
                "max_steps", in: 1...1_000_000_000, default: 1_000_000,
                "Most time steps in one protocol step, rejected ones included."))
        estimatesError =
            keys.word(
                "error_estimate", Switch.self, default: .on,
                "Whether the case is solved twice more, on half the cells and with thirty times the tolerance, to estimate the error "
                    + "of each result as twice the sum of the differences. A run whose \(standard.resolvedResults) are then off by "
                    + "more than 5 % fails.") == .on
    }
}

extension KeyReader {
    /// The threads that share the work on a plane.
    func threads() -> Int {
        integer(
            "threads", in: 1...64, default: 1,
            "Threads that share the work on the cells; the result does not depend on it.")
    }
}
