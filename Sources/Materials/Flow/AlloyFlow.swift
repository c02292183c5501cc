import LinearAlgebra

/// The flow law of lithium and, in an alloy, what its host does to it.
public struct AlloyFlow: Sendable, Hashable {
    /// The law of lithium.
    public let lithium: InelasticFlow.Parameters
    /// How host strengthens it; nil where it is taken not to.
    public let strengthening: SolidSolution?

    /// A law of lithium with or without strengthening.
    public init(lithium: InelasticFlow.Parameters, strengthening: SolidSolution? = nil) {
        self.lithium = lithium
        self.strengthening = strengthening
    }

    /// What composition does to stresses and rates at lithium's mole fraction x, with the ratio of tracer diffusivities
    /// D*(x)/D*(1) as the rate factor.
    @inlinable
    public func scaling<S: LawScalar>(moleFraction x: S, rateFactor: S) -> AlloyScaling<S> {
        strengthening?.scaling(magnesium: 1 - x, rateFactor: rateFactor) ?? AlloyScaling.none
    }
}
