/// The memory that a run needs at its peak, bytes, from the size of its mesh.
///
/// The constants are measured peaks of this code, to which its memory has a fixed ratio. Frames and rows are streamed to the
/// results, so that neither the number of steps nor that of frames counts; the coarser runs of an error estimate come after the
/// run itself has given its memory back.
enum MemoryEstimate {
    /// The program with its libraries, its material files and an open results file.
    static let program = 48_000_000

    /// Lines of quadratic elements: 650 bytes a cell for the integrator, the condensed matrix and the results.
    static func lines(_ count: Int, cells: Int) -> Int { program + 650 * count * cells }

    /// A lattice of bilinear elements: 1250 bytes a node for the integrator, the nine-point matrix and its multigrid.
    static func lattice(columns: Int, rows: Int) -> Int { program + 1250 * (columns + 1) * (rows + 1) }

    /// A lattice of n nodes with stress: n (11300 + 390 log2 n) bytes. The matrices take their part of each node; the factors of the
    /// stiffness grow as n log n under nested dissection (A. George, SIAM J. Numer. Anal. 10 (1973) 345).
    static func stressedLattice(columns: Int, rows: Int) -> Int {
        let nodes = Double((columns + 1) * (rows + 1))
        return program + Int(nodes * (11300 + 390 * nodes.logarithm2))
    }
}

extension Double {
    /// log2 of one or more, linear between the powers of two, which is 0.09 too small at most.
    fileprivate var logarithm2: Double { Double(exponent) + (significand - 1) }
}
