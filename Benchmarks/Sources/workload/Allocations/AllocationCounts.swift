import CAllocationCount

/// Blocks taken from the heap, by who took them.
struct AllocationCounts {
    /// By the program.
    var program = 0
    /// By MUMPS, BLAS and the Fortran runtime for themselves.
    var libraries = 0
    /// By Dispatch, to hand work to threads.
    var threads = 0

    init() {}

    /// What has been taken since counting began.
    init(_ counted: allocation_counts) {
        (program, libraries, threads) = (counted.program, counted.libraries, counted.threads)
    }

    static func += (lhs: inout Self, rhs: Self) {
        lhs.program += rhs.program
        lhs.libraries += rhs.libraries
        lhs.threads += rhs.threads
    }
}
