import FiniteElements
import Foundation
import LinearAlgebra
import TestSupport
import Testing

@Suite struct AssemblyTests {
    /// A state with displacements near zero and 0.2 < c < 0.8.
    private func randomState(_ system: DegreesOfFreedom, seed: UInt64) -> [Double] {
        var random = SplitMix(state: seed)
        var state = [Double](repeating: 0, count: system.count)
        for component in 0..<system.components {
            let range = component < 2 ? -0.1...0.1 : 0.2...0.8
            for unknown in system.unknowns(ofComponent: component) {
                state[Int(unknown)] = Double.random(in: range, using: &random)
            }
        }
        return state
    }

    private func norm(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    private func tangentError<Form: WeakForm>(_ form: Form, _ region: (QuadrilateralMesh) throws -> Region) throws
        -> Double
    {
        let system = DegreesOfFreedom(mesh: try bentSquare(3, from: 0.5), fields: coupledFields)
        let assembler = try Assembler(system, coordinates: form.coordinates ?? .cartesian)
        let (state, before, direction) = (
            randomState(system, seed: 1), randomState(system, seed: 2), randomState(system, seed: 3)
        )
        let block = TangentBlock(of: system)
        var (residual, matrix) = (assembler.makeVector(), block.makeMatrix())
        let place = try region(system.mesh)
        assembler.add(
            form, over: place, unknowns: state, previous: before, residual: &residual, tangent: &matrix, block: block)
        var product = assembler.makeVector()
        matrix.multiply(direction, into: &product)
        let step = 1e-5
        func shifted(_ factor: Double) -> [Double] {
            var result = assembler.makeVector()
            let moved = zip(state, direction).map { $0 + factor * step * $1 }
            assembler.add(form, over: place, unknowns: moved, previous: before, residual: &result)
            return result
        }
        let difference = zip(shifted(1), shifted(-1)).map { ($0 - $1) / (2 * step) }
        var plain = assembler.makeVector()
        assembler.add(form, over: place, unknowns: state, previous: before, residual: &plain)
        #expect(norm(zip(plain, residual).map { $0 - $1 }) <= 1e-14 * norm(plain))
        return norm(zip(product, difference).map { $0 - $1 }) / norm(difference)
    }

    @Test("The tangent of a coupled form equals central differences of its residual")
    func tangent() throws {
        let errors = try [
            tangentError(coupledForm(PlaneStrain.self)) { _ in .cells },
            tangentError(coupledForm(PlaneStress.self)) { _ in .cells },
            tangentError(coupledForm(Axisymmetric.self)) { _ in .cells },
            tangentError(Diffusion(of: 2, diffusivity: OnePlus())) { _ in .cells },
            tangentError(BoundaryFlux(of: 2, OnePlus())) { .edges(try $0.edges(ofBoundary: "right")) },
            tangentError(Traction(displacement: 0, x: OnePlus(), y: OnePlus())) {
                .edges(try $0.edges(ofBoundary: "top"))
            },
        ]
        for error in errors { #expect(error < 1e-7) }
    }

    @Test("Any number of threads gives the same bytes", arguments: [2, 3, 7])
    func threads(count: Int) throws {
        let line = LineMesh(length: 1, cells: 37, grading: 3)
        let mesh = try QuadrilateralMesh(x: LineMesh(length: 1, cells: 5, grading: 1), y: line, isPeriodic: true)
        let system = DegreesOfFreedom(mesh: mesh, fields: coupledFields)
        let state = randomState(system, seed: 4)
        func assemble(_ threads: Int) throws -> (residual: [Double], values: [Double]) {
            let assembler = try Assembler(system, threads: threads)
            let block = TangentBlock(of: system)
            var (residual, matrix) = (assembler.makeVector(), block.makeMatrix())
            assembler.add(
                coupledForm(PlaneStrain.self), unknowns: state, residual: &residual, tangent: &matrix, block: block)
            return (residual, matrix.values)
        }
        let (one, many) = (try assemble(1), try assemble(count))
        #expect(one.residual.map(\.bitPattern) == many.residual.map(\.bitPattern))
        #expect(one.values.map(\.bitPattern) == many.values.map(\.bitPattern))
        #expect(norm(one.residual) > 0)
    }

    @Test("Diffusion conserves: its residual adds up to what leaves through the boundary")
    func conservation() throws {
        for coordinates in [Coordinates.cartesian, .axisymmetric] {
            let system = DegreesOfFreedom(mesh: try bentSquare(6, from: 0.5), fields: [.scalar("c", .quadratic)])
            let assembler = try Assembler(system, coordinates: coordinates)
            let state = randomState(system, seed: 5)
            var residual = assembler.makeVector()
            assembler.add(Diffusion(of: 0, diffusivity: OnePlus()), unknowns: state, residual: &residual)
            let scale = residual.reduce(0) { $0 + abs($1) }
            #expect(scale > 1 && abs(residual.reduce(0, +)) < 1e-14 * scale)
            let top = Region.edges(try system.mesh.edges(ofBoundary: "top"))
            assembler.add(BoundaryFlux(of: 0, Uniform(-2)), over: top, unknowns: state, residual: &residual)
            let area = coordinates == .cartesian ? 1 : Double.pi * (1.5 * 1.5 - 0.25)
            #expect(abs(residual.reduce(0, +) - 2 * area) < 1e-13 * scale)
        }
    }

    @Test("A time derivative adds up to the amount gained, and to nothing without an earlier state")
    func timeDerivative() throws {
        let system = DegreesOfFreedom(mesh: try bentSquare(4), fields: [.scalar("c", .linear)])
        let assembler = try Assembler(system)
        let (now, before) = ([Double](repeating: 2, count: 25), [Double](repeating: 0.5, count: 25))
        let form = TimeDerivative(of: 0, rate: 4)
        var (gained, none) = (assembler.makeVector(), assembler.makeVector())
        assembler.add(form, unknowns: now, previous: before, residual: &gained)
        assembler.add(form, unknowns: now, residual: &none)
        let total: Double = gained.reduce(0, +)
        #expect(abs(total - 6) < 1e-14)
        #expect(none.allSatisfy { $0 == 0 } && gained.allSatisfy { $0 > 0 })
    }

    @Test("A matrix without the couplings that a form lacks is the full one")
    func couplings() throws {
        let system = DegreesOfFreedom(mesh: try bentSquare(3), fields: coupledFields)
        let state = randomState(system, seed: 6)
        let form = coupledForm(PlaneStrain.self)
        let assembler = try Assembler(system)
        let full = TangentBlock(of: system)
        let lean = TangentBlock(of: system) { row, column in row < 2 ? column < 3 : row == 2 ? column >= 2 : true }
        #expect(lean.pattern.count < full.pattern.count)
        var residual = assembler.makeVector()
        var (fullMatrix, leanMatrix) = (full.makeMatrix(), lean.makeMatrix())
        assembler.add(form, unknowns: state, residual: &residual, tangent: &fullMatrix, block: full)
        assembler.add(form, unknowns: state, residual: &residual, tangent: &leanMatrix, block: lean)
        func dense(_ matrix: SparseMatrix) -> [[Double]] {
            (0..<system.count).map { row in (0..<system.count).map { column in matrix[row, column] } }
        }
        let (everything, needed) = (dense(fullMatrix), dense(leanMatrix))
        #expect(everything == needed)
    }

    @Test("The block of a field is its part of the tangent", arguments: ["u", "c", "s"])
    func block(of field: String) throws {
        let system = DegreesOfFreedom(mesh: try bentSquare(3), fields: coupledFields)
        let state = randomState(system, seed: 8)
        let form = coupledForm(PlaneStrain.self)
        let assembler = try Assembler(system)
        let (whole, part) = (
            TangentBlock(of: system), TangentBlock(of: system, components: system.components(of: field))
        )
        var (wholeResidual, partResidual) = (assembler.makeVector(), assembler.makeVector())
        var (wholeMatrix, partMatrix) = (whole.makeMatrix(), part.makeMatrix())
        assembler.add(form, unknowns: state, residual: &wholeResidual, tangent: &wholeMatrix, block: whole)
        assembler.add(form, unknowns: state, residual: &partResidual, tangent: &partMatrix, block: part)
        #expect(wholeResidual == partResidual)
        let first = part.unknowns.lowerBound
        for row in part.unknowns {
            for column in part.unknowns {
                let (expected, found) = (wholeMatrix[row, column], partMatrix[row - first, column - first])
                #expect(abs(expected - found) <= 1e-14 * (1 + abs(expected)))
            }
        }
    }

    @Test("A mesh across the axis is refused in axisymmetric coordinates")
    func negativeRadius() throws {
        let system = DegreesOfFreedom(mesh: try bentSquare(2, from: -0.5), fields: [.scalar("c", .linear)])
        #expect(throws: MeshError.negativeRadius(place: SIMD2(-0.5, 0))) {
            try Assembler(system, coordinates: .axisymmetric)
        }
    }
}
