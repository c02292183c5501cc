/// A side of a quadrilateral cell, and of a logically rectangular mesh.
///
/// In the reference square 0 <= ξ, η <= 1: bottom η = 0, right ξ = 1, top η = 1, left ξ = 0.
@frozen
public enum Side: Int, CaseIterable, Sendable {
    /// η = 0.
    case bottom
    /// ξ = 1.
    case right
    /// η = 1.
    case top
    /// ξ = 0.
    case left

    /// Start of the side in the reference square, going counterclockwise.
    var start: SIMD2<Double> {
        switch self {
        case .bottom: SIMD2(0, 0)
        case .right: SIMD2(1, 0)
        case .top: SIMD2(1, 1)
        case .left: SIMD2(0, 1)
        }
    }

    /// Direction from the start to the end of the side, of length one.
    var direction: SIMD2<Double> {
        switch self {
        case .bottom: SIMD2(1, 0)
        case .right: SIMD2(0, 1)
        case .top: SIMD2(-1, 0)
        case .left: SIMD2(0, -1)
        }
    }
}

/// One side of one cell: boundaries are lists of these.
@frozen
public struct CellEdge: Sendable, Hashable {
    /// Number of the cell.
    public var cell: Int
    /// The side of the cell.
    public var side: Side

    /// The given side of a cell.
    @inlinable public init(cell: Int, side: Side) {
        self.cell = cell
        self.side = side
    }
}
