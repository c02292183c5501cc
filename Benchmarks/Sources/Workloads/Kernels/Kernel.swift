/// A piece of the solver that is timed and counted by itself.
///
/// The set-up of a kernel runs it once and compares what it gives with LAPACK, with a closed form or with another way to the
/// same numbers; it throws ``KernelMismatch`` where they differ, so that nothing wrong is timed.
public struct Kernel: Sendable {
    /// What one call takes, by counting.
    public struct Cost: Sendable {
        /// Units of work of a call.
        public var work: Double
        /// The least memory traffic of a call in bytes: every operand is read or written once in each pass over the data that
        /// the algorithm cannot do without.
        public var bytes: Double
        /// Bytes that stay in use from call to call: they tell which memory the traffic comes from.
        public var footprint: Double
        /// Additions, multiplications, divisions, square roots, comparisons and selections on one number in double precision.
        /// A vector holds twice as many numbers in single precision: there an operation counts half. A function of the C library
        /// counts ``Operations/function``.
        public var operations: Double

        init(work: Double, bytes: Double, footprint: Double, operations: Double) {
            self.work = work
            self.bytes = bytes
            self.footprint = footprint
            self.operations = operations
        }
    }

    /// The name in commands, results and baselines.
    public let id: String
    /// What it is, for a table.
    public let title: String
    /// What ``Cost/work`` counts.
    public let unit: String
    /// Calls in which instructions are counted; 0 where the count depends on the disk or belongs to a library alone, and for the
    /// large meshes, which run the code of the small ones.
    public let countedCalls: Int
    /// What a call takes. Some costs are known only after the work was done once, so that this may take a second.
    public let cost: @Sendable () throws -> Cost
    /// Sets the kernel up and checks what it gives; one call of the closure is one call of the kernel.
    ///
    /// Throws ``KernelMismatch``, and what the parts of the solver throw.
    public let prepare: @Sendable () throws -> () throws -> Void

    init(
        _ id: String, _ title: String, unit: String, countedCalls: Int, cost: @escaping @Sendable () throws -> Cost,
        prepare: @escaping @Sendable () throws -> () throws -> Void
    ) {
        self.id = id
        self.title = title
        self.unit = unit
        self.countedCalls = countedCalls
        self.cost = cost
        self.prepare = prepare
    }
}

/// How operations are counted where the code does not show them.
public enum Operations {
    /// exp, log, sinh, asinh and the like of one number: a reduction of the argument and a polynomial of some ten terms.
    public static let function = 20.0
}

/// All kernels.
public enum Kernels {
    /// The parts of the solver.
    public static let all: [Kernel] =
        tridiagonal + lanes + transport + elements + tangents + sparse + multigrid + materials + frames
    /// What the processor, its memory and the disk can do.
    public static let limits: [Kernel] = arithmeticLimits + memoryLimits + [writing]
}

/// A kernel does not give what it should.
public struct KernelMismatch: Error, CustomStringConvertible {
    /// What differs, and by how much.
    public let description: String
}

/// Throws where a deviation is above its limit or no number.
func require(_ what: String, _ deviation: Double, atMost limit: Double) throws {
    guard deviation <= limit else {
        throw KernelMismatch(description: "\(what) differs by \(deviation), at most \(limit) was expected")
    }
}

/// The largest deviation of a vector from another, over the largest entry of the other.
func deviation(_ vector: some Collection<Double>, from reference: some Collection<Double>) -> Double {
    guard vector.count == reference.count else { return .infinity }
    return largestMagnitude(zip(vector, reference).lazy.map { $0 - $1 }) / largestMagnitude(reference)
}
