import CLAPACK
import FiniteElements
import Testing

@Suite struct QuadraticLineTests {
    @Test("The stiffness of a cubic and a quadratic is the integral of the product of their slopes")
    func stiffness() {
        // ∫ p′ N_i′ for p = 2 - z + 3 z² on [0, 0.4]: by parts [p′ N_i] - 6 ∫ N_i, ∫ N_i = 0.4 (1/6, 4/6, 1/6)
        let p = SIMD3(2, 2 - 0.2 + 3 * 0.04, 2 - 0.4 + 3 * 0.16)
        let found = QuadraticLine.stiffness(times: p, inverseLength: 1 / 0.4)
        let exact = SIMD3(1 - 6 * 0.4 / 6, -6 * 0.4 * 4 / 6, -1 + 6 * 0.4 - 6 * 0.4 / 6)
        #expect((found - exact).max() < 1e-14 && (exact - found).max() < 1e-14)
        #expect(abs(found.sum()) < 1e-14)
    }

    @Test("The columns of the tangent equal central differences of the residual")
    func tangent() {
        let inverse = 1 / 0.3
        func residual(_ u: SIMD3<Double>) -> SIMD3<Double> {
            QuadraticLine.stiffness(times: u + u * u * u, inverseLength: inverse)
        }
        let u = SIMD3(0.4, 0.9, -0.2)
        let columns = QuadraticLine.stiffness(
            scaledBy: SIMD3(repeating: 1) + 3 * u * u, inverseLength: inverse)
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

    @Test("A mesh for a depth has its cells there, and two beyond", arguments: [1e-3, 0.1, 0.79, 0.81, 1])
    func depth(part: Double) {
        let length = 5e-6
        let mesh = LineMesh(length: length, cells: 16, depth: part * length, grading: 4)
        #expect(mesh.vertices[0] == 0 && mesh.length == length && mesh.cells == 16)
        #expect(zip(mesh.vertices, mesh.vertices.dropFirst()).allSatisfy(<))
        let first = mesh.vertices[1] - mesh.vertices[0]
        if part < LineMesh.deepestPart {
            #expect(abs(mesh.vertices[14] / (part * length) - 1) < 1e-12)
            #expect(abs((mesh.vertices[14] - mesh.vertices[13]) / first / 4 - 1) < 1e-9)
        } else {
            #expect(abs((mesh.vertices[16] - mesh.vertices[15]) / first / 4 - 1) < 1e-9)
        }
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
