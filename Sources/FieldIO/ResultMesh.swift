/// An unstructured mesh with VTK's numbering of cells and of their corners.
public struct ResultMesh: Sendable, Hashable {
    /// Positions of the nodes, m.
    public var points: [SIMD3<Double>]
    /// The nodes of the cells, cell after cell.
    public var connectivity: [Int]
    /// Where each cell begins in `connectivity`, and at last its length: one more than there are cells, from 0.
    public var offsets: [Int]
    /// VTK's number of each cell's type, such as `ResultMesh.lineCell`.
    public var cellTypes: [UInt8]

    /// VTK_LINE, the cell with two nodes.
    public static let lineCell: UInt8 = 3
    /// VTK_QUAD, the cell with four corners, counter-clockwise.
    public static let quadrilateralCell: UInt8 = 9

    /// A mesh from its parts; `ResultsFile` checks that they fit together.
    public init(points: [SIMD3<Double>], connectivity: [Int], offsets: [Int], cellTypes: [UInt8]) {
        self.points = points
        self.connectivity = connectivity
        self.offsets = offsets
        self.cellTypes = cellTypes
    }

    /// A one-dimensional mesh on the x axis: nodes at `positions` (m), a line between neighbours.
    public static func line(positions: [Double]) -> ResultMesh {
        let cells = max(positions.count - 1, 0)
        return ResultMesh(
            points: positions.map { SIMD3($0, 0, 0) },
            connectivity: (0..<cells).flatMap { [$0, $0 + 1] },
            offsets: (0...cells).map { 2 * $0 },
            cellTypes: [UInt8](repeating: lineCell, count: cells))
    }

    /// A mesh of `columns` by `rows` quadrilaterals in the plane z = 0.
    ///
    /// - Parameter points: the (`columns` + 1)(`rows` + 1) vertices, m, row by row from the bottom, left to right in a row.
    public static func quadrilaterals(columns: Int, rows: Int, points: [SIMD2<Double>]) -> ResultMesh {
        let cells = columns * rows
        return ResultMesh(
            points: points.map { SIMD3($0, 0) },
            connectivity: (0..<cells).flatMap { cell in
                let first = cell / columns * (columns + 1) + cell % columns
                return [first, first + 1, first + columns + 2, first + columns + 1]
            },
            offsets: (0...cells).map { 4 * $0 },
            cellTypes: [UInt8](repeating: quadrilateralCell, count: cells))
    }

    /// What is wrong with the mesh, if anything.
    func defect() -> String? {
        if points.isEmpty { return "the mesh has no nodes" }
        if offsets.count != cellTypes.count + 1 {
            return "the mesh has \(cellTypes.count) cell types but \(offsets.count) offsets (one more is needed)"
        }
        let descends = zip(offsets, offsets.dropFirst()).contains { $0 > $1 }
        if offsets.first != 0 || offsets.last != connectivity.count || descends {
            return "the cell offsets do not rise from 0 to the length of the connectivity"
        }
        if let node = connectivity.first(where: { !points.indices.contains($0) }) {
            return "a cell uses node \(node) of a mesh of \(points.count) nodes"
        }
        return nil
    }
}
