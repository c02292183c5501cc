import FiniteElements
import Foundation
import LinearAlgebra
import SparseSolvers
import TestSupport
import Testing

@Suite struct ConjugateGradientsTests {
    @Test("The solution is that of the direct solver")
    func direct() throws {
        let problems = [
            try StepProblem(24, 24), try StepProblem(17, 31), try StepProblem(23, 14, growth: SIMD2(100, 1)),
            try StepProblem(14, 23, growth: SIMD2(1, 100)), try StepProblem(16, 15, isPeriodic: true),
            try StepProblem(15, 16, growth: SIMD2(1, 50), isPeriodic: true), try StepProblem(1, 9),
            try StepProblem(9, 1), try StepProblem(1, 1), try StepProblem(1, 6, isPeriodic: true),
            try StepProblem(2, 6, isPeriodic: true), try StepProblem(3, 6, isPeriodic: true),
            try StepProblem(5, 2, isPeriodic: true), try StepProblem(21, 19, coordinates: .axisymmetric),
            try StepProblem(20, 11) { $0.x < 0.43 ? 1000 : 1 }, try StepProblem(12, 12, width: 0.01, step: 1e-3),
        ]
        for problem in problems {
            let right = SparseProblems.vector(problem.lattice.count, seed: 3)
            var expected = right
            var factor = try SparseFactor(pattern: problem.matrix.pattern, symmetry: .positiveDefinite)
            try factor.factor(problem.matrix.values)
            try factor.solve(&expected)
            var solver = try problem.makeSolver()
            var solution = [Double](repeating: 0, count: right.count)
            try solver.solve(&solution, rightHandSide: right, tolerance: 1e-12)
            #expect(SparseProblems.difference(solution, expected) <= 1e-9)
        }
    }

    @Test("Unknowns fixed by eliminating their rows and columns stay as given")
    func fixed() throws {
        for growth in [SIMD2(1.0, 1), SIMD2(30, 1)] {
            let problem = try StepProblem(40, 31, growth: growth, step: 10)
            let columns = problem.lattice.columns
            let unknowns = (0..<Int32(columns)).map { $0 } + (0..<32).map { Int32($0 * columns) }
            let fixed = FixedUnknowns(unknowns, in: problem.matrix.pattern)
            var matrix = problem.matrix
            var right = SparseProblems.vector(problem.lattice.count, seed: 3)
            fixed.eliminate(values: fixed.indices.map { 1 + 0.1 * Double($0) }, from: &matrix, right: &right)
            var solver = try ConjugateGradients(lattice: problem.lattice, pattern: matrix.pattern)
            try solver.factor(matrix)
            var solution = [Double](repeating: 0, count: right.count)
            let outcome = try solver.solve(&solution, rightHandSide: right, tolerance: 1e-12)
            #expect(outcome.iterations <= 28)
            var expected = right
            var factor = try SparseFactor(pattern: matrix.pattern, symmetry: .positiveDefinite)
            try factor.factor(matrix.values)
            try factor.solve(&expected)
            #expect(SparseProblems.difference(solution, expected) <= 1e-10)
        }
    }

    @Test("The estimate bounds the error, which the tolerance decides", arguments: [1e-3, 1e-6, 1e-9, 1e-12])
    func estimate(tolerance: Double) throws {
        for problem in [try StepProblem(60, 60), try StepProblem(60, 60, growth: SIMD2(100, 10))] {
            let result = try problem.solve(tolerance: tolerance)
            #expect(result.estimate <= tolerance)
            #expect(result.error <= 1.1 * tolerance)
            #expect(result.error >= 1e-6 * tolerance)
        }
    }

    @Test("A solution as the guess needs one cycle, a good guess fewer than zero, a bad guess a few more")
    func guess() throws {
        let problem = try StepProblem(60, 60)
        var solver = try problem.makeSolver()
        let exact = SparseProblems.vector(problem.lattice.count, seed: 7)
        var right = exact
        problem.matrix.multiply(exact, into: &right)
        func iterations(_ start: [Double]) throws -> Int {
            var solution = start
            let outcome = try solver.solve(&solution, rightHandSide: right, tolerance: 1e-8)
            #expect(SparseProblems.difference(solution, exact) <= 1e-7)
            return outcome.iterations
        }
        let solved = try iterations(exact)
        let near = try iterations(exact.map { $0 * (1 + 1e-4) })
        let zero = try iterations(exact.map { _ in 0 })
        let far = try iterations(exact.map { 1e6 * $0 })
        #expect(solved <= 1 && near < zero && zero < far && far <= 20)
    }

