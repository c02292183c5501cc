import FiniteElements
import Foundation
import LinearAlgebra
import Materials
import Models
import SparseSolvers
import TestSupport
import Testing

/// Manufactured solutions of the steady coupled equations, div σ + f = 0, div J = s, with stiffness and swelling that
/// depend on the composition; displacement on Q2, lithium and mechanical potential on Q1.
@Suite struct ManufacturedCouplingTests {
    private typealias Errors = (
        displacement: Double, lithium: Double, potential: Double, displacementAtLithium: Double
    )

    private func errors<State: StressState>(_ state: State.Type, cells: Int) throws -> Errors {
        let mesh = try curvedSquare(cells, from: 0.5)
        let system = DegreesOfFreedom(mesh: mesh, fields: layerFields)
        let assembler = try Assembler(system, coordinates: State.coordinates, cellPoints: 4)
        let exact = ExactCoupling<State>()
        var fields = assembler.makeVector()
        system.interpolate(component: 0, into: &fields) { exact.displacement($0).x }
        system.interpolate(component: 1, into: &fields) { exact.displacement($0).y }
        system.interpolate(component: 2, into: &fields) { exact.lithium($0) }
        var problem = try CoupledProblem(exact, assembler)
        func error(_ component: Int, _ function: (SIMD2<Double>) -> Double) -> Double {
            rootSquareError(assembler, fields, component: component, function)
        }
        func displacementError() -> Double {
            error(0) { exact.displacement($0).x } + error(1) { exact.displacement($0).y }
        }
        // At the projection of the exact lithium, from which nothing of order two is left in the displacement.
        try problem.projectLithium(&fields)
        try problem.displace(&fields)
        let alone = displacementError()
        system.interpolate(component: 2, into: &fields) { exact.lithium($0) }
        var (change, iterations) = (1.0, 0)
        while change > 1e-11 && iterations < 40 {
            try problem.displace(&fields)
            try problem.projectPotential(&fields)
            change = try problem.diffuse(&fields)
            iterations += 1
        }
        #expect(change <= 1e-11)
        return (displacementError(), error(2) { exact.lithium($0) }, error(3) { exact.potential($0) }, alone)
    }

    private func check<State: StressState>(_ state: State.Type, _ name: String) throws {
        let counts = [8, 16, 32]
        let found = try counts.map { try errors(state, cells: $0) }
        let sizes = counts.map { 1 / Double($0) }
        func order(_ value: (Errors) -> Double) -> Double { observedOrder(errors: found.map(value), sizes: sizes) }
        let orders: [(String, Double, Double)] = [
            ("displacement at given lithium", order(\.displacementAtLithium), 3),
            ("displacement", order(\.displacement), 2),
            ("lithium", order(\.lithium), 2), ("mechanical potential", order(\.potential), 2),
        ]
        for (quantity, order, theory) in orders {
            #expect(abs(order - theory) < 0.1)
            Verification.record(
                .chemoMechanics, "order of the \(quantity), coupled, \(name)", expected: "\(Int(theory))",
                found: String(format: "%.3f", order), deviation: abs(order - theory), bound: 0.1)
        }
    }

    @Test("Coupled displacement, lithium and potential converge in plane strain") func planeStrain() throws {
        try check(PlaneStrain.self, "plane strain")
    }
    @Test("Coupled displacement, lithium and potential converge in plane stress") func planeStress() throws {
        try check(PlaneStress.self, "plane stress")
    }
    @Test("Coupled displacement, lithium and potential converge about an axis") func axisymmetric() throws {
        try check(Axisymmetric.self, "axisymmetric")
    }
}

/// The discrete equations of a manufactured solution, solved field after field.
private struct CoupledProblem<State: StressState> {
    let assembler: Assembler
    let elasticity: LinearElasticity<State, AlloySolid>
    let diffusion: DrivenDiffusion<RisingDiffusivity>
    let load: [Double]
    let lithiumIntegrals: [Double]
    let blocks: [TangentBlock]
    let fixed: [FixedUnknowns]
    let factors: Factors

