import FiniteElements
import LinearAlgebra
import Models

extension Kernels {
    /// Element residuals, tangents and their sum, on 16 x 16 cells that fit into the second cache and on 128 x 128 that fit into
    /// none. The assembler joins the element routine and the sum; both are there by themselves too.
    ///
    /// Operations of a cell, at each of its nine points: the place of the point 60, the slopes of the basis 72 (quadratic) and 24
    /// (linear), a quadratic component at the point 72 and a linear one 24, its residual the same. The forms take 32 (elasticity),
    /// 25 (potential) and 20 (diffusion). The tangent of elasticity adds at a point 480 in dual numbers with eight derivatives and
    /// 600 for five rows P = w D B, and a cell 9 x 45 x 24 products and sums of K = Bᵀ P; that of diffusion 60, 40 and 4 x 18 x 8.
    /// The stage matrix by four cells at a time takes 60 for the point, 15 for the law and 46 for its sums, and 56 a cell.
    ///
    /// Bytes of a cell: 26 numbers of unknowns (104) and a vertex (16), the unknowns themselves (80, four new nodes of two
    /// components and one of two) and the residual, read and written. A sum takes an entry's offset (2), the numbers of the rows (4),
    /// where they begin (8) and the entries, read and written: 256 a cell for quadratic elements with two components, 9 for linear.
    static let elements: [Kernel] = [16, 128].flatMap { cells -> [Kernel] in
        [
            residual(
                "q2-residual", "residual, Q2 elasticity", cells, operations: 9 * (156 + 192 + 32 + 144),
                check: { try $0.checkElasticity() }
            ) { parts in
                { parts.assembler.add(parts.elasticity, unknowns: parts.state, residual: &parts.residual) }
            },
            residual(
                "q1-residual-potential", "residual, Q1 mechanical potential", cells,
                operations: 9 * (156 + 168 + 25 + 24), check: { try $0.checkPotential() }
            ) { parts in
                let form = MechanicalPotential(parts.elasticity, potential: 3)
                return { parts.assembler.add(form, unknowns: parts.state, residual: &parts.residual) }
            },
            residual(
                "q1-residual-diffusion", "residual, Q1 diffusion with drift", cells,
                operations: 9 * (156 + 48 + 20 + 24), check: { try $0.checkDiffusion() }
            ) { parts in
                { parts.assembler.add(parts.diffusion, unknowns: parts.state, residual: &parts.residual) }
            },
            sum("q2-scatter", "sum of element matrices, Q2 elasticity", cells, of: quadratic, operations: 324) {
                matrices in
                matrices.evaluateTangents(of: matrices.parts.elasticity) { _ in }
                try matrices.checkScatter()
                return { matrices.scatter() }
            },
            sum("q1-scatter", "sum of element matrices, Q1 diffusion", cells, of: linear, operations: 16) { matrices in
                matrices.evaluateTangents(of: matrices.stageDiffusion) { _ in }
                try matrices.checkScatter()
                return { matrices.scatter() }
            },
            sum(
                "q2-assembly", "residual, tangent and sum, Q2 elasticity", cells, of: quadratic,
                operations: 9 * (156 + 192 + 480 + 600 + 144) + 19_440 + 324, moreBytes: 360
            ) { matrices in
                matrices.assembleElasticity()
                try matrices.checkStiffness()
                return { matrices.assembleElasticity() }
            },
            sum(
                "q1-assembly", "stage matrix, Q1 diffusion", cells, of: linear, operations: 9 * (60 + 15 + 46) + 56,
                moreBytes: 128
            ) { matrices in
                try matrices.checkStageMatrix()
                return { matrices.assembleDiffusion() }
            },
        ]
    }

