/// A logically rectangular mesh of quadrilateral cells, `columns` by `rows`, with named boundaries.
///
/// Cells and vertices are numbered row by row from the bottom, left to right in a row. The cells are bilinear images of
/// the reference square (``CellCorners``). The sides are the boundaries "bottom", "right", "top" and "left"; a periodic mesh
/// has no left and no right, its last column meets its first.
public struct QuadrilateralMesh: Sendable {
    /// Number of cells in a row.
    public let columns: Int
    /// Number of rows of cells.
    public let rows: Int
    /// Whether the right side is joined to the left.
    public let isPeriodic: Bool
    /// Positions of the vertices, m, (`columns` + 1)(`rows` + 1) of them, also in a periodic mesh.
    public let vertices: [SIMD2<Double>]
    private var boundaries: [String: [CellEdge]]

    /// Number of cells.
    public var cells: Int { columns * rows }

    /// The product of two partitions, moved by a map.
    ///
    /// - Parameters:
    ///   - x: partition from left to right, m.
    ///   - y: partition from bottom to top, m.
    ///   - isPeriodic: joins the right side to the left.
    ///   - map: where a point (x, y) goes, m.
    /// - Throws: ``MeshError`` when the map folds a cell or moves the two sides of a periodic mesh differently.
    public init(
        x: LineMesh, y: LineMesh, isPeriodic: Bool = false, map: (SIMD2<Double>) -> SIMD2<Double> = { $0 }
    ) throws(MeshError) {
        columns = x.cells
        rows = y.cells
        self.isPeriodic = isPeriodic
        vertices = y.vertices.flatMap { y in x.vertices.map { x in map(SIMD2(x, y)) } }
        boundaries = [:]
        for side in Side.allCases where !isPeriodic || side == .bottom || side == .top {
            boundaries["\(side)"] = edges(of: side)
        }
        try refuseInvertedCells()
        if isPeriodic { try refuseUnlikeSides() }
    }

    /// The corners of a cell, m.
    public func corners(ofCell cell: Int) -> CellCorners {
        let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
        let first = row * (columns + 1) + column
        return CellCorners(
            bottomLeft: vertices[first], bottomRight: vertices[first + 1],
            topLeft: vertices[first + columns + 1], topRight: vertices[first + columns + 2])
    }

    /// Names of the boundaries, in alphabetical order.
    public var boundaryNames: [String] { boundaries.keys.sorted() }

    /// The edges of a boundary.
    ///
    /// - Throws: ``MeshError/unknownBoundary(name:known:)``.
    public func edges(ofBoundary name: String) throws(MeshError) -> [CellEdge] {
        guard let edges = boundaries[name] else { throw .unknownBoundary(name: name, known: boundaryNames) }
        return edges
    }

    /// Names those edges of a side whose middle (m) satisfies a condition.
    ///
    /// - Throws: ``MeshError`` when the name is taken, the side is none, or no edge satisfies the condition.
    public mutating func nameBoundary(
        _ name: String, on side: Side, where isPart: (SIMD2<Double>) -> Bool
    ) throws(MeshError) {
        guard boundaries[name] == nil else { throw .repeatedBoundary(name: name) }
        let edges = try edges(ofBoundary: "\(side)").filter { edge in
            isPart(corners(ofCell: edge.cell).position(edge.side.start + 0.5 * edge.side.direction))
        }
        guard !edges.isEmpty else { throw .emptyBoundary(name: name, side: side) }
        boundaries[name] = edges
    }

    private func edges(of side: Side) -> [CellEdge] {
        switch side {
        case .bottom: (0..<columns).map { CellEdge(cell: $0, side: side) }
        case .top: (0..<columns).map { CellEdge(cell: (rows - 1) * columns + $0, side: side) }
        case .left: (0..<rows).map { CellEdge(cell: $0 * columns, side: side) }
        case .right: (0..<rows).map { CellEdge(cell: ($0 + 1) * columns - 1, side: side) }
        }
    }

    /// Tests the corners, where the Jacobian is least: it is then positive at every quadrature point.
    private func refuseInvertedCells() throws(MeshError) {
        for cell in 0..<cells {
            let corners = corners(ofCell: cell)
            for corner in Side.allCases.map(\.start) {
                let jacobian = corners.jacobian(corner)
                guard jacobian > 0, jacobian.isFinite else {
                    let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
                    throw .invertedCell(
                        column: column, row: row, place: corners.position(corner), jacobian: jacobian)
                }
            }
        }
    }

    private func refuseUnlikeSides() throws(MeshError) {
        let period = vertices[columns] - vertices[0]
        let length = (period * period).sum().squareRoot()
        for row in 0...rows {
            let first = row * (columns + 1)
            let gap = vertices[first + columns] - vertices[first] - period
            let distance = (gap * gap).sum().squareRoot()
            guard distance <= 1e-12 * length else { throw .notPeriodic(row: row, distance: distance) }
        }
    }
}
