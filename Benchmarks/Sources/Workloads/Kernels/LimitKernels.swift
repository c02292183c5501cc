import CKernels

extension Kernels {
    /// Products and sums of independent chains of vectors in the registers.
    ///
    /// `multiply-add` is x ← x a + b with a product and a sum, as all of the solver has it: it rounds twice, so that results do not
    /// depend on what a processor can fuse. `fused-multiply-add` is the same in C, which fuses the two where the build is for a
    /// processor that can (x86-64-v3). An operation is a product or a sum of one number in either.
    static let arithmeticLimits: [Kernel] = [
        Kernel(
            "multiply-add", "product and sum of vectors in registers", unit: "operations", countedCalls: 0,
            cost: { arithmeticCost },
            prepare: {
                let chains = ArithmeticChains()
                chains.run()
                try require("x ← x/2 + 1 from its limit", abs(chains.sum / 96 - 1), atMost: 1e-15)
                return { chains.run() }
            }),
        Kernel(
            "fused-multiply-add", "product and sum of vectors in registers, by C", unit: "operations", countedCalls: 0,
            cost: { arithmeticCost },
            prepare: {
                func run() -> Double { multiply_add_chains(rounds, 0.5, 1) }
                try require("x ← x/2 + 1 from its limit", abs(run() / 96 - 1), atMost: 1e-15)
                var sum = 0.0
                return { sum = run() }
            }),
    ]

    /// a ← b + s c over arrays that fill a tenth to a half of each level of the cache, over some that fill the last or a little more,
    /// and over some that fill none.
    ///
    /// Bytes: two arrays read and one written; the line that a processor reads before it writes it is not counted, so that a
    /// copy is no faster than this. The limit of a kernel is that of the smallest footprint which is not below its own.
    static let memoryLimits: [Kernel] = [
        ("triad-12kB", "arrays of 12 kB, for the first cache", 1536),
        ("triad-128kB", "arrays of 128 kB", 16_384),
        ("triad-4MB", "arrays of 4 MB", 524_288), ("triad-8MB", "arrays of 8 MB", 1_048_576),
        ("triad-20MB", "arrays of 20 MB", 2_621_440), ("triad-128MB", "arrays of 128 MB", 16_777_216),
    ].map { id, title, count in
        let n = Double(count)
        return Kernel(
            id, "a = b + s c, \(title)", unit: "bytes", countedCalls: 0,
            cost: { Kernel.Cost(work: 24 * n, bytes: 24 * n, footprint: 24 * n, operations: 2 * n) },
            prepare: {
                let triad = Triad(count: count)
                triad.run()
                try require("a = b + s c", abs(triad.last / (1 + 3 * 2) - 1), atMost: 1e-15)
                return { triad.run() }
            })
    }

    fileprivate static let rounds = 10_000

    /// Twelve chains of four lanes.
    private static var arithmeticCost: Kernel.Cost {
        let operations = 2 * 12 * 4 * Double(rounds)
        return Kernel.Cost(work: operations, bytes: 0, footprint: 0, operations: operations)
    }
}

/// x ← x a + b in twelve chains of four lanes: as many as hide the waiting for a result and leave registers for a, b and a product.
private final class ArithmeticChains {
    private typealias Lanes = SIMD4<Double>
    private static let chains = 12
    private let (factor, addend) = (Lanes(repeating: 0.5), Lanes(repeating: 1))
    private let values: UnsafeMutablePointer<Lanes>

    init() {
        values = .allocate(capacity: Self.chains)
        values.initialize(repeating: .zero, count: Self.chains)
    }

    deinit { values.deallocate() }

    /// The sum of all numbers.
    var sum: Double { (0..<Self.chains).reduce(0) { $0 + values[$1].sum() } }

    @inline(never)
    func run() {
        let (a, b) = (factor, addend)
        var (c0, c1, c2, c3) = (values[0], values[1], values[2], values[3])
        var (c4, c5, c6, c7) = (values[4], values[5], values[6], values[7])
        var (c8, c9, c10, c11) = (values[8], values[9], values[10], values[11])
        for _ in 0..<Kernels.rounds {
            c0 = c0 * a + b
            c1 = c1 * a + b
            c2 = c2 * a + b
            c3 = c3 * a + b
            c4 = c4 * a + b
            c5 = c5 * a + b
            c6 = c6 * a + b
            c7 = c7 * a + b
            c8 = c8 * a + b
            c9 = c9 * a + b
            c10 = c10 * a + b
            c11 = c11 * a + b
        }
        (values[0], values[1], values[2], values[3]) = (c0, c1, c2, c3)
        (values[4], values[5], values[6], values[7]) = (c4, c5, c6, c7)
        (values[8], values[9], values[10], values[11]) = (c8, c9, c10, c11)
    }
}

/// Three arrays that begin with a line of the cache, passed by vectors as the solver does where it matters.
private final class Triad {
    private typealias Lanes = SIMD8<Double>
    private let count: Int
    private let (first, second, third): (Storage, Storage, Storage)
    private let factor = 3.0
    private typealias Storage = UnsafeMutablePointer<Lanes>

    /// - Parameter count: numbers in an array, a multiple of eight.
    init(count: Int) {
        self.count = count / Lanes.scalarCount
        func filled(with value: Double) -> Storage {
            let bytes = count * MemoryLayout<Double>.stride
            let storage = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            let lanes = storage.bindMemory(to: Lanes.self, capacity: count / Lanes.scalarCount)
            lanes.initialize(repeating: Lanes(repeating: value), count: count / Lanes.scalarCount)
            return lanes
        }
        (first, second, third) = (filled(with: 0), filled(with: 1), filled(with: 2))
    }

    deinit { for storage in [first, second, third] { storage.deallocate() } }

    /// The last number of a.
    var last: Double { first[count - 1][7] }

    @inline(never)
    func run() {
        let (a, b, c, factor) = (first, second, third, factor)
        for place in 0..<count { a[place] = b[place] + factor * c[place] }
    }
}