    @Test("The units of the matrix and the right-hand side do not matter", arguments: [-90, -30, 30, 90])
    func units(exponent: Int) throws {
        let problem = try StepProblem(20, 20)
        let right = SparseProblems.vector(problem.lattice.count, seed: 7)
        let unit = Double(sign: .plus, exponent: exponent, significand: 1)
        func solve(_ matrix: SparseMatrix, _ right: [Double]) throws -> [Double] {
            var solver = try ConjugateGradients(lattice: problem.lattice, pattern: matrix.pattern)
            try solver.factor(matrix)
            var solution = [Double](repeating: 0, count: right.count)
            try solver.solve(&solution, rightHandSide: right, tolerance: 1e-9)
            return solution
        }
        let expected = try solve(problem.matrix, right)
        let scaled = SparseMatrix(pattern: problem.matrix.pattern, values: problem.matrix.values.map { unit * $0 })
        let (one, other) = (
            try solve(scaled, right.map { unit * $0 }), try solve(problem.matrix, right.map { unit * $0 })
        )
        #expect(one.map(\.bitPattern) == expected.map(\.bitPattern))
        #expect(SparseProblems.difference(other.map { $0 / unit }, expected) <= 1e-9)
    }

    @Test("A zero right-hand side has the zero solution, whatever the guess")
    func zero() throws {
        let problem = try StepProblem(20, 20)
        var solver = try problem.makeSolver()
        let none = [Double](repeating: 0, count: problem.lattice.count)
        var solution = none
        let outcome = try solver.solve(&solution, rightHandSide: none, tolerance: 1e-9)
        #expect(outcome.iterations == 0 && solution == none)
        solution = SparseProblems.vector(problem.lattice.count, seed: 1)
        try solver.solve(&solution, rightHandSide: none, tolerance: 1e-9)
        #expect(solution == none)
    }

    @Test("Too few iterations, a tolerance below rounding, NaN and a matrix that is not definite are reported")
    func errors() throws {
        let problem = try StepProblem(30, 30)
        let right = SparseProblems.vector(problem.lattice.count, seed: 7)
        func failure(_ right: [Double], tolerance: Double, limit: Int, _ matrix: SparseMatrix) -> KrylovError? {
            var solution = [Double](repeating: 0, count: right.count)
            do {
                guard var solver = try? ConjugateGradients(lattice: problem.lattice, pattern: matrix.pattern) else {
                    return nil
                }
                try solver.factor(matrix)
                _ = try solver.solve(
                    &solution, rightHandSide: right, tolerance: tolerance, maximumIterations: limit)
                return nil
            } catch { return error }
        }
        guard case .notConverged(3, let error, 1e-10) = failure(right, tolerance: 1e-10, limit: 3, problem.matrix)
        else {
            Issue.record("three iterations suffice")
            return
        }
        #expect(error > 1e-10 && error < 1)
        guard case .stagnated(_, let rest, _) = failure(right, tolerance: 1e-19, limit: 100, problem.matrix) else {
            Issue.record("no stagnation below rounding")
            return
        }
        #expect(rest < 1e-13)
        var spoilt = right
        spoilt[3] = .nan
        let notFinite = failure(spoilt, tolerance: 1e-9, limit: 100, problem.matrix)
        #expect(notFinite == .notFinite(iterations: 0))
        var indefinite = problem.matrix
        for row in 0..<indefinite.size {
            let place = indefinite.pattern.position(row: row, column: row)!
            indefinite.values[place] *= 0.6
        }
        guard case .notPositiveDefinite = failure(right, tolerance: 1e-9, limit: 100, indefinite) else {
            Issue.record("an indefinite matrix passes")
            return
        }
    }
}
