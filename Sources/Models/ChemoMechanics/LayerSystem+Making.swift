import FiniteElements
import LinearAlgebra
import Materials

extension LayerSystem {
    /// The system of a body, its lithium and its mechanics.
    ///
    /// - Parameters:
    ///   - body: the body and its mesh.
    ///   - lithium: how lithium moves.
    ///   - mechanics: stiffness and supports; nil for lithium alone.
    ///   - isDriven: whether stress drives lithium; where it does not, it is computed from the lithium all the same.
    ///   - start: concentration at which the support of the layer is judged, mol/m3.
    ///   - profile: the current along the electrolyte over x in m, in any unit.
    ///   - scale: the size of the concentration that tolerances refer to, mol/m3.
    ///   - threads: threads of the assembly.
    /// - Throws: `MeshError`, `SparseFactorError`, `LatticeError`, `KrylovError`; ``RunFailure`` when nothing holds the layer.
    public init(
        body: LayerBody, lithium: LithiumParameters, mechanics: MechanicsParameters?, isDriven: Bool, start: Double,
        profile: @escaping @Sendable (Double) -> Double = { _ in 1 }, scale: Double, threads: Int = 1
    ) throws {
        let mesh = try body.mesh()
        var fields: [Field] = [.scalar("c", .linear)]
        if mechanics != nil { fields = [.vector("u", .quadratic)] + fields + [.scalar("p", .linear)] }
        let system = DegreesOfFreedom(mesh: mesh, fields: fields)
        // Two points in each direction integrate bilinear elements; products with quadratics need three.
        let assembler = try Assembler(
            system, coordinates: body.coordinates, cellPoints: mechanics == nil ? 2 : 3, threads: threads)
        let component = system.component(of: "c")
        let scalars = try ScalarField(component: component, assembler: assembler)
        var support: Mechanics?
        if let mechanics {
            var state = assembler.makeVector()
            for unknown in scalars.block.unknowns { state[unknown] = start }
            let made = try Mechanics(
                mechanics, stressState: body.stressState(across: mechanics.across),
                sideIsHeld: body.side != .periodic && (body.shape == .film || body.side == .symmetric),
                assembler: assembler, scalars: scalars, potential: component + 1)
            try made.checkSupport(state)
            support = made
        }
        try self.init(
            assembler: assembler, component: component, lithium: lithium, mechanics: support,
            isDriven: isDriven && mechanics != nil, scalars: scalars,
            inlet: try Self.inlet(assembler, component, scalars, profile), scale: scale)
    }

    /// ∮ w φ_i dA over the electrolyte, the profile w scaled to a mean of one.
    private static func inlet(
        _ assembler: Assembler, _ component: Int, _ scalars: ScalarField,
        _ profile: @escaping @Sendable (Double) -> Double
    ) throws -> [Double] {
        let edges = try assembler.system.mesh.edges(ofBoundary: "top")
        var (area, whole) = (0.0, 0.0)
        assembler.forEachPoint(of: .edges(edges), unknowns: assembler.makeVector()) { _, point in
            area += point.weight
            whole += point.weight * profile(point.position.x)
        }
        guard whole > 0, whole.isFinite else {
            throw RunFailure(
                "the profile of the current along the electrolyte has the mean \(whole / area), which must be positive")
        }
        var residual = assembler.makeVector()
        let zero = residual
        assembler.add(
            BoundaryFlux(of: component, CurrentProfile(profile: profile, factor: area / whole)), over: .edges(edges),
            unknowns: zero, residual: &residual)
        return scalars.block.unknowns.map { -residual[$0] }
    }
}

extension LayerBody {
    fileprivate func stressState(across: MechanicsParameters.Across) -> StressKind {
        switch (shape, across) {
        case (.disk, _): .axisymmetric
        case (.strip, .planeStress): .planeStress
        case (.strip, .planeStrain), (.film, _): .planeStrain
        }
    }
}

/// The current along the electrolyte over its mean.
private struct CurrentProfile: PointLaw {
    let profile: @Sendable (Double) -> Double
    let factor: Double

    func callAsFunction<S: LawScalar>(_ u: S, at point: QuadraturePoint) -> S { S(factor * profile(point.position.x)) }
}
