import LinearAlgebra

/// An isotropic linear elastic solid that swells: its stiffness and its stress-free strain from the fields at a point.
public protocol ElasticSolid: Sendable {
    /// Lamé's λ and μ, Pa.
    func moduli<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> (lambda: S, mu: S)
    /// The stress-free strain ε*, the same in all directions.
    func eigenstrain<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> S
}

/// A solid with one stiffness and one eigenstrain.
@frozen
public struct UniformSolid: ElasticSolid, Hashable {
    /// Lamé's λ, Pa.
    public var lambda: Double
    /// The shear modulus μ, Pa.
    public var mu: Double
    /// The stress-free strain ε*.
    public var strain: Double

    /// A solid from its engineering constants: λ = E ν/((1 + ν)(1 - 2ν)), μ = E/(2 (1 + ν)).
    ///
    /// - Parameters:
    ///   - youngModulus: E, Pa.
    ///   - poissonRatio: ν, above -1 and below 1/2.
    ///   - eigenstrain: ε*.
    @inlinable public init(youngModulus: Double, poissonRatio: Double, eigenstrain: Double = 0) {
        lambda = youngModulus * poissonRatio / ((1 + poissonRatio) * (1 - 2 * poissonRatio))
        mu = youngModulus / (2 * (1 + poissonRatio))
        strain = eigenstrain
    }

    /// λ and μ.
    @inlinable
    public func moduli<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> (lambda: S, mu: S) {
        (S(lambda), S(mu))
    }

    /// ε*
    @inlinable
    public func eigenstrain<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> S { S(strain) }
}

/// A symmetric elastic strain in the plane and across it.
@frozen
public struct ElasticStrain<S: LawScalar>: Sendable {
    /// e_xx, or e_rr.
    public var xx: S
    /// e_yy, or e_zz of axisymmetric coordinates.
    public var yy: S
    /// The strain across the plane, or the hoop strain.
    public var third: S
    /// e_xy, half the shear angle.
    public var xy: S

    /// A strain from its components.
    @inlinable public init(xx: S, yy: S, third: S, xy: S) {
        self.xx = xx
        self.yy = yy
        self.third = third
        self.xy = xy
    }

    /// tr e
    @inlinable public var trace: S { xx + yy + third }

    /// dev e : dev e, the square of the change of shape.
    @inlinable public var deviatoricSquare: S {
        let (first, second, other) = (xx - yy, yy - third, third - xx)
        let squares: S = first * first + second * second + other * other
        return (1.0 / 3) * squares + 2 * (xy * xy)
    }
}

/// A symmetric stress in the plane and across it, Pa.
@frozen
public struct Stress<S: LawScalar>: Sendable {
    /// σ_xx, or σ_rr.
    public var xx: S
    /// σ_yy, or σ_zz of axisymmetric coordinates.
    public var yy: S
    /// The stress across the plane, or the hoop stress.
    public var third: S
    /// σ_xy.
    public var xy: S

    /// A stress from its components, Pa.
    @inlinable public init(xx: S, yy: S, third: S, xy: S) {
        self.xx = xx
        self.yy = yy
        self.third = third
        self.xy = xy
    }

    /// σ = λ tr e I + 2μ e
    @inlinable public init(_ strain: ElasticStrain<S>, lambda: S, mu: S) {
        let pressure = lambda * strain.trace
        let double = 2 * mu
        self.init(
            xx: pressure + double * strain.xx, yy: pressure + double * strain.yy,
            third: pressure + double * strain.third, xy: double * strain.xy)
    }

    /// The hydrostatic stress, a third of the trace, Pa.
    @inlinable public var hydrostatic: S { (1.0 / 3) * (xx + yy + third) }

    /// The equivalent stress of von Mises, √(3/2 dev σ : dev σ), Pa.
    @inlinable public var vonMises: S {
        let (first, second, other) = (xx - yy, yy - third, third - xx)
        let squares: S = first * first + second * second + other * other
        return S.sqrt(0.5 * squares + 3 * (xy * xy))
    }
}

/// Linear elasticity with an eigenstrain, ∫ σ : ε(v) dV with σ = λ tr(ε - ε* I) I + 2μ (ε - ε* I), small strain.
///
/// In axisymmetric coordinates the hoop strain v_r/r of the test function adds σ_θθ/r beside v_r.
@frozen
public struct LinearElasticity<State: StressState, Solid: ElasticSolid>: WeakForm {
    /// The component of the displacement along x; that along y is the next.
    public var displacement: Int
    /// The solid.
    public var solid: Solid

    /// Elasticity of a displacement field with its first component.
    @inlinable public init(_ state: State.Type, displacement: Int, solid: Solid) {
        self.displacement = displacement
        self.solid = solid
    }

    /// Those of the stress state.
    @inlinable public var coordinates: Coordinates? { State.coordinates }

    /// Those of the displacement.
    @inlinable public var equations: Range<Int>? { displacement..<displacement + 2 }

    /// The elastic strain ε - ε* I at a point.
    @inlinable
    public func elasticStrain<S: LawScalar>(
        _ fields: Span<Jet<S>>, at point: QuadraturePoint
    ) -> ElasticStrain<S> {
        let (lambda, mu) = solid.moduli(fields, at: point)
        return elasticStrain(fields, lambda: lambda, mu: mu, at: point)
    }

    /// The stress at a point, Pa.
    @inlinable
    public func stress<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> Stress<S> {
        let (lambda, mu) = solid.moduli(fields, at: point)
        return Stress(elasticStrain(fields, lambda: lambda, mu: mu, at: point), lambda: lambda, mu: mu)
    }

    @inlinable
    func elasticStrain<S: LawScalar>(
        _ fields: Span<Jet<S>>, lambda: S, mu: S, at point: QuadraturePoint
    ) -> ElasticStrain<S> {
        let (u, v) = (fields[displacement], fields[displacement + 1])
        let eigenstrain = solid.eigenstrain(fields, at: point)
        let xx = u.x - eigenstrain
        let yy = v.y - eigenstrain
        let third = State.thirdStrain(
            hoop: point.hoopStrain(u), eigenstrain: eigenstrain, inPlane: xx + yy, lambda: lambda, mu: mu)
        return ElasticStrain(xx: xx, yy: yy, third: third, xy: 0.5 * (u.y + v.x))
    }

    /// Adds f_x = (σ_xx, σ_xy), f_y = (σ_xy, σ_yy) and, about an axis, s_x = σ_θθ/r.
    @inlinable
    public func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let stress = stress(fields, at: point)
        let (alongX, alongY) = (displacement, displacement + 1)
        density[alongX].value = density[alongX].value + point.inverseRadius * stress.third
        density[alongX].x = density[alongX].x + stress.xx
        density[alongX].y = density[alongX].y + stress.xy
        density[alongY].x = density[alongY].x + stress.xy
        density[alongY].y = density[alongY].y + stress.yy
    }
}
