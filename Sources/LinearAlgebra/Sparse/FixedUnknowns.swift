/// Unknowns of a linear system A x = b whose values are given (Dirichlet conditions), found in the pattern once.
///
/// The row of a fixed unknown becomes a_ii x_i = a_ii g_i, the diagonal being kept for its scale (one where it is zero), so
/// that the system keeps its size and its pattern. Eliminating the columns as well, b_j -= a_ji g_i and a_ji = 0, keeps a
/// symmetric matrix symmetric.
public struct FixedUnknowns: Sendable {
    /// The fixed unknowns, ascending.
    public let indices: [Int32]
    private let size: Int
    private let rows: [Range<Int>]
    private let diagonals: [Int]
    /// Places of the fixed columns outside the fixed rows: position, row, and which of `indices` is the column.
    private let columnPlaces: [(position: Int, row: Int, fixed: Int)]

    /// Prepares to fix unknowns of systems with a pattern.
    ///
    /// - Precondition: the pattern holds the diagonal of each fixed unknown.
    public init(_ unknowns: some Sequence<Int32>, in pattern: SparsePattern) {
        let indices = Set(unknowns).sorted()
        self.indices = indices
        size = pattern.size
        rows = indices.map { pattern.rowStarts[Int($0)]..<pattern.rowStarts[Int($0) + 1] }
        diagonals = indices.map { index in
            guard let position = pattern.position(row: Int(index), column: Int(index)) else {
                preconditionFailure("the pattern has no diagonal in row \(index)")
            }
            return position
        }
        var fixed = [Int](repeating: -1, count: pattern.size)
        for (number, index) in indices.enumerated() { fixed[Int(index)] = number }
        var places: [(position: Int, row: Int, fixed: Int)] = []
        for row in 0..<pattern.size where fixed[row] < 0 {
            for position in pattern.rowStarts[row]..<pattern.rowStarts[row + 1] {
                let number = fixed[Int(pattern.columns[position])]
                if number >= 0 { places.append((position, row, number)) }
            }
        }
        columnPlaces = places
    }

    /// Puts the given values into a vector of unknowns; `values` are in the order of ``indices``.
    public func impose(_ values: [Double], on vector: inout [Double]) {
        precondition(values.count == indices.count && vector.count == size)
        for (index, value) in zip(indices, values) { vector[Int(index)] = value }
    }

    /// Fixes the unknowns of A x = b at `values` (in the order of ``indices``), keeping A symmetric if it was.
    public func eliminate(values: [Double], from matrix: inout SparseMatrix, right: inout [Double]) {
        precondition(values.count == indices.count && right.count == size && matrix.size == size)
        for place in columnPlaces {
            right[place.row] -= matrix.values[place.position] * values[place.fixed]
            matrix.values[place.position] = 0
        }
        replaceRows(values: values, in: &matrix, right: &right)
    }

    /// Fixes the unknowns of A x = b at `values` (in the order of ``indices``), leaving the other rows as they are.
    public func replaceRows(values: [Double], in matrix: inout SparseMatrix, right: inout [Double]) {
        precondition(values.count == indices.count && right.count == size && matrix.size == size)
        for (number, index) in indices.enumerated() {
            let kept = matrix.values[diagonals[number]]
            let diagonal = kept == 0 ? 1 : kept
            for position in rows[number] { matrix.values[position] = 0 }
            matrix.values[diagonals[number]] = diagonal
            right[Int(index)] = diagonal * values[number]
        }
    }

    /// Fixes the increment of a Newton step at zero: rows and columns as in ``eliminate(values:from:right:)``.
    public func eliminateIncrements(from matrix: inout SparseMatrix, residual: inout [Double]) {
        precondition(residual.count == size && matrix.size == size)
        for place in columnPlaces { matrix.values[place.position] = 0 }
        for (number, index) in indices.enumerated() {
            let kept = matrix.values[diagonals[number]]
            for position in rows[number] { matrix.values[position] = 0 }
            matrix.values[diagonals[number]] = kept == 0 ? 1 : kept
            residual[Int(index)] = 0
        }
    }
}
