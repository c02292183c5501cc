import LinearAlgebra

/// The two elastic constants of an isotropic solid, and those that follow from them.
///
/// Kept are the moduli K and G, in which the energy of a strain splits into volume and shape, W = K (tr ε)²/2 + G e:e
/// with e the deviator of ε. The scalar is generic because the constants of an alloy depend on its composition, and the
/// derivative enters the chemical potential.
@frozen
public struct ElasticConstants<S: LawScalar>: Sendable {
    /// Bulk modulus K, Pa; infinite in an incompressible solid.
    public let bulkModulus: S
    /// Shear modulus G, Pa.
    public let shearModulus: S

    /// A solid of bulk modulus K and shear modulus G, both in Pa.
    @inlinable
    public init(bulkModulus: S, shearModulus: S) {
        self.bulkModulus = bulkModulus
        self.shearModulus = shearModulus
    }

    /// A solid of Young's modulus E in Pa and Poisson's ratio ν: K = E / 3(1 - 2ν), G = E / 2(1 + ν).
    @inlinable
    public init(youngsModulus: S, poissonsRatio: S) {
        bulkModulus = youngsModulus / (3 - 6 * poissonsRatio)
        shearModulus = youngsModulus / (2 + 2 * poissonsRatio)
    }

    /// Young's modulus E = 9 G / (3 + G/K), Pa.
    @inlinable
    public var youngsModulus: S { 9 * shearModulus / (3 + shearModulus / bulkModulus) }

    /// Poisson's ratio ν = (3 - 2 G/K) / (6 + 2 G/K).
    @inlinable
    public var poissonsRatio: S {
        let ratio: S = shearModulus / bulkModulus
        return (3 - 2 * ratio) / (6 + 2 * ratio)
    }

    /// Lame's first constant λ = K - 2G/3, Pa, of σ = λ (tr ε) I + 2 G ε.
    @inlinable
    public var lameConstant: S { bulkModulus - (2.0 / 3) * shearModulus }

    /// Whether every strain costs energy: K > 0 and G > 0, which is E > 0 and -1 < ν < 1/2 (1/2 itself with K
    /// infinite).
    @inlinable
    public var isStable: Bool { bulkModulus.primal > 0 && shearModulus.primal > 0 }
}

extension ElasticConstants: Equatable where S: Equatable {}
extension ElasticConstants: Hashable where S: Hashable {}
