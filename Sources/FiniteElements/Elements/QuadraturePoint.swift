import LinearAlgebra

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
    /// 1/r in axisymmetric coordinates, zero in the plane and on the axis, 1/m.
    public var inverseRadius: Double
    /// Whether the point lies on the axis r = 0 of axisymmetric coordinates.
    public var isOnAxis: Bool
    /// Number of the cell.
    public var cell: Int
    /// Number of the point in its cell or on its edge.
    public var index: Int

    /// A point from its parts.
    @inlinable
    public init(
        position: SIMD2<Double>, normal: SIMD2<Double>, weight: Double, inverseRadius: Double, isOnAxis: Bool = false,
        cell: Int, index: Int
    ) {
        self.position = position
        self.normal = normal
        self.weight = weight
        self.inverseRadius = inverseRadius
        self.isOnAxis = isOnAxis
        self.cell = cell
        self.index = index
    }

    /// The hoop strain u_r / r of a radial displacement u_r, on the axis its limit ∂u_r/∂r; zero in the plane.
    @inlinable
    public func hoopStrain<S: LawScalar>(_ radial: Jet<S>) -> S {
        isOnAxis ? radial.x : inverseRadius * radial.value
    }
}
