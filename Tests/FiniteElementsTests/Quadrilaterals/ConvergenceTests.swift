import FiniteElements
import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// Manufactured solutions: the order of the error in the L2 norm on bent meshes.
@Suite struct ConvergenceTests {
    private func expect(_ slope: Double, _ theory: Int, _ name: String) {
        #expect(abs(slope - Double(theory)) < 0.1)
        Verification.record(
            .chemoMechanics, "order of the L2 error on bent meshes, \(name)", expected: "\(theory)",
            found: String(format: "%.3f", slope), deviation: abs(slope - Double(theory)), bound: 0.1)
    }

    /// u = exp(a x² + b y), with D = 1 + u; k is 2a in the plane and 4a about an axis, so that Δu = (k + 4a²x² + b²) u.
    private static func scalar(_ place: SIMD2<Double>) -> Double { exp(0.4 * place.x * place.x + 0.7 * place.y) }

    private static func production(_ place: SIMD2<Double>, _ coordinates: Coordinates) -> Double {
        let u = scalar(place)
        let k = coordinates == .axisymmetric ? 1.6 : 0.8
        let squares = 4 * 0.16 * place.x * place.x + 0.49
        return -((1 + u) * (k + squares) * u + squares * u * u)
    }

    @Test(
        "Diffusion with D(u) converges with order p + 1",
        arguments: [LagrangeOrder.linear, .quadratic], [Coordinates.cartesian, .axisymmetric])
    func diffusion(order: LagrangeOrder, coordinates: Coordinates) throws {
        let counts = [4, 8, 16, 32]
        let errors = try counts.map { cells in
            let system = DegreesOfFreedom(mesh: try bentSquare(cells), fields: [.scalar("c", order)])
            let assembler = try Assembler(system, coordinates: coordinates, cellPoints: 4)
            // Exact values on three sides, the exact flux (1 + u) ∂u/∂x on the right.
            var start = assembler.makeVector()
            system.interpolate(component: 0, into: &start, Self.scalar)
            var sides: [Int32] = []
            for name in ["bottom", "top"] + (coordinates == .cartesian ? ["left"] : []) {
                sides += try system.unknowns(ofComponent: 0, onBoundary: name)
            }
            let form =
                Diffusion(of: 0, diffusivity: OnePlus())
                + Source(of: 0, Place { Self.production($0, coordinates) })
            let flux = BoundaryFlux(of: 0, Place { (1 + Self.scalar($0)) * 0.8 * $0.x * Self.scalar($0) })
            let solution = solve(
                assembler, form, flux, on: try system.mesh.edges(ofBoundary: "right"),
                fixed: FixedUnknowns(sides, in: TangentBlock(of: system).pattern), from: start)
            return l2Error(assembler, solution, component: 0, Self.scalar)
        }
        let slope = observedOrder(errors: errors, sizes: counts.map { 1 / Double($0) })
        expect(slope, order.rawValue + 1, "diffusion on Q\(order.rawValue), \(coordinates)")
    }

    @Test("A wave round a periodic mesh converges with order p + 1", arguments: [LagrangeOrder.linear, .quadratic])
    func periodic(order: LagrangeOrder) throws {
        // -Δu = (4π² - 1) u
        func wave(_ place: SIMD2<Double>) -> Double { sin(2 * .pi * place.x + 0.3) * exp(place.y) }
        let counts = [8, 16, 32]
        let errors = try counts.map { cells in
            let line = LineMesh(length: 1, cells: cells, grading: 1)
            let mesh = try QuadrilateralMesh(x: line, y: line, isPeriodic: true) { place in
                SIMD2(place.x + 0.1 * sin(.pi * place.y), place.y)
            }
            let system = DegreesOfFreedom(mesh: mesh, fields: [.scalar("c", order)])
            let assembler = try Assembler(system, cellPoints: 4)
            var start = assembler.makeVector()
            system.interpolate(component: 0, into: &start, wave)
            let sides = try ["bottom", "top"].flatMap { try system.unknowns(ofComponent: 0, onBoundary: $0) }
            let form =
                Diffusion(of: 0, diffusivity: Uniform(1))
                + Source(of: 0, Place { (4 * .pi * .pi - 1) * sin(2 * .pi * $0.x + 0.3) * exp($0.y) })
            let solution = solve(
                assembler, form, BoundaryFlux(of: 0, Uniform(0)), on: [],
                fixed: FixedUnknowns(sides, in: TangentBlock(of: system).pattern), from: start)
            return l2Error(assembler, solution, component: 0, wave)
        }
        let slope = observedOrder(errors: errors, sizes: counts.map { 1 / Double($0) })
        expect(slope, order.rawValue + 1, "diffusion on Q\(order.rawValue), periodic")
    }

    // Displacement (A exp(ax + by), B exp(cx + dy)).
    private static func alongX(_ place: SIMD2<Double>) -> Double { 0.3 * exp(0.8 * place.x - 0.5 * place.y) }
    private static func alongY(_ place: SIMD2<Double>) -> Double { 0.2 * exp(-0.6 * place.x + 0.9 * place.y) }

