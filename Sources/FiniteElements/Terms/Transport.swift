import LinearAlgebra

/// Diffusion, ∫ D(u) ∇u · ∇v dV.
///
/// The weak form of -∇·(D ∇u); a boundary without another term is closed to the flux.
@frozen
public struct Diffusion<Law: PointLaw>: WeakForm {
    /// The component that diffuses.
    public var component: Int
    /// D, m2/s when u is a concentration.
    public var diffusivity: Law

    /// Diffusion of a component.
    @inlinable public init(of component: Int, diffusivity: Law) {
        self.component = component
        self.diffusivity = diffusivity
    }

    /// That of the component.
    @inlinable public var equations: Range<Int>? { component..<component + 1 }
    /// The component.
    @inlinable public var inputs: Range<Int>? { component..<component + 1 }

    /// Adds f = D ∇u.
    @inlinable
    public func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let u = fields[component]
        let coefficient = diffusivity(u.value, at: point)
        density[component].x = density[component].x + coefficient * u.x
        density[component].y = density[component].y + coefficient * u.y
    }
}

/// The time derivative, ∫ (u - u_previous)/τ v dV.
@frozen
public struct TimeDerivative: WeakForm {
    /// The component.
    public var component: Int
    /// 1/τ, 1/s: one over the time step for Euler's backward rule.
    public var rate: Double

    /// The time derivative of a component over 1/`rate`.
    @inlinable public init(of component: Int, rate: Double) {
        self.component = component
        self.rate = rate
    }

    /// That of the component.
    @inlinable public var equations: Range<Int>? { component..<component + 1 }
    /// The component.
    @inlinable public var inputs: Range<Int>? { component..<component + 1 }

    /// Adds s = (u - u_previous)/τ.
    @inlinable
    public func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let change = fields[component].value - previous[component].value
        density[component].value = density[component].value + rate * change
    }
}

/// A source, -∫ f(u) v dV over cells; what enters through a boundary, when added over its edges.
///
/// Over the edges of a boundary f is the flux into the body: the natural condition D ∂u/∂n = f.
@frozen
public struct Source<Law: PointLaw>: WeakForm {
    /// The component that is produced.
    public var component: Int
    /// f: amount for each volume and time, on a boundary for each area and time.
    public var law: Law

    /// A source of a component.
    @inlinable public init(of component: Int, _ law: Law) {
        self.component = component
        self.law = law
    }

    /// That of the component.
    @inlinable public var equations: Range<Int>? { component..<component + 1 }
    /// The component.
    @inlinable public var inputs: Range<Int>? { component..<component + 1 }

    /// Adds s = -f(u).
    @inlinable
    public func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        density[component].value = density[component].value - law(fields[component].value, at: point)
    }
}

/// A flux through a boundary, a ``Source`` added over its edges.
public typealias BoundaryFlux = Source
