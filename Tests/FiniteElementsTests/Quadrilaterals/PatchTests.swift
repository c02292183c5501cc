import FiniteElements
import Foundation
import LinearAlgebra
import Testing

/// States that the elements hold exactly, on bent meshes.
@Suite struct PatchTests {
    @Test("A constant gradient is found exactly", arguments: [LagrangeOrder.linear, .quadratic])
    func constantGradient(order: LagrangeOrder) throws {
        let system = DegreesOfFreedom(mesh: try bentSquare(5), fields: [.scalar("c", order)])
        let assembler = try Assembler(system)
        func linear(_ place: SIMD2<Double>) -> Double { 1 + 2 * place.x - 3 * place.y }
        var (exact, start) = (assembler.makeVector(), assembler.makeVector())
        system.interpolate(component: 0, into: &exact, linear)
        let fixed = FixedUnknowns(try outerUnknowns(system, components: 0..<1), in: TangentBlock(of: system).pattern)
        fixed.impose(fixed.indices.map { exact[Int($0)] }, on: &start)
        let solution = solve(
            assembler, Diffusion(of: 0, diffusivity: Uniform(0.7)), Source(of: 0, Uniform(0)), on: [], fixed: fixed,
            from: start)
        for (found, expected) in zip(solution, exact) { #expect(abs(found - expected) < 1e-13) }
    }

    @Test(
        "A constant gradient along an axis is found exactly up to the axis",
        arguments: [LagrangeOrder.linear, .quadratic])
    func constantGradientAlongAxis(order: LagrangeOrder) throws {
        let mesh = try bentSquare(5)
        let system = DegreesOfFreedom(mesh: mesh, fields: [.scalar("c", order)])
        let assembler = try Assembler(system, coordinates: .axisymmetric)
        var exact = assembler.makeVector()
        system.interpolate(component: 0, into: &exact) { 1 - 3 * $0.y }
        let fixed = FixedUnknowns(
            try system.unknowns(ofComponent: 0, onBoundary: "bottom"), in: TangentBlock(of: system).pattern)
        var start = assembler.makeVector()
        fixed.impose(fixed.indices.map { exact[Int($0)] }, on: &start)
        // D ∂c/∂n = -3 D through the top, nothing through the side.
        let solution = solve(
            assembler, Diffusion(of: 0, diffusivity: Uniform(0.7)), BoundaryFlux(of: 0, Uniform(-2.1)),
            on: try mesh.edges(ofBoundary: "top"), fixed: fixed, from: start)
        for (found, expected) in zip(solution, exact) { #expect(abs(found - expected) < 1e-12) }
    }

    @Test("Pure bending, quadratic displacements under a linear traction, is found exactly by Q2")
    func bending() throws {
        let mesh = try bentSquare(4)
        let system = DegreesOfFreedom(mesh: mesh, fields: [.vector("u", .quadratic)])
        let assembler = try Assembler(system)
        let (young, poisson, curvature) = (2.0, 0.3, 0.05)
        let solid = UniformSolid(youngModulus: young, poissonRatio: poisson)
        let form = LinearElasticity(PlaneStress.self, displacement: 0, solid: solid)
        // σ_xx = E κ (y - 1/2) alone
        var exact = assembler.makeVector()
        system.interpolate(component: 0, into: &exact) { curvature * $0.x * ($0.y - 0.5) }
        system.interpolate(component: 1, into: &exact) { place in
            let height = place.y - 0.5
            return -0.5 * curvature * (place.x * place.x + poisson * height * height)
        }
        let left = try (0..<2).flatMap { try system.unknowns(ofComponent: $0, onBoundary: "left") }
        let fixed = FixedUnknowns(left, in: TangentBlock(of: system).pattern)
        var start = assembler.makeVector()
        fixed.impose(fixed.indices.map { exact[Int($0)] }, on: &start)
        let solution = solve(
            assembler, form,
            Traction(displacement: 0, x: Place { young * curvature * ($0.y - 0.5) }, y: Uniform(0)),
            on: try mesh.edges(ofBoundary: "right"), fixed: fixed, from: start)
        for (found, expected) in zip(solution, exact) { #expect(abs(found - expected) < 1e-13) }
        assembler.forEachPoint(unknowns: solution) { fields, point in
            let stress = form.stress(fields, at: point)
            #expect(abs(stress.xx - young * curvature * (point.position.y - 0.5)) < 1e-12)
            #expect(abs(stress.yy) < 1e-12 && abs(stress.xy) < 1e-12)
        }
    }

    /// Solves for the displacement with given sides and compares it with `exact` everywhere.
    private func patch<State: StressState>(
        _ state: State.Type, order: LagrangeOrder, _ exact: (SIMD2<Double>) -> SIMD2<Double>
    ) throws {
        let system = DegreesOfFreedom(mesh: try bentSquare(5, from: 0.5), fields: [.vector("u", order)])
        let assembler = try Assembler(system, coordinates: State.coordinates)
        var (target, start) = (assembler.makeVector(), assembler.makeVector())
        for component in 0..<2 { system.interpolate(component: component, into: &target) { exact($0)[component] } }
        let fixed = FixedUnknowns(try outerUnknowns(system, components: 0..<2), in: TangentBlock(of: system).pattern)
        fixed.impose(fixed.indices.map { target[Int($0)] }, on: &start)
        let solid = UniformSolid(youngModulus: 2, poissonRatio: 0.3, eigenstrain: 0.01)
        let form = LinearElasticity(state, displacement: 0, solid: solid)
        let solution = solve(assembler, form, Pressure(0, displacement: 0), on: [], fixed: fixed, from: start)
        for (found, expected) in zip(solution, target) { #expect(abs(found - expected) < 1e-13) }
        var stresses: [Double] = []
        assembler.forEachPoint(unknowns: solution) { fields, point in
            let stress = form.stress(fields, at: point)
            stresses += [stress.xx, stress.yy, stress.xy, stress.third]
        }
        for (place, stress) in stresses.enumerated() { #expect(abs(stress - stresses[place % 4]) < 1e-12) }
    }

    @Test("A constant strain is found exactly in every stress state", arguments: [LagrangeOrder.linear, .quadratic])
    func constantStrain(order: LagrangeOrder) throws {
        let strain: (SIMD2<Double>) -> SIMD2<Double> = { place in
            SIMD2(0.1 + 0.02 * place.x + 0.01 * place.y, -0.03 * place.x + 0.04 * place.y)
        }
        try patch(PlaneStrain.self, order: order, strain)
        try patch(PlaneStress.self, order: order, strain)
        // About an axis the strain is constant where u_r = a r, u_z = b z.
        try patch(Axisymmetric.self, order: order) { SIMD2(0.02 * $0.x, -0.03 + 0.04 * $0.y) }
    }

    @Test("A clamped film that swells has the biaxial stress -E ε/(1 - ν)")
    func clampedFilm() throws {
        let system = DegreesOfFreedom(mesh: try bentSquare(4), fields: [.vector("u", .quadratic)])
        let assembler = try Assembler(system)
        let solid = UniformSolid(youngModulus: 5e9, poissonRatio: 0.36, eigenstrain: 0.02)
        let form = LinearElasticity(PlaneStrain.self, displacement: 0, solid: solid)
        var unknowns = try system.unknowns(ofComponent: 1, onBoundary: "bottom")
        for side in ["left", "right"] { unknowns += try system.unknowns(ofComponent: 0, onBoundary: side) }
        let solution = solve(
            assembler, form, Pressure(0, displacement: 0), on: [],
            fixed: FixedUnknowns(unknowns, in: TangentBlock(of: system).pattern), from: assembler.makeVector())
        let biaxial = -5e9 * 0.02 / (1 - 0.36)
        assembler.forEachPoint(unknowns: solution) { fields, point in
            let stress = form.stress(fields, at: point)
            #expect(abs(stress.xx / biaxial - 1) < 1e-12 && abs(stress.third / biaxial - 1) < 1e-12)
            #expect(abs(stress.yy / biaxial) < 1e-12 && abs(stress.xy / biaxial) < 1e-12)
        }
    }

    @Test("A pressure and an equal traction leave a free body under uniform stress")
    func pressure() throws {
        let mesh = try bentSquare(3)
        let system = DegreesOfFreedom(mesh: mesh, fields: [.vector("u", .quadratic)])
        let assembler = try Assembler(system)
        let solid = UniformSolid(youngModulus: 3, poissonRatio: 0.2)
        let form = LinearElasticity(PlaneStress.self, displacement: 0, solid: solid)
        let fixed = FixedUnknowns(
            try system.unknowns(ofComponent: 0, onBoundary: "left")
                + system.unknowns(ofComponent: 1, onBoundary: "bottom"), in: TangentBlock(of: system).pattern)
        let sides = try mesh.edges(ofBoundary: "top") + mesh.edges(ofBoundary: "right")
        let pressed = solve(
            assembler, form, Pressure(0.4, displacement: 0), on: sides, fixed: fixed, from: assembler.makeVector())
        let pulled = solve(
            assembler, form, Traction(displacement: 0, x: Uniform(0), y: Uniform(-0.4)),
            on: try mesh.edges(ofBoundary: "top"), fixed: fixed, from: assembler.makeVector())
        assembler.forEachPoint(unknowns: pressed) { fields, point in
            let stress = form.stress(fields, at: point)
            #expect(abs(stress.xx + 0.4) < 1e-13 && abs(stress.yy + 0.4) < 1e-13 && abs(stress.xy) < 1e-13)
            #expect(abs(stress.third) < 1e-15)
        }
        assembler.forEachPoint(unknowns: pulled) { fields, point in
            let stress = form.stress(fields, at: point)
            #expect(abs(stress.xx) < 1e-13 && abs(stress.yy + 0.4) < 1e-13)
        }
    }

    @Test("On the axis the hoop strain is the limit of u_r/r, and stresses are those beside it")
    func axis() throws {
        let line = LineMesh(length: 1, cells: 3, grading: 1)
        let mesh = try QuadrilateralMesh(x: line, y: line)
        let system = DegreesOfFreedom(mesh: mesh, fields: [.vector("u", .quadratic)])
        let assembler = try Assembler(system, coordinates: .axisymmetric)
        let form = LinearElasticity(
            Axisymmetric.self, displacement: 0, solid: UniformSolid(youngModulus: 2, poissonRatio: 0.3))
        var state = assembler.makeVector()
        let (radial, axial) = (0.01, -0.02)
        system.interpolate(component: 0, into: &state) { radial * $0.x }
        system.interpolate(component: 1, into: &state) { axial * $0.y }
        let pressure = form.solid.lambda * (2 * radial + axial)
        var points = 0
        assembler.forEachPoint(of: .edges(try mesh.edges(ofBoundary: "left")), unknowns: state) { fields, point in
            let stress = form.stress(fields, at: point)
            points += 1
            #expect(point.isOnAxis)
            #expect(abs(stress.xx - pressure - 2 * form.solid.mu * radial) < 1e-14)
            #expect(abs(stress.third - stress.xx) < 1e-14)
            #expect(abs(stress.yy - pressure - 2 * form.solid.mu * axial) < 1e-14)
        }
        #expect(points == 9)
        // A form over the axis adds nothing to the residual, and no number that is none.
        var residual = assembler.makeVector()
        assembler.add(form, over: .edges(try mesh.edges(ofBoundary: "left")), unknowns: state, residual: &residual)
        #expect(residual.allSatisfy { $0 == 0 })
    }
}
