import LinearAlgebra
import Quantities

/// Charge transfer near equilibrium, a resistance: i = i₀ (α_a + α_c) F η / RT, for |η| below about 10 mV.
@frozen
public struct LinearChargeTransfer: ChargeTransferLaw {
    /// Sum of the transfer coefficients α_a + α_c, 1 for a single step.
    public let coefficientSum: Double

    /// A law of a given sum of transfer coefficients.
    @inlinable
    public init(coefficientSum: Double) { self.coefficientSum = coefficientSum }

    /// Every overpotential: the law stays dissipative, if not accurate.
    @inlinable
    public var overpotentials: ClosedRange<Double> { -Double.infinity...Double.infinity }

    /// i / i₀ = (α_a + α_c) u
    @inlinable
    public func relativeCurrent<S: LawScalar>(reducedOverpotential u: S) -> S { coefficientSum * u }

    /// u = (i / i₀) / (α_a + α_c)
    @inlinable
    public func reducedOverpotential<S: LawScalar>(relativeCurrent ratio: S) -> S { ratio / coefficientSum }

    /// Charge-transfer resistance R_ct = RT / [F i₀ (α_a + α_c)] in ohm m2, of i₀ in A/m2 at a temperature in K.
    @inlinable
    public func resistance<S: LawScalar>(exchangeCurrentDensity: S, temperature: S) -> S {
        (Constants.gasConstant / (Constants.faraday * coefficientSum)) * temperature / exchangeCurrentDensity
    }

    /// Exchange current density i₀ = RT / [F R_ct (α_a + α_c)] in A/m2, of a charge-transfer resistance R_ct in ohm m2
    /// measured at a temperature in K, by impedance for instance.
    @inlinable
    public func exchangeCurrentDensity<S: LawScalar>(resistance: S, temperature: S) -> S {
        (Constants.gasConstant / (Constants.faraday * coefficientSum)) * temperature / resistance
    }
}

/// Charge transfer far from equilibrium, with the reverse reaction left out: Tafel's law.
///
///     stripping:  i = i₀ exp(α F η / RT),    plating:  i = -i₀ exp(-α F η / RT)
///
/// In error by the fraction exp[-(α_a + α_c) F |η| / RT], below 1 % for |η| > 118 mV at 25 degC with α_a + α_c = 1. At
/// η = 0 a current i₀ flows on; for η of the other sign the law would create energy and is not stated.
@frozen
public struct TafelChargeTransfer: ChargeTransferLaw {
    /// Which of the two reactions runs.
    @frozen
    public enum Direction: Sendable, Hashable {
        /// Stripping, i > 0.
        case anodic
        /// Plating, i < 0.
        case cathodic

        /// The sign of the current.
        @inlinable
        public var sign: Double { self == .anodic ? 1 : -1 }
    }

    /// Which of the two reactions runs.
    public let direction: Direction
    /// Transfer coefficient α of that reaction.
    public let coefficient: Double

    /// A law of one reaction with a transfer coefficient greater than 0 and not above 1.
    @inlinable
    public init(_ direction: Direction, coefficient: Double) {
        self.direction = direction
        self.coefficient = coefficient
    }

    /// Overpotentials that drive the reaction: η >= 0 for stripping, η <= 0 for plating.
    @inlinable
    public var overpotentials: ClosedRange<Double> {
        direction == .anodic ? 0...Double.infinity : -Double.infinity...0
    }

    /// i / i₀ = ±exp(±α u)
    @inlinable
    public func relativeCurrent<S: LawScalar>(reducedOverpotential u: S) -> S {
        direction.sign * S.exp((direction.sign * coefficient) * u)
    }

    /// u = ±ln(±i / i₀) / α; not a number for a current of the other reaction.
    @inlinable
    public func reducedOverpotential<S: LawScalar>(relativeCurrent ratio: S) -> S {
        (direction.sign / coefficient) * S.log(direction.sign * ratio)
    }
}
