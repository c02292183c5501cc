import FiniteElements
import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// Lamé's cylinder under internal pressure p, held in plane strain (Timoshenko and Goodier, Theory of Elasticity, 1951,
/// article 26), with inner radius a and outer radius b:
///
///     σ_rr, σ_θθ = p a²/(b² - a²) (1 ∓ b²/r²),   u_r = (1 + ν)/E p a²/(b² - a²) ((1 - 2ν) r + b²/r)
@Suite struct ThickCylinderTests {
    @Test("The thick cylinder converges: displacement with order 3, stress with order 2")
    func convergence() throws {
        let (inner, outer, pressure, young, poisson) = (1.0, 2.0, 0.3, 2.0, 0.3)
        let factor = pressure * inner * inner / (outer * outer - inner * inner)
        func radial(_ place: SIMD2<Double>) -> Double {
            (1 + poisson) / young * factor * ((1 - 2 * poisson) * place.x + outer * outer / place.x)
        }
        let counts = [4, 8, 16, 32]
        var (displacements, stresses): ([Double], [Double]) = ([], [])
        for cells in counts {
            let mesh = try QuadrilateralMesh(
                x: LineMesh(length: outer - inner, cells: cells, grading: 2),
                y: LineMesh(length: 0.5, cells: 2, grading: 1)
            ) { $0 + SIMD2(inner, 0) }
            let system = DegreesOfFreedom(mesh: mesh, fields: [.vector("u", .quadratic)])
            let assembler = try Assembler(system, coordinates: .axisymmetric)
            let form = LinearElasticity(
                Axisymmetric.self, displacement: 0,
                solid: UniformSolid(youngModulus: young, poissonRatio: poisson))
            let fixed = FixedUnknowns(
                try system.unknowns(ofComponent: 1, onBoundary: "bottom")
                    + system.unknowns(ofComponent: 1, onBoundary: "top"), in: TangentBlock(of: system).pattern)
            let solution = solve(
                assembler, form, Pressure(pressure, displacement: 0), on: try mesh.edges(ofBoundary: "left"),
                fixed: fixed, from: assembler.makeVector())
            displacements.append(l2Error(assembler, solution, component: 0, radial))
            var sum = 0.0
            assembler.forEachPoint(unknowns: solution) { fields, point in
                let stress = form.stress(fields, at: point)
                let square = outer * outer / (point.position.x * point.position.x)
                let (radialGap, hoopGap) = (stress.xx - factor * (1 - square), stress.third - factor * (1 + square))
                sum += point.weight * (radialGap * radialGap + hoopGap * hoopGap)
            }
            stresses.append(sum.squareRoot())
        }
        let sizes = counts.map { 1 / Double($0) }
        #expect(abs(observedOrder(errors: displacements, sizes: sizes) - 3) < 0.1)
        #expect(abs(observedOrder(errors: stresses, sizes: sizes) - 2) < 0.1)
        #expect(stresses[3] < 1e-3)
    }
}
