import FiniteElements
import Foundation
import LinearAlgebra
import SparseSolvers
import Testing

/// Iterations from zero to an error of 1e-10 for a random solution; the bounds are those found plus about a quarter.
@Suite struct MultigridRobustnessTests {
    private func expect(_ problem: StepProblem, atMost bound: Int, _ name: String) throws {
        let result = try problem.solve()
        #expect(result.iterations <= bound, "\(name): \(result.iterations)")
        #expect(result.error <= 1e-9, "\(name): \(result.error)")
    }

    @Test(
        "An even mesh takes as many iterations whatever its size and the step", arguments: [16, 33, 64, 127, 256, 512])
    func size(cells: Int) throws {
        for step in [1e-2, 1, 100] {
            try expect(StepProblem(cells, cells, step: step), atMost: 12, "step \(step)")
        }
        try expect(StepProblem(cells, cells, step: 1e-4), atMost: 16, "short step")
        try expect(StepProblem(cells, cells, isPeriodic: true), atMost: 12, "ring")
        try expect(StepProblem(cells, cells, coordinates: .axisymmetric), atMost: 12, "around an axis")
    }

    @Test("Cells a hundred times as long as high or as high as long do not matter", arguments: [16, 33, 127, 256])
    func aspect(cells: Int) throws {
        for width in [100, 10, 0.1, 0.01] {
            try expect(StepProblem(cells, cells, width: width), atMost: 14, "width \(width)")
        }
        for growth in [SIMD2(100.0, 1), SIMD2(1, 100), SIMD2(100, 100), SIMD2(0.01, 100)] {
            try expect(StepProblem(cells, cells, growth: growth), atMost: 15, "growth \(growth)")
            try expect(StepProblem(cells, cells, growth: growth, step: 1), atMost: 18, "growth \(growth), long step")
        }
        try expect(StepProblem(cells, cells, growth: SIMD2(1, 100), isPeriodic: true), atMost: 15, "ring")
        try expect(
            StepProblem(cells, cells, growth: SIMD2(100, 30), coordinates: .axisymmetric), atMost: 15, "axis")
    }

    @Test("Coefficients that vary by a thousand", arguments: [33, 64, 256])
    func coefficient(cells: Int) throws {
        let smooth: @Sendable (SIMD2<Double>) -> Double = { exp(3.45 * (1 + sin(7 * $0.x) * cos(5 * $0.y))) }
        try expect(StepProblem(cells, cells, conductivity: smooth), atMost: 14, "smooth")
        try expect(
            StepProblem(cells, cells, growth: SIMD2(100, 100), conductivity: smooth), atMost: 23, "smooth, graded")
        let stripes: @Sendable (SIMD2<Double>) -> Double = { Int(16 * $0.y).isMultiple(of: 2) ? 1000 : 1 }
        try expect(StepProblem(cells, cells, conductivity: stripes), atMost: 14, "stripes")
        let quarters: @Sendable (SIMD2<Double>) -> Double = { ($0.x - 0.43) * ($0.y - 0.37) > 0 ? 1000 : 1 }
        try expect(StepProblem(cells, cells, conductivity: quarters), atMost: 18, "quarters")
        let disc: @Sendable (SIMD2<Double>) -> Double = { place in
            let from = place - SIMD2(0.43, 0.37)
            return (from * from).sum() < 0.04 ? 1 : 1000
        }
        try expect(StepProblem(cells, cells, conductivity: disc), atMost: 25, "disc")
        let board: @Sendable (SIMD2<Double>) -> Double = {
            (Int(16 * $0.x) + Int(16 * $0.y)).isMultiple(of: 2) ? 1000 : 1
        }
        try expect(StepProblem(cells, cells, conductivity: board), atMost: 50, "board")
    }

    @Test("Bent and sheared meshes converge more slowly", arguments: [33, 64, 256])
    func mapped(cells: Int) throws {
        let line = LineMesh(length: 1, cells: cells, grading: 1)
        let bent = try QuadrilateralMesh(x: line, y: line) { place in
            let bend = 0.2 * sin(.pi * place.x) * sin(.pi * place.y)
            return place + SIMD2(bend, -bend)
        }
        try expect(StepProblem(bent, step: 0.01), atMost: 30, "bent")
        let tall = LineMesh(length: 1, cells: cells, grading: 10)
        let sheared = try QuadrilateralMesh(x: line, y: tall) { SIMD2($0.x + $0.y, $0.y) }
        try expect(StepProblem(sheared, step: 0.01), atMost: 42, "sheared")
    }
}
