import LinearAlgebra
import SparseSolvers
import TestSupport
import Testing

@Suite struct GMRESTests {
    /// A grid with a wind, and the factors of the same grid with another reaction and a weaker wind.
    private func problem(
        _ size: Int, lag: Double
    ) throws -> (matrix: SparseMatrix, factored: SparseMatrix, right: [Double]) {
        let matrix = SparseProblems.grid(size, reaction: 0.05, wind: 0.5)
        let factored = SparseProblems.grid(size, reaction: 0.05 * (1 + lag), wind: 0.5 * (1 - lag))
        return (matrix, factored, SparseProblems.vector(size * size, seed: 20))
    }

    private func factor(_ matrix: SparseMatrix) throws -> SparseFactor {
        var factor = try SparseFactor(pattern: matrix.pattern)
        try factor.factor(matrix.values)
        return factor
    }

    @Test("The factors of a neighbour converge in few iterations to the direct solution", arguments: [0.01, 0.1, 0.5])
    func lagged(lag: Double) throws {
        let (matrix, factored, right) = try problem(40, lag: lag)
        let lagged = try factor(factored)
        var gmres = GMRES(count: 1600)
        var solution = [Double](repeating: 0, count: 1600)
        let outcome = try gmres.solve(
            matrix, rightHandSide: right, solution: &solution, preconditioner: lagged, tolerance: 1e-12)
        #expect(outcome.iterations <= (lag < 0.05 ? 6 : lag < 0.3 ? 10 : 20))
        #expect(outcome.iterations >= 2)
        var work = right
        let residual = matrix.residual(of: solution, rightHandSide: right, into: &work)
        #expect(residual == outcome.residual && residual <= 1e-12)
        var direct = right
        try factor(matrix).solve(&direct)
        let difference = SparseProblems.difference(solution, direct)
        #expect(difference <= 1e-10)
    }

    @Test("Exact factors need one iteration, a solution none")
    func exact() throws {
        let (matrix, _, right) = try problem(20, lag: 0)
        let exact = try factor(matrix)
        var gmres = GMRES(count: 400)
        var solution = [Double](repeating: 0, count: 400)
        func solve() throws -> GMRES.Outcome {
            try gmres.solve(matrix, rightHandSide: right, solution: &solution, preconditioner: exact, tolerance: 1e-11)
        }
        let first = try solve()
        #expect(first.iterations == 1)
        let second = try solve()
        #expect(second.iterations == 0)
    }

    @Test("Short cycles reach the tolerance as well, in more iterations")
    func restarts() throws {
        let (matrix, factored, right) = try problem(40, lag: 0.5)
        let lagged = try factor(factored)
        var iterations: [Int] = []
        for restart in [30, 3] {
            var gmres = GMRES(count: 1600, restart: restart)
            var solution = [Double](repeating: 0, count: 1600)
            let outcome = try gmres.solve(
                matrix, rightHandSide: right, solution: &solution, preconditioner: lagged, tolerance: 1e-10)
            #expect(outcome.residual <= 1e-10)
            iterations.append(outcome.iterations)
        }
        #expect(iterations[0] <= iterations[1] && iterations[1] > 3)
    }

    @Test("In as many iterations as unknowns the solution is exact whatever the preconditioner")
    func finiteTermination() throws {
        let matrix = SparseProblems.general(12, seed: 30)
        let identity = SparseProblems.matrix(
            rows: 12, Dictionary(uniqueKeysWithValues: (0..<12).map { (SIMD2($0, $0), 1.0) }))
        let none = try factor(identity)
        let right = SparseProblems.vector(12, seed: 31)
        var gmres = GMRES(count: 12, restart: 12)
        var solution = [Double](repeating: 0, count: 12)
        let outcome = try gmres.solve(
            matrix, rightHandSide: right, solution: &solution, preconditioner: none, tolerance: 1e-12)
        #expect(outcome.iterations <= 12)
        let difference = SparseProblems.difference(solution, SparseProblems.denseSolution(matrix, right))
        #expect(difference <= 1e-11)
    }

    @Test("A zero right-hand side has the zero solution")
    func zero() throws {
        let (matrix, _, _) = try problem(5, lag: 0)
        let exact = try factor(matrix)
        var gmres = GMRES(count: 25)
        var solution = SparseProblems.vector(25, seed: 1)
        let outcome = try gmres.solve(
            matrix, rightHandSide: [Double](repeating: 0, count: 25), solution: &solution, preconditioner: exact,
            tolerance: 1e-10)
        #expect(outcome.iterations == 0)
        #expect(solution.allSatisfy { $0 == 0 })
    }

    /// The error of a solution from zero, if there is one.
    private func failure(
        _ matrix: SparseMatrix, _ right: [Double], _ preconditioner: borrowing SparseFactor, tolerance: Double,
        maximumIterations: Int = 100
    ) -> KrylovError? {
        var gmres = GMRES(count: right.count, restart: 5)
        var solution = [Double](repeating: 0, count: right.count)
        do {
            _ = try gmres.solve(
                matrix, rightHandSide: right, solution: &solution, preconditioner: preconditioner,
                tolerance: tolerance, maximumIterations: maximumIterations)
            return nil
        } catch { return error }
    }

    @Test("Too few iterations are reported with the residual they reached")
    func notConverged() throws {
        let (matrix, factored, right) = try problem(20, lag: 0.5)
        let error = failure(matrix, right, try factor(factored), tolerance: 1e-12, maximumIterations: 3)
        guard case .notConverged(iterations: 3, let residual, tolerance: 1e-12) = error else {
            Issue.record("\(String(describing: error)) instead of three iterations")
            return
        }
        #expect(residual > 1e-12 && residual < 1)
    }

    @Test("A tolerance below rounding, and a singular matrix, are reported as stagnation")
    func stagnation() throws {
        let (matrix, factored, right) = try problem(20, lag: 0.1)
        let below = failure(matrix, right, try factor(factored), tolerance: 1e-19)
        guard case .stagnated(_, let residual, tolerance: 1e-19) = below else {
            Issue.record("\(String(describing: below)) instead of stagnation")
            return
        }
        #expect(residual < 1e-14)
        // A x = b with A = diag(1, 0) and b = (1, 1): what is left is (0, 1), 1/√2 of b.
        let singular = SparseProblems.matrix(rows: 2, [SIMD2(0, 0): 1, SIMD2(1, 1): 0])
        let identity = try factor(SparseProblems.matrix(rows: 2, [SIMD2(0, 0): 1, SIMD2(1, 1): 1]))
        guard case .stagnated(_, let rest, _) = failure(singular, [1, 1], identity, tolerance: 1e-6) else {
            Issue.record("no stagnation on a singular matrix")
            return
        }
        #expect(abs(rest - 0.5.squareRoot()) < 1e-14)
    }

    @Test("NaN and a preconditioner without factors are reported")
    func broken() throws {
        var (matrix, _, right) = try problem(10, lag: 0)
        let empty = try SparseFactor(pattern: matrix.pattern)
        let missing = failure(matrix, right, empty, tolerance: 1e-10)
        #expect(missing == .preconditioner(.notFactored))
        let exact = try factor(matrix)
        matrix.values[17] = .nan
        let spoilt = failure(matrix, right, exact, tolerance: 1e-10)
        #expect(spoilt == .notFinite(iterations: 0))
    }
}
