import Quantities

/// What a row of a study holds besides its status, steps and CPU time.
public struct StudyColumns: Sendable, Hashable {
    /// The results that are kept, in the order of ``StudyRow/values``.
    public let kept: [QuantityDescription]
    /// Whether each result comes with an estimate of its numerical error.
    public let withErrors: Bool

    /// Columns for the kept results of a study.
    public init(kept: [QuantityDescription], withErrors: Bool) {
        self.kept = kept
        self.withErrors = withErrors
    }

    /// The columns of numbers in the table: each result, followed by its error where there are errors.
    public var outputs: [QuantityDescription] {
        guard withErrors else { return kept }
        return kept.flatMap { quantity in
            [
                quantity,
                QuantityDescription(
                    "\(quantity.name)_error", units: quantity.units,
                    "estimated numerical error of \(quantity.longName)"),
            ]
        }
    }
}
