import LinearAlgebra
import Materials

/// The stress-free strain ε*(c) of a host that lithium fills, the same in all directions, zero at the concentration at which
/// the layer is free of stress; c is lithium per volume of the empty host, mol/m3.
@frozen
public enum SwellingLaw: Sendable, Hashable {
    /// ε* = Ω (c - c_0) / 3 with the volume Ω in m3/mol and the stress-free concentration c_0 in mol/m3; Ω_eff = Ω.
    case linear(volume: Double, stressFree: Double)
    /// ε* = λ(c) / λ_0 - 1 with the stretch λ of the host and that at the stress-free concentration; Ω_eff falls with c.
    case stretch(HostSwelling, stressFreeStretch: Double)

    /// ε* at a concentration in mol/m3.
    @inlinable
    public func callAsFunction<S: LawScalar>(_ c: S) -> S {
        switch self {
        case .linear(let volume, let stressFree): (volume / 3) * (c - stressFree)
        case .stretch(let host, let start): (1 / start) * host.stretch(lithiumPerHost: host.hostVolume * c) - 1
        }
    }

    /// Ω_eff = 3 dε*/dc, the volume by which stress shifts the potential of lithium, m3/mol.
    @inlinable
    public func effectiveVolume(_ c: Double) -> Double {
        switch self {
        case .linear(let volume, _): volume
        case .stretch(let host, let start): host.effectiveVolume(lithiumPerHost: host.hostVolume * c) / start
        }
    }
}
