import Foundation
import LinearAlgebra
import SparseSolvers
import TestSupport
import Testing

@Suite struct SparseFactorErrorTests {
    private static let symmetries: [SparseFactor.Symmetry] = [.general, .symmetricIndefinite, .positiveDefinite]

    @Test("A row of zeros is found and named", arguments: symmetries)
    func zeroRow(symmetry: SparseFactor.Symmetry) throws {
        var matrix = SparseProblems.grid(12, reaction: 1)
        for row in 0..<144 {
            for position in matrix.pattern.rowStarts[row]..<matrix.pattern.rowStarts[row + 1]
            where row == 77 || matrix.pattern.columns[position] == 77 {
                matrix.values[position] = 0
            }
        }
        var factor = try SparseFactor(pattern: matrix.pattern, symmetry: symmetry)
        var caught: SparseFactorError?
        do { try factor.factor(matrix.values) } catch { caught = error }
        #expect(caught == .singular(row: symmetry == .positiveDefinite ? nil : 77))
        let isFactored = factor.isFactored
        #expect(!isFactored)
        var vector = [Double](repeating: 1, count: 144)
        do { try factor.solve(&vector) } catch { caught = error }
        #expect(caught == .notFactored)

        let regular = SparseProblems.grid(12, reaction: 1)
        try factor.factor(regular.values)
        try factor.checkRegularity(of: regular, tolerance: 1e-10)
    }

