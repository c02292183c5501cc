import LinearAlgebra
import SparseSolvers
import TestSupport
import Testing

@Suite struct SparseFactorTests {
    private static let orderings: [SparseFactor.Ordering] = [.amd, .amf, .pord]

    private func expectAgreement(
        _ matrix: SparseMatrix, _ symmetry: SparseFactor.Symmetry, _ ordering: SparseFactor.Ordering = .pord
    ) throws {
        let right = SparseProblems.vector(matrix.pattern.size, seed: 99)
        var factor = try SparseFactor(pattern: matrix.pattern, symmetry: symmetry, ordering: ordering)
        try factor.factor(matrix.values)
        var solution = right
        try factor.solve(&solution)
        var work = right
        let residual = matrix.residual(of: solution, rightHandSide: right, into: &work)
        #expect(residual <= 1e-12)
        let difference = SparseProblems.difference(solution, SparseProblems.denseSolution(matrix, right))
        #expect(difference <= 1e-10)
    }

    @Test("Unsymmetric systems agree with LAPACK's dgesv", arguments: [1, 2, 7, 60, 300], orderings)
    func general(rows: Int, ordering: SparseFactor.Ordering) throws {
        try expectAgreement(SparseProblems.general(rows, seed: UInt64(rows)), .general, ordering)
    }

    @Test("Positive definite systems agree with LAPACK's dgesv", arguments: [1, 2, 7, 60, 200], orderings)
    func positiveDefinite(rows: Int, ordering: SparseFactor.Ordering) throws {
        let matrix = SparseProblems.positiveDefinite(rows, seed: UInt64(rows))
        try expectAgreement(matrix, .positiveDefinite, ordering)
        try expectAgreement(matrix, .symmetricIndefinite, ordering)
    }

    @Test("Saddle points agree with LAPACK's dgesv and show their inertia", arguments: [2, 8, 60, 200], orderings)
    func saddle(rows: Int, ordering: SparseFactor.Ordering) throws {
        let matrix = SparseProblems.saddle(rows, seed: UInt64(rows))
        try expectAgreement(matrix, .symmetricIndefinite, ordering)
        try expectAgreement(matrix, .general, ordering)
        var factor = try SparseFactor(pattern: matrix.pattern, symmetry: .symmetricIndefinite, ordering: ordering)
        try factor.factor(matrix.values)
        // As many negative eigenvalues as constraints (Sylvester).
        #expect(factor.statistics.negativePivots == rows / 2)
    }

    @Test("Full matrices, which PORD cannot order, are factored as well; refinement repairs what weak pivots cost")
    func full() throws {
        for rows in [1, 2, 3, 40] {
            var entries: [SIMD2<Int>: Double] = [:]
            let values = SparseProblems.vector(rows * rows, seed: 7)
            for row in 0..<rows {
                for column in 0..<rows { entries[SIMD2(row, column)] = values[row * rows + column] }
            }
            let matrix = SparseProblems.matrix(rows: rows, entries)
            let right = SparseProblems.vector(rows, seed: 9)
            var factor = try SparseFactor(pattern: matrix.pattern, ordering: .pord)
            try factor.factor(matrix.values)
            var (solution, work) = (right, right)
            try factor.solve(&solution)
            let before = try factor.refine(&solution, of: matrix, rightHandSide: right, residual: &work)
            let after = matrix.residual(of: solution, rightHandSide: right, into: &work)
            #expect(before <= 1e-10)
            #expect(after <= 1e-13)
        }
    }

    @Test("One triangle is enough for a symmetric matrix")
    func triangle() throws {
        let full = SparseProblems.positiveDefinite(40, seed: 3)
        var entries: [SIMD2<Int>: Double] = [:]
        for row in 0..<40 {
            for position in full.pattern.rowStarts[row]..<full.pattern.rowStarts[row + 1] {
                let column = Int(full.pattern.columns[position])
                if column >= row { entries[SIMD2(row, column)] = full.values[position] }
            }
        }
        let upper = SparseProblems.matrix(rows: 40, entries)
        var ofFull = try SparseFactor(pattern: full.pattern, symmetry: .positiveDefinite)
        var ofUpper = try SparseFactor(pattern: upper.pattern, symmetry: .positiveDefinite)
        try ofFull.factor(full.values)
        try ofUpper.factor(upper.values)
        var (first, second) = (SparseProblems.vector(40, seed: 4), SparseProblems.vector(40, seed: 4))
        try ofFull.solve(&first)
        try ofUpper.solve(&second)
        #expect(SparseProblems.digest(first) == SparseProblems.digest(second))
    }

