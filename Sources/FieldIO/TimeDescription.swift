import Quantities

extension QuantityDescription {
    /// Simulated time, the first column of every table.
    static let time = QuantityDescription("time", units: "s", "time")
}