    @Test("Zero, dependent and empty matrices are refused")
    func singular() throws {
        let dense = SparsePattern(rowStarts: [0, 2, 4], columns: [0, 1, 0, 1])
        for values in [[0.0, 0, 0, 0], [1, 2, 2, 4], [0, 0, 1, 1]] {
            var factor = try SparseFactor(pattern: dense)
            #expect(throws: SparseFactorError.self) { try factor.factor(values) }
        }
        #expect(throws: SparseFactorError.empty) {
            _ = try SparseFactor(pattern: SparsePattern(rowStarts: [0], columns: []))
        }
        var one = try SparseFactor(pattern: SparsePattern(rowStarts: [0, 1], columns: [0]))
        #expect(throws: SparseFactorError.singular(row: 0)) { try one.factor([0]) }
    }

    @Test("A pattern that no values make regular is refused with its rank")
    func structure() {
        // Rows 0 and 1 share their only column.
        let pattern = SparsePattern(rowStarts: [0, 1, 2, 5], columns: [0, 0, 0, 1, 2])
        #expect(throws: SparseFactorError.structurallySingular(rank: 2, rows: 3)) {
            _ = try SparseFactor(pattern: pattern)
        }
        #expect(throws: SparseFactorError.structurallySingular(rank: 0, rows: 2)) {
            _ = try SparseFactor(pattern: SparsePattern(rowStarts: [0, 0, 0], columns: []))
        }
    }

    @Test("Whether a matrix is regular does not depend on the units of its rows and columns", arguments: [0, 1])
    func units(held: Double) throws {
        let plain = SparseProblems.grid(30, reaction: 1e-4 * held)
        var scaled = plain
        for row in 0..<plain.size {
            for place in plain.pattern.rowStarts[row]..<plain.pattern.rowStarts[row + 1] {
                let column = Int(plain.pattern.columns[place])
                scaled.values[place] *= (row % 3 == 0 ? 1e3 : 1e-4) * (column % 2 == 0 ? 1e-3 : 1e5)
            }
        }
        var factor = try SparseFactor(pattern: scaled.pattern)
        var isRegular = true
        do {
            try factor.factor(scaled.values)
            try factor.checkRegularity(of: scaled)
        } catch {
            isRegular = false
        }
        #expect(isRegular == (held == 1))
    }

    @Test("A body free to move is refused, a held one is not", arguments: symmetries)
    func free(symmetry: SparseFactor.Symmetry) throws {
        let held = SparseProblems.grid(50, reaction: 1e-6)
        var factor = try SparseFactor(pattern: held.pattern, symmetry: symmetry)
        try factor.factor(held.values)
        try factor.checkRegularity(of: held)

        let free = SparseProblems.grid(50, reaction: 0)
        var caught: SparseFactorError?
        do {
            try factor.factor(free.values)
            try factor.checkRegularity(of: free)
        } catch { caught = error }
        switch caught {
        case .nearlySingular(let row, let error):
            #expect((0..<2500).contains(row))
            #expect(error > 1e-3)
        case .singular(let row?): #expect((0..<2500).contains(row))
        case .notPositiveDefinite(let count): #expect(count == 1 && symmetry == .positiveDefinite)
        default: Issue.record("\(String(describing: caught)) instead of a singular matrix")
        }
    }

    @Test("A matrix that is not positive definite is refused with the number of its negative pivots")
    func indefinite() throws {
        let matrix = SparseProblems.matrix(
            rows: 3, [SIMD2(0, 0): 2, SIMD2(0, 1): 1, SIMD2(1, 0): 1, SIMD2(1, 1): -3, SIMD2(2, 2): 1])
        var factor = try SparseFactor(pattern: matrix.pattern, symmetry: .positiveDefinite)
        #expect(throws: SparseFactorError.notPositiveDefinite(negativePivots: 1)) {
            try factor.factor(matrix.values)
        }
    }

    @Test("Numbers that are not finite are refused with their place", arguments: [Double.infinity, -.infinity])
    func notFinite(value: Double) throws {
        var matrix = SparseProblems.grid(5, reaction: 1)
        var factor = try SparseFactor(pattern: matrix.pattern)
        let position = matrix.pattern.rowStarts[13] + 2
        let column = Int(matrix.pattern.columns[position])
        try factor.factor(matrix.values)
        var right = [Double](repeating: 1, count: 50)
        right[25 + 7] = value
        #expect(throws: SparseFactorError.notFiniteRightHandSide(row: 7, value: value)) { try factor.solve(&right) }
        matrix.values[position] = value
        #expect(throws: SparseFactorError.notFiniteEntry(row: 13, column: column, value: value)) {
            try factor.factor(matrix.values)
        }
        let isFactored = factor.isFactored
        #expect(!isFactored)
    }

    @Test("NaN is refused with its place")
    func notANumber() throws {
        var matrix = SparseProblems.grid(5, reaction: 1)
        var factor = try SparseFactor(pattern: matrix.pattern)
        matrix.values[matrix.pattern.columns.count - 1] = .nan
        var caught: SparseFactorError?
        do { try factor.factor(matrix.values) } catch { caught = error }
        guard case .notFiniteEntry(row: 24, column: 24, let value) = caught else {
            Issue.record("\(String(describing: caught)) instead of the place of NaN")
            return
        }
        #expect(value.isNaN)
    }

    @Test("A solution that overflows is refused")
    func overflow() throws {
        var factor = try SparseFactor(pattern: SparsePattern(rowStarts: [0, 1], columns: [0]))
        try factor.factor([1e-200])
        var right = [1e200]
        #expect(throws: SparseFactorError.notFiniteSolution(row: 0)) { try factor.solve(&right) }
    }

    @Test(
        "An order that is no permutation is refused where it goes wrong",
        arguments: [([0, 1, 1], 2), ([0, 3, 1], 1), ([-1, 0, 1], 0), ([0, 1], 2), ([0, 1, 2, 0], 3)] as [([Int32], Int)]
    )
    func permutation(order: [Int32], step: Int) {
        let pattern = SparsePattern(rowStarts: [0, 1, 2, 3], columns: [0, 1, 2])
        #expect(throws: SparseFactorError.notAPermutation(step: step)) {
            _ = try SparseFactor(pattern: pattern, ordering: .permutation(order))
        }
    }

    @Test("A factorisation without memory says how much it asked for")
    func memory() async {
        await #expect(processExitsWith: .success) {
            let matrix = SparseProblems.grid(300, reaction: 1)
            var factor = try SparseFactor(pattern: matrix.pattern)
            // Room for ten million bytes more than the process has now; the factors need sixty.
            let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .ascii).split(separator: " ")[0]
            let space = UInt(pages)! * UInt(sysconf(Int32(_SC_PAGESIZE))) + 10_000_000
            var limit = rlimit(rlim_cur: space, rlim_max: space)
            #expect(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
            var caught: SparseFactorError?
            do throws(SparseFactorError) { try factor.factor(matrix.values) } catch { caught = error }
            guard case .outOfMemory(let bytes) = caught else { exit(EXIT_FAILURE) }
            #expect(bytes > 10_000_000)
        }
    }

    @Test("Every error is one sentence without a full stop")
    func sentences() {
        let errors: [SparseFactorError] = [
            .empty, .notAPermutation(step: 1), .orderingNotAvailable(asked: 4, used: 0),
            .structurallySingular(rank: 1, rows: 2), .singular(row: 3),
            .nearlySingular(row: 3, error: 0.5), .notPositiveDefinite(negativePivots: 2),
            .notFiniteEntry(row: 1, column: 2, value: .nan), .notFiniteRightHandSide(row: 1, value: .infinity),
            .notFiniteSolution(row: 4), .notFactored, .outOfMemory(bytes: 8),
            .workspaceTooSmall(relaxation: 1600, missingEntries: 5), .library(code: -99, detail: 0),
        ]
        for error in errors {
            let sentence = error.description
            #expect(sentence.contains(", ") && !sentence.hasSuffix("."))
        }
    }
}
