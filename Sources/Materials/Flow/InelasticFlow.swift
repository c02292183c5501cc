import LinearAlgebra

/// The flow law of a material at one temperature.
@frozen
public enum InelasticFlow: FlowLaw {
    /// Power-law creep.
    case power(PowerLaw)
    /// Hyperbolic-sine creep with a constant resistance.
    case garofalo(GarofaloLaw)
    /// Hyperbolic-sine creep with an evolving resistance.
    case anand(AnandLaw)

    /// The flow law of a material at all temperatures.
    @frozen
    public enum Parameters: Sendable, Hashable {
        /// Power-law creep.
        case power(PowerLaw.Parameters)
        /// Hyperbolic-sine creep with a constant resistance.
        case garofalo(GarofaloLaw.Parameters)
        /// Hyperbolic-sine creep with an evolving resistance.
        case anand(AnandLaw.Parameters)

        /// The law at a temperature in K.
        public func at(temperature: Double) -> InelasticFlow {
            switch self {
            case .power(let parameters): .power(parameters.at(temperature: temperature))
            case .garofalo(let parameters): .garofalo(parameters.at(temperature: temperature))
            case .anand(let parameters): .anand(parameters.at(temperature: temperature))
            }
        }

        /// The rate constant k in 1/s at a temperature in K.
        @inlinable
        public func rateConstant<S: LawScalar>(temperature: S) -> S {
            switch self {
            case .power(let parameters): parameters.rate(temperature: temperature)
            case .garofalo(let parameters): parameters.rate(temperature: temperature)
            case .anand(let parameters): parameters.rate(temperature: temperature)
            }
        }
    }

    /// The rate constant k, 1/s.
    @inlinable public var rateConstant: Double {
        switch self {
        case .power(let law): law.rateConstant
        case .garofalo(let law): law.rateConstant
        case .anand(let law): law.rateConstant
        }
    }

    /// The resistance of undeformed metal, Pa.
    @inlinable public var initialResistance: Double {
        switch self {
        case .power(let law): law.initialResistance
        case .garofalo(let law): law.initialResistance
        case .anand(let law): law.initialResistance
        }
    }

    /// The rate of lithium, 1/s.
    @inlinable
    public func rate<S: LawScalar>(stress: S, resistance: S) -> S {
        switch self {
        case .power(let law): law.rate(stress: stress, resistance: resistance)
        case .garofalo(let law): law.rate(stress: stress, resistance: resistance)
        case .anand(let law): law.rate(stress: stress, resistance: resistance)
        }
    }

    /// y, the logarithm of rate over rate constant.
    @inlinable
    public func logRate<S: LawScalar>(stress: S, resistance: S) -> S {
        switch self {
        case .power(let law): law.logRate(stress: stress, resistance: resistance)
        case .garofalo(let law): law.logRate(stress: stress, resistance: resistance)
        case .anand(let law): law.logRate(stress: stress, resistance: resistance)
        }
    }

    /// The stress at y, Pa.
    @inlinable
    public func stress<S: LawScalar>(logRate: S, resistance: S) -> S {
        switch self {
        case .power(let law): law.stress(logRate: logRate, resistance: resistance)
        case .garofalo(let law): law.stress(logRate: logRate, resistance: resistance)
        case .anand(let law): law.stress(logRate: logRate, resistance: resistance)
        }
    }

    /// The resistance that flow at constant y tends to, Pa.
    @inlinable
    public func saturatedResistance<S: LawScalar>(logRate: S) -> S {
        switch self {
        case .power(let law): law.saturatedResistance(logRate: logRate)
        case .garofalo(let law): law.saturatedResistance(logRate: logRate)
        case .anand(let law): law.saturatedResistance(logRate: logRate)
        }
    }

    /// The hardening ds/dp, Pa.
    @inlinable
    public func hardening<S: LawScalar>(logRate: S, resistance: S) -> S {
        switch self {
        case .power(let law): law.hardening(logRate: logRate, resistance: resistance)
        case .garofalo(let law): law.hardening(logRate: logRate, resistance: resistance)
        case .anand(let law): law.hardening(logRate: logRate, resistance: resistance)
        }
    }

    /// The resistance after a step of the backward Euler rule, Pa.
    @inlinable
    public func hardened<S: LawScalar>(_ before: S, strain: S, logRate: S) -> S {
        switch self {
        case .power(let law): law.hardened(before, strain: strain, logRate: logRate)
        case .garofalo(let law): law.hardened(before, strain: strain, logRate: logRate)
        case .anand(let law): law.hardened(before, strain: strain, logRate: logRate)
        }
    }
}
