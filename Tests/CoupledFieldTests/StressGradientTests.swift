import FiniteElements
import Foundation
import LinearAlgebra
import Materials
import Models
import Quantities
import SparseSolvers
import TestSupport
import Testing

/// p + Ω σ_h = 0, with the derivatives that a monolithic Newton iteration needs.
private struct PotentialEquation: WeakForm {
    let elasticity: LinearElasticity<PlaneStress, AlloySolid>
    let volume: Double

    func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let stress = elasticity.stress(fields, at: point).hydrostatic
        density[3].value = density[3].value + fields[3].value + volume * stress
    }
}

/// A bar in plane stress whose ends are turned against each other, ε_xx = κ y for -1/2 < y < 1/2, with free faces: σ_xx = E
/// (κ y - Ω (c - c_0)/3) alone, and lithium at rest where
///
///     RT ln(θ / (1 - θ)) - (Ω/3) E (κ y - Ω (c - c_0)/3) = μ
///
/// is the same everywhere, which is an equation for c at each y; μ follows from the lithium there is. With Ω E κ / 3 RT = 4
/// and Ω² E c_max / 9 RT = 1 stress matters as much as composition.
@Suite struct StressGradientTests {
    private static let (young, volume, start) = (16.0, 0.75, 0.35)
    private static let curvature = 1.0

