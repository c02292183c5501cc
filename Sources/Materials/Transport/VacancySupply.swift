import LinearAlgebra
import Quantities

/// Current density up to which the lattice of lithium feeds an electrolyte: stripping leaves vacancies, which diffuse to
/// sinks in the metal.
///
///     i = F c_L D* (S - 1) / (f l),   c_L = 1/Ω
///
/// where S is the vacancies at the electrolyte over those in equilibrium, which the sinks at the distance l keep. They carry
/// D_v x_v = D*/f, with the tracer diffusivity D* and the correlation factor f of a jump by vacancies, 0.727 in a
/// body-centred cubic lattice (K. Compaan, Y. Haven, Trans. Faraday Soc. 52 (1956) 786). Above this current density vacancies
/// gather to voids. The flux between a source and a sink of vacancies is that of diffusional creep (C. Herring, J. Appl. Phys.
/// 21 (1950) 437). It holds while vacancies are few, S x_v << 1.
@frozen
public struct VacancySupply: Sendable, Hashable {
    /// Supersaturation S of vacancies at the electrolyte, 1.
    public let supersaturation: Double
    /// Distance l to the sinks, m.
    public let sinkDistance: Double
    /// Correlation factor f, 1.
    public let correlationFactor: Double
    /// Molar volume Ω of lithium, m3/mol.
    public let molarVolume: Double

    /// A supply with its sinks at a distance in m, in a metal of a molar volume in m3/mol.
    ///
    /// - Precondition: the supersaturation is not below one, and the other numbers are above zero.
    public init(supersaturation: Double, sinkDistance: Double, correlationFactor: Double, molarVolume: Double) {
        precondition(supersaturation >= 1 && sinkDistance > 0 && correlationFactor > 0 && molarVolume > 0)
        self.supersaturation = supersaturation
        self.sinkDistance = sinkDistance
        self.correlationFactor = correlationFactor
        self.molarVolume = molarVolume
    }

    /// The current density i in A/m2 with a tracer diffusivity D* in m2/s.
    @inlinable
    public func currentDensity<S: LawScalar>(tracerDiffusivity: S) -> S {
        let resistance: Double = correlationFactor * sinkDistance * molarVolume
        return (Constants.faraday * (supersaturation - 1) / resistance) * tracerDiffusivity
    }
}