    /// One element's tangent and residual in turns for all cells of 16 x 16, not summed: by dual numbers as the solver does, and
    /// those of quadratic elasticity by hand. Both are called with the same geometry and state and agree to 1e-12.
    ///
    /// Operations as in ``elements``; by hand: point 60, basis 72, c and four slopes of u 104, stress 20, residual 108, and for each
    /// node of a test function 14 for its factors and 7 x 12 products and sums at each point.
    static let tangents: [Kernel] = {
        let cells = 16
        let n = Double(cells * cells)
        func cost(_ operations: Double) -> @Sendable () -> Kernel.Cost {
            { Kernel.Cost(work: n, bytes: 200 * n, footprint: 200 * n, operations: operations * n) }
        }
        return [
            Kernel(
                "tangent-dual", "element tangent, Q2 elasticity, dual numbers", unit: "elements", countedCalls: 2,
                cost: cost(9 * (156 + 192 + 480 + 600 + 144) + 19_440),
                prepare: {
                    let matrices = try ElementMatrices(cells: cells, components: 0..<2)
                    try HandwrittenTangents(matrices).check()
                    return { matrices.evaluateTangents(of: matrices.parts.elasticity) { _ in } }
                }),
            Kernel(
                "tangent-by-hand", "element tangent, Q2 elasticity, by hand", unit: "elements", countedCalls: 2,
                cost: cost(9 * (60 + 72 + 104 + 20 + 108) + 81 * (14 + 168)),
                prepare: {
                    let tangents = HandwrittenTangents(try ElementMatrices(cells: cells, components: 0..<2))
                    try tangents.check()
                    return { tangents.evaluate() }
                }),
            Kernel(
                "q1-tangent", "element tangent, Q1 diffusion, dual numbers", unit: "elements", countedCalls: 5,
                cost: cost(9 * (156 + 24 + 20 + 60 + 40 + 24) + 1152),
                prepare: {
                    let matrices = try ElementMatrices(cells: cells, components: 2..<3)
                    try matrices.checkStageMatrix()
                    let form = matrices.stageDiffusion
                    return { matrices.evaluateTangents(of: form) { _ in } }
                }),
        ]
    }()

    /// Bytes of a cell in the matrix of a block, besides its entries 8 each.
    private struct Block {
        let components: Range<Int>
        let entries: Double
        let places: Double
    }
    private static let quadratic = Block(components: 0..<2, entries: 256, places: 2 * 324 + 4 * 18 + 8 * 8)
    private static let linear = Block(components: 2..<3, entries: 9, places: 2 * 16 + 4 * 4 + 8)

    private static func residual(
        _ id: String, _ title: String, _ cells: Int, operations: Double,
        check: @escaping @Sendable (ElementCase) throws -> Void,
        _ call: @escaping @Sendable (ElementCase) -> () -> Void
    ) -> Kernel {
        let n = Double(cells * cells)
        return Kernel(
            "\(id)-\(cells)", "\(title), \(cells) x \(cells)", unit: "elements", countedCalls: cells == 16 ? 5 : 0,
            cost: { Kernel.Cost(work: n, bytes: 360 * n, footprint: 280 * n, operations: operations * n) }
        ) {
            let parts = try ElementCase(cells: cells)
            try check(parts)
            return call(parts)
        }
    }

    private static func sum(
        _ id: String, _ title: String, _ cells: Int, of block: Block, operations: Double, moreBytes: Double = 0,
        _ call: @escaping @Sendable (ElementMatrices) throws -> () -> Void
    ) -> Kernel {
        let n = Double(cells * cells)
        return Kernel(
            "\(id)-\(cells)", "\(title), \(cells) x \(cells)", unit: "elements", countedCalls: cells == 16 ? 3 : 0,
            cost: {
                Kernel.Cost(
                    work: n, bytes: (16 * block.entries + block.places + moreBytes) * n,
                    footprint: (8 * block.entries + block.places + moreBytes) * n, operations: operations * n)
            }
        ) { try call(try ElementMatrices(cells: cells, components: block.components)) }
    }
}
