import FiniteElements
import LinearAlgebra
import SparseSolvers

/// Solutions with a symmetric positive definite matrix on the nodes of a linear space, by conjugate gradients with multigrid.
struct LatticeSolver: ~Copyable {
    /// The error of a solution relative to its size, in the norm of the matrix.
    private static let tolerance = 1e-11

    private var gradients: ConjugateGradients
    private var iterate: [Double]

    /// Storage for the matrices of a space with a pattern.
    init(_ space: LagrangeSpace, pattern: SparsePattern) throws(LatticeError) {
        let lattice = Lattice(columns: space.columns, rows: space.rows, isPeriodic: space.mesh.isPeriodic)
        gradients = try ConjugateGradients(lattice: lattice, pattern: pattern)
        iterate = [Double](repeating: 0, count: space.count)
    }

    /// Takes a matrix.
    mutating func factor(_ matrix: SparseMatrix) throws(KrylovError) { try gradients.factor(matrix) }

    /// Replaces a right-hand side by the solution, which is sought from a guess.
    mutating func solve(_ vector: inout [Double], near guess: [Double]) throws(KrylovError) {
        for index in iterate.indices { iterate[index] = guess[index] }
        try gradients.solve(&iterate, rightHandSide: vector, tolerance: Self.tolerance)
        for index in iterate.indices { vector[index] = iterate[index] }
    }
}
