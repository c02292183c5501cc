/// Where the entries of the dense blocks go whose sum is a sparse matrix: element matrices into a CSR matrix.
///
/// Block b has the rows and columns `indices[b]`, the same number in each block. Its entry (i, j) belongs to row
/// `indices[b][i]`, at an offset within that row which is found once, here; adding a block is then one linear pass.
/// Pairs (i, j) that no block ever fills can be left out of the matrix.
public struct BlockScatter: Sendable {
    /// The places that the blocks fill.
    public let pattern: SparsePattern
    /// Number of rows and columns of a block.
    public let blockSize: Int
    /// Rows (and columns) of the blocks, block after block.
    public let indices: [Int32]
    /// Columns of a block that its rows fill, row after row.
    @usableFromInline let localColumns: [Int32]
    /// Where each row of a block starts in `localColumns`; `blockSize` + 1 entries.
    @usableFromInline let localStarts: [Int]
    /// Offset within its row of the matrix for each filled entry of each block.
    @usableFromInline let offsets: [UInt16]

    /// Number of blocks.
    public var count: Int { indices.count / blockSize }

    /// The sum of the blocks with the given rows, in a matrix with `size` rows.
    ///
    /// - Parameters:
    ///   - size: number of rows and columns of the matrix.
    ///   - indices: rows of the blocks, block after block; a row may stand twice in a block.
    ///   - blockSize: number of rows of a block.
    ///   - isFilled: whether the entry (i, j) of a block can differ from zero; the diagonal always can.
    /// - Precondition: the indices lie within the matrix, and no row of the matrix has more than 65,536 places.
    public init(size: Int, indices: [Int32], blockSize: Int, isFilled: (Int, Int) -> Bool = { _, _ in true }) {
        precondition(blockSize > 0 && indices.count.isMultiple(of: blockSize))
        precondition(indices.allSatisfy { $0 >= 0 && Int($0) < size })
        var (localStarts, localColumns): ([Int], [Int32]) = ([0], [])
        for row in 0..<blockSize {
            for column in 0..<blockSize where row == column || isFilled(row, column) {
                localColumns.append(Int32(column))
            }
            localStarts.append(localColumns.count)
        }
        let entries = localColumns.count
        let (useStarts, uses) = Self.uses(of: indices, size: size)

        var rowStarts = [0]
        rowStarts.reserveCapacity(size + 1)
        var columns: [Int32] = []
        var offsets = [UInt16](repeating: 0, count: indices.count / blockSize * entries)
        var lastRow = [Int32](repeating: -1, count: size)
        var offsetOfColumn = [UInt16](repeating: 0, count: size)
        // Calls `body` with each entry that the blocks add to a row: its place in `offsets` and its column.
        func forEachEntry(ofRow row: Int, _ body: (_ place: Int, _ column: Int32) -> Void) {
            for use in uses[useStarts[row]..<useStarts[row + 1]] {
                let (block, local) = use.quotientAndRemainder(dividingBy: blockSize)
                for entry in localStarts[local]..<localStarts[local + 1] {
                    body(block * entries + entry, indices[block * blockSize + Int(localColumns[entry])])
                }
            }
        }
        var row: [Int32] = []
        for index in 0..<size {
            row.removeAll(keepingCapacity: true)
            forEachEntry(ofRow: index) { _, column in
                if lastRow[Int(column)] != Int32(index) {
                    lastRow[Int(column)] = Int32(index)
                    row.append(column)
                }
            }
            row.sort()
            precondition(row.count <= 1 << 16, "row \(index) has \(row.count) places, more than 65,536")
            for (offset, column) in row.enumerated() { offsetOfColumn[Int(column)] = UInt16(offset) }
            forEachEntry(ofRow: index) { place, column in offsets[place] = offsetOfColumn[Int(column)] }
            columns += row
            rowStarts.append(columns.count)
        }
        pattern = SparsePattern(rowStarts: rowStarts, columns: columns)
        self.blockSize = blockSize
        self.indices = indices
        self.localColumns = localColumns
        self.localStarts = localStarts
        self.offsets = offsets
    }

    /// The places in `indices` where each row stands, row after row, with the start of each row.
    private static func uses(of indices: [Int32], size: Int) -> (starts: [Int], places: [Int]) {
        var starts = [Int](repeating: 0, count: size + 1)
        for index in indices { starts[Int(index) + 1] += 1 }
        for row in 0..<size { starts[row + 1] += starts[row] }
        var next = starts
        var places = [Int](repeating: 0, count: indices.count)
        for (place, index) in indices.enumerated() {
            places[next[Int(index)]] = place
            next[Int(index)] += 1
        }
        return (starts, places)
    }

    /// Adds a dense block to the values of a matrix with ``pattern``.
    ///
    /// Blocks without a row in common may be added at the same time from several threads.
    ///
    /// - Parameters:
    ///   - dense: the block, stored by rows.
    ///   - rowStride: distance between the starts of two of its rows, at least `blockSize`.
    ///   - block: number of the block.
    ///   - values: the values of the matrix, as many as the pattern has places.
    @inlinable
    public func add(
        _ dense: UnsafePointer<Double>, rowStride: Int, block: Int, to values: UnsafeMutablePointer<Double>
    ) {
        let (rowStarts, indices, offsets) = (pattern.rowStarts.span, self.indices.span, self.offsets.span)
        let (localStarts, localColumns) = (self.localStarts.span, self.localColumns.span)
        let firstOffset = block * localColumns.count
        for row in 0..<blockSize {
            let target = values + rowStarts[Int(indices[block * blockSize + row])]
            let source = dense + row * rowStride
            for entry in localStarts[row]..<localStarts[row + 1] {
                target[Int(offsets[firstOffset + entry])] += source[Int(localColumns[entry])]
            }
        }
    }
}
