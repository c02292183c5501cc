import FiniteElements
import LinearAlgebra
import SparseSolvers

extension Kernels {
    /// A stage of lithium in two dimensions, (M + s K) x = b with bilinear elements on n x n cells, as `LayerSystem` solves it: the
    /// levels of the multigrid made, the matrix times a vector by its diagonals, and conjugate gradients to 1e-7 from zero.
    ///
    /// A product takes 17 operations a node and reads five diagonals and x and writes y. An iteration in single precision, where an
    /// operation counts half, takes on a level 31 a node down and 35 up, four thirds of which for all levels, and 34 for the
    /// gradients; it passes 140 bytes a node. Each pass in double precision takes 27 and 88 bytes. Making the levels takes in double
    /// precision 34 a node for the scale, the choice and the smoother and 45 for Pᵀ A P, times four thirds, and passes the matrix
    /// once as it is (9 entries of 8 bytes), four times by diagonals of 8 and once by diagonals of 4.
    static let multigrid: [Kernel] = [64, 512].flatMap { cells -> [Kernel] in
        let nodes = Double((cells + 1) * (cells + 1))
        // Entries of the matrix, its diagonals in double and single precision and some ten vectors of four bytes, on all levels.
        let footprint = (72 + 4.0 / 3 * (40 + 20 + 40)) * nodes
        return [
            Kernel(
                "lattice-product-\(cells)", "LatticeOperator.multiply, \(cells) x \(cells)", unit: "unknowns",
                countedCalls: cells == 64 ? 5 : 0,
                cost: { Kernel.Cost(work: nodes, bytes: 56 * nodes, footprint: 56 * nodes, operations: 17 * nodes) },
                prepare: {
                    let stage = try StageMatrix(cells: cells)
                    try stage.checkProduct()
                    return { stage.multiply() }
                }),
            Kernel(
                "multigrid-setup-\(cells)", "ConjugateGradients.factor, \(cells) x \(cells)", unit: "unknowns",
                countedCalls: cells == 64 ? 3 : 0,
                cost: {
                    Kernel.Cost(
                        work: nodes, bytes: (72 + 4.0 / 3 * (4 * 40 + 20)) * nodes, footprint: footprint,
                        operations: 4.0 / 3 * 79 * nodes)
                },
                prepare: {
                    let stage = try StageMatrix(cells: cells)
                    try stage.checkSolution()
                    return { try stage.gradients.factor(stage.matrix) }
                }),
            Kernel(
                "multigrid-solve-\(cells)", "ConjugateGradients.solve, \(cells) x \(cells)", unit: "unknowns",
                countedCalls: cells == 64 ? 3 : 0,
                cost: {
                    let iterations = Double(try StageMatrix(cells: cells).solve().iterations)
                    // A pass gains four digits and the tolerance has seven.
                    let passes = 2.0
                    return Kernel.Cost(
                        work: nodes, bytes: (140 * iterations + 88 * passes) * nodes, footprint: footprint,
                        operations: (0.5 * (4.0 / 3 * 66 + 34) * iterations + 27 * passes) * nodes)
                },
                prepare: {
                    let stage = try StageMatrix(cells: cells)
                    try stage.checkSolution()
                    return { try stage.solve() }
                }),
        ]
    }
}

/// M + s K on a unit square with s = 0.01, some hundred times the square of a cell of the coarser mesh.
private final class StageMatrix {
    let matrix: SparseMatrix
    var gradients: ConjugateGradients
    private var product: LatticeOperator
    private let exact: [Double]
    private let right: [Double]
    private var solution: [Double]

    init(cells: Int) throws {
        let edge = LineMesh(length: 1, cells: cells, grading: 1)
        let system = DegreesOfFreedom(mesh: try QuadrilateralMesh(x: edge, y: edge), fields: [.scalar("c", .linear)])
        let assembler = try Assembler(system, cellPoints: 2)
        let block = TangentBlock(of: system)
        var matrix = block.makeMatrix()
        assembler.addDiffusion(Uniform(0.01), unknowns: assembler.makeVector(), rate: 1, to: &matrix, block: block)
        self.matrix = matrix
        let lattice = Lattice(columns: cells + 1, rows: cells + 1)
        gradients = try ConjugateGradients(lattice: lattice, pattern: matrix.pattern)
        try gradients.factor(matrix)
        product = try LatticeOperator(lattice: lattice, matrix)
        exact = system.space(ofComponent: 0).positions.map { 1 + $0.x * $0.x - 0.5 * $0.y + $0.x * $0.y * $0.y }
        var right = exact
        matrix.multiply(exact, into: &right)
        self.right = right
        solution = right
    }

    func multiply() { product.multiply(exact, into: &solution) }

    @discardableResult
    func solve() throws -> ConjugateGradients.Outcome {
        for node in solution.indices { solution[node] = 0 }
        return try gradients.solve(&solution, rightHandSide: right, tolerance: 1e-7)
    }

    /// - Throws: ``KernelMismatch`` where the diagonals do not give the product of the sparse matrix.
    func checkProduct() throws {
        multiply()
        // The terms of K x are some ten thousand times their sum.
        try require("LatticeOperator from SparseMatrix", deviation(solution, from: right), atMost: 1e-11)
    }

    /// - Throws: ``KernelMismatch`` where the solution is off by more than was asked for, in the norm of the matrix.
    func checkSolution() throws {
        try solve()
        let error = zip(solution, exact).map { $0 - $1 }
        var image = error
        matrix.multiply(error, into: &image)
        let size = zip(exact, right).reduce(0) { $0 + $1.0 * $1.1 }
        let square = zip(error, image).reduce(0) { $0 + $1.0 * $1.1 }
        try require("a solution by conjugate gradients", (square / size).squareRoot(), atMost: 1e-7)
    }
}
