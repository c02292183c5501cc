/// The mesh of a run, on whose points the fields are given.
public enum RunMesh: Sendable, Hashable {
    /// A layer: its nodes along the thickness.
    ///
    /// - positions: distance of each node from the electrolyte, m.
    case line(positions: [Double])
    /// A plane of `columns` by `rows` quadrilaterals, in which vertices that are neighbours stay neighbours.
    ///
    /// - points: the (`columns` + 1)(`rows` + 1) vertices, m, row by row from the bottom, left to right in a row; of a
    ///   periodic mesh too, whose last column repeats its first.
    /// - isAxisymmetric: whether the plane turns round the axis x = 0, so that x is the radius and y the height.
    case lattice(columns: Int, rows: Int, points: [SIMD2<Double>], isAxisymmetric: Bool)
}
