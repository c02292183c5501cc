import CMumps
import LinearAlgebra

/// The factors of a sparse matrix by the multifrontal method of MUMPS (Amestoy, Duff, Koster and L'Excellent 2001), for
/// many right-hand sides and for new values in an unchanged pattern.
///
/// The order of elimination follows from the pattern alone; it is found once and kept. Nested dissection by PORD is the
/// default: on a coupled problem of 128 x 128 cells (quadratic displacements with two linear fields, 165 380 unknowns)
/// its factors have 47 million entries and take 0.89 s, with AMF 58 million and 1.16 s, with AMD 60 million and 1.27 s,
/// for an analysis of 0.44 s instead of 0.29 s. On scalar nine-point grids the three differ by less than a tenth in
/// entries, and PORD's analysis takes the time of two factorisations.
///
/// **Repeatability.** The same pattern, values and right-hand side give the same bits, in one process and in another, on
/// the same versions of MUMPS and BLAS with the same BLAS kernels (see ``libraries``). OpenBLAS picks its kernels by the
/// processor unless OPENBLAS_CORETYPE is set. Every call puts OpenBLAS on one thread, for the whole process.
///
/// **Threads.** MUMPS has state that all factors share, so that calls from several threads wait for each other.
public struct SparseFactor: ~Copyable, @unchecked Sendable {
    // Sendable: MUMPS is entered under one lock, and only `mutating` functions change what a later call gives.

    /// Where the matrix may have entries.
    public let pattern: SparsePattern
    /// What is known of the matrix.
    public let symmetry: Symmetry
    /// Whether there are factors to solve with.
    public private(set) var isFactored = false

    private let handle: OpaquePointer
    /// Where the entries that MUMPS reads start in each row: the first, or the diagonal of a symmetric matrix.
    private let readStarts: [Int]
    /// The entries on and above the diagonal of a symmetric matrix.
    private var upperValues: [Double]
    /// ICNTL(14); what sufficed once is kept for the next values.
    private var relaxation: Int32 = 25

    /// From this many per cent on, more working memory is taken for a symptom and not asked for.
    private static let largestRelaxation: Int32 = 1600
    /// A row whose entries are all below this, where the scaled matrix is of norm one, holds nothing but rounding.
    private static let nullThreshold = 1e-15

    /// Finds the order of elimination of a pattern and factors it symbolically.
    public init(
        pattern: SparsePattern, symmetry: Symmetry = .general, ordering: Ordering = .pord
    ) throws(SparseFactorError) {
        guard pattern.size > 0 else { throw .empty }
        let readStarts = Self.readStarts(of: pattern, symmetry: symmetry)
        let positions = try Self.positions(of: ordering, rows: pattern.size)
        let readCount = zip(readStarts, pattern.rowStarts.dropFirst()).reduce(0) { $0 + $1.1 - $1.0 }
        guard readCount > 0 else { throw .structurallySingular(rank: 0, rows: pattern.size) }
        let orderingCode = ordering.code(rows: pattern.size, entries: readCount)
        var status = cmumps_status()
        let created = pattern.rowStarts.withUnsafeBufferPointer { rowStarts in
            cmumps_create(
                symmetry.code, Int32(pattern.size), readStarts, rowStarts.baseAddress! + 1, pattern.columns,
                orderingCode, positions, &status)
        }
        guard let created else { throw SparseFactorError(status, rows: pattern.size, relaxation: 0) }
        let used = cmumps_read_statistics(created).ordering
        guard used == orderingCode else {
            cmumps_destroy(created)
            throw .orderingNotAvailable(asked: Int(orderingCode), used: Int(used))
        }
        handle = created
        self.pattern = pattern
        self.symmetry = symmetry
        self.readStarts = readStarts
        upperValues = symmetry == .general ? [] : [Double](repeating: 0, count: readCount)
    }

    deinit { cmumps_destroy(handle) }

