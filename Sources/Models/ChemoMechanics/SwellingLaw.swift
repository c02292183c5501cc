import LinearAlgebra
import Materials

/// The stress-free strain ε*(c) of a host that lithium fills, the same in all directions, zero at the concentration at which
/// the layer is free of stress; c is lithium per volume of the layer at the start, mol/m3.
@frozen
public enum SwellingLaw: Sendable, Hashable {
    /// ε* = Ω (c - c_0) / 3 with the volume Ω in m3/mol and the stress-free concentration c_0 in mol/m3; Ω_eff = Ω.
    case linear(volume: Double, stressFree: Double)
    /// ε* = λ(y) / λ_0 - 1 with the stretch λ of the host at y = c V_host v, that at the stress-free composition λ_0, and the
    /// volume v of the layer at the start over that of its host when empty; Ω_eff = v Ω λ⁻² / λ_0 falls with c.
    case stretch(HostSwelling, stressFreeStretch: Double, volumeAtStart: Double = 1)

    /// ε* at a concentration in mol/m3.
    @inlinable
    public func callAsFunction<S: LawScalar>(_ c: S) -> S {
        switch self {
        case .linear(let volume, let stressFree): (volume / 3) * (c - stressFree)
        case .stretch(let host, let start, let volume):
            (1 / start) * host.stretch(lithiumPerHost: (host.hostVolume * volume) * c) - 1
        }
    }

    /// Ω_eff = 3 dε*/dc, the volume by which stress shifts the potential of lithium, m3/mol.
    @inlinable
    public func effectiveVolume(_ c: Double) -> Double {
        switch self {
        case .linear(let volume, _): volume
        case .stretch(let host, let start, let volume):
            volume / start * host.effectiveVolume(lithiumPerHost: host.hostVolume * volume * c)
        }
    }
}
