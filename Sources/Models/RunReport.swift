import Quantities

/// What a model reports when it has ended.
public struct RunReport: Sendable {
    /// Whether the protocol was done; false when the observer stopped the run.
    public var finished: Bool
    /// The numbers of the summary that the run reached.
    public var results: [DescribedValue]
    /// The protocol steps, in order; the last one may be cut short.
    public var steps: [ProtocolStepReport]

    /// The report with an estimate of the numerical error of each result but those of `work`.
    ///
    /// The estimate is the difference to the same result at a coarser resolution. With methods of fourth order and half the
    /// cells that is an upper estimate, some ten times the error itself.
    public func estimatingErrors(from coarser: RunReport, except work: [QuantityDescription]) -> RunReport {
        var report = self
        for (index, result) in results.enumerated() where !work.contains(result.quantity) {
            report.results[index].errorEstimate = coarser.value(of: result.quantity.name).map { abs($0 - result.value) }
        }
        return report
    }

    /// The value of a result in the unit of its description; nil when the run did not reach it.
    public func value(of name: String) -> Double? {
        results.first { $0.quantity.name == name }?.value
    }
}