    final class Factors {
        var displacement: SparseFactor
        var lithium: SparseFactor
        var mass: SparseFactor
        init(_ blocks: [TangentBlock], mass: SparseMatrix) throws {
            displacement = try SparseFactor(pattern: blocks[0].pattern, symmetry: .positiveDefinite)
            lithium = try SparseFactor(pattern: blocks[1].pattern)
            self.mass = try SparseFactor(pattern: blocks[2].pattern, symmetry: .positiveDefinite)
            try self.mass.factor(mass.values)
        }
    }

    init(_ exact: ExactCoupling<State>, _ assembler: Assembler) throws {
        let system = assembler.system
        self.assembler = assembler
        elasticity = LinearElasticity(State.self, displacement: 0, solid: exact.solid)
        diffusion = exact.diffusion
        blocks = [0..<2, 2..<3, 3..<4].map { TangentBlock(of: system, components: $0) }
        var sides: [[Int32]] = []
        for component in 0..<3 {
            sides.append([])
            for name in ["bottom", "right", "top", "left"] {
                sides[component] += try system.unknowns(ofComponent: component, onBoundary: name)
            }
        }
        let first = Int32(blocks[1].unknowns.lowerBound)
        fixed = [
            FixedUnknowns(sides[0] + sides[1], in: blocks[0].pattern),
            FixedUnknowns(sides[2].map { $0 - first }, in: blocks[1].pattern),
        ]
        let zero = assembler.makeVector()
        var (load, integrals, unused) = (zero, zero, zero)
        assembler.add(
            Source(of: 0, PlacedLaw { exact.force($0).x }) + Source(of: 1, PlacedLaw { exact.force($0).y })
                + Source(of: 2, PlacedLaw { exact.production($0) }), unknowns: zero, residual: &load)
        assembler.add(Source(of: 3, PlacedLaw { -exact.lithium($0) }), unknowns: zero, residual: &integrals)
        var mass = blocks[2].makeMatrix()
        assembler.add(
            TimeDerivative(of: 3, rate: 1), unknowns: zero, residual: &unused, tangent: &mass, block: blocks[2])
        self.load = load
        lithiumIntegrals = Array(integrals[blocks[2].unknowns])
        factors = try Factors(blocks, mass: mass)
    }

    mutating func projectLithium(_ fields: inout [Double]) throws {
        var values = lithiumIntegrals
        try factors.mass.solve(&values)
        for (index, value) in zip(blocks[1].unknowns, values) { fields[index] = value }
    }

    mutating func displace(_ fields: inout [Double]) throws {
        var (residual, matrix) = (load, blocks[0].makeMatrix())
        assembler.add(elasticity, unknowns: fields, residual: &residual, tangent: &matrix, block: blocks[0])
        var correction = Array(residual[blocks[0].unknowns])
        fixed[0].eliminateIncrements(from: &matrix, residual: &correction)
        try factors.displacement.factor(matrix.values)
        try factors.displacement.solve(&correction)
        for (index, change) in zip(blocks[0].unknowns, correction) { fields[index] -= change }
    }

    mutating func projectPotential(_ fields: inout [Double]) throws {
        var integrals = assembler.makeVector()
        assembler.add(MechanicalPotential(elasticity, potential: 3), unknowns: fields, residual: &integrals)
        var values = Array(integrals[blocks[2].unknowns])
        try factors.mass.solve(&values)
        for (index, value) in zip(blocks[2].unknowns, values) { fields[index] = value }
    }

    /// One Newton step of the lithium at a given potential; returns its largest change.
    mutating func diffuse(_ fields: inout [Double]) throws -> Double {
        var (residual, matrix) = (load, blocks[1].makeMatrix())
        assembler.add(diffusion, unknowns: fields, residual: &residual, tangent: &matrix, block: blocks[1])
        var correction = Array(residual[blocks[1].unknowns])
        fixed[1].eliminateIncrements(from: &matrix, residual: &correction)
        try factors.lithium.factor(matrix.values)
        try factors.lithium.solve(&correction)
        for (index, change) in zip(blocks[1].unknowns, correction) { fields[index] -= change }
        return correction.reduce(0) { max($0, abs($1)) }
    }
}
