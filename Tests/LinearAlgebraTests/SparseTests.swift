import LinearAlgebra
import TestSupport
import Testing

@Suite struct SparseTests {
    /// Random blocks of four rows in a matrix of `size`, some rows twice in a block.
    private func blocks(size: Int, count: Int, seed: UInt64) -> (indices: [Int32], dense: [Double]) {
        var random = SplitMix(state: seed)
        let indices = (0..<4 * count).map { _ in Int32.random(in: 0..<Int32(size), using: &random) }
        let dense = (0..<20 * count).map { _ in Double.random(in: -1...1, using: &random) }
        return (indices, dense)
    }

    private func sum(_ scatter: BlockScatter, _ dense: [Double]) -> SparseMatrix {
        var matrix = SparseMatrix(pattern: scatter.pattern)
        matrix.values.withUnsafeMutableBufferPointer { values in
            dense.withUnsafeBufferPointer { dense in
                for block in 0..<scatter.count {
                    scatter.add(dense.baseAddress! + 20 * block, rowStride: 5, block: block, to: values.baseAddress!)
                }
            }
        }
        return matrix
    }

    @Test("Scattered blocks are the dense sum of the blocks, and nothing else", arguments: [6, 40])
    func scatter(size: Int) {
        let (indices, dense) = blocks(size: size, count: 25, seed: 1)
        func isFilled(_ row: Int, _ column: Int) -> Bool { row != 3 || column == 3 }
        let scatter = BlockScatter(size: size, indices: indices, blockSize: 4, isFilled: isFilled)
        let matrix = sum(scatter, dense)
        var (full, places) = ([Double](repeating: 0, count: size * size), Set<Int>())
        for block in 0..<25 {
            for row in 0..<4 {
                for column in 0..<4 where isFilled(row, column) {
                    let place = Int(indices[4 * block + row]) * size + Int(indices[4 * block + column])
                    full[place] += dense[20 * block + 5 * row + column]
                    places.insert(place)
                }
            }
        }
        #expect(scatter.pattern.count == places.count)
        for row in 0..<size {
            for column in 0..<size {
                let place = row * size + column
                #expect((matrix.pattern.position(row: row, column: column) != nil) == places.contains(place))
                #expect(matrix[row, column] == full[place])
            }
        }
    }

    @Test("The product is that of the dense matrix, and clearing leaves nothing")
    func product() {
        let (indices, dense) = blocks(size: 12, count: 20, seed: 2)
        var matrix = sum(BlockScatter(size: 12, indices: indices, blockSize: 4), dense)
        let x = (0..<12).map { 0.3 * Double($0) - 1 }
        var y = [Double](repeating: 7, count: 12)
        matrix.multiply(x, into: &y)
        for row in 0..<12 {
            let exact = (0..<12).reduce(0) { $0 + matrix[row, $1] * x[$1] }
            #expect(abs(y[row] - exact) < 1e-14)
        }
        matrix.clear()
        #expect(matrix.values.allSatisfy { $0 == 0 } && !matrix.values.isEmpty)
    }

    /// -u'' on five points, with a diagonal that grows.
    private func chain() -> (matrix: SparseMatrix, right: [Double]) {
        let pattern = SparsePattern(
            rowStarts: [0, 2, 5, 8, 11, 13], columns: [0, 1, 0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4])
        var matrix = SparseMatrix(pattern: pattern)
        matrix.values = [2, -1, -1, 3, -1, -1, 4, -1, -1, 5, -1, -1, 6]
        return (matrix, [1, 2, 3, 4, 5])
    }

    @Test("Fixed unknowns: the same equations for the others, symmetric when columns are eliminated")
    func fixedUnknowns() {
        let (matrix, right) = chain()
        let fixed = FixedUnknowns([3, 0, 3], in: matrix.pattern)
        #expect(fixed.indices == [0, 3])
        // Any x with the fixed values gives the same residual in the free rows, whichever way they are fixed.
        let x = [0.5, 1.1, -0.2, 2.5, 0.3]
        var free = right
        matrix.multiply(x, into: &free)
        let residual = zip(free, right).map { $0 - $1 }
        var (eliminated, left) = (matrix, right)
        fixed.eliminate(values: [0.5, 2.5], from: &eliminated, right: &left)
        var (replaced, other) = (matrix, right)
        fixed.replaceRows(values: [0.5, 2.5], in: &replaced, right: &other)
        for (changed, side) in [(eliminated, left), (replaced, other)] {
            var product = right
            changed.multiply(x, into: &product)
            for row in 0..<5 {
                let expected = row == 0 || row == 3 ? 0 : residual[row]
                #expect(abs(product[row] - side[row] - expected) < 1e-15)
            }
            #expect(changed[0, 0] == 2 && changed[0, 1] == 0 && changed[3, 3] == 5 && changed[3, 4] == 0)
        }
        #expect(eliminated[1, 0] == 0 && eliminated[4, 3] == 0 && replaced[1, 0] == -1)
        for row in 0..<5 { for column in 0..<5 { #expect(eliminated[row, column] == eliminated[column, row]) } }
    }

    @Test("The increment of a fixed unknown is zero")
    func increments() {
        var (matrix, residual) = chain()
        FixedUnknowns([2], in: matrix.pattern).eliminateIncrements(from: &matrix, residual: &residual)
        #expect(residual == [1, 2, 0, 4, 5])
        #expect(matrix[2, 2] == 4 && matrix[2, 1] == 0 && matrix[1, 2] == 0 && matrix[3, 2] == 0 && matrix[3, 4] == -1)
    }
}
