import CLAPACK

/// The solution of a dense system, given by rows, by LAPACK's dgesv.
func denseSolution(_ rows: [[Double]], _ right: [Double]) throws -> [Double] {
    let count = rows.count
    var matrix = rows.flatMap { $0 }
    var solution = right
    var pivots = [Int32](repeating: 0, count: count)
    let info = LAPACKE_dgesv(LAPACK_ROW_MAJOR, Int32(count), 1, &matrix, Int32(count), &pivots, &solution, 1)
    guard info == 0 else { throw KernelMismatch(description: "LAPACK's dgesv ended with \(info)") }
    return solution
}

/// A tridiagonal matrix in LAPACK's hands: dgttrf and dgttrs, through the entry points that do not search for NaN.
struct LapackTridiagonal {
    private let problem: TridiagonalProblem
    private let order: Int32
    private var lower: [Double]
    private var diagonal: [Double]
    private var upper: [Double]
    private var secondUpper: [Double]
    private var pivots: [Int32]

    init(_ problem: TridiagonalProblem) {
        openblas_set_num_threads(1)
        self.problem = problem
        let count = problem.diagonal.count
        order = Int32(count)
        lower = [Double](repeating: 0, count: count - 1)
        diagonal = problem.diagonal
        upper = lower
        secondUpper = [Double](repeating: 0, count: count - 2)
        pivots = [Int32](repeating: 0, count: count)
    }

    /// Factors in place; the copy of the matrix that this takes is part of the work, as it is of ours.
    mutating func factor() -> Bool {
        let last = diagonal.count - 1
        problem.lower.withUnsafeBufferPointer { source in
            lower.withUnsafeMutableBufferPointer { $0.baseAddress!.update(from: source.baseAddress! + 1, count: last) }
        }
        problem.upper.withUnsafeBufferPointer { source in
            upper.withUnsafeMutableBufferPointer { $0.baseAddress!.update(from: source.baseAddress!, count: last) }
        }
        problem.diagonal.withUnsafeBufferPointer { source in
            diagonal.withUnsafeMutableBufferPointer {
                $0.baseAddress!.update(from: source.baseAddress!, count: last + 1)
            }
        }
        return LAPACKE_dgttrf_work(order, &lower, &diagonal, &upper, &secondUpper, &pivots) == 0
    }

    /// Replaces a right-hand side by the solution.
    func solve(_ right: inout [Double]) {
        let notTransposed = CChar(UInt8(ascii: "N"))
        _ = LAPACKE_dgttrs_work(
            LAPACK_COL_MAJOR, notTransposed, order, 1, lower, diagonal, upper, secondUpper, pivots, &right,
            order)
    }
}
