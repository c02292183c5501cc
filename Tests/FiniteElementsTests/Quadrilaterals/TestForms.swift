import FiniteElements
import Foundation
import LinearAlgebra

/// A coefficient given by a function of position alone.
struct Place: PointLaw {
    let function: @Sendable (SIMD2<Double>) -> Double
    init(_ function: @escaping @Sendable (SIMD2<Double>) -> Double) { self.function = function }
    func callAsFunction<S: LawScalar>(_ u: S, at point: QuadraturePoint) -> S { S(function(point.position)) }
}

/// D(u) = 1 + u
struct OnePlus: PointLaw {
    func callAsFunction<S: LawScalar>(_ u: S, at point: QuadraturePoint) -> S { 1 + u }
}

/// A solid whose stiffness falls and whose volume grows with the field c, component 2.
struct SwellingSolid: ElasticSolid {
    func moduli<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> (lambda: S, mu: S) {
        let c = fields[2].value
        return (1.5 - 0.4 * c, 1 / (1 + 0.3 * c))
    }
    func eigenstrain<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> S {
        0.1 * fields[2].value + 0.02 * fields[2].value * fields[2].value
    }
}

/// Diffusion of a lattice gas c (component 2) driven by log(c/(1 - c)) - s, with s (component 3) the hydrostatic stress.
struct StressDrivenDiffusion<State: StressState>: WeakForm {
    let elasticity: LinearElasticity<State, SwellingSolid>
    var coordinates: Coordinates? { State.coordinates }

    func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let (c, s) = (fields[2], fields[3])
        let mobility = c.value * (1 - c.value)
        density[2].x = density[2].x + c.x - mobility * s.x
        density[2].y = density[2].y + c.y - mobility * s.y
        density[3].value = density[3].value + s.value - elasticity.stress(fields, at: point).hydrostatic
    }
}

/// Displacement (Q2), lithium (Q1) and stress (Q1), coupled both ways.
func coupledForm<State: StressState>(_ state: State.Type) -> some WeakForm {
    let elasticity = LinearElasticity(state, displacement: 0, solid: SwellingSolid())
    return elasticity + StressDrivenDiffusion(elasticity: elasticity) + TimeDerivative(of: 2, rate: 3)
}

let coupledFields: [Field] = [.vector("u", .quadratic), .scalar("c", .linear), .scalar("s", .linear)]

/// The unit square, moved to x >= `from`, its inside bent and its sides kept.
func bentSquare(_ cells: Int, from: Double = 0) throws(MeshError) -> QuadrilateralMesh {
    let line = LineMesh(length: 1, cells: cells, grading: 1)
    return try QuadrilateralMesh(x: line, y: line) { place in
        let bend = 0.08 * sin(.pi * place.x) * sin(.pi * place.y)
        return place + SIMD2(from + bend, -bend)
    }
}