    /// θ at a height for μ/RT.
    private static func profile(_ y: Double, _ potential: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let c: Double = 0.5 * (low + high)
            let strain: Double = curvature * y - volume * (c - start) / 3
            let value: Double = log(c / (1 - c)) - volume / 3 * young * strain
            if value < potential { low = c } else { high = c }
        }
        return 0.5 * (low + high)
    }

    /// μ/RT for which the mean of θ over the height is what was put in; Simpson's rule on 400 intervals.
    private static let potential: Double = {
        func mean(_ potential: Double) -> Double {
            var sum = 0.0
            for index in 0...400 {
                let weight: Double = index == 0 || index == 400 ? 1 : index % 2 == 1 ? 4 : 2
                sum += weight * profile(Double(index) / 400 - 0.5, potential)
            }
            return sum / 1200
        }
        var (low, high) = (-10.0, 10.0)
        for _ in 0..<60 {
            let middle: Double = 0.5 * (low + high)
            if mean(middle) < start { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
    }()

    private struct Deviations {
        var potential = 0.0
        var profile = 0.0
        var balance = 0.0
        var projection = 0.0
    }

    private func deviations(rows: Int) throws -> Deviations {
        let mesh = try QuadrilateralMesh(
            x: LineMesh(length: 0.5, cells: 2, grading: 1), y: LineMesh(length: 1, cells: rows, grading: 1)
        ) { $0 - SIMD2(0, 0.5) }
        let system = DegreesOfFreedom(mesh: mesh, fields: layerFields)
        let assembler = try Assembler(system)
        let solid = AlloySolid(
            elasticity: .isotropic(ElasticConstants(youngsModulus: Self.young, poissonsRatio: 0.3)),
            swelling: .linear(volume: Self.volume, stressFree: Self.start),
            composition: AlloyComposition(relation: .perHostVolume, lithiumVolume: Self.volume, hostVolume: 1),
            concentration: 2)
        let elasticity = LinearElasticity(PlaneStress.self, displacement: 0, solid: solid)
        let diffusion = DrivenDiffusion(
            concentration: 2, potential: 3, diffusivity: UniformDiffusivity(1), solution: .latticeGas(maximum: 1),
            composition: solid.composition, temperature: 1 / Constants.gasConstant)
        var state = assembler.makeVector()
        system.interpolate(component: 0, into: &state) { Self.curvature * $0.x * $0.y }
        system.interpolate(component: 1, into: &state) { -0.5 * Self.curvature * $0.x * $0.x }
        system.interpolate(component: 2, into: &state) { _ in Self.start }
        let block = TangentBlock(of: system)
        let corner = try system.unknowns(ofComponent: 1, onBoundary: "left")[0]
        let fixed = FixedUnknowns(
            try system.unknowns(ofComponent: 0, onBoundary: "left")
                + system.unknowns(ofComponent: 0, onBoundary: "right") + [corner], in: block.pattern)
        var factor = try SparseFactor(pattern: block.pattern)
        var matrix = block.makeMatrix()
        // Euler's backward rule, each step twice as long as the one before, until nothing moves.
        for step in 0..<24 {
            let before = state
            let form =
                elasticity + diffusion + PotentialEquation(elasticity: elasticity, volume: Self.volume)
                + TimeDerivative(of: 2, rate: 100 * Foundation.pow(0.5, Double(step)))
            for _ in 0..<12 {
                matrix.clear()
                var residual = assembler.makeVector()
                assembler.add(
                    form, unknowns: state, previous: before, residual: &residual, tangent: &matrix, block: block)
                fixed.eliminateIncrements(from: &matrix, residual: &residual)
                try factor.factor(matrix.values)
                try factor.solve(&residual)
                for index in state.indices { state[index] -= residual[index] }
                if residual.reduce(0, { max($0, abs($1)) }) < 1e-12 { break }
            }
        }
        var found = Deviations()
        let positions = system.space(ofComponent: 2).positions
        for (node, place) in positions.enumerated() {
            let c = state[Int(system.unknowns(ofComponent: 2)[node])]
            let p = state[Int(system.unknowns(ofComponent: 3)[node])]
            found.potential = max(found.potential, abs(log(c / (1 - c)) + p - Self.potential))
            found.profile = max(found.profile, abs(c - Self.profile(place.y, Self.potential)))
        }
        assembler.forEachPoint(unknowns: state) { fields, point in
            found.balance += point.weight * (fields[2].value - Self.start)
        }
        // The potential is the projection that layers use.
        var gap = assembler.makeVector()
        assembler.add(MechanicalPotential(elasticity, potential: 3), unknowns: state, residual: &gap)
        assembler.add(Source(of: 3, OwnValue()), unknowns: state, residual: &gap)
        for unknown in system.unknowns(ofComponent: 3) {
            found.projection = max(found.projection, abs(gap[Int(unknown)]))
        }
        return found
    }

    @Test("Lithium in a bent bar comes to rest at one potential, on the closed profile, and none is lost")
    func rest() throws {
        let rows = [8, 16, 32, 64]
        let found = try rows.map { try deviations(rows: $0) }
        let sizes = rows.map { 1 / Double($0) }
        let potential = observedOrder(errors: found.map(\.potential), sizes: sizes)
        let profile = observedOrder(errors: found.map(\.profile), sizes: sizes)
        #expect(abs(profile - 2) < 0.2 && potential > 1.7)
        #expect(found[3].potential < 2e-3 && found[3].profile < 5e-4)
        for one in found { #expect(abs(one.balance) < 1e-12 && one.projection < 1e-13) }
        let span: Double = Self.profile(0.5, Self.potential) - Self.profile(-0.5, Self.potential)
        #expect(span > 0.2)
        Verification.record(
            .chemoMechanics,
            "lithium at rest in a bent bar, largest deviation of c/c_max from the closed profile, 64 rows",
            expected: "0", found: String(format: "%.1e", found[3].profile), deviation: found[3].profile, bound: 5e-4)
        Verification.record(
            .chemoMechanics, "lithium at rest in a bent bar, spread of μ/RT, 64 rows", expected: "0",
            found: String(format: "%.1e", found[3].potential), deviation: found[3].potential, bound: 2e-3)
    }
}

/// The unknown itself.
private struct OwnValue: PointLaw {
    func callAsFunction<S: LawScalar>(_ u: S, at point: QuadraturePoint) -> S { u }
}
