/// What the two coordinates of a mesh are.
public enum Coordinates: Sendable, Hashable {
    /// x and y; integrals are for one metre across the plane.
    case cartesian
    /// r = x and z = y; integrals go once round the axis x = 0.
    case axisymmetric
}

/// A place where a weak form is evaluated.
@frozen
public struct QuadraturePoint: Sendable, Hashable {
    /// The position, m.
    public var position: SIMD2<Double>
    /// The outward unit normal on an edge, zero inside a cell.
    public var normal: SIMD2<Double>
    /// The weight of the point: in the plane m2, on an edge m; in axisymmetric coordinates times 2πr.
    public var weight: Double
    /// 1/r in axisymmetric coordinates, zero in the plane, 1/m.
    public var inverseRadius: Double
    /// Number of the cell.
    public var cell: Int
    /// Number of the point in its cell or on its edge.
    public var index: Int

    /// A point from its parts.
    @inlinable
    public init(
        position: SIMD2<Double>, normal: SIMD2<Double>, weight: Double, inverseRadius: Double, cell: Int, index: Int
    ) {
        self.position = position
        self.normal = normal
        self.weight = weight
        self.inverseRadius = inverseRadius
        self.cell = cell
        self.index = index
    }
}
