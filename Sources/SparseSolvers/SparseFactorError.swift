/// Why a matrix could not be factored or a system not solved. Rows and columns count from zero.
public enum SparseFactorError: Error, Sendable, Hashable {
    /// The matrix has no rows.
    case empty
    /// The order of elimination does not name every row once.
    case notAPermutation(step: Int)
    /// The library does not have the ordering, which it numbers, and used another.
    case orderingNotAvailable(asked: Int, used: Int)
    /// No values make this pattern regular: not even its best permutation fills the diagonal.
    case structurallySingular(rank: Int, rows: Int)
    /// Elimination left nothing in a row, or in several of which this is the first; nil where MUMPS does not tell which.
    case singular(row: Int?)
    /// The factors do not reproduce a known solution, worst in the given row.
    case nearlySingular(row: Int, error: Double)
    /// A matrix said to be positive definite has negative pivots.
    case notPositiveDefinite(negativePivots: Int)
    /// The matrix has an entry that is not a finite number.
    case notFiniteEntry(row: Int, column: Int, value: Double)
    /// The right-hand side has a number that is not finite.
    case notFiniteRightHandSide(row: Int, value: Double)
    /// The solution has a number that is not finite.
    case notFiniteSolution(row: Int)
    /// A solution was asked for before a factorisation that succeeded.
    case notFactored
    /// An allocation of up to this many bytes failed.
    case outOfMemory(bytes: Int)
    /// The working memory, grown to this many per cent above the estimate of the analysis, still does not suffice.
    case workspaceTooSmall(relaxation: Int, missingEntries: Int)
    /// Another error of MUMPS: its INFOG(1) and INFOG(2).
    case library(code: Int, detail: Int)
}

extension SparseFactorError: CustomStringConvertible {
    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .empty: "the matrix has no rows, at least one is needed"
        case .notAPermutation(let step):
            "the order of elimination names at step \(step) a row that is out of range or was named before, "
                + "every row must be named once"
        case .orderingNotAvailable(let asked, let used):
            "MUMPS has no ordering \(asked) and used \(used) instead, choose another ordering"
        case .structurallySingular(let rank, let rows):
            "the pattern of the matrix has structural rank \(rank) of \(rows) and is singular for all values, "
                + "give every unknown an equation of its own"
        case .singular(let row):
            "the matrix is singular: elimination leaves nothing of \(row.map { "row \($0)" } ?? "a row"), "
                + "constrain the unknowns that nothing holds"
        case .nearlySingular(let row, let error):
            "the matrix is singular to rounding: its factors reproduce a known solution with the relative error "
                + "\(error) at row \(row), constrain the unknowns that nothing holds"
        case .notPositiveDefinite(let negativePivots):
            "the matrix is not positive definite, \(negativePivots) of its pivots are negative, "
                + "treat it as symmetric indefinite or correct the model"
        case .notFiniteEntry(let row, let column, let value):
            "the matrix has \(value) at row \(row), column \(column), a finite number is needed"
        case .notFiniteRightHandSide(let row, let value):
            "the right-hand side has \(value) at row \(row), a finite number is needed"
        case .notFiniteSolution(let row):
            "the solution overflows at row \(row), scale the right-hand side or check the matrix"
        case .notFactored: "there are no factors to solve with, factor the matrix first"
        case .outOfMemory(let bytes):
            "there was no memory for another \(bytes) bytes of the factorisation, use a coarser mesh or a larger machine"
        case .workspaceTooSmall(let relaxation, let missingEntries):
            "the factorisation still lacks room for \(missingEntries) numbers with \(relaxation) per cent more working "
                + "memory than foreseen, scale the equations or choose another ordering"
        case .library(let code, let detail):
            "MUMPS stopped with INFOG(1) = \(code) and INFOG(2) = \(detail), its manual explains them"
        }
    }
}
