import FiniteElements
import LinearAlgebra

extension Kernels {
    /// Our elimination without pivoting and LAPACK's with it, on one matrix, and the line of quadratic elements condensed to it.
    ///
    /// Per row: factor 5 operations (multiplier, product, difference, reciprocal, test), 24 bytes read and 24 written; solve 2
    /// downwards and 3 upwards, 24 bytes of factors and 8 read and written of the vector. LAPACK: 4 and a comparison, 60 bytes
    /// with the copy and the pivots; 7, 52 bytes with the second upper diagonal.
    static let tridiagonal: [Kernel] =
        [100, 10_000].flatMap { count -> [Kernel] in
            let n = Double(count)
            func cost(bytes: Double, footprint: Double, operations: Double) -> @Sendable () -> Kernel.Cost {
                { Kernel.Cost(work: n, bytes: bytes * n, footprint: footprint * n, operations: operations * n) }
            }
            func kernel(
                _ id: String, _ title: String, isCounted: Bool, _ cost: @escaping @Sendable () -> Kernel.Cost,
                _ call: @escaping @Sendable (TridiagonalPair) -> () -> Void
            ) -> Kernel {
                Kernel(
                    "\(id)-\(count)", "\(title), \(count) unknowns", unit: "unknowns",
                    countedCalls: isCounted ? 200_000 / count : 0, cost: cost
                ) { call(try TridiagonalPair(count: count)) }
            }
            return [
                kernel(
                    "tridiagonal-factor", "TridiagonalFactor.factor", isCounted: true,
                    cost(bytes: 48, footprint: 48, operations: 5)
                ) { pair in { pair.isSound = pair.factor() } },
                kernel(
                    "lapack-factor", "LAPACK's dgttrf", isCounted: false,
                    cost(bytes: 60, footprint: 60, operations: 5)
                ) { pair in { pair.isSound = pair.lapack.factor() } },
                kernel(
                    "tridiagonal-solve", "TridiagonalFactor.solve", isCounted: true,
                    cost(bytes: 40, footprint: 32, operations: 5)
                ) { pair in { pair.ours.solve(&pair.vector) } },
                kernel(
                    "lapack-solve", "LAPACK's dgttrs", isCounted: false, cost(bytes: 52, footprint: 44, operations: 7)
                ) { pair in { pair.lapack.solve(&pair.vector) } },
            ]
        } + [condensed]

    /// Per cell: 4 operations to condense, 5 for its end, 5 for its middle; read are 5 numbers of the cell and 3 of the factors,
    /// read and written two of the vector and one end.
    private static let condensed: Kernel = {
        let cells = 64
        let n = Double(cells)
        return Kernel(
            "condensed-solve", "CondensedLineMatrix.solve, 64 cells", unit: "unknowns", countedCalls: 1000,
            cost: { Kernel.Cost(work: 2 * n + 1, bytes: 112 * n, footprint: 88 * n, operations: 14 * n) },
            prepare: {
                var matrix = CondensedLineMatrix(cells: cells)
                matrix.clear()
                var dense = [[Double]](repeating: [Double](repeating: 0, count: matrix.count), count: matrix.count)
                // Rows add up to about one, so that a solution can be solved for again and again.
                let block: [SIMD3<Double>] = [SIMD3(1.5, -0.7, 0.1), SIMD3(-0.7, 2.4, -0.7), SIMD3(0.1, -0.7, 1.5)]
                for cell in 0..<cells {
                    matrix.add(cell: cell, left: block[0], middle: block[1], right: block[2])
                    for column in 0..<3 {
                        for row in 0..<3 { dense[2 * cell + row][2 * cell + column] += block[column][row] }
                    }
                }
                guard matrix.factor() else { throw KernelMismatch(description: "CondensedLineMatrix does not factor") }
                var vector = (0..<matrix.count).map { 1 + Double($0 % 7) }
                let exact = try denseSolution(dense, vector)
                matrix.solve(&vector)
                try require(
                    "CondensedLineMatrix.solve from LAPACK's dgesv", deviation(vector, from: exact), atMost: 1e-13)
                return {
                    matrix.solve(&vector)
                    // Keeps the numbers away from the denormal ones.
                    vector[0] = 1
                }
            })
    }()
}

/// One matrix in our hands and in LAPACK's, factored in both, with a right-hand side.
private final class TridiagonalPair {
    let problem: TridiagonalProblem
    var ours: TridiagonalFactor
    var lapack: LapackTridiagonal
    var vector: [Double]
    var isSound = false

    /// - Throws: ``KernelMismatch`` where the solutions differ.
    init(count: Int) throws {
        problem = TridiagonalProblem(count: count)
        ours = TridiagonalFactor(count: count)
        lapack = LapackTridiagonal(problem)
        vector = problem.right
        guard factor(), lapack.factor() else { throw KernelMismatch(description: "a tridiagonal matrix is singular") }
        ours.solve(&vector)
        var reference = problem.right
        lapack.solve(&reference)
        try require("TridiagonalFactor from LAPACK", deviation(vector, from: reference), atMost: 1e-13)
    }

    func factor() -> Bool { ours.factor(lower: problem.lower, diagonal: problem.diagonal, upper: problem.upper) }
}
