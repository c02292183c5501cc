/// An unknown field of a system: a name, one or two components, a degree.
public struct Field: Sendable, Hashable {
    /// The name, unique in its system.
    public let name: String
    /// Number of components: one for a scalar, two for a vector in the plane.
    public let components: Int
    /// The degree of its elements.
    public let order: LagrangeOrder

    /// A scalar field.
    public static func scalar(_ name: String, _ order: LagrangeOrder) -> Field {
        Field(name: name, components: 1, order: order)
    }

    /// A vector field with components along x and y.
    public static func vector(_ name: String, _ order: LagrangeOrder) -> Field {
        Field(name: name, components: 2, order: order)
    }
}
