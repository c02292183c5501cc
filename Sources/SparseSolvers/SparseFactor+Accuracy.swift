import LinearAlgebra

extension SparseFactor {
    /// One step of iterative refinement, r = b - A x, x ← x + A⁻¹ r.
    ///
    /// With factors of another matrix near A it is a step of a stationary iteration. ``solve(_:)`` does not refine.
    ///
    /// - Parameters:
    ///   - solution: x, replaced.
    ///   - residual: Storage with one number for every row; holds the correction A⁻¹ r afterwards.
    /// - Returns: ‖r‖₂ / ‖b‖₂ before the step, or ‖r‖₂ where b is zero.
    @discardableResult
    public func refine(
        _ solution: inout [Double], of matrix: SparseMatrix, rightHandSide: [Double], residual: inout [Double]
    ) throws(SparseFactorError) -> Double {
        let before = matrix.residual(of: solution, rightHandSide: rightHandSide, into: &residual)
        try solve(&residual)
        add(1, residual, to: &solution)
        return before
    }

    /// Refuses a matrix that is singular to rounding, such as that of a body free to move, once it has been factored.
    ///
    /// A x = A t is solved for a t that is known and as large in each unknown as its column is small, so that it does not
    /// depend on the units of equations and unknowns. The error |x - t| / |t| is, with ε = 2.2e-16, near ε times a condition
    /// number of a regular matrix and near one for a singular matrix, whose smallest pivot is itself a rounding error. The
    /// cost is four passes over the entries, one product and one solution.
    ///
    /// - Parameter tolerance: The error that is still accepted.
    /// - Throws: ``SparseFactorError/nearlySingular(row:error:)`` with the unknown that is worst, and what ``solve(_:)`` throws.
    public func checkRegularity(of matrix: SparseMatrix, tolerance: Double = 1e-3) throws(SparseFactorError) {
        let scales = Self.columnScales(of: matrix)
        // Values between 1/2 and 3/2 that follow no mode of a mesh: the golden ratio's multiples fill the unit interval.
        let known = (0..<pattern.size).map { row in
            scales[row] * (0.5 + (Double(row) * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1))
        }
        var found = known
        matrix.multiply(known, into: &found)
        try solve(&found)
        var worst = (row: 0, error: 0.0)
        for row in 0..<pattern.size {
            let error = abs(found[row] / known[row] - 1)
            if error > worst.error { worst = (row, error) }
        }
        if worst.error > tolerance { throw .nearlySingular(row: worst.row, error: worst.error) }
    }

    /// Factors of the columns with which, and with some of the rows, the largest entry of each row and column is near one
    /// (two sweeps over the columns and the rows in turn).
    private static func columnScales(of matrix: SparseMatrix) -> [Double] {
        let pattern = matrix.pattern
        var (rows, columns) = ([Double](repeating: 1, count: pattern.size), [Double](repeating: 1, count: pattern.size))
        for _ in 0..<2 {
            var largest = [Double](repeating: 0, count: pattern.size)
            for row in 0..<pattern.size {
                for place in pattern.rowStarts[row]..<pattern.rowStarts[row + 1] {
                    let column = Int(pattern.columns[place])
                    largest[column] = max(largest[column], rows[row] * abs(matrix.values[place]))
                }
            }
            for column in 0..<pattern.size where largest[column] > 0 { columns[column] = 1 / largest[column] }
            for row in 0..<pattern.size {
                var most = 0.0
                for place in pattern.rowStarts[row]..<pattern.rowStarts[row + 1] {
                    most = max(most, columns[Int(pattern.columns[place])] * abs(matrix.values[place]))
                }
                if most > 0 { rows[row] = 1 / most }
            }
        }
        return columns
    }
}
