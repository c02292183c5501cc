import CLAPACK
import FiniteElements
import Testing

@Suite struct QuadraticLineTests {
    @Test("The gradient of a quadratic is exact at the nodes")
    func gradient() {
        // u = 2 - z + 3 z² on [0, 0.4]
        let u = SIMD3(2, 2 - 0.2 + 3 * 0.04, 2 - 0.4 + 3 * 0.16)
        let gradient = QuadraticLine.gradient(u, inverseLength: 1 / 0.4)
        let exact = SIMD3(-1, -1 + 6 * 0.2, -1 + 6 * 0.4)
        #expect((gradient - exact).max() < 1e-14 && (exact - gradient).max() < 1e-14)
    }

    @Test("What leaves one node enters another: the weak divergence adds up to zero")
    func conservation() {
        let weak = QuadraticLine.weakDivergence(SIMD3(3.7, -11.2, 0.3))
        #expect(abs(weak.sum()) < 1e-14)
    }

    @Test("The tangent equals central differences of the residual")
    func tangent() {
        let inverse = 1 / 0.3
        func coefficient(_ u: SIMD3<Double>) -> SIMD3<Double> { SIMD3(repeating: 1) + u * u }
        func residual(_ u: SIMD3<Double>) -> SIMD3<Double> {
            QuadraticLine.weakDivergence(coefficient(u) * QuadraticLine.gradient(u, inverseLength: inverse))
        }
        let u = SIMD3(0.4, 0.9, -0.2)
        let columns = QuadraticLine.tangent(
            coefficient: coefficient(u), slope: 2 * u,
            gradient: QuadraticLine.gradient(u, inverseLength: inverse), inverseLength: inverse)
        for (index, column) in [columns.left, columns.middle, columns.right].enumerated() {
            var step = SIMD3<Double>.zero
            step[index] = 1e-6
            let difference = (residual(u + step) - residual(u - step)) / 2e-6
            for row in 0..<3 { #expect(abs(column[row] - difference[row]) < 1e-8) }
        }
    }

    @Test("The lumped mass integrates cubics exactly")
    func mass() {
        let mesh = LineMesh(length: 2, cells: 5, grading: 7)
        let integral = zip(lumpedMass(of: mesh), mesh.quadraticNodes).reduce(0) { $0 + $1.0 * $1.1 * $1.1 * $1.1 }
        #expect(abs(integral - 4) < 1e-14)
    }

    @Test("A graded mesh has the ratio asked for and ends where it should", arguments: [0.1, 1.0, 30.0])
    func grading(ratio: Double) {
        let mesh = LineMesh(length: 5e-6, cells: 40, grading: ratio)
        let first = mesh.vertices[1] - mesh.vertices[0]
        let last = mesh.vertices[40] - mesh.vertices[39]
        #expect(mesh.vertices[0] == 0 && mesh.length == 5e-6)
        #expect(abs(last / first / ratio - 1) < 1e-10)
        #expect(zip(mesh.vertices, mesh.vertices.dropFirst()).allSatisfy(<))
    }

    @Test("Static condensation gives the solution of the full matrix", arguments: [1, 2, 17])
    func condensation(cells: Int) {
        let count = 2 * cells + 1
        var matrix = CondensedLineMatrix(cells: cells)
        var dense = [Double](repeating: 0, count: count * count)
        matrix.clear()
        for cell in 0..<cells {
            // Unsymmetric, dominated by its diagonal, other in each cell.
            let s = 1 + 0.37 * Double(cell)
            let columns = [SIMD3(5 * s, -1, 0.4), SIMD3(-1.3, 7, -0.9 * s), SIMD3(0.2, -1.1, 4)]
            matrix.add(cell: cell, left: columns[0], middle: columns[1], right: columns[2])
            for column in 0..<3 {
                for row in 0..<3 { dense[(2 * cell + column) * count + 2 * cell + row] += columns[column][row] }
            }
        }
        let isSound = matrix.factor()
        #expect(isSound)
        let right = (0..<count).map { Double($0 % 5) - 1.7 }
        var solution = right
        matrix.solve(&solution)
        var (exact, pivots) = (right, [Int32](repeating: 0, count: count))
        #expect(
            LAPACKE_dgesv(LAPACK_COL_MAJOR, Int32(count), 1, &dense, Int32(count), &pivots, &exact, Int32(count)) == 0)
        for (ours, theirs) in zip(solution, exact) { #expect(abs(ours - theirs) < 1e-13) }
    }
}
