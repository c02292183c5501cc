/// Values and reference gradients of a Lagrange basis at the points of a rule, tabulated once.
///
/// The basis functions are products of one-dimensional Lagrange polynomials, φ_ab(ξ, η) = l_a(ξ) l_b(η), numbered a + b n.
/// For each point three rows (φ, ∂φ/∂ξ, ∂φ/∂η) stand one after another, each filled up with zeros to whole SIMD4 lanes.
public struct BasisTable: Sendable {
    /// The degree.
    public let order: LagrangeOrder
    /// Number of points.
    public let points: Int
    /// Length of a row: the number of nodes rounded up to a multiple of four.
    public let rowLength: Int
    /// The rows, three for each point.
    public let rows: [Double]

    /// Tabulates the basis of a degree at the points of a rule.
    public init(order: LagrangeOrder, rule: ReferenceRule) {
        self.order = order
        points = rule.points.count
        rowLength = (order.nodesPerCell + 3) / 4 * 4
        var rows: [Double] = []
        for point in rule.points {
            let (xi, eta) = (Self.line(order, point.x), Self.line(order, point.y))
            let filling = [Double](repeating: 0, count: rowLength - order.nodesPerCell)
            rows += eta.values.flatMap { b in xi.values.map { a in a * b } } + filling
            rows += eta.values.flatMap { b in xi.slopes.map { a in a * b } } + filling
            rows += eta.slopes.flatMap { b in xi.values.map { a in a * b } } + filling
        }
        self.rows = rows
    }

    /// The Lagrange polynomials with nodes at 0, 1 or at 0, 1/2, 1 and their derivatives at t.
    private static func line(_ order: LagrangeOrder, _ t: Double) -> (values: [Double], slopes: [Double]) {
        switch order {
        case .linear: ([1 - t, t], [-1, 1])
        case .quadratic:
            ([(1 - t) * (1 - 2 * t), 4 * t * (1 - t), t * (2 * t - 1)], [4 * t - 3, 4 - 8 * t, 4 * t - 1])
        }
    }
}
