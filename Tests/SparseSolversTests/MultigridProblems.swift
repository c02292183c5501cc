import FiniteElements
import Foundation
import LinearAlgebra
import SparseSolvers

/// A coefficient given by position.
struct Conductivity: PointLaw {
    let function: @Sendable (SIMD2<Double>) -> Double
    init(_ function: @escaping @Sendable (SIMD2<Double>) -> Double) { self.function = function }
    func callAsFunction<S: LawScalar>(_ u: S, at point: QuadraturePoint) -> S { S(function(point.position)) }
}

/// The matrix of an implicit step of diffusion on a mesh, with its lattice.
struct StepProblem {
    let lattice: Lattice
    let matrix: SparseMatrix

    /// M / `step` + A with the given coefficient.
    init(
        _ mesh: QuadrilateralMesh, step: Double, coordinates: Coordinates = .cartesian,
        conductivity: @escaping @Sendable (SIMD2<Double>) -> Double = { _ in 1 }
    ) throws {
        let system = DegreesOfFreedom(mesh: mesh, fields: [.scalar("c", .linear)])
        let assembler = try Assembler(system, coordinates: coordinates)
        let space = system.space(ofComponent: 0)
        let block = TangentBlock(of: system)
        var matrix = block.makeMatrix()
        assembler.addDiffusion(
            Conductivity(conductivity), unknowns: assembler.makeVector(), rate: 1 / step, to: &matrix, block: block)
        lattice = Lattice(columns: space.columns, rows: space.rows, isPeriodic: mesh.isPeriodic)
        self.matrix = matrix
    }

    /// On the unit square, or a rectangle, with cells that grow towards the right and the top by the given factors.
    init(
        _ columns: Int, _ rows: Int, width: Double = 1, growth: SIMD2<Double> = .one, isPeriodic: Bool = false,
        step: Double = 0.01, coordinates: Coordinates = .cartesian,
        conductivity: @escaping @Sendable (SIMD2<Double>) -> Double = { _ in 1 }
    ) throws {
        let x = LineMesh(length: width, cells: columns, grading: growth.x)
        let y = LineMesh(length: 1, cells: rows, grading: growth.y)
        let mesh = try QuadrilateralMesh(x: x, y: y, isPeriodic: isPeriodic)
        try self.init(mesh, step: step, coordinates: coordinates, conductivity: conductivity)
    }

    /// Iterations from zero for a random solution, and the relative error in the norm of the matrix.
    func solve(tolerance: Double = 1e-10) throws -> (iterations: Int, estimate: Double, error: Double) {
        var solver = try makeSolver()
        let exact = SparseProblems.vector(lattice.count, seed: 7)
        var right = exact
        matrix.multiply(exact, into: &right)
        var solution = [Double](repeating: 0, count: lattice.count)
        let outcome = try solver.solve(&solution, rightHandSide: right, tolerance: tolerance)
        let difference = zip(solution, exact).map { $0 - $1 }
        let error = energy(difference).squareRoot() / energy(exact).squareRoot()
        return (outcome.iterations, outcome.error, error)
    }

    func makeSolver() throws -> ConjugateGradients {
        var solver = try ConjugateGradients(lattice: lattice, pattern: matrix.pattern)
        try solver.factor(matrix)
        return solver
    }

    /// x · A x
    func energy(_ x: [Double]) -> Double {
        var image = x
        matrix.multiply(x, into: &image)
        return zip(x, image).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
