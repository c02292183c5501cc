import LinearAlgebra

/// Elastic constants of lithium alloyed with a host, averaged between the two pure constituents.
///
/// With weights w of lithium and 1 - w of the host, and M either K or G:
///
///     Voigt (same strain in both):   M_V = w M_Li + (1 - w) M_host
///     Reuss (same stress in both):   M_R = 1 / [w / M_Li + (1 - w) / M_host]
///     Hill:                          M_H = (M_V + M_R) / 2
///
/// W. Voigt, Lehrbuch der Kristallphysik (1928); A. Reuss, Z. Angew. Math. Mech. 9 (1929) 49; R. Hill, Proc. Phys. Soc.
/// A 65 (1952) 349, who proves M_R <= M <= M_V for a two-phase solid of volume fraction w. A solid solution is no
/// two-phase solid: there the averages interpolate, and a measured modulus takes precedence.
@frozen
public struct ElasticMixture: Sendable, Hashable {
    /// What is averaged, and how.
    @frozen
    public enum Rule: Sendable, Hashable {
        /// Arithmetic mean of K and G, the upper bound.
        case voigt
        /// Harmonic mean of K and G, the lower bound.
        case reuss
        /// Mean of the two bounds.
        case hill
        /// Arithmetic mean of Young's modulus and of Poisson's ratio; with one ratio for both constituents it is Voigt's mean.
        /// Weighted by mole fraction it gives stresses of the size of those of Wang et al., Adv. Mater. 2024, doi
        /// 10.1002/adma.202410948, Fig. 4f, whose own modulus the paper does not state.
        case voigtOfYoungsModulus
    }

    /// What the weight w of lithium is.
    @frozen
    public enum Weight: Sendable, Hashable {
        /// The mole fraction, w = x.
        case moleFraction
        /// The volume fraction w = x V_Li / [x V_Li + (1 - x) V_host] of the molar volumes in m3/mol.
        case volumeFraction(lithiumVolume: Double, hostVolume: Double)

        /// The weight w of lithium at its mole fraction x.
        @inlinable
        public func callAsFunction<S: LawScalar>(moleFraction x: S) -> S {
            switch self {
            case .moleFraction: return x
            case .volumeFraction(let lithiumVolume, let hostVolume):
                let lithium: S = lithiumVolume * x
                return lithium / (lithium + hostVolume * (1 - x))
            }
        }
    }

    /// Pure lithium.
    public let lithium: ElasticConstants<Double>
    /// The pure host.
    public let host: ElasticConstants<Double>
    /// What is averaged, and how.
    public let rule: Rule
    /// What the weight of lithium is.
    public let weight: Weight

    /// A mixture of two stable constituents.
    @inlinable
    public init(lithium: ElasticConstants<Double>, host: ElasticConstants<Double>, rule: Rule, weight: Weight) {
        self.lithium = lithium
        self.host = host
        self.rule = rule
        self.weight = weight
    }

    /// The constants at lithium's mole fraction x, stable for 0 <= x <= 1.
    @inlinable
    public func callAsFunction<S: LawScalar>(moleFraction x: S) -> ElasticConstants<S> {
        let w = weight(moleFraction: x)
        switch rule {
        case .voigt:
            return ElasticConstants(
                bulkModulus: Self.arithmetic(lithium.bulkModulus, host.bulkModulus, w),
                shearModulus: Self.arithmetic(lithium.shearModulus, host.shearModulus, w))
        case .reuss:
            return ElasticConstants(
                bulkModulus: Self.harmonic(lithium.bulkModulus, host.bulkModulus, w),
                shearModulus: Self.harmonic(lithium.shearModulus, host.shearModulus, w))
        case .hill:
            return ElasticConstants(
                bulkModulus: Self.middle(lithium.bulkModulus, host.bulkModulus, w),
                shearModulus: Self.middle(lithium.shearModulus, host.shearModulus, w))
        case .voigtOfYoungsModulus:
            return ElasticConstants(
                youngsModulus: Self.arithmetic(lithium.youngsModulus, host.youngsModulus, w),
                poissonsRatio: Self.arithmetic(lithium.poissonsRatio, host.poissonsRatio, w))
        }
    }

    /// w a + (1 - w) b
    @inlinable
    static func arithmetic<S: LawScalar>(_ a: Double, _ b: Double, _ w: S) -> S { a * w + b * (1 - w) }

    /// 1 / [w / a + (1 - w) / b]
    @inlinable
    static func harmonic<S: LawScalar>(_ a: Double, _ b: Double, _ w: S) -> S { 1 / arithmetic(1 / a, 1 / b, w) }

    /// The mean of the two.
    @inlinable
    static func middle<S: LawScalar>(_ a: Double, _ b: Double, _ w: S) -> S {
        0.5 * (arithmetic(a, b, w) + harmonic(a, b, w))
    }
}
