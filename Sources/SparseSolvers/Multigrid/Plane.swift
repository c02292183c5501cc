import Glibc

/// Numbers on a lattice of nodes with a margin of zeros around it, so that a stencil needs no case for the boundary.
///
/// Rows stand one after another. Eight numbers in front of each row belong to the margin of the row and of the one before;
/// they are nonzero only next to the ends of a row that closes on itself, see ``finish(_:isPeriodic:)``.
final class Plane<Scalar: BinaryFloatingPoint & SIMDScalar> {
    /// Number of nodes in a row.
    let columns: Int
    /// Number of rows of nodes.
    let rows: Int
    /// Distance between the starts of two rows; whole groups of eight.
    let stride: Int
    /// Node (0, 0).
    let origin: UnsafeMutablePointer<Scalar>
    private let storage: UnsafeMutableBufferPointer<Scalar>

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        stride = (columns + 7) / 8 * 8 + 8
        // One row of margin below and above, and one group of eight for what is read past the last.
        let count = (rows + 2) * stride + 16
        storage = Self.zeros(count)
        origin = storage.baseAddress! + stride + 8
    }

    deinit {
        let bytes = storage.count * MemoryLayout<Scalar>.stride
        if bytes < Self.leastMapped { storage.deallocate() } else { munmap(storage.baseAddress, bytes) }
    }

    /// From this many bytes on storage is mapped, so that it takes no memory before it is used: of the levels that a cycle may have,
    /// many never are.
    private static var leastMapped: Int { 1 << 14 }

    private static func zeros(_ count: Int) -> UnsafeMutableBufferPointer<Scalar> {
        let bytes = count * MemoryLayout<Scalar>.stride
        if bytes < leastMapped {
            let storage = UnsafeMutableBufferPointer<Scalar>.allocate(capacity: count)
            storage.initialize(repeating: 0)
            return storage
        }
        // A new private mapping reads as zeros. Where there is none the program ends, as it does where Swift itself finds no memory;
        // what a case takes is checked before it runs, so that a limit of the process (ulimit -v) is left as the reason.
        guard let place = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            place != MAP_FAILED
        else {
            fatalError(
                "the system gives no \(bytes) bytes for a level of the multigrid solver: take fewer cells, or allow the process more memory"
            )
        }
        return UnsafeMutableBufferPointer(start: place.bindMemory(to: Scalar.self, capacity: count), count: count)
    }

    /// The first node of a row, from -1 to `rows`.
    @inline(__always) func row(_ row: Int) -> UnsafeMutablePointer<Scalar> { origin + row * stride }

    /// Restores the margin of a row behind its last node, where groups of eight have run over: zeros, or the ends of a row
    /// that closes on itself.
    @inline(__always)
    func finish(_ row: Int, isPeriodic: Bool) {
        let row = self.row(row)
        for place in columns..<stride - 8 { row[place] = 0 }
        if isPeriodic {
            row[-1] = row[columns - 1]
            row[columns] = row[0]
        }
    }

    /// Takes a row from a vector of all nodes.
    @inline(__always)
    func load(_ vector: UnsafeBufferPointer<Scalar>, row: Int, isPeriodic: Bool) {
        self.row(row).update(from: vector.baseAddress! + row * columns, count: columns)
        finish(row, isPeriodic: isPeriodic)
    }

    func clear() { storage.update(repeating: 0) }
}

/// Eight numbers from any address.
@inline(__always)
func eight<Scalar: SIMDScalar>(_ address: UnsafePointer<Scalar>) -> SIMD8<Scalar> {
    UnsafeRawPointer(address).loadUnaligned(as: SIMD8<Scalar>.self)
}

/// Eight numbers from any address.
@inline(__always)
func eight<Scalar: SIMDScalar>(_ address: UnsafeMutablePointer<Scalar>) -> SIMD8<Scalar> {
    UnsafeRawPointer(address).loadUnaligned(as: SIMD8<Scalar>.self)
}

/// Puts eight numbers at any address.
@inline(__always)
func store<Scalar: SIMDScalar>(_ vector: SIMD8<Scalar>, at address: UnsafeMutablePointer<Scalar>) {
    UnsafeMutableRawPointer(address).storeBytes(of: vector, as: SIMD8<Scalar>.self)
}

/// a₀ b₀ a₁ b₁ ...
@inline(__always)
func interleaved(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> (first: SIMD8<Float>, second: SIMD8<Float>) {
    var (first, second) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    (first.evenHalf, first.oddHalf) = (a.lowHalf, b.lowHalf)
    (second.evenHalf, second.oddHalf) = (a.highHalf, b.highHalf)
    return (first, second)
}

/// |x|, without the sign bit.
@inline(__always)
func magnitude(_ x: SIMD8<Double>) -> SIMD8<Double> {
    unsafeBitCast(unsafeBitCast(x, to: SIMD8<UInt64>.self) & 0x7fff_ffff_ffff_ffff, to: SIMD8<Double>.self)
}

/// The larger of each pair, to rounding. In this form it is vectorised where comparisons lane by lane are not.
@inline(__always)
func larger(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> SIMD8<Double> { 0.5 * (a + b + magnitude(a - b)) }

/// The smaller of each pair, to rounding.
@inline(__always)
func smaller(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> SIMD8<Double> { 0.5 * (a + b - magnitude(a - b)) }
