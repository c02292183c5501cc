import LinearAlgebra

/// What magnesium in solution does to a flow law of lithium: it multiplies stresses by f and rates by r.
///
///     dp/dt = r k F(σ / f, s)
///
/// f multiplies every stress scale of the law: σ0, S, S0, H0 and the resistance. The resistance s that is stored and
/// integrated is that of lithium, f s acts in the alloy; as S0 and H0 carry the same factor, the law of s is then free
/// of f, and a change of composition strengthens the metal at once, without strain.
@frozen
public struct AlloyScaling<S: LawScalar>: Sendable {
    /// Strength over that of lithium f, above zero.
    public var strength: S
    /// Rate over that of lithium r, above zero.
    public var rate: S

    /// Scaling by a strength factor and a rate factor. A temperature that varies from point to point enters by the rate
    /// factor k(T)/k(T_0).
    @inlinable
    public init(strength: S, rate: S) {
        self.strength = strength
        self.rate = rate
    }

    /// Pure lithium.
    @inlinable public static var none: Self { Self(strength: S(1), rate: S(1)) }
}

extension AlloyScaling: Equatable where S: Equatable {}
extension AlloyScaling: Hashable where S: Hashable {}

/// Solid-solution strengthening by magnesium.
///
///     f = 1 + k x_Mg^(2/3)
///
/// R. Labusch, Phys. Status Solidi 41 (1970) 659. No creep data of Li-Mg are known to fix k: it is a parameter to vary.
/// Creep limited by diffusion slows with the tracer diffusivity, r = D*(x)/D*(1).
///
/// The slope of x^(2/3) is infinite at pure lithium, where every plating run starts, so the law is made smooth there:
///
///     x^(2/3) -> x (x² + ε²)^(-1/6),   ε = 1e-4
///
/// It has the slope ε^(-1/3) = 21.5 at zero and is odd, so that a slightly negative x of a Newton iterate does no harm.
/// It is at most 0.153 ε^(2/3) = 3.3e-4 too low (at x near ε/3), and by the fraction ε²/(6 x²), 1.7e-5 at 1 at% Mg.
/// Labusch's statistics of many obstacles do not reach that dilution anyway.
@frozen
public struct SolidSolution: Sendable, Hashable {
    /// The coefficient k, not negative.
    public let coefficient: Double
    /// ε, the mole fraction of magnesium below which strengthening is linear.
    public static let diluteLimit = 1e-4

    /// Strengthening with coefficient k.
    ///
    /// - Precondition: `coefficient` is not negative.
    public init(coefficient: Double) {
        precondition(coefficient >= 0)
        self.coefficient = coefficient
    }

    /// The scaling at a mole fraction of magnesium and a rate factor r, the ratio of tracer diffusivities D*(x)/D*(1).
    @inlinable
    public func scaling<S: LawScalar>(magnesium x: S, rateFactor: S) -> AlloyScaling<S> {
        let epsilon = Self.diluteLimit
        let smoothed: S = x * S.pow(x * x + epsilon * epsilon, -1.0 / 6)
        return AlloyScaling(strength: 1 + coefficient * smoothed, rate: rateFactor)
    }
}
