import LinearAlgebra

extension SparseMatrix {
    /// Writes r = b - A x into `residual` and gives ‖r‖₂ / ‖b‖₂, or ‖r‖₂ where b is zero.
    ///
    /// All vectors have one number for every row.
    public func residual(of solution: [Double], rightHandSide: [Double], into residual: inout [Double]) -> Double {
        multiply(solution, into: &residual)
        subtract(&residual, from: rightHandSide)
        let scale = norm(rightHandSide)
        return scale > 0 ? norm(residual) / scale : norm(residual)
    }
}
