/// Factors of a small dense matrix, by Gauss's elimination with the largest pivot of each column.
///
/// For a handful of unknowns that are coupled each to each; nothing is allocated after `init`.
public struct SmallFactor: Sendable {
    /// Number of unknowns.
    public let count: Int
    @usableFromInline var entries: [Double]
    @usableFromInline var pivots: [Int]

    /// Storage for `count` unknowns.
    public init(count: Int) {
        self.count = count
        entries = [Double](repeating: 0, count: count * count)
        pivots = [Int](repeating: 0, count: count)
    }

    /// An entry of the matrix to be factored.
    @inlinable
    public subscript(row: Int, column: Int) -> Double {
        get { entries[row * count + column] }
        set { entries[row * count + column] = newValue }
    }

    /// Makes the matrix the identity.
    @inlinable
    public mutating func setIdentity() {
        for index in entries.indices { entries[index] = 0 }
        for row in 0..<count { entries[row * count + row] = 1 }
    }

    /// Replaces the matrix by its factors.
    ///
    /// - Returns: false when the matrix is singular or not finite.
    @inlinable
    public mutating func factor() -> Bool {
        for column in 0..<count {
            var pivot = column
            for row in column + 1..<max(count, column + 1)
            where abs(self[row, column]) > abs(self[pivot, column]) {
                pivot = row
            }
            pivots[column] = pivot
            if pivot != column {
                for other in 0..<count { entries.swapAt(pivot * count + other, column * count + other) }
            }
            let inverse = 1 / self[column, column]
            guard inverse.isFinite else { return false }
            for row in column + 1..<max(count, column + 1) where self[row, column] != 0 {
                let factor = self[row, column] * inverse
                self[row, column] = factor
                for other in column + 1..<max(count, column + 1) { self[row, other] -= factor * self[column, other] }
            }
        }
        return true
    }

    /// Replaces the `count` values of a right-hand side that begin at `start` by the solution.
    @inlinable
    public func solve(_ vector: inout [Double], from start: Int) {
        for column in 0..<count {
            let pivot = pivots[column]
            if pivot != column { vector.swapAt(start + pivot, start + column) }
            let value = vector[start + column]
            if value == 0 { continue }
            for row in column + 1..<max(count, column + 1) { vector[start + row] -= self[row, column] * value }
        }
        for row in stride(from: count - 1, through: 0, by: -1) {
            var sum = vector[start + row]
            for column in row + 1..<max(count, row + 1) { sum -= self[row, column] * vector[start + column] }
            vector[start + row] = sum / self[row, row]
        }
    }
}
