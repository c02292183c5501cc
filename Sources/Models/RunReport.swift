import Quantities

/// What a model reports when it has ended.
public struct RunReport: Sendable {
    /// Whether the protocol was done; false when the observer stopped the run.
    public var finished: Bool
    /// The numbers of the summary that the run reached.
    public var results: [DescribedValue]
    /// The protocol steps, in order; the last one may be cut short.
    public var steps: [ProtocolStepReport]

    /// The value of a result in the unit of its description; nil when the run did not reach it.
    public func value(of name: String) -> Double? {
        results.first { $0.quantity.name == name }?.value
    }
}
