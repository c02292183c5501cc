/// A sparse matrix with other numbers of rows and columns, by rows.
public struct RectangularMatrix: Sendable {
    /// Number of rows.
    public var rows: Int { rowStarts.count - 1 }
    /// Number of columns.
    public let columns: Int
    private let rowStarts: [Int]
    private let places: [Int32]
    private let values: [Double]

    /// The entries of a square matrix in a range of rows and one of columns.
    public init(of matrix: SparseMatrix, rows: Range<Int>, columns: Range<Int>) {
        var (rowStarts, places, values): ([Int], [Int32], [Double]) = ([0], [], [])
        for row in rows {
            for position in matrix.pattern.rowStarts[row]..<matrix.pattern.rowStarts[row + 1] {
                let column = Int(matrix.pattern.columns[position])
                guard columns.contains(column), matrix.values[position] != 0 else { continue }
                places.append(Int32(column - columns.lowerBound))
                values.append(matrix.values[position])
            }
            rowStarts.append(places.count)
        }
        self.columns = columns.count
        self.rowStarts = rowStarts
        self.places = places
        self.values = values
    }

    /// y = A x, without allocation.
    public func multiply(_ x: [Double], into y: inout [Double]) {
        precondition(x.count == columns && y.count == rows)
        let (starts, places, entries, input) = (rowStarts.span, places.span, values.span, x.span)
        var output = y.mutableSpan
        for row in 0..<rows {
            var sum = 0.0
            for place in starts[row]..<starts[row + 1] { sum += entries[place] * input[Int(places[place])] }
            output[row] = sum
        }
    }

    /// y = Aᵀ x, without allocation.
    public func multiplyTransposed(_ x: [Double], into y: inout [Double]) {
        precondition(x.count == rows && y.count == columns)
        let (starts, places, entries, input) = (rowStarts.span, places.span, values.span, x.span)
        var output = y.mutableSpan
        for column in 0..<columns { output[column] = 0 }
        for row in 0..<rows {
            let factor = input[row]
            for place in starts[row]..<starts[row + 1] { output[Int(places[place])] += entries[place] * factor }
        }
    }
}
