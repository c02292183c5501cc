import LinearAlgebra

/// The flow law of lithium and, in an alloy, what its host does to it.
public struct AlloyFlow: Sendable, Hashable {
    /// What host in solution does.
    public struct Strengthening: Sendable, Hashable {
        /// By how much it raises stresses.
        public let solution: SolidSolution
        /// The rate b of r = exp[-b x_host] by which it slows creep, as it slows diffusion; zero where it does not.
        public let decay: Double

        /// Stresses raised by a solid solution, and rates that fall tenfold over the given mole fraction of host, or not.
        public init(_ solution: SolidSolution, tenfoldOverHostFraction fraction: Double = .infinity) {
            self.solution = solution
            decay = Double.log(10) / fraction
        }
    }

    /// The law of lithium.
    public let lithium: InelasticFlow.Parameters
    /// What host does to it; nil where it is taken to do nothing.
    public let strengthening: Strengthening?

    /// A law of lithium with or without strengthening.
    public init(lithium: InelasticFlow.Parameters, strengthening: Strengthening? = nil) {
        self.lithium = lithium
        self.strengthening = strengthening
    }

    /// What composition does to stresses and rates at lithium's mole fraction x.
    @inlinable
    public func scaling<S: LawScalar>(moleFraction x: S) -> AlloyScaling<S> {
        guard let strengthening else { return AlloyScaling.none }
        return strengthening.solution.scaling(
            magnesium: 1 - x, rateFactor: S.exp((-strengthening.decay) * (1 - x)))
    }
}
