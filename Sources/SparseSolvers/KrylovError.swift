/// Why an iteration did not reach its tolerance. Residuals are ‖b - A x‖₂ / ‖b‖₂.
public enum KrylovError: Error, Sendable, Hashable {
    /// The iterations allowed were used up.
    case notConverged(iterations: Int, residual: Double, tolerance: Double)
    /// A whole cycle left the residual nearly as it was.
    case stagnated(iterations: Int, residual: Double, tolerance: Double)
    /// The residual is infinite or NaN.
    case notFinite(iterations: Int)
    /// The preconditioner could not be applied.
    case preconditioner(SparseFactorError)
}

extension KrylovError: CustomStringConvertible {
    /// What happened, what was expected and what to do.
    public var description: String {
        switch self {
        case .notConverged(let iterations, let residual, let tolerance):
            "GMRES reached a relative residual of \(residual) in the \(iterations) iterations allowed, "
                + "\(tolerance) was asked for, factor the preconditioner anew"
        case .stagnated(let iterations, let residual, let tolerance):
            "GMRES stagnates after \(iterations) iterations at a relative residual of \(residual), "
                + "\(tolerance) was asked for, factor the preconditioner anew or check that the matrix is regular"
        case .notFinite(let iterations):
            "the residual is not finite after \(iterations) iterations of GMRES, "
                + "check the matrix, the right-hand side and the starting vector"
        case .preconditioner(let error): "the preconditioner of GMRES failed: \(error)"
        }
    }
}
