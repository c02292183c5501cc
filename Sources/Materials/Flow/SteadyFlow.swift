import LinearAlgebra

/// A flow law of a material at one temperature under which nothing hardens.
@frozen
public enum SteadyFlow: NonHardeningLaw {
    /// Power-law creep.
    case power(PowerLaw)
    /// Hyperbolic-sine creep with a constant resistance.
    case garofalo(GarofaloLaw)

    /// A flow law of a material; nil for one that hardens.
    public init?(_ flow: InelasticFlow) {
        switch flow {
        case .power(let law): self = .power(law)
        case .garofalo(let law): self = .garofalo(law)
        case .anand: return nil
        }
    }

    /// The rate constant k, 1/s.
    @inlinable public var rateConstant: Double {
        switch self {
        case .power(let law): law.rateConstant
        case .garofalo(let law): law.rateConstant
        }
    }

    /// The constant stress scale, Pa.
    @inlinable public var initialResistance: Double {
        switch self {
        case .power(let law): law.initialResistance
        case .garofalo(let law): law.initialResistance
        }
    }

    /// The rate of lithium, 1/s.
    @inlinable
    public func rate<S: LawScalar>(stress: S, resistance: S) -> S {
        switch self {
        case .power(let law): law.rate(stress: stress, resistance: resistance)
        case .garofalo(let law): law.rate(stress: stress, resistance: resistance)
        }
    }

    /// y, the logarithm of rate over rate constant.
    @inlinable
    public func logRate<S: LawScalar>(stress: S, resistance: S) -> S {
        switch self {
        case .power(let law): law.logRate(stress: stress, resistance: resistance)
        case .garofalo(let law): law.logRate(stress: stress, resistance: resistance)
        }
    }

    /// The stress at y, Pa.
    @inlinable
    public func stress<S: LawScalar>(logRate: S, resistance: S) -> S {
        switch self {
        case .power(let law): law.stress(logRate: logRate, resistance: resistance)
        case .garofalo(let law): law.stress(logRate: logRate, resistance: resistance)
        }
    }
}
