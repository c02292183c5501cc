import FiniteElements
import LinearAlgebra
import SparseSolvers

/// Solutions with a symmetric positive definite matrix on the nodes of a linear space, by conjugate gradients with multigrid.
struct LatticeSolver: ~Copyable {
    private var gradients: ConjugateGradients
    private var iterate: [Double]

    private let tolerance: Double
    /// An error that is taken where the iteration gains no more.
    private static let roundOff = 1e-9

    /// Storage for the matrices of a space with a pattern.
    ///
    /// - Parameter tolerance: the error of a solution relative to its size, in the norm of the matrix.
    init(_ space: LagrangeSpace, pattern: SparsePattern, tolerance: Double) throws(LatticeError) {
        gradients = try ConjugateGradients(lattice: Lattice(space), pattern: pattern)
        self.tolerance = tolerance
        iterate = [Double](repeating: 0, count: space.count)
    }

    /// Takes a matrix.
    mutating func factor(_ matrix: SparseMatrix) throws(KrylovError) { try gradients.factor(matrix) }

    /// Replaces a right-hand side by the solution, which is sought from a guess.
    mutating func solve(_ vector: inout [Double], near guess: [Double]) throws(KrylovError) {
        for index in iterate.indices { iterate[index] = guess[index] }
        do throws(KrylovError) {
            try gradients.solve(&iterate, rightHandSide: vector, tolerance: tolerance)
        } catch {
            // On meshes of very unlike cells rounding may set in a little above the tolerance.
            guard case .stagnated(_, let error, _) = error, error < max(tolerance, Self.roundOff) else { throw error }
        }
        for index in iterate.indices { vector[index] = iterate[index] }
    }
}

extension Lattice {
    /// The nodes of a space.
    init(_ space: LagrangeSpace) {
        self.init(columns: space.columns, rows: space.rows, isPeriodic: space.mesh.isPeriodic)
    }
}
