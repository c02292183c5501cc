import FiniteElements
import LinearAlgebra
import SparseSolvers
import Testing

/// A plate that lithium enters from above: small-strain elasticity with swelling, coupled both ways to diffusion.
///
///     ∂x/∂t = -∇·J,  J = -D ∇x + D (Ω/RT) x (1 - x) ∇σ_h,  σ = C : (ε(u) - (Ω c_max / 3) (x - x_0) I)
///
/// Axisymmetric, R = 100 nm, H = 140 nm; no radial displacement on the axis and on the top, no axial one at the bottom, the
/// outer face free; lithium at i/F through the top for 10 s. Lengths in 100 nm, stresses in units of E.
private struct Plate: WeakForm, ElasticSolid {
    static let young = 30e9
    static let swelling = 1.3e-5 * 69600
    static let start = 0.02
    static let diffusivity = 1e-15 / 1e-14
    static let influx = 10 / (96485.33212 * 69600 * 1e-7)
    static let drift = 1.3e-5 * young / (8.314462618 * 298.15)
    static let solid = UniformSolid(youngModulus: 1, poissonRatio: 0.3)

    var coordinates: Coordinates? { .axisymmetric }

    func moduli<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> (lambda: S, mu: S) {
        Self.solid.moduli(fields, at: point)
    }

    func eigenstrain<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> S {
        (Self.swelling / 3) * (fields[2].value - Self.start)
    }

    /// Diffusion and drift of x, component 2; s = σ_h, component 3.
    func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let (x, s) = (fields[2], fields[3])
        let mobility: S = Self.drift * x.value * (1 - x.value)
        density[2].x = density[2].x + Self.diffusivity * (x.x - mobility * s.x)
        density[2].y = density[2].y + Self.diffusivity * (x.y - mobility * s.y)
        let elasticity = LinearElasticity(Axisymmetric.self, displacement: 0, solid: self)
        density[3].value = density[3].value + s.value - elasticity.stress(fields, at: point).hydrostatic
    }
}

/// The flux through the top.
private struct Influx: PointLaw {
    func callAsFunction<S: LawScalar>(_ u: S, at point: QuadraturePoint) -> S { S(Plate.influx) }
}

@Suite struct CoupledPlateTests {
    /// Three finite-element codes (dolfinx 0.5.2, NGSolve 6.2, scikit-fem 12) on the same 128 x 128 triangulation agree on
    /// these to all digits: x and σ_h in MPa on the axis at z = 0, 17.5, ... 140 nm after 100 equal steps of backward Euler.
    static let reference: [(x: Double, stress: Double)] = [
        (0.12435721, 27.557619), (0.1243668, 24.002915), (0.12404769, 12.899239), (0.12242306, -7.1587762),
        (0.1180954, -38.616271), (0.10969196, -85.111619), (0.096605241, -151.56819), (0.079870601, -243.79575),
        (0.062517691, -366.38171),
    ]

    /// The largest deviations on the axis, in x and in MPa, and the lithium that is there against what was put in.
    private func deviations(cells: Int) throws -> (x: Double, stress: Double, balance: Double) {
        let mesh = try QuadrilateralMesh(
            x: LineMesh(length: 1, cells: cells, grading: 1), y: LineMesh(length: 1.4, cells: cells, grading: 1))
        let fields: [Field] = [.vector("u", .quadratic), .scalar("x", .linear), .scalar("s", .linear)]
        let system = DegreesOfFreedom(mesh: mesh, fields: fields)
        let assembler = try Assembler(system, coordinates: .axisymmetric)
        let fixed = FixedUnknowns(
            try system.unknowns(ofComponent: 0, onBoundary: "left") + system.unknowns(ofComponent: 0, onBoundary: "top")
                + system.unknowns(ofComponent: 1, onBoundary: "bottom"), in: TangentBlock(of: system).pattern)
        let steps = 100
        let form =
            LinearElasticity(Axisymmetric.self, displacement: 0, solid: Plate()) + Plate()
            + TimeDerivative(of: 2, rate: Double(steps) / 10)
        let top = try mesh.edges(ofBoundary: "top")
        var state = assembler.makeVector()
        system.interpolate(component: 2, into: &state) { _ in Plate.start }
        let block = TangentBlock(of: system)
        var (matrix, residual) = (block.makeMatrix(), assembler.makeVector())
        var factor = try SparseFactor(pattern: block.pattern)
        for _ in 0..<steps {
            let before = state
            for _ in 0..<8 {
                matrix.clear()
                for index in residual.indices { residual[index] = 0 }
                assembler.add(
                    form, unknowns: state, previous: before, residual: &residual, tangent: &matrix, block: block)
                assembler.add(
                    BoundaryFlux(of: 2, Influx()), over: .edges(top), unknowns: state, previous: before,
                    residual: &residual)
                fixed.eliminateIncrements(from: &matrix, residual: &residual)
                try factor.factor(matrix.values)
                try factor.solve(&residual)
                var largest = 0.0
                for index in state.indices {
                    state[index] -= residual[index]
                    largest = max(largest, abs(residual[index]))
                }
                // Newton's iteration converges quadratically: the next change would be round-off.
                if largest < 1e-7 { break }
            }
        }
        var (x, stress) = (0.0, 0.0)
        let axis = [2, 3].map { component in
            (try? system.unknowns(ofComponent: component, onBoundary: "left")) ?? []
        }
        for (index, expected) in Self.reference.enumerated() {
            let node = index * cells / 8
            x = max(x, abs(state[Int(axis[0][node])] - expected.x))
            stress = max(stress, abs(state[Int(axis[1][node])] * Plate.young / 1e6 - expected.stress))
        }
        var (lithium, volume) = (0.0, 0.0)
        assembler.forEachPoint(unknowns: state) { fields, point in
            lithium += point.weight * (fields[2].value - Plate.start)
            volume += point.weight
        }
        return (x, stress, lithium / volume / (Plate.influx * 10 / 1.4) - 1)
    }

    @Test("The coupled plate converges to three other codes, stress driving lithium away from the electrolyte")
    func plate() throws {
        let coarse = try deviations(cells: 8)
        let fine = try deviations(cells: 16)
        #expect(fine.x < 1e-4 && fine.stress < 0.5)
        #expect(fine.x < 0.3 * coarse.x && fine.stress < 0.3 * coarse.stress)
        #expect(abs(coarse.balance) < 1e-12 && abs(fine.balance) < 1e-12)
    }
}
