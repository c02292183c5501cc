import LinearAlgebra

/// Charge transfer at an interface: Butler and Volmer's law with its exchange current density.
@frozen
public struct ExchangeKinetics: Sendable, Hashable {
    /// Exchange current density i₀(T), A/m2.
    public let exchangeCurrentDensity: Arrhenius
    /// The law.
    public let law: ButlerVolmer

    /// A law and its exchange current density in A/m2.
    public init(exchangeCurrentDensity: Arrhenius, law: ButlerVolmer) {
        self.exchangeCurrentDensity = exchangeCurrentDensity
        self.law = law
    }

    /// Current density in A/m2, positive while lithium is stripped, at an overpotential in V and a temperature in K.
    @inlinable
    public func currentDensity<S: LawScalar>(overpotential: S, temperature: S) -> S {
        law.currentDensity(
            overpotential: overpotential, exchangeCurrentDensity: exchangeCurrentDensity(temperature: temperature),
            temperature: temperature)
    }
}
