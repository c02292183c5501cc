import LinearAlgebra

/// Power-law creep at one temperature.
///
///     dp/dt = A(T) (σ/σ0)^n,    A(T) = A exp[-(Q/R) (1/T - 1/T_ref)]
///
/// Bulk lithium in tension at room temperature follows it with n = 6.6 between 0.28 MPa, below which diffusional creep
/// takes over, and 2.8 MPa, where the power law breaks down (A. Masias et al., J. Mater. Sci. 54 (2019) 2585). The
/// activation energy is that of LePage et al. (J. Electrochem. Soc. 166 (2019) A89), -25 to 125 degC. There is no
/// hardening: the resistance is ignored.
@frozen
public struct PowerLaw: NonHardeningLaw {
    /// The law at all temperatures.
    @frozen
    public struct Parameters: Sendable, Hashable {
        /// The rate A(T) at the stress scale, 1/s.
        public let rate: Arrhenius
        /// The stress scale σ0, Pa.
        public let stressScale: Double
        /// The exponent n.
        public let exponent: Double

        /// Parameters in 1/s and Pa.
        ///
        /// - Precondition: the stress scale is above zero and the exponent is one or more.
        public init(rate: Arrhenius, stressScale: Double, exponent: Double) {
            precondition(stressScale > 0 && exponent >= 1)
            self.rate = rate
            self.stressScale = stressScale
            self.exponent = exponent
        }

        /// The law at a temperature in K.
        public func at(temperature: Double) -> PowerLaw {
            PowerLaw(self, rateConstant: rate(temperature: temperature))
        }
    }

    /// The parameters of the law.
    public let parameters: Parameters
    /// A(T), 1/s.
    public let rateConstant: Double

    init(_ parameters: Parameters, rateConstant: Double) {
        self.parameters = parameters
        self.rateConstant = rateConstant
    }

    /// The stress scale σ0, Pa.
    @inlinable public var initialResistance: Double { parameters.stressScale }

    /// dp/dt = A(T) (σ/σ0)^n in 1/s.
    @inlinable
    public func rate<S: LawScalar>(stress: S, resistance: S) -> S {
        rateConstant * S.pow(stress / parameters.stressScale, parameters.exponent)
    }

    /// y = n ln(σ/σ0)
    @inlinable
    public func logRate<S: LawScalar>(stress: S, resistance: S) -> S {
        parameters.exponent * S.log(stress / parameters.stressScale)
    }

    /// σ = σ0 exp(y/n) in Pa.
    @inlinable
    public func stress<S: LawScalar>(logRate: S, resistance: S) -> S {
        parameters.stressScale * S.exp(logRate / parameters.exponent)
    }
}