    /// Factors the matrix with these values, one for every entry of the pattern; the factors before are lost.
    ///
    /// Finds rows that elimination leaves empty. A matrix singular to rounding only, as of a body free to move, may pass:
    /// ``checkRegularity(of:tolerance:)`` tells.
    ///
    /// - Throws: ``SparseFactorError`` for a value that is not finite, a singular or not definite matrix, and too little memory.
    public mutating func factor(_ values: [Double]) throws(SparseFactorError) {
        precondition(values.count == pattern.columns.count, "one value for every entry of the pattern")
        isFactored = false
        if let position = firstNotFinite(values) { throw notFiniteEntry(values[position], at: position) }
        if symmetry != .general { gatherUpper(of: values) }
        let before = relaxation
        var status = factorise(symmetry == .general ? values : upperValues)
        while status.lacksWorkspace && relaxation < Self.largestRelaxation {
            relaxation *= 2
            status = factorise(symmetry == .general ? values : upperValues)
        }
        if status.code < 0 {
            // Room that did not help is not asked for again.
            defer { relaxation = before }
            throw SparseFactorError(status, rows: pattern.size, relaxation: Int(relaxation))
        }
        let result = cmumps_read_statistics(handle)
        if result.null_pivots > 0 { throw .singular(row: Int(result.first_null_row)) }
        if symmetry == .positiveDefinite && result.negative_pivots > 0 {
            throw .notPositiveDefinite(negativePivots: Int(result.negative_pivots))
        }
        isFactored = true
    }

    /// Replaces right-hand sides, one after another with a number for every row, by the solutions.
    ///
    /// - Throws: ``SparseFactorError`` without a factor, and for a right-hand side or a solution that is not finite.
    public func solve(_ vectors: inout [Double]) throws(SparseFactorError) {
        let rows = pattern.size
        precondition(!vectors.isEmpty && vectors.count.isMultiple(of: rows), "one number for every row")
        guard isFactored else { throw .notFactored }
        if let place = firstNotFinite(vectors) {
            throw .notFiniteRightHandSide(row: place % rows, value: vectors[place])
        }
        let status = cmumps_solve(handle, &vectors, Int32(vectors.count / rows))
        if status.code < 0 { throw SparseFactorError(status, rows: rows, relaxation: Int(relaxation)) }
        if let place = firstNotFinite(vectors) { throw .notFiniteSolution(row: place % rows) }
    }

    /// What the analysis foresaw and the last factorisation cost.
    public var statistics: Statistics {
        let read = cmumps_read_statistics(handle)
        return Statistics(
            expectedEntries: Int(read.expected_entries), expectedOperations: read.expected_flops,
            entries: Int(read.entries), operations: read.flops, allocatedBytes: Int(read.allocated_bytes),
            delayedPivots: Int(read.delayed_pivots),
            negativePivots: symmetry == .general ? 0 : Int(read.negative_pivots), relaxation: Int(relaxation))
    }

    /// What the bits of a solution depend on besides its input, such as "MUMPS 5.5.1, OpenBLAS Haswell".
    public static var libraries: String {
        let core = cmumps_blas_core().map { "OpenBLAS " + String(cString: $0) } ?? "BLAS of another make"
        return "MUMPS " + String(cString: cmumps_version()) + ", " + core
    }

    private func factorise(_ entries: [Double]) -> cmumps_status {
        cmumps_factorise(handle, entries, relaxation, Self.nullThreshold)
    }

    /// Copies the entries on and above the diagonal.
    private mutating func gatherUpper(of values: [Double]) {
        let (pattern, readStarts) = (pattern, readStarts)
        var upper = upperValues.mutableSpan
        var next = 0
        for row in 0..<pattern.size {
            for position in readStarts[row]..<pattern.rowStarts[row + 1] {
                upper[next] = values[position]
                next += 1
            }
        }
    }

    private func notFiniteEntry(_ value: Double, at position: Int) -> SparseFactorError {
        let row = pattern.rowStarts.firstIndex { $0 > position }! - 1
        return .notFiniteEntry(row: row, column: Int(pattern.columns[position]), value: value)
    }

    private static func readStarts(of pattern: SparsePattern, symmetry: Symmetry) -> [Int] {
        guard symmetry != .general else { return Array(pattern.rowStarts.dropLast()) }
        return (0..<pattern.size).map { row in
            let entries = pattern.rowStarts[row]..<pattern.rowStarts[row + 1]
            return entries.first { pattern.columns[$0] >= row } ?? entries.upperBound
        }
    }

    /// The step at which each row is eliminated; empty unless the order is given.
    private static func positions(of ordering: Ordering, rows: Int) throws(SparseFactorError) -> [Int32] {
        guard case .permutation(let order) = ordering else { return [] }
        var positions = [Int32](repeating: -1, count: rows)
        for (step, row) in order.enumerated() {
            guard row >= 0 && row < rows && positions[Int(row)] < 0 else { throw .notAPermutation(step: step) }
            positions[Int(row)] = Int32(step)
        }
        guard order.count == rows else { throw .notAPermutation(step: order.count) }
        return positions
    }
}
