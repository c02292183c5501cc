/// LU factors of a tridiagonal matrix, kept for many right-hand sides.
///
/// A x = d with rows a_i x_{i-1} + b_i x_i + c_i x_{i+1} = d_i. Elimination without pivoting (Thomas):
///
///     m_i = a_i / p_{i-1},   p_i = b_i - m_i c_{i-1}
///     y_i = d_i - m_i y_{i-1},   x_i = (y_i - c_i x_{i+1}) / p_i
///
/// which is stable for matrices dominated by their diagonal in rows or in columns, as W + γ Δt K of a diffusion step is.
/// Storage is made once for a size; factoring and solving allocate nothing.
public struct TridiagonalFactor: Sendable {
    /// Number of unknowns.
    public let count: Int
    /// One row of the factors: m_i, 1/p_i and c_i of the text above.
    @usableFromInline
    struct Row: Sendable {
        @usableFromInline var multiplier = 0.0
        @usableFromInline var inversePivot = 0.0
        @usableFromInline var upper = 0.0
        @usableFromInline init() {}
    }
    @usableFromInline var rows: [Row]

    /// Storage for `count` unknowns.
    public init(count: Int) {
        self.count = count
        rows = [Row](repeating: Row(), count: count)
    }

    /// Factors the matrix with the given diagonals (each of length `count`; `lower[0]` and `upper[count - 1]` are not read).
    ///
    /// - Returns: false when a pivot is zero or not finite; the factors are then of no use.
    @inlinable
    public mutating func factor(lower: [Double], diagonal: [Double], upper: [Double]) -> Bool {
        precondition(lower.count == count && diagonal.count == count && upper.count == count)
        let last = count - 1
        var rows = rows.mutableSpan
        var before = Row()
        var sound = true
        for index in 0...last {
            var row = Row()
            row.multiplier = index == 0 ? 0 : lower[index] * before.inversePivot
            row.inversePivot = 1 / (diagonal[index] - row.multiplier * before.upper)
            row.upper = index == last ? 0 : upper[index]
            sound = sound && row.inversePivot.isFinite
            rows[index] = row
            before = row
        }
        return sound
    }

    /// Replaces the right-hand side d by the solution x; `right` has length `count`.
    @inlinable
    public func solve(_ right: inout [Double]) {
        precondition(right.count == count)
        let rows = rows.span
        var vector = right.mutableSpan
        var carried = 0.0
        for index in 0..<count {
            carried = vector[index] - rows[index].multiplier * carried
            vector[index] = carried
        }
        carried = 0
        for back in 1...count {
            let index = count - back
            carried = (vector[index] - rows[index].upper * carried) * rows[index].inversePivot
            vector[index] = carried
        }
    }
}
