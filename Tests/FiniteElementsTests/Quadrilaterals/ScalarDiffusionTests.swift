import FiniteElements
import LinearAlgebra
import TestSupport
import Testing

/// D(u) = 1 + u², without a derivative.
private struct Frozen: PointLaw {
    func callAsFunction<S: LawScalar>(_ u: S, at point: QuadraturePoint) -> S {
        S(1 + u.primal * u.primal + 0.3 * point.position.x + point.inverseRadius)
    }
}

@Suite struct ScalarDiffusionTests {
    private func compare(_ mesh: QuadrilateralMesh, _ coordinates: Coordinates, points: Int, threads: Int = 1) throws {
        let system = DegreesOfFreedom(mesh: mesh, fields: [.scalar("c", .linear)])
        let assembler = try Assembler(system, coordinates: coordinates, cellPoints: points, threads: threads)
        var random = SplitMix(state: 3)
        let state = (0..<system.count).map { _ in Double.random(in: 0...1, using: &random) }
        let block = TangentBlock(of: system)
        var (residual, expected) = (assembler.makeVector(), block.makeMatrix())
        let form = Diffusion(of: 0, diffusivity: Frozen()) + TimeDerivative(of: 0, rate: 7)
        assembler.add(form, unknowns: state, residual: &residual, tangent: &expected, block: block)
        var found = block.makeMatrix()
        assembler.addDiffusion(Frozen(), unknowns: state, rate: 7, to: &found, block: block)
        let scale = expected.values.reduce(0) { max($0, abs($1)) }
        let error = zip(found.values, expected.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
        #expect(error <= 1e-14 * scale)
        var again = block.makeMatrix()
        assembler.addDiffusion(Frozen(), unknowns: state, rate: 7, to: &again, block: block)
        #expect(again.values.map(\.bitPattern) == found.values.map(\.bitPattern))
    }

    @Test("The frozen operator is the generic tangent to rounding", arguments: [2, 3, 4])
    func same(points: Int) throws {
        try compare(try bentSquare(7), .cartesian, points: points)
        try compare(try bentSquare(6, from: 0.5), .axisymmetric, points: points)
        try compare(try bentSquare(5), .axisymmetric, points: points)
        let line = LineMesh(length: 1, cells: 9, grading: 20)
        let ring = try QuadrilateralMesh(x: LineMesh(length: 2, cells: 3, grading: 4), y: line, isPeriodic: true)
        try compare(ring, .cartesian, points: points, threads: 3)
    }

    @Test("Any number of threads gives the same bits")
    func threads() throws {
        let line = LineMesh(length: 1, cells: 70, grading: 3)
        let mesh = try QuadrilateralMesh(x: LineMesh(length: 1, cells: 5, grading: 1), y: line)
        let system = DegreesOfFreedom(mesh: mesh, fields: [.scalar("c", .linear)])
        let state = [Double](repeating: 0.3, count: system.count)
        func assemble(_ threads: Int) throws -> [UInt64] {
            let assembler = try Assembler(system, threads: threads)
            let block = TangentBlock(of: system)
            var matrix = block.makeMatrix()
            assembler.addDiffusion(Frozen(), unknowns: state, rate: 1, to: &matrix, block: block)
            return matrix.values.map(\.bitPattern)
        }
        let (one, four) = (try assemble(1), try assemble(4))
        #expect(one == four)
    }
}