    /// The body force -∇·σ of that displacement for λ and μ, with the terms of the hoop strain for 1/r = `inverse`.
    private static func force(
        _ place: SIMD2<Double>, lambda: Double, mu: Double, inverse: Double
    ) -> SIMD2<Double> {
        let (u, v) = (alongX(place), alongY(place))
        let (ux, uy, uxx, uyy, uxy) = (0.8 * u, -0.5 * u, 0.64 * u, 0.25 * u, -0.4 * u)
        let (vx, vxx, vyy, vxy) = (-0.6 * v, 0.36 * v, 0.81 * v, -0.54 * v)
        let stiff = lambda + 2 * mu
        let planeX = stiff * uxx + mu * uyy + (lambda + mu) * vxy
        let planeY = stiff * vyy + mu * vxx + (lambda + mu) * uxy
        // λ ∂(u/r)/∂r + 2μ (∂u/∂r - u/r)/r and λ ∂(u/r)/∂z + μ (∂u/∂z + ∂v/∂r)/r
        let hoopX = stiff * (ux - u * inverse) * inverse
        let hoopY = (lambda * uy + mu * (uy + vx)) * inverse
        return -SIMD2(planeX + hoopX, planeY + hoopY)
    }

    private func elasticity<State: StressState>(_ state: State.Type) throws -> Double {
        let solid = UniformSolid(youngModulus: 2, poissonRatio: 0.3)
        let (mu, axial) = (solid.mu, State.coordinates == .axisymmetric)
        let lambda = state == PlaneStress.self ? 2 * solid.lambda * mu / (solid.lambda + 2 * mu) : solid.lambda
        let force: @Sendable (SIMD2<Double>) -> SIMD2<Double> = { place in
            Self.force(place, lambda: lambda, mu: mu, inverse: axial ? 1 / place.x : 0)
        }
        let counts = [4, 8, 16]
        let errors = try counts.map { cells in
            let mesh = try bentSquare(cells, from: 1)
            let system = DegreesOfFreedom(mesh: mesh, fields: [.vector("u", .quadratic)])
            let assembler = try Assembler(system, coordinates: State.coordinates, cellPoints: 4)
            var start = assembler.makeVector()
            system.interpolate(component: 0, into: &start, Self.alongX)
            system.interpolate(component: 1, into: &start, Self.alongY)
            let fixed = FixedUnknowns(
                try outerUnknowns(system, components: 0..<2), in: TangentBlock(of: system).pattern)
            let form =
                LinearElasticity(state, displacement: 0, solid: solid)
                + Source(of: 0, Place { force($0).x }) + Source(of: 1, Place { force($0).y })
            let solution = solve(assembler, form, Pressure(0, displacement: 0), on: [], fixed: fixed, from: start)
            return l2Error(assembler, solution, component: 0, Self.alongX)
                + l2Error(assembler, solution, component: 1, Self.alongY)
        }
        return observedOrder(errors: errors, sizes: counts.map { 1 / Double($0) })
    }

    @Test("Elasticity on Q2 converges with order 3 in every stress state")
    func elasticity() throws {
        expect(try elasticity(PlaneStrain.self), 3, "elasticity on Q2, plane strain")
        expect(try elasticity(PlaneStress.self), 3, "elasticity on Q2, plane stress")
        expect(try elasticity(Axisymmetric.self), 3, "elasticity on Q2, axisymmetric")
    }

    @Test("Elasticity on Q2 converges with order 3 up to the axis, where u_r/r is a limit")
    func axis() throws {
        // u_r = r exp(z/2)/10 and u_z = exp(-0.3 r² + 0.6 z)/5, and -div σ of them
        let solid = UniformSolid(youngModulus: 2, poissonRatio: 0.3)
        func radial(_ place: SIMD2<Double>) -> Double { 0.1 * place.x * exp(0.5 * place.y) }
        func axial(_ place: SIMD2<Double>) -> Double { 0.2 * exp(-0.3 * place.x * place.x + 0.6 * place.y) }
        let force: @Sendable (SIMD2<Double>) -> SIMD2<Double> = { place in
            let (u, v) = (0.1 * place.x * exp(0.5 * place.y), 0.2 * exp(-0.3 * place.x * place.x + 0.6 * place.y))
            let (sum, stiff) = (solid.lambda + solid.mu, solid.lambda + 2 * solid.mu)
            let along: Double = 0.25 * solid.mu * u - 0.36 * sum * place.x * v
            let curvature: Double = 0.36 * place.x * place.x - 1.2
            let up: Double = 0.36 * stiff * v + solid.mu * curvature * v + 0.1 * sum * exp(0.5 * place.y)
            return -SIMD2(along, up)
        }
        let counts = [4, 8, 16]
        let errors = try counts.map { cells in
            let system = DegreesOfFreedom(mesh: try bentSquare(cells), fields: [.vector("u", .quadratic)])
            let assembler = try Assembler(system, coordinates: .axisymmetric, cellPoints: 4)
            var start = assembler.makeVector()
            system.interpolate(component: 0, into: &start, radial)
            system.interpolate(component: 1, into: &start, axial)
            var sides = try system.unknowns(ofComponent: 0, onBoundary: "left")
            for name in ["bottom", "right", "top"] {
                for component in 0..<2 { sides += try system.unknowns(ofComponent: component, onBoundary: name) }
            }
            let form =
                LinearElasticity(Axisymmetric.self, displacement: 0, solid: solid)
                + Source(of: 0, Place { force($0).x }) + Source(of: 1, Place { force($0).y })
            let solution = solve(
                assembler, form, Pressure(0, displacement: 0), on: [],
                fixed: FixedUnknowns(sides, in: TangentBlock(of: system).pattern), from: start)
            return l2Error(assembler, solution, component: 0, radial)
                + l2Error(assembler, solution, component: 1, axial)
        }
        let slope = observedOrder(errors: errors, sizes: counts.map { 1 / Double($0) })
        expect(slope, 3, "elasticity on Q2 up to the axis")
    }
}
