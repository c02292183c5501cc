import LinearAlgebra
import TestSupport
import Testing

@Suite("Factors of small dense matrices")
struct SmallFactorTests {
    @Test("Solutions solve, whatever the order of the rows", arguments: 1...6)
    func solves(count: Int) {
        var random = SplitMix(state: UInt64(count))
        for _ in 0..<200 {
            var matrix = SmallFactor(count: count)
            matrix.setIdentity()
            var entries = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
            for row in 0..<count {
                for column in 0..<count {
                    // Zeros on the diagonal need a pivot from another row.
                    entries[row][column] = row == column ? 0 : Double.random(in: -1...1, using: &random)
                    if (row + 1) % count == column { entries[row][column] += 4 }
                    matrix[row, column] = entries[row][column]
                }
            }
            let solution = (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
            var vector = [7.0]
            for row in entries {
                let products: [Double] = zip(row, solution).map { $0 * $1 }
                vector.append(products.reduce(0, +))
            }
            let isFactored = matrix.factor()
            #expect(isFactored)
            matrix.solve(&vector, from: 1)
            #expect(vector[0] == 7)
            let worst = zip(vector.dropFirst(), solution).map { abs($0 - $1) }.max() ?? .nan
            #expect(worst < 1e-12)
        }
    }

    @Test("A singular matrix is told")
    func singular() {
        var matrix = SmallFactor(count: 2)
        matrix.setIdentity()
        matrix[1, 1] = 0
        let isFactored = matrix.factor()
        #expect(!isFactored)
    }
}
