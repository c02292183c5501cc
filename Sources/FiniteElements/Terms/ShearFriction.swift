import LinearAlgebra

/// Shear between a body and a rigid surface that it may slip along, ∮ τ(u_t) v_t dA, elastic and perfectly plastic.
///
/// With the tangential displacement u_t and the slip s of the surface, the body feels the traction -τ,
///
///     τ = k (u_t - s)  for |k (u_t - s)| <= τ_max,   else ±τ_max, and s follows so that |k (u_t - s)| = τ_max
///
/// (return mapping). k (u_t - s)²/2 is stored and τ ds >= 0 dissipated. As the slip has one direction only, the return is
/// exact for any path along which u_t does not turn back between two calls of ``slip(after:at:)``. The tangent is k where
/// the surface holds and zero where it slips: symmetric and not negative.
@frozen
public struct ShearFriction: WeakForm {
    /// The component of the displacement along x; that along y is the next.
    public var displacement: Int
    /// k, Pa/m.
    public var stiffness: Double
    /// τ_max, Pa.
    public var cap: Double
    /// The slip s at each point of each edge, m, in the order of the edges.
    public var slips: [Double]
    /// Number of points of the edge rule.
    public let pointsPerEdge: Int
    /// Which edge belongs to a cell; -1 for none.
    @usableFromInline let edgeOfCell: [Int32]

    /// Friction without slip along edges that belong to different cells of a mesh.
    ///
    /// - Parameters:
    ///   - edges: the boundary.
    ///   - cells: number of cells of the mesh.
    ///   - pointsPerEdge: points of the assembler's edge rule.
    ///   - displacement: the component of the displacement along x.
    ///   - stiffness: k > 0, Pa/m.
    ///   - cap: τ_max >= 0, Pa.
    /// - Precondition: no cell has two of the edges.
    public init(
        edges: [CellEdge], cells: Int, pointsPerEdge: Int, displacement: Int, stiffness: Double, cap: Double
    ) {
        precondition(stiffness > 0 && cap >= 0)
        var edgeOfCell = [Int32](repeating: -1, count: cells)
        for (number, edge) in edges.enumerated() {
            precondition(edgeOfCell[edge.cell] < 0, "a cell with two edges on one frictional surface")
            edgeOfCell[edge.cell] = Int32(number)
        }
        self.displacement = displacement
        self.stiffness = stiffness
        self.cap = cap
        self.pointsPerEdge = pointsPerEdge
        self.edgeOfCell = edgeOfCell
        slips = [Double](repeating: 0, count: edges.count * pointsPerEdge)
    }

    /// Those of the displacement.
    @inlinable public var equations: Range<Int>? { displacement..<displacement + 2 }
    /// The displacement.
    @inlinable public var inputs: Range<Int>? { displacement..<displacement + 2 }

    /// Where the slip of a point stands in ``slips``.
    @inlinable
    public func place(of point: QuadraturePoint) -> Int { Int(edgeOfCell[point.cell]) * pointsPerEdge + point.index }

    /// The shear traction τ that holds the body back, Pa.
    @inlinable
    public func traction<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> S {
        let tangential = tangential(fields, at: point)
        let trial: S = stiffness * (tangential - slips[place(of: point)])
        if abs(trial.primal) <= cap { return trial }
        return S(trial.primal > 0 ? cap : -cap)
    }

    /// The slip s once the body has come to a displacement, m.
    @inlinable
    public func slip(after fields: Span<Jet<Double>>, at point: QuadraturePoint) -> Double {
        let held = traction(fields, at: point) / stiffness
        let slip = slips[place(of: point)]
        let tangential = tangential(fields, at: point)
        // Where the surface holds, u_t - τ/k is the old slip but for rounding.
        return abs(stiffness * (tangential - slip)) <= cap ? slip : tangential - held
    }

    /// u_t along the surface, to the right of the outward normal.
    @inlinable
    func tangential<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> S {
        point.normal.y * fields[displacement].value - point.normal.x * fields[displacement + 1].value
    }

    /// Adds s = τ t with the tangent t.
    @inlinable
    public func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let tau = traction(fields, at: point)
        let (alongX, alongY) = (displacement, displacement + 1)
        density[alongX].value = density[alongX].value + point.normal.y * tau
        density[alongY].value = density[alongY].value - point.normal.x * tau
    }
}
