/// Columns of equal length that grow row by row and are written in blocks.
///
/// Rows gather in memory until a chunk's worth is there or `writePending` is called.
final class GrowingTable<Number: HDF5Number & Numeric> {
    /// Rows in a chunk of each column, and the most rows that wait in memory.
    static var rowsPerChunk: Int { 1024 }

    private let columns: [GrowingDataset]
    /// Column after column, `rowsPerChunk` values each.
    private var pending: [Number]
    private var pendingRows = 0
    private var rows = 0

    init(columns: [GrowingDataset]) {
        self.columns = columns
        pending = [Number](repeating: 0, count: columns.count * Self.rowsPerChunk)
    }

    /// Appends a row that starts with `first` and goes on with `rest`; together as many values as there are columns.
    func append(_ first: Number, _ rest: Span<Number>) throws(FieldIOError) {
        try beginRow()
        pending[pendingRows] = first
        for index in rest.indices { pending[(index + 1) * Self.rowsPerChunk + pendingRows] = rest[index] }
        try endRow()
    }

    /// Appends a row with the same value in every column.
    func append(repeating value: Number) throws(FieldIOError) {
        try beginRow()
        for column in columns.indices { pending[column * Self.rowsPerChunk + pendingRows] = value }
        try endRow()
    }

    /// Takes the space of a new chunk at the first of its rows, so that where it lies does not depend on when a flush
    /// comes.
    private func beginRow() throws(FieldIOError) {
        guard rows % Self.rowsPerChunk == 0 else { return }
        for column in columns { try column.makeRoom(for: rows + 1) }
    }

    private func endRow() throws(FieldIOError) {
        rows += 1
        pendingRows += 1
        if rows % Self.rowsPerChunk == 0 { try writePending() }
    }

    /// Writes the rows that wait in memory.
    func writePending() throws(FieldIOError) {
        guard pendingRows > 0 else { return }
        let count = pendingRows
        try pending.withUnsafeBufferPointer { (values) throws(FieldIOError) in
            guard let start = values.baseAddress else { return }
            for (index, column) in columns.enumerated() {
                try column.append(rows: count, from: start + index * Self.rowsPerChunk, memoryType: Number.memoryType)
            }
        }
        pendingRows = 0
    }
}
