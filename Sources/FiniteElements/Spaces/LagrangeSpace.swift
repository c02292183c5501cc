/// The degree of the polynomials of a Lagrange element in each direction.
@frozen
public enum LagrangeOrder: Int, Sendable, Hashable {
    /// Q1: four nodes, at the corners.
    case linear = 1
    /// Q2: nine nodes, at the corners, the middles of the sides and the centre.
    case quadratic = 2

    /// Number of nodes of a cell.
    public var nodesPerCell: Int { (rawValue + 1) * (rawValue + 1) }
}

/// Continuous Lagrange elements on a mesh: the nodes and their numbering.
///
/// The nodes are a lattice of `rows` by `columns`, numbered row by row from the bottom, left to right in a row, so that
/// neighbours in a row stand side by side. The nodes of a cell are in the same order. In a periodic mesh the nodes of the
/// right side are those of the left.
public struct LagrangeSpace: Sendable {
    /// The mesh.
    public let mesh: QuadrilateralMesh
    /// The degree.
    public let order: LagrangeOrder
    /// Number of nodes in a row.
    public let columns: Int
    /// Number of rows of nodes.
    public let rows: Int

    /// Number of nodes.
    public var count: Int { columns * rows }

    /// Elements of a degree on a mesh.
    public init(mesh: QuadrilateralMesh, order: LagrangeOrder) {
        self.mesh = mesh
        self.order = order
        columns = order.rawValue * mesh.columns + (mesh.isPeriodic ? 0 : 1)
        rows = order.rawValue * mesh.rows + 1
    }

    /// The node of a cell at a place (column, row) of the cell's own lattice, each 0...`order`.
    public func node(ofCell cell: Int, column: Int, row: Int) -> Int {
        let (cellRow, cellColumn) = cell.quotientAndRemainder(dividingBy: mesh.columns)
        let latticeColumn = (order.rawValue * cellColumn + column) % columns
        return (order.rawValue * cellRow + row) * columns + latticeColumn
    }

    /// The nodes of a cell, row by row.
    public func nodes(ofCell cell: Int) -> [Int] {
        (0...order.rawValue).flatMap { row in
            (0...order.rawValue).map { column in node(ofCell: cell, column: column, row: row) }
        }
    }

    /// The nodes on the edges of a boundary, ascending, each once.
    ///
    /// - Throws: ``MeshError/unknownBoundary(name:known:)``.
    public func nodes(onBoundary name: String) throws(MeshError) -> [Int] {
        var nodes: Set<Int> = []
        let last = order.rawValue
        for edge in try mesh.edges(ofBoundary: name) {
            for step in 0...last {
                switch edge.side {
                case .bottom: nodes.insert(node(ofCell: edge.cell, column: step, row: 0))
                case .right: nodes.insert(node(ofCell: edge.cell, column: last, row: step))
                case .top: nodes.insert(node(ofCell: edge.cell, column: step, row: last))
                case .left: nodes.insert(node(ofCell: edge.cell, column: 0, row: step))
                }
            }
        }
        return nodes.sorted()
    }

    /// Positions of the nodes, m; of joined nodes in a periodic mesh, that on the left.
    public var positions: [SIMD2<Double>] {
        let degree = order.rawValue
        return (0..<count).map { node in
            let (row, column) = node.quotientAndRemainder(dividingBy: columns)
            let cellColumn = min(column / degree, mesh.columns - 1)
            let cellRow = min(row / degree, mesh.rows - 1)
            let place = SIMD2(Double(column - degree * cellColumn), Double(row - degree * cellRow)) / Double(degree)
            return mesh.corners(ofCell: cellRow * mesh.columns + cellColumn).position(place)
        }
    }
}
