/// Name, unit and meaning of a quantity in a results file.
public struct FieldDescription: Sendable, Hashable {
    /// Name of its dataset; not empty, without `/` and `.`, which the file formats reserve.
    public var name: String
    /// Unit as UDUNITS text, such as `mol m-3`; `1` for a plain number.
    public var units: String
    /// What it is, in a few words.
    public var longName: String

    /// Describes a quantity.
    public init(name: String, units: String, longName: String) {
        self.name = name
        self.units = units
        self.longName = longName
    }

    /// Simulated time, the first column of every table.
    static let time = FieldDescription(name: "time", units: "s", longName: "time")
}
