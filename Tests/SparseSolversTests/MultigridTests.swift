import FiniteElements
import Foundation
import LinearAlgebra
import SparseSolvers
import TestSupport
import Testing

@Suite struct MultigridTests {
    private func problems() throws -> [StepProblem] {
        let one = SIMD2<Double>.one
        return [
            try StepProblem(24, 24), try StepProblem(17, 30, step: 1e4), try StepProblem(23, 14, growth: SIMD2(100, 1)),
            try StepProblem(9, 40, growth: SIMD2(100, 100)), try StepProblem(16, 12, growth: one, isPeriodic: true),
            try StepProblem(15, 12, growth: SIMD2(1, 50), isPeriodic: true),
            try StepProblem(13, 13, isPeriodic: true, step: 1), try StepProblem(1, 9), try StepProblem(9, 1),
            try StepProblem(1, 1), try StepProblem(1, 6, isPeriodic: true), try StepProblem(2, 6, isPeriodic: true),
            try StepProblem(3, 6, isPeriodic: true), try StepProblem(21, 19, step: 0.1, coordinates: .axisymmetric),
            try StepProblem(22, 19, growth: SIMD2(30, 5), coordinates: .axisymmetric),
            try StepProblem(20, 20) { $0.x + $0.y < 0.9 ? 1000 : 1 },
        ]
    }

    private func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }

    @Test("The cycle is symmetric and positive definite, and B A lies between a third and one")
    func symmetry() throws {
        for problem in try problems() {
            var cycle = try LatticeMultigrid(lattice: problem.lattice, pattern: problem.matrix.pattern)
            try cycle.setUp(problem.matrix)
            let (x, y) = (
                SparseProblems.vector(problem.lattice.count, seed: 1),
                SparseProblems.vector(problem.lattice.count, seed: 2)
            )
            let (bx, by) = (cycle.apply(to: x), cycle.apply(to: y))
            let scale = (dot(x, bx) * dot(y, by)).squareRoot()
            #expect(abs(dot(x, by) - dot(y, bx)) <= 3e-6 * scale, "\(problem.lattice)")
            #expect(dot(x, bx) > 0)
            // e · A B A e / e · A e
            var (ax, bax) = (x, x)
            problem.matrix.multiply(x, into: &ax)
            bax = cycle.apply(to: ax)
            let quotient = dot(ax, bax) / dot(x, ax)
            #expect(quotient > 1.0 / 3 && quotient < 1 + 1e-5)
        }
    }

    @Test("Single columns and rows of cells and small rings take few cycles")
    func small() throws {
        for (columns, rows) in [(1, 1), (1, 2), (2, 1), (1, 30)] {
            let result = try StepProblem(columns, rows).solve()
            #expect(result.iterations <= 9 && result.error <= 1e-10, "\(columns) \(rows) \(result)")
        }
        let ring = try StepProblem(1, 20, isPeriodic: true).solve()
        #expect(ring.iterations <= 5 && ring.error <= 1e-10, "\(ring)")
    }

    @Test("Even meshes smooth points, graded ones columns; each level has a kind of its own")
    func kinds() throws {
        func kinds(_ problem: StepProblem) throws -> [Bool] {
            var cycle = try LatticeMultigrid(lattice: problem.lattice, pattern: problem.matrix.pattern)
            try cycle.setUp(problem.matrix)
            return cycle.hierarchy.map(\.smoothsPoints)
        }
        let (even, graded) = (try kinds(StepProblem(64, 64)), try kinds(StepProblem(64, 64, growth: SIMD2(100, 1))))
        #expect(even.prefix(3) == [true, true, true] && even.last == false)
        #expect(graded.allSatisfy { !$0 })
    }

    @Test("A change of the matrix between kinds of levels gives the solver of the new matrix")
    func refactored() throws {
        let (even, jump) = (try StepProblem(40, 33), try StepProblem(40, 33) { $0.x < 0.4 ? 1e3 : 1 })
        let right = SparseProblems.vector(even.lattice.count, seed: 5)
        func first(_ problem: StepProblem) throws -> [Double] {
            var solver = try problem.makeSolver()
            var solution = [Double](repeating: 0, count: right.count)
            try solver.solve(&solution, rightHandSide: right, tolerance: 1e-9)
            return solution
        }
        var solver = try even.makeSolver()
        for problem in [jump, even, jump] {
            try solver.factor(problem.matrix)
            var solution = [Double](repeating: 0, count: right.count)
            try solver.solve(&solution, rightHandSide: right, tolerance: 1e-9)
            let expected = try first(problem)
            #expect(SparseProblems.digest(solution) == SparseProblems.digest(expected))
        }
    }

    @Test("The product by diagonals is that of the sparse matrix")
    func product() throws {
        for problem in try problems() {
            var product = try LatticeOperator(lattice: problem.lattice, problem.matrix)
            let x = SparseProblems.vector(problem.lattice.count, seed: 4)
            var (expected, found) = (x, x)
            problem.matrix.multiply(x, into: &expected)
            product.multiply(x, into: &found)
            #expect(SparseProblems.difference(found, expected) <= 1e-14)
        }
    }

    @Test("A matrix that is none of the lattice, or not definite, is refused")
    func refused() throws {
        let problem = try StepProblem(6, 5)
        let pattern = problem.matrix.pattern
        #expect(throws: LatticeError.otherSize(rows: 42, unknowns: 48)) {
            _ = try LatticeMultigrid(lattice: Lattice(columns: 8, rows: 6), pattern: pattern)
        }
        #expect(throws: LatticeError.notNeighbours(row: 0, column: 8)) {
            _ = try LatticeMultigrid(lattice: Lattice(columns: 6, rows: 7), pattern: pattern)
        }
        var negative = problem.matrix
        for place in negative.values.indices { negative.values[place] *= -1 }
        var cycle = try LatticeMultigrid(lattice: problem.lattice, pattern: pattern)
        #expect(throws: KrylovError.notPositiveDefinite(iterations: 0)) { try cycle.setUp(negative) }
    }
}
