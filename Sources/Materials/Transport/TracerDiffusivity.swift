import Foundation
import LinearAlgebra

/// Tracer diffusivity of one kind of atom in an alloy of lithium and a host.
///
///     D*(x, T) = D_self(T) exp[-b (1 - x)],   x the mole fraction of lithium
///
/// ln D* to first order about pure lithium. With b the same at every temperature the host changes the prefactor and
/// leaves the activation energy as it is; the law holds near the compositions and temperatures to which b was fitted.
@frozen
public struct TracerDiffusivity: Sendable, Hashable {
    /// The diffusivity in pure lithium D_self(T), m2/s.
    public let selfDiffusion: Arrhenius
    /// The fall b of ln D* over the mole fraction of host.
    public let decay: Double

    /// A diffusivity D_self(T) in m2/s of pure lithium that host slows by exp[-b (1 - x)].
    @inlinable
    public init(selfDiffusion: Arrhenius, decay: Double) {
        self.selfDiffusion = selfDiffusion
        self.decay = decay
    }

    /// A diffusivity D_self(T) in m2/s of pure lithium that falls tenfold over the given mole fraction of host.
    @inlinable
    public init(selfDiffusion: Arrhenius, tenfoldOverHostFraction fraction: Double) {
        self.init(selfDiffusion: selfDiffusion, decay: log(10) / fraction)
    }

    /// A diffusivity that depends on temperature alone.
    @inlinable
    public init(_ diffusivity: Arrhenius) { self.init(selfDiffusion: diffusivity, decay: 0) }

    /// One diffusivity in m2/s at every composition and temperature.
    @inlinable
    public static func constant(_ diffusivity: Double) -> TracerDiffusivity {
        TracerDiffusivity(Arrhenius(prefactor: diffusivity, activationEnergy: 0))
    }

    /// No diffusion.
    @inlinable
    public static var immobile: TracerDiffusivity { constant(0) }

    /// D* in m2/s at lithium's mole fraction x and a temperature in K.
    @inlinable
    public func callAsFunction<S: LawScalar>(moleFraction x: S, temperature: S) -> S {
        selfDiffusion(temperature: temperature) * S.exp((-decay) * (1 - x))
    }
}
