/// The tables that frames go to besides `/VTKHDF`, after the shape of the mesh.
public enum FrameTables: Sendable, Hashable {
    /// `/profiles` over (time, node), for a mesh on the x axis.
    case profiles
    /// `/fields` over (time, row, column), for `ResultMesh.quadrilaterals`.
    ///
    /// - isAxisymmetric: whether x is the radius of a body of revolution and y its height.
    case lattice(columns: Int, rows: Int, isAxisymmetric: Bool)

    /// Names that the group uses itself.
    var reservedNames: Set<String> {
        switch self {
        case .profiles: ["time", "node", "position"]
        case .lattice: ["time", "row", "column", "component", "x", "y"]
        }
    }

    /// What does not fit a mesh of so many nodes, if anything.
    func defect(nodes: Int) -> String? {
        guard case .lattice(let columns, let rows, _) = self,
            columns < 1 || rows < 1 || (columns + 1) * (rows + 1) != nodes
        else { return nil }
        return "a lattice of \(columns) by \(rows) cells has not the \(nodes) nodes of the mesh"
    }
}
