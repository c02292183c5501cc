import CLAPACK
import LinearAlgebra
import TestSupport

/// Matrices and right-hand sides for the tests of this folder.
enum SparseProblems {
    /// A matrix from a dictionary of its entries.
    static func matrix(rows: Int, _ entries: [SIMD2<Int>: Double]) -> SparseMatrix {
        let places = entries.keys.sorted { $0.x == $1.x ? $0.y < $1.y : $0.x < $1.x }
        var starts = [Int](repeating: 0, count: rows + 1)
        for place in places { starts[place.x + 1] += 1 }
        for row in 0..<rows { starts[row + 1] += starts[row] }
        let pattern = SparsePattern(rowStarts: starts, columns: places.map { Int32($0.y) })
        return SparseMatrix(pattern: pattern, values: places.map { entries[$0]! })
    }

    /// Numbers in -1 ... 1.
    static func vector(_ count: Int, seed: UInt64) -> [Double] {
        var random = SplitMix(state: seed)
        return (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
    }

    /// Some five random entries a row and a diagonal that need not dominate.
    static func general(_ rows: Int, seed: UInt64) -> SparseMatrix {
        var random = SplitMix(state: seed)
        var entries: [SIMD2<Int>: Double] = [:]
        for row in 0..<rows {
            entries[SIMD2(row, row)] = Double.random(in: 1...2, using: &random)
            for _ in 0..<5 {
                let column = Int.random(in: 0..<rows, using: &random)
                entries[SIMD2(row, column), default: 0] += Double.random(in: -1...1, using: &random)
            }
        }
        return matrix(rows: rows, entries)
    }

    /// Bᵀ B + I / 10 with B sparse and random.
    static func positiveDefinite(_ rows: Int, seed: UInt64) -> SparseMatrix {
        let factor = general(rows, seed: seed)
        var entries: [SIMD2<Int>: Double] = [:]
        for row in 0..<rows {
            entries[SIMD2(row, row), default: 0] += 0.1
            let positions = factor.pattern.rowStarts[row]..<factor.pattern.rowStarts[row + 1]
            for left in positions {
                for right in positions {
                    let place = SIMD2(Int(factor.pattern.columns[left]), Int(factor.pattern.columns[right]))
                    entries[place, default: 0] += factor.values[left] * factor.values[right]
                }
            }
        }
        return matrix(rows: rows, entries)
    }

    /// [A Cᵀ; C 0] with A positive definite of `rows` rows and half as many constraints C.
    static func saddle(_ rows: Int, seed: UInt64) -> SparseMatrix {
        let stiffness = positiveDefinite(rows, seed: seed)
        var random = SplitMix(state: seed &+ 1)
        var entries: [SIMD2<Int>: Double] = [:]
        for row in 0..<rows {
            for position in stiffness.pattern.rowStarts[row]..<stiffness.pattern.rowStarts[row + 1] {
                entries[SIMD2(row, Int(stiffness.pattern.columns[position]))] = stiffness.values[position]
            }
        }
        for constraint in 0..<(rows / 2) {
            let row = rows + constraint
            for column in [2 * constraint, 2 * constraint + 1, Int.random(in: 0..<rows, using: &random)] {
                let value = Double.random(in: 0.5...1, using: &random)
                entries[SIMD2(row, column)] = value
                entries[SIMD2(column, row)] = value
            }
        }
        return matrix(rows: rows + rows / 2, entries)
    }

    /// Bilinear elements for -∇ · k ∇u + s u + w · ∇u on size x size nodes, nothing prescribed on the boundary: singular
    /// for s = w = 0. k varies by a tenth from cell to cell.
    static func grid(_ size: Int, reaction: Double, wind: Double = 0, variation: Double = 0.1) -> SparseMatrix {
        let stiffness: [[Double]] = [[4, -1, -2, -1], [-1, 4, -1, -2], [-2, -1, 4, -1], [-1, -2, -1, 4]]
        let along: [Double] = [-1, 1, 1, -1]
        var entries: [SIMD2<Int>: Double] = [:]
        for y in 0..<(size - 1) {
            for x in 0..<(size - 1) {
                let conductivity = 1 + variation * Double((7 * x + 3 * y) % 5)
                let nodes = [y * size + x, y * size + x + 1, (y + 1) * size + x + 1, (y + 1) * size + x]
                for row in 0..<4 {
                    for column in 0..<4 {
                        let diffusion = conductivity * stiffness[row][column] / 6
                        let transport = wind * along[column] / 8
                        let storage = row == column ? reaction : 0
                        entries[SIMD2(nodes[row], nodes[column]), default: 0] += diffusion + transport + storage
                    }
                }
            }
        }
        return matrix(rows: size * size, entries)
    }

    /// The solution by LAPACK's dense dgesv.
    static func denseSolution(_ matrix: SparseMatrix, _ right: [Double]) -> [Double] {
        let rows = matrix.pattern.size
        var dense = [Double](repeating: 0, count: rows * rows)
        for row in 0..<rows {
            for position in matrix.pattern.rowStarts[row]..<matrix.pattern.rowStarts[row + 1] {
                dense[Int(matrix.pattern.columns[position]) * rows + row] = matrix.values[position]
            }
        }
        var pivots = [Int32](repeating: 0, count: rows)
        var solution = right
        let size = Int32(rows)
        let info = LAPACKE_dgesv(LAPACK_COL_MAJOR, size, 1, &dense, size, &pivots, &solution, size)
        return info == 0 ? solution : []
    }

    /// max |x - y| / max |y|
    static func difference(_ x: [Double], _ y: [Double]) -> Double {
        guard x.count == y.count else { return .infinity }
        let scale = y.reduce(0) { max($0, abs($1)) }
        return zip(x, y).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
    }

    /// A number that another bit anywhere in the vector would change (FNV-1a of the bit patterns).
    static func digest(_ vector: [Double]) -> UInt64 {
        vector.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ $1.bitPattern) &* 0x100_0000_01b3 }
    }
}
