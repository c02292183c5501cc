import Foundation
import LinearAlgebra
import Materials
import Quantities

/// What lithium is in the layer: the chemical part of its free energy and how it drifts.
///
/// The free energy for each volume of the layer at the start is f(c), μ_chem = df/dc. Where c is lithium per volume of the
/// empty host, f = (1 / V_host) (1 + y) G(x) with y = c V_host, x = y / (1 + y) and the Gibbs energy G per mole of atoms, whose
/// derivative by c is CALPHAD's μ_Li(x).
///
/// A diffusivity D(c) of Fick's law gives the kinetic coefficient of J = -L ∇μ by D = L dμ_chem/dc. L / D stays finite at
/// c = 0, where L vanishes and dμ_chem/dc diverges:
///
///     L / D = (c / RT) h,   1/h = (c / RT) dμ_chem/dc
@frozen
public enum LithiumSolution: Sendable, Hashable {
    /// An ideal solution on c_max sites of a rigid lattice, μ = RT ln(θ / (1 - θ)), h = 1 - θ with θ = c / c_max.
    case latticeGas(maximum: Double)
    /// Lithium diluted in its host, μ = RT ln(c / c_0) with c_0 = 1 / `hostVolume`, an atom of lithium for each of the host;
    /// h = 1.
    case dilute(hostVolume: Double)
    /// A phase of lithium and its host, stable or not, 1/h = Γ (1 - x); `reference` is the Gibbs energy of solid lithium
    /// in J/mol, `hostVolume` V_host in m3/mol.
    case alloy(SolutionPhase, reference: Double, hostVolume: Double)

    /// h at a concentration in mol/m3.
    @inlinable
    public func mobilityFactor<S: LawScalar>(_ c: S) -> S {
        switch self {
        case .latticeGas(let maximum): return 1 - (1 / maximum) * c
        case .dilute: return S(1)
        case .alloy(let phase, _, let hostVolume):
            let host: S = 1 / (1 + hostVolume * c)
            return 1 / (phase.factor(moleFraction: 1 - host) * host)
        }
    }

    /// μ_chem in J/mol at a concentration in mol/m3, against solid lithium for an alloy; minus infinity without lithium.
    public func potential(_ c: Double, temperature: Double) -> Double {
        let thermal = Constants.gasConstant * temperature
        switch self {
        case .latticeGas(let maximum): return thermal * (log(c / maximum) - log(1 - c / maximum))
        case .dilute(let hostVolume): return thermal * log(c * hostVolume)
        case .alloy(let phase, let reference, let hostVolume):
            let y = c * hostVolume
            return phase.chemicalPotentialLithium(moleFraction: y / (1 + y)) - reference
        }
    }

    /// f in J/m3 at a concentration in mol/m3, zero without lithium.
    public func energy(_ c: Double, temperature: Double) -> Double {
        let thermal = Constants.gasConstant * temperature
        func timesLogarithm(_ x: Double) -> Double { x > 0 ? x * log(x) : 0 }
        switch self {
        case .latticeGas(let maximum):
            let site = c / maximum
            return thermal * maximum * (timesLogarithm(site) + timesLogarithm(1 - site))
        case .dilute(let hostVolume):
            return thermal * (timesLogarithm(c * hostVolume) / hostVolume - c)
        case .alloy(let phase, let reference, let hostVolume):
            let y = c * hostVolume
            let energy = (1 + y) * phase.gibbsEnergy(moleFraction: y / (1 + y))
            return (energy - phase.gibbsEnergy(moleFraction: 0) - y * reference) / hostVolume
        }
    }

    /// The concentration at which the solution is full, mol/m3; infinite for one that never is.
    public var supremum: Double {
        if case .latticeGas(let maximum) = self { maximum } else { .infinity }
    }
}
