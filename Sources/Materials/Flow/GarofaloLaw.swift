import LinearAlgebra

/// Hyperbolic-sine creep with a constant resistance, at one temperature.
///
///     dp/dt = k [sinh(σ/S)]^(1/m),    k = A exp(-Q/RT)
///
/// F. Garofalo, Trans. Metall. Soc. AIME 227 (1963) 351: a power law of exponent 1/m below S that turns exponential
/// above it, so it holds through the breakdown of the power law. The resistance s is ignored.
@frozen
public struct GarofaloLaw: NonHardeningLaw {
    /// The law at all temperatures.
    @frozen
    public struct Parameters: Sendable, Hashable {
        /// The rate constant A exp(-Q/RT), 1/s.
        public let rate: Arrhenius
        /// The stress scale S, Pa.
        public let stressScale: Double
        /// The rate sensitivity m.
        public let sensitivity: Double

        /// Parameters in 1/s and Pa.
        ///
        /// - Precondition: the stress scale is above zero and the rate sensitivity in 0 < m <= 1.
        public init(rate: Arrhenius, stressScale: Double, sensitivity: Double) {
            precondition(stressScale > 0 && sensitivity > 0 && sensitivity <= 1)
            self.rate = rate
            self.stressScale = stressScale
            self.sensitivity = sensitivity
        }

        /// The law at a temperature in K.
        public func at(temperature: Double) -> GarofaloLaw {
            GarofaloLaw(self, rateConstant: rate(temperature: temperature))
        }
    }

    /// The parameters of the law.
    public let parameters: Parameters
    /// k = A exp(-Q/RT), 1/s.
    public let rateConstant: Double

    init(_ parameters: Parameters, rateConstant: Double) {
        self.parameters = parameters
        self.rateConstant = rateConstant
    }

    /// The stress scale S, Pa.
    @inlinable public var initialResistance: Double { parameters.stressScale }

    /// dp/dt = k [sinh(σ/S)]^(1/m) in 1/s.
    @inlinable
    public func rate<S: LawScalar>(stress: S, resistance: S) -> S {
        rateConstant * S.sinhPower(stress / parameters.stressScale, 1 / parameters.sensitivity)
    }

    /// y = (1/m) ln sinh(σ/S)
    @inlinable
    public func logRate<S: LawScalar>(stress: S, resistance: S) -> S {
        S.logSinh(stress / parameters.stressScale) / parameters.sensitivity
    }

    /// σ = S asinh(exp(m y)) in Pa.
    @inlinable
    public func stress<S: LawScalar>(logRate: S, resistance: S) -> S {
        parameters.stressScale * S.asinhExp(parameters.sensitivity * logRate)
    }
}
