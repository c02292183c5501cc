/// One result of a run as a whole, a scalar in `/summary`.
public struct SummaryValue: Sendable, Hashable {
    /// Name of its dataset; not empty, without `/` and `.`.
    public var name: String
    /// Unit as UDUNITS text; `1` for a plain number.
    public var units: String
    /// What it is, in a few words.
    public var longName: String
    /// The value in SI units.
    public var value: Double

    /// Describes a result.
    public init(name: String, units: String, longName: String, value: Double) {
        self.name = name
        self.units = units
        self.longName = longName
        self.value = value
    }
}
