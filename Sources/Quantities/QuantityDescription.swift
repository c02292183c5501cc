/// What a number in a result is: the name a script asks for, the unit it stands in, and what it means.
public struct QuantityDescription: Sendable, Hashable, Codable {
    /// Name in files and in JSON, such as `concentration_surface`.
    public var name: String
    /// SI unit as UDUNITS text, such as `mol m-3`; `1` for a plain number.
    public var units: String
    /// Meaning in a few words, as the axis of a plot would say it.
    public var longName: String
    /// Numbers that it has at a point: 1 for a scalar, 2 for a vector in the plane.
    public var components: Int

    /// A description with the given parts; of a scalar, unless the number of components is given.
    public init(_ name: String, units: String, components: Int = 1, _ longName: String) {
        self.name = name
        self.units = units
        self.components = components
        self.longName = longName
    }
}

/// A number of a result with what it is.
public struct DescribedValue: Sendable, Hashable, Codable {
    /// What it is.
    public let quantity: QuantityDescription
    /// The value in the unit of the description.
    public let value: Double
    /// An estimate of the numerical error of the value, in its unit, on the safe side; nil where none was made.
    public var errorEstimate: Double?

    /// A value of a quantity.
    public init(_ quantity: QuantityDescription, _ value: Double, errorEstimate: Double? = nil) {
        self.quantity = quantity
        self.value = value
        self.errorEstimate = errorEstimate
    }
}
