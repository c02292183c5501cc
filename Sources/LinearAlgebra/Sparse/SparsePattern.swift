/// The places of a square sparse matrix that may hold a number, row by row (CSR).
public struct SparsePattern: Sendable, Hashable {
    /// Where each row starts in ``columns``; `size` + 1 entries, the last is the number of places.
    public let rowStarts: [Int]
    /// Columns of the places, ascending within a row.
    public let columns: [Int32]

    /// Number of rows and of columns.
    public var size: Int { rowStarts.count - 1 }
    /// Number of places.
    public var count: Int { columns.count }

    /// A pattern from its rows.
    ///
    /// - Precondition: `rowStarts` begins with 0 and never falls; the columns of each row ascend and lie within the matrix.
    public init(rowStarts: [Int], columns: [Int32]) {
        precondition(rowStarts.first == 0 && rowStarts.last == columns.count)
        for (start, end) in zip(rowStarts, rowStarts.dropFirst()) {
            precondition(start <= end)
            let row = columns[start..<end]
            precondition(zip(row, row.dropFirst()).allSatisfy(<))
            precondition(start == end || (row[start] >= 0 && Int(row[end - 1]) < rowStarts.count - 1))
        }
        self.rowStarts = rowStarts
        self.columns = columns
    }

    /// Position in ``columns`` of a row and column, nil where the matrix has no place.
    public func position(row: Int, column: Int) -> Int? {
        var (low, high) = (rowStarts[row], rowStarts[row + 1])
        while low < high {
            let middle = (low + high) / 2
            if Int(columns[middle]) < column { low = middle + 1 } else { high = middle }
        }
        return low < rowStarts[row + 1] && Int(columns[low]) == column ? low : nil
    }
}
