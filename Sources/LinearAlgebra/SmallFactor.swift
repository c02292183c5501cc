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
    public mutating func factor() -> Bool { Self.eliminate(&entries, &pivots, count: count) }

    @inlinable
    static func eliminate(_ matrix: inout [Double], _ chosen: inout [Int], count: Int) -> Bool {
        var entries = matrix.mutableSpan
        for column in 0..<count {
            var pivot = column
            var row = column + 1
            while row < count {
                if abs(entries[unchecked: row * count + column]) > abs(entries[unchecked: pivot * count + column]) {
                    pivot = row
                }
                row += 1
            }
            chosen[column] = pivot
            if pivot != column {
                for other in 0..<count {
                    let value = entries[unchecked: pivot * count + other]
                    entries[unchecked: pivot * count + other] = entries[unchecked: column * count + other]
                    entries[unchecked: column * count + other] = value
                }
            }
            let inverse = 1 / entries[unchecked: column * count + column]
            guard inverse.isFinite else { return false }
            row = column + 1
            while row < count {
                let factor = entries[unchecked: row * count + column] * inverse
                if factor != 0 {
                    entries[unchecked: row * count + column] = factor
                    var other = column + 1
                    while other < count {
                        entries[unchecked: row * count + other] -= factor * entries[unchecked: column * count + other]
                        other += 1
                    }
                }
                row += 1
            }
        }
        return true
    }

    /// Replaces the `count` values of a right-hand side that begin at `start` by the solution.
    @inlinable
    public func solve(_ vector: inout [Double], from start: Int) {
        let count = count
        precondition(start >= 0 && start + count <= vector.count)
        let (entries, pivots) = (entries.span, pivots.span)
        var vector = vector.mutableSpan
        for column in 0..<count {
            let pivot = start + pivots[unchecked: column]
            let value = vector[unchecked: pivot]
            vector[unchecked: pivot] = vector[unchecked: start + column]
            vector[unchecked: start + column] = value
        }
        for column in 0..<count {
            let value = vector[unchecked: start + column]
            var row = column + 1
            while row < count {
                vector[unchecked: start + row] -= entries[unchecked: row * count + column] * value
                row += 1
            }
        }
        var row = count - 1
        while row >= 0 {
            var sum = vector[unchecked: start + row]
            var column = row + 1
            while column < count {
                sum -= entries[unchecked: row * count + column] * vector[unchecked: start + column]
                column += 1
            }
            vector[unchecked: start + row] = sum / entries[unchecked: row * count + row]
            row -= 1
        }
    }
}
