import LinearAlgebra

/// Darken's interdiffusion coefficient in one phase at one temperature, as a solver evaluates it point by point.
///
///     D(x) = Γ(x) [(1 - x) D*_Li(x) + x D*_host(x)],   D*(x) = D_self exp[-b (1 - x)]
///
/// See ``DarkenDiffusivity``, from which it is made.
@frozen
public struct AlloyDiffusivity: Sendable, Hashable {
    /// Γ of the phase.
    public let factor: ThermodynamicFactor
    /// Tracer diffusivity of lithium in pure lithium, m2/s.
    public let lithium: Double
    /// The rate at which host slows lithium.
    public let lithiumDecay: Double
    /// Tracer diffusivity of the host in pure lithium, m2/s.
    public let host: Double
    /// The rate at which host slows itself.
    public let hostDecay: Double

    /// The law over the tracer diffusivity of lithium in pure lithium, without a unit.
    public var perLithium: AlloyDiffusivity {
        AlloyDiffusivity(
            factor: factor, lithium: 1, lithiumDecay: lithiumDecay, host: host == 0 ? 0 : host / lithium,
            hostDecay: hostDecay)
    }

    /// The law of a material in which all atoms move so many times as fast.
    public func scaled(by ratio: Double) -> AlloyDiffusivity {
        AlloyDiffusivity(
            factor: factor, lithium: ratio * lithium, lithiumDecay: lithiumDecay, host: ratio * host,
            hostDecay: hostDecay)
    }

    private init(
        factor: ThermodynamicFactor, lithium: Double, lithiumDecay: Double, host: Double, hostDecay: Double
    ) {
        self.factor = factor
        self.lithium = lithium
        self.lithiumDecay = lithiumDecay
        self.host = host
        self.hostDecay = hostDecay
    }

    /// The law in a phase at the temperature in K of the phase.
    public init(_ law: DarkenDiffusivity, phase: SolutionPhase, temperature: Double) {
        factor = phase.factor
        lithium = law.lithium.selfDiffusion(temperature: temperature)
        lithiumDecay = law.lithium.decay
        host = law.host.selfDiffusion(temperature: temperature)
        hostDecay = law.host.decay
    }

    /// Tracer diffusivity of lithium D*_Li in m2/s at its mole fraction x.
    @inlinable @inline(__always)
    public func tracerDiffusivity<S: LawScalar>(moleFraction x: S) -> S {
        lithium * S.exp((-lithiumDecay) * (1 - x))
    }

    /// The interdiffusion coefficient D in m2/s at lithium's mole fraction x.
    @inlinable @inline(__always)
    public func callAsFunction<S: LawScalar>(moleFraction x: S) -> S {
        let ofLithium: S = (1 - x) * tracerDiffusivity(moleFraction: x)
        let factor = factor(moleFraction: x)
        if host == 0 { return factor * ofLithium }
        return factor * (ofLithium + host * x * S.exp((-hostDecay) * (1 - x)))
    }
}
