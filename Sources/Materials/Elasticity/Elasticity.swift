import LinearAlgebra

/// Isotropic stiffness of a material, which for an alloy depends on its composition.
@frozen
public enum Elasticity: Sendable, Hashable {
    /// The same at every composition.
    case isotropic(ElasticConstants<Double>)
    /// An average of lithium and its host.
    case mixture(ElasticMixture)

    /// The constants at lithium's mole fraction x.
    @inlinable
    public func callAsFunction<S: LawScalar>(moleFraction x: S) -> ElasticConstants<S> {
        switch self {
        case .isotropic(let constants):
            ElasticConstants(bulkModulus: S(constants.bulkModulus), shearModulus: S(constants.shearModulus))
        case .mixture(let mixture): mixture(moleFraction: x)
        }
    }
}