    @Test("New values are factored with the symbolic factor of the pattern")
    func newValues() throws {
        let first = SparseProblems.grid(20, reaction: 1)
        let second = SparseProblems.grid(20, reaction: 0.01, wind: 3)
        #expect(first.pattern == second.pattern)
        let right = SparseProblems.vector(400, seed: 1)
        var factor = try SparseFactor(pattern: first.pattern)
        var work = right
        for matrix in [first, second, first] {
            let before = SparseProblems.digest(matrix.values)
            try factor.factor(matrix.values)
            #expect(SparseProblems.digest(matrix.values) == before)
            var solution = right
            try factor.solve(&solution)
            let residual = matrix.residual(of: solution, rightHandSide: right, into: &work)
            #expect(residual <= 1e-12)
        }
    }

    @Test("Several right-hand sides are solved as each alone")
    func severalRightHandSides() throws {
        let matrix = SparseProblems.general(50, seed: 8)
        var factor = try SparseFactor(pattern: matrix.pattern)
        try factor.factor(matrix.values)
        let right = SparseProblems.vector(150, seed: 2)
        var together = right
        try factor.solve(&together)
        for index in 0..<3 {
            var alone = Array(right[50 * index..<50 * (index + 1)])
            try factor.solve(&alone)
            let difference = SparseProblems.difference(Array(together[50 * index..<50 * (index + 1)]), alone)
            #expect(difference <= 1e-13)
        }
    }

    @Test("An order of our own is followed: the natural one fills the band, dissection does not")
    func ownOrder() throws {
        let matrix = SparseProblems.grid(30, reaction: 1)
        let natural = SparseFactor.Ordering.permutation((0..<900).map { Int32($0) })
        try expectAgreement(matrix, .general, natural)
        let banded = try SparseFactor(pattern: matrix.pattern, ordering: natural)
        let dissected = try SparseFactor(pattern: matrix.pattern)
        let entries = banded.statistics.expectedEntries
        #expect(entries > 900 * 2 * 30)
        #expect(dissected.statistics.expectedEntries < entries * 2 / 3)
    }

    @Test("Pivots that vanish until later ones are eliminated are put off, with more memory where it is needed")
    func delayedPivots() throws {
        // The first unknowns have a zero diagonal and are held by the last ones only, against the order given.
        let half = 300
        var entries: [SIMD2<Int>: Double] = [:]
        let coupling = SparseProblems.general(half, seed: 5)
        for row in 0..<half {
            entries[SIMD2(row, row)] = 0
            entries[SIMD2(half + row, half + row)] = 1
            for position in coupling.pattern.rowStarts[row]..<coupling.pattern.rowStarts[row + 1] {
                let column = Int(coupling.pattern.columns[position])
                entries[SIMD2(row, half + column)] = coupling.values[position]
                entries[SIMD2(half + column, row)] = coupling.values[position]
            }
        }
        let matrix = SparseProblems.matrix(rows: 2 * half, entries)
        let order = SparseFactor.Ordering.permutation((0..<Int32(2 * half)).map { $0 })
        var factor = try SparseFactor(pattern: matrix.pattern, ordering: order)
        let before = factor.statistics.relaxation
        try factor.factor(matrix.values)
        #expect(factor.statistics.delayedPivots >= half)
        #expect(factor.statistics.relaxation > before)
        try expectAgreement(matrix, .general, order)
        try expectAgreement(matrix, .symmetricIndefinite, order)
    }

    @Test("Refinement with the factors of a neighbour converges to the solution")
    func refinement() throws {
        let neighbour = SparseProblems.grid(20, reaction: 1)
        var matrix = neighbour
        matrix.values = neighbour.values.enumerated().map { $1 * (1 + 0.02 * Double($0 % 3)) }
        var factor = try SparseFactor(pattern: neighbour.pattern)
        try factor.factor(neighbour.values)
        let right = SparseProblems.vector(400, seed: 6)
        var solution = [Double](repeating: 0, count: 400)
        var work = solution
        var residuals: [Double] = []
        for _ in 0..<12 {
            residuals.append(try factor.refine(&solution, of: matrix, rightHandSide: right, residual: &work))
        }
        #expect(residuals[0] == 1)
        #expect(residuals[2] < 0.1 * residuals[1])
        #expect(residuals[11] < 1e-12)
        let difference = SparseProblems.difference(solution, SparseProblems.denseSolution(matrix, right))
        #expect(difference <= 1e-11)
    }

    @Test("Statistics tell the fill: both triangles of a general matrix, one of a symmetric")
    func statistics() throws {
        let matrix = SparseProblems.grid(40, reaction: 1)
        var general = try SparseFactor(pattern: matrix.pattern)
        var symmetric = try SparseFactor(pattern: matrix.pattern, symmetry: .positiveDefinite)
        #expect(general.statistics.entries == 0)
        try general.factor(matrix.values)
        try symmetric.factor(matrix.values)
        let (whole, half) = (general.statistics, symmetric.statistics)
        #expect(whole.entries == whole.expectedEntries)
        #expect(abs(2 * half.entries - whole.entries) <= 2 * 1600)
        #expect(whole.operations > 1.8 * half.operations)
        #expect(whole.allocatedBytes >= 8 * whole.entries / 1_000_000 * 1_000_000)
    }
}
