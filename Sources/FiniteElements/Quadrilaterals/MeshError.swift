/// Why a mesh of quadrilaterals cannot be built or used.
public enum MeshError: Error, Hashable, CustomStringConvertible {
    /// A cell is folded, turned over or not finite: its Jacobian (m2) at a corner near `place` (m) is not positive.
    case invertedCell(column: Int, row: Int, place: SIMD2<Double>, jacobian: Double)
    /// The right side is not the left side moved by one vector, here at a row of vertices, off by `distance` (m).
    case notPeriodic(row: Int, distance: Double)
    /// No boundary has this name.
    case unknownBoundary(name: String, known: [String])
    /// A name is already that of another boundary.
    case repeatedBoundary(name: String)
    /// No edge is part of a boundary that was to be named.
    case emptyBoundary(name: String, side: Side)
    /// A vertex has a negative radius (m) in axisymmetric coordinates.
    case negativeRadius(place: SIMD2<Double>)

    /// One sentence: where, what was found, what to do.
    public var description: String {
        switch self {
        case .invertedCell(let column, let row, let place, let jacobian):
            "cell (\(column), \(row)) of the mesh is inverted at (\(place.x), \(place.y)) m, where its Jacobian is "
                + "\(jacobian) m2 and must be positive; check the map and the partitions of the mesh"
        case .notPeriodic(let row, let distance):
            "the right side of the periodic mesh is not a copy of its left side: vertex row \(row) is \(distance) m off; "
                + "use a map that moves both sides alike"
        case .unknownBoundary(let name, let known):
            "the mesh has no boundary named \"\(name)\"; it has \(known.joined(separator: ", "))"
        case .repeatedBoundary(let name):
            "the mesh already has a boundary named \"\(name)\"; choose another name"
        case .emptyBoundary(let name, let side):
            "no edge of the \(side) side belongs to the boundary \"\(name)\"; widen the condition or refine the mesh"
        case .negativeRadius(let place):
            "the axisymmetric mesh has a vertex at (\(place.x), \(place.y)) m, whose radius is negative; "
                + "move the mesh to x >= 0"
        }
    }
}
