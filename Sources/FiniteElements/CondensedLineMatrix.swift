import LinearAlgebra

/// A matrix assembled from quadratic line elements, solved by static condensation.
///
/// The middle node of a cell sees only its own cell. With rows and columns l, m, r of the cell's matrix A,
///
///     A_ij - A_im A_mj / A_mm      for i, j in {l, r}
///
/// is a matrix on the cell ends alone, tridiagonal over the mesh: half the unknowns and the cheapest of factorisations.
/// Nodes are numbered along the line, ends even, middles odd. Nothing is allocated after `init`.
public struct CondensedLineMatrix: Sendable {
    /// Number of nodes, `2 cells + 1`.
    public let count: Int
    /// What is kept of a cell to condense and to recover its middle node.
    @usableFromInline
    struct Condensed: Sendable {
        /// A_lm/A_mm and A_rm/A_mm.
        @usableFromInline var intoEnds = SIMD2<Double>.zero
        /// A_ml/A_mm and A_mr/A_mm.
        @usableFromInline var fromEnds = SIMD2<Double>.zero
        /// 1/A_mm.
        @usableFromInline var inverseMiddle = 0.0
        @usableFromInline init() {}
    }
    @usableFromInline var condensed: [Condensed]
    @usableFromInline var lower: [Double]
    @usableFromInline var diagonal: [Double]
    @usableFromInline var upper: [Double]
    @usableFromInline var factors: TridiagonalFactor
    @usableFromInline var ends: [Double]

    /// Storage for a mesh of `cells` cells.
    public init(cells: Int) {
        count = 2 * cells + 1
        condensed = [Condensed](repeating: Condensed(), count: cells)
        lower = [Double](repeating: 0, count: cells + 1)
        diagonal = lower
        upper = lower
        ends = lower
        factors = TridiagonalFactor(count: cells + 1)
    }

    /// Sets the matrix to zero, ready for ``add(cell:left:middle:right:)``.
    @inlinable
    public mutating func clear() {
        for end in diagonal.indices { diagonal[end] = 0 }
    }

    /// Adds the matrix of one cell, given by its columns, and condenses its middle node at once.
    @inlinable
    public mutating func add(cell: Int, left: SIMD3<Double>, middle: SIMD3<Double>, right: SIMD3<Double>) {
        var kept = Condensed()
        kept.inverseMiddle = 1 / middle.y
        kept.intoEnds = kept.inverseMiddle * SIMD2(middle.x, middle.z)
        kept.fromEnds = kept.inverseMiddle * SIMD2(left.y, right.y)
        diagonal[cell] += left.x - kept.intoEnds.x * left.y
        upper[cell] = right.x - kept.intoEnds.x * right.y
        lower[cell + 1] = left.z - kept.intoEnds.y * left.y
        diagonal[cell + 1] += right.z - kept.intoEnds.y * right.y
        condensed[cell] = kept
    }

    /// Factors what has been added.
    ///
    /// - Returns: false when the matrix is singular or not finite.
    @inlinable
    public mutating func factor() -> Bool {
        factors.factor(lower: lower, diagonal: diagonal, upper: upper)
    }

    /// Replaces a right-hand side of length `count` by the solution.
    @inlinable
    public mutating func solve(_ right: inout [Double]) {
        precondition(right.count == count)
        var vector = right.mutableSpan
        let cells = condensed.count
        var carried = 0.0
        for cell in 0..<cells {
            let middle = vector[2 * cell + 1]
            let into = condensed[cell].intoEnds
            ends[cell] = vector[2 * cell] - carried - into.x * middle
            carried = into.y * middle
        }
        ends[cells] = vector[2 * cells] - carried
        factors.solve(&ends)
        for cell in 0..<cells {
            let kept = condensed[cell]
            vector[2 * cell] = ends[cell]
            vector[2 * cell + 1] =
                kept.inverseMiddle * vector[2 * cell + 1] - kept.fromEnds.x * ends[cell] - kept.fromEnds.y
                * ends[cell + 1]
        }
        vector[2 * cells] = ends[cells]
    }
}
