import FiniteElements

/// The body of a layer between the collector at y = 0 and the electrolyte at y = thickness, and its mesh.
public struct LayerBody: Sendable, Hashable {
    /// What the body is across the plane of the mesh, and to its left.
    public enum Shape: String, Sendable, Hashable, CaseIterable {
        /// A layer without end: nothing varies but along y, and nothing moves but along y.
        case film
        /// A strip without end across the plane, symmetric about x = 0.
        case strip
        /// A disk about the axis x = 0.
        case disk
    }

    /// The right end of a strip or a disk.
    public enum SideCondition: String, Sendable, Hashable, CaseIterable {
        /// No traction.
        case free
        /// No displacement along x and no shear: the middle between two such bodies.
        case symmetric
        /// Joined to the left end, which is then no plane of symmetry.
        case periodic
    }

    /// The shape.
    public var shape: Shape
    /// Thickness, m.
    public var thickness: Double
    /// Radius of a disk, half the width of a strip, the period of a periodic one, m.
    public var width: Double
    /// The right end.
    public var side: SideCondition
    /// Cells along x.
    public var columns: Int
    /// Cells along y.
    public var rows: Int
    /// Size of the innermost cells over that of the outermost along x.
    public var sideGrading: Double
    /// Size of the cells at the collector over those at the electrolyte.
    public var electrolyteGrading: Double

    /// A body and its mesh.
    public init(
        shape: Shape, thickness: Double, width: Double, side: SideCondition, columns: Int, rows: Int,
        sideGrading: Double = 1, electrolyteGrading: Double = 1
    ) {
        self.shape = shape
        self.thickness = thickness
        self.width = width
        self.side = side
        self.columns = columns
        self.rows = rows
        self.sideGrading = sideGrading
        self.electrolyteGrading = electrolyteGrading
    }

    /// What the coordinates of the mesh are.
    public var coordinates: Coordinates { shape == .disk ? .axisymmetric : .cartesian }

    /// The mesh; the electrolyte is its top, the collector its bottom.
    ///
    /// - Throws: `MeshError`.
    public func mesh() throws(MeshError) -> QuadrilateralMesh {
        let isFilm = shape == .film
        return try QuadrilateralMesh(
            x: LineMesh(length: width, cells: isFilm ? 1 : columns, grading: isFilm ? 1 : 1 / sideGrading),
            y: LineMesh(length: thickness, cells: rows, grading: 1 / electrolyteGrading),
            isPeriodic: side == .periodic)
    }
}
