/// Why an iteration did not reach its tolerance. Residuals are ‖b - A x‖₂ / ‖b‖₂ in ``GMRES``, errors
/// relative to the solution in ``ConjugateGradients``.
public enum KrylovError: Error, Sendable, Hashable {
    /// The iterations allowed were used up.
    case notConverged(iterations: Int, residual: Double, tolerance: Double)
    /// A whole cycle left the residual nearly as it was.
    case stagnated(iterations: Int, residual: Double, tolerance: Double)
    /// The residual is infinite or NaN.
    case notFinite(iterations: Int)
    /// The matrix, of which conjugate gradients are asked, is not positive definite.
    case notPositiveDefinite(iterations: Int)
    /// The preconditioner could not be applied.
    case preconditioner(SparseFactorError)
}

extension KrylovError: CustomStringConvertible {
    /// What happened, what was expected and what to do.
    public var description: String {
        switch self {
        case .notConverged(let iterations, let residual, let tolerance):
            "the iteration reached a relative residual of \(residual) in the \(iterations) iterations allowed, "
                + "\(tolerance) was asked for, factor the preconditioner anew"
        case .stagnated(let iterations, let residual, let tolerance):
            "the iteration stagnates after \(iterations) iterations at a relative residual of \(residual), "
                + "\(tolerance) was asked for, factor the preconditioner anew or check that the matrix is regular"
        case .notFinite(let iterations):
            "the residual is not finite after \(iterations) iterations, "
                + "check the matrix, the right-hand side and the starting vector"
        case .notPositiveDefinite(let iterations):
            "the matrix is not positive definite, which shows after \(iterations) iterations, "
                + "check the signs of the coefficients and the shapes of the cells"
        case .preconditioner(let error): "the preconditioner of GMRES failed: \(error)"
        }
    }
}
