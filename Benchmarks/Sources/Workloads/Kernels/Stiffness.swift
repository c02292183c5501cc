import FiniteElements
import LinearAlgebra
import SparseSolvers

/// The stiffness of quadratic elasticity on a disk with its boundary conditions, factored once.
public final class Stiffness {
    private(set) var matrix: SparseMatrix
    private(set) var factor: SparseFactor
    private let right: [Double]
    private let exact: [Double]
    private var solution: [Double]

    /// The disk on `cells` by `cells` equal cells.
    ///
    /// - Throws: ``KernelMismatch`` where the stiffness is not the derivative of the residual, and what the assembly throws.
    public init(cells: Int) throws {
        let matrices = try ElementMatrices(cells: cells, components: 0..<2)
        matrices.assembleElasticity()
        try matrices.checkStiffness()
        matrix = matrices.matrix
        let system = matrices.parts.system
        let fixed = FixedUnknowns(
            try system.unknowns(ofComponent: 0, onBoundary: "left") + system.unknowns(ofComponent: 0, onBoundary: "top")
                + system.unknowns(ofComponent: 1, onBoundary: "bottom"), in: matrix.pattern)
        var none = [Double](repeating: 0, count: matrix.size)
        fixed.eliminateIncrements(from: &matrix, residual: &none)
        exact = (0..<matrix.size).map { Double($0 % 13 - 6) }
        matrix.multiply(exact, into: &none)
        right = none
        solution = none
        factor = try SparseFactor(pattern: matrix.pattern, symmetry: .positiveDefinite)
        try factor.factor(matrix.values)
    }

    /// Number of unknowns.
    public var size: Int { matrix.size }

    /// Factors it, with the analysis that is there.
    public func factorise() throws { try factor.factor(matrix.values) }

    /// Solves once; the copy of the right-hand side that this takes is part of the work.
    public func solve() throws {
        for row in solution.indices { solution[row] = right[row] }
        try factor.solve(&solution)
    }

    /// - Throws: ``KernelMismatch`` where the vector from which the right-hand side was made does not come back.
    func check() throws {
        try solve()
        try require("a solution with the stiffness", deviation(solution, from: exact), atMost: 1e-9)
        var image = solution
        let residual = matrix.residual(of: solution, rightHandSide: right, into: &image)
        try require("the residual of a solution with the stiffness", residual, atMost: 1e-12)
    }
}
