import Quantities

/// What a model reports when it has ended.
public struct RunReport: Sendable, Codable {
    /// Whether the protocol was done; false when the observer stopped the run.
    public var finished: Bool
    /// The numbers of the summary that the run reached.
    public var results: [DescribedValue]
    /// The protocol steps, in order; the last one may be cut short.
    public var steps: [ProtocolStepReport]

    /// The report with an estimate of the numerical error of each result but those of `work`, added to what the run itself knows of it.
    ///
    /// The estimate is twice the sum of the differences to the same result at coarser resolutions, one of the mesh and one of the
    /// steps. Both differences are several times the errors they stand for; the factor makes the estimate safe where a
    /// difference happens to be small. The tests hold it against exact solutions.
    public func estimatingErrors(from coarser: [RunReport], except work: [QuantityDescription]) -> RunReport {
        var report = self
        for (index, result) in results.enumerated() where !work.contains(result.quantity) {
            let others = coarser.compactMap { $0.value(of: result.quantity.name) }
            guard others.count == coarser.count else { continue }
            report.results[index].errorEstimate = others.reduce(result.errorEstimate ?? 0) {
                $0 + 2 * abs($1 - result.value)
            }
        }
        return report
    }

    /// The first of some results whose estimated error is more than a twentieth of its value; nil when there is none.
    public func unresolvedResult(among quantities: [QuantityDescription]) -> DescribedValue? {
        results.first { result in
            quantities.contains(result.quantity) && (result.errorEstimate ?? 0) > 0.05 * abs(result.value)
                && result.value != 0
        }
    }

    /// The value of a result in the unit of its description; nil when the run did not reach it.
    public func value(of name: String) -> Double? {
        results.first { $0.quantity.name == name }?.value
    }
}
