import FiniteElements
import LinearAlgebra
import SparseSolvers

extension Kernels {
    /// The stiffness of quadratic elasticity on n x n cells as a sparse matrix: its product with a vector, and its factors and
    /// solutions by MUMPS.
    ///
    /// A product takes two operations an entry, and reads 12 bytes an entry and 24 a row besides the result. The operations of the
    /// factor are those that MUMPS counts (RINFOG(3)); it reads the upper half of the matrix and writes the factors. A solution
    /// passes the factors twice, two operations an entry each time.
    static let sparse: [Kernel] =
        [16, 128].map { cells in
            Kernel(
                "sparse-product-\(cells)", "SparseMatrix.multiply, stiffness of Q2 elasticity, \(cells) x \(cells)",
                unit: "entries", countedCalls: cells == 16 ? 5 : 0,
                cost: {
                    let matrix = try ElementMatrices(cells: cells, components: 0..<2).matrix
                    let (entries, rows) = (Double(matrix.values.count), Double(matrix.size))
                    let bytes = 12 * entries + 24 * rows
                    return Kernel.Cost(work: entries, bytes: bytes, footprint: bytes, operations: 2 * entries)
                },
                prepare: {
                    let matrices = try ElementMatrices(cells: cells, components: 0..<2)
                    matrices.assembleElasticity()
                    try matrices.checkStiffness()
                    let matrix = matrices.matrix
                    let vector = (0..<matrix.size).map { Double($0 % 13 - 6) }
                    var image = vector
                    return { matrix.multiply(vector, into: &image) }
                })
        }
        + [16, 64].flatMap { cells in
            [
                Kernel(
                    "stiffness-factor-\(cells)", "SparseFactor.factor, stiffness of Q2 elasticity, \(cells) x \(cells)",
                    unit: "unknowns", countedCalls: cells == 16 ? 1 : 0,
                    cost: {
                        let stiffness = try Stiffness(cells: cells)
                        let statistics = stiffness.factor.statistics
                        let read = Double(stiffness.matrix.values.count + stiffness.matrix.size) / 2
                        let bytes = 8 * (read + Double(statistics.entries))
                        return Kernel.Cost(
                            work: Double(stiffness.matrix.size), bytes: bytes, footprint: bytes,
                            operations: statistics.operations)
                    },
                    prepare: {
                        let stiffness = try Stiffness(cells: cells)
                        try stiffness.check()
                        return { try stiffness.factorise() }
                    }),
                Kernel(
                    "stiffness-solve-\(cells)", "SparseFactor.solve, stiffness of Q2 elasticity, \(cells) x \(cells)",
                    unit: "unknowns", countedCalls: cells == 16 ? 3 : 0,
                    cost: {
                        let stiffness = try Stiffness(cells: cells)
                        let (entries, rows) = (
                            Double(stiffness.factor.statistics.entries), Double(stiffness.matrix.size)
                        )
                        return Kernel.Cost(
                            work: rows, bytes: 16 * entries + 24 * rows, footprint: 8 * entries + 16 * rows,
                            operations: 4 * entries)
                    },
                    prepare: {
                        let stiffness = try Stiffness(cells: cells)
                        try stiffness.check()
                        return { try stiffness.solve() }
                    }),
            ]
        }
}
