import LinearAlgebra

/// A traction on a boundary, -∫ t · v dA, added over its edges: σ n = t.
@frozen
public struct Traction<AlongX: PointLaw, AlongY: PointLaw>: WeakForm {
    /// The component of the displacement along x; that along y is the next.
    public var displacement: Int
    /// t_x from the displacement along x, Pa.
    public var x: AlongX
    /// t_y from the displacement along y, Pa.
    public var y: AlongY

    /// A traction (x, y), Pa.
    @inlinable public init(displacement: Int, x: AlongX, y: AlongY) {
        self.displacement = displacement
        self.x = x
        self.y = y
    }

    /// Those of the displacement.
    @inlinable public var equations: Range<Int>? { displacement..<displacement + 2 }
    /// The displacement.
    @inlinable public var inputs: Range<Int>? { displacement..<displacement + 2 }

    /// Adds s = -t.
    @inlinable
    public func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let (alongX, alongY) = (displacement, displacement + 1)
        density[alongX].value = density[alongX].value - x(fields[alongX].value, at: point)
        density[alongY].value = density[alongY].value - y(fields[alongY].value, at: point)
    }
}

/// A pressure on a boundary, ∫ p n · v dA, added over its edges: σ n = -p n with the outward normal n.
@frozen
public struct Pressure: WeakForm {
    /// The component of the displacement along x; that along y is the next.
    public var displacement: Int
    /// p, Pa, positive when it presses.
    public var pressure: Double

    /// A pressure, Pa.
    @inlinable public init(_ pressure: Double, displacement: Int) {
        self.displacement = displacement
        self.pressure = pressure
    }

    /// Those of the displacement.
    @inlinable public var equations: Range<Int>? { displacement..<displacement + 2 }
    /// The displacement.
    @inlinable public var inputs: Range<Int>? { displacement..<displacement + 2 }

    /// Adds s = p n.
    @inlinable
    public func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let (alongX, alongY) = (displacement, displacement + 1)
        density[alongX].value = density[alongX].value + pressure * point.normal.x
        density[alongY].value = density[alongY].value + pressure * point.normal.y
    }
}
