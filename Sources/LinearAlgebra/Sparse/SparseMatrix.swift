/// A square sparse matrix: values on a fixed pattern.
public struct SparseMatrix: Sendable {
    /// The places that hold a value.
    public let pattern: SparsePattern
    /// The values, in the order of the places of ``pattern``.
    public var values: [Double]

    /// Number of rows and of columns.
    public var size: Int { pattern.size }

    /// The zero matrix on a pattern.
    public init(pattern: SparsePattern) {
        self.pattern = pattern
        values = [Double](repeating: 0, count: pattern.count)
    }

    /// A matrix of given values.
    ///
    /// - Precondition: a value for every place of the pattern.
    public init(pattern: SparsePattern, values: [Double]) {
        precondition(values.count == pattern.count)
        self.pattern = pattern
        self.values = values
    }

    /// The entry at a row and column: zero where the pattern has no place.
    public subscript(row: Int, column: Int) -> Double {
        pattern.position(row: row, column: column).map { values[$0] } ?? 0
    }

    /// Sets every value to zero.
    public mutating func clear() {
        values.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }

    /// Sets the matrix to A + s B.
    ///
    /// - Precondition: all three have the same pattern.
    public mutating func setSum(_ a: SparseMatrix, _ factor: Double, _ b: SparseMatrix) {
        precondition(a.values.count == values.count && b.values.count == values.count)
        let (first, second) = (a.values.span, b.values.span)
        var sum = values.mutableSpan
        for place in first.indices { sum[place] = first[place] + factor * second[place] }
    }

    /// y = A x, without allocation; `x` and `y` have length `size`.
    public func multiply(_ x: [Double], into y: inout [Double]) {
        precondition(x.count == size && y.count == size)
        let (starts, columns) = (pattern.rowStarts.span, pattern.columns.span)
        let (entries, input) = (values.span, x.span)
        var output = y.mutableSpan
        var place = 0
        for row in 0..<size {
            var sum = 0.0
            let end = starts[row + 1]
            while place < end {
                sum += entries[place] * input[Int(columns[place])]
                place += 1
            }
            output[row] = sum
        }
    }
}
