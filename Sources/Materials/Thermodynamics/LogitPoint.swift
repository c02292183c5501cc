import Foundation

/// A composition by its logit z = ln(x / (1 - x)), which keeps its digits at both ends, where x or 1 - x is tiny.
///
/// In z the slope of a solution's Gibbs energy has the derivative d(dG/dx)/dz = RT Γ, so ideal behaviour is linear.
struct LogitPoint: Sendable, Hashable {
    let z: Double
    /// Mole fraction of lithium.
    let x: Double
    /// Mole fraction of the host.
    let y: Double
    let logX: Double
    let logY: Double

    init(z: Double) {
        self.z = z
        x = 1 / (1 + exp(-z))
        y = 1 / (1 + exp(z))
        logX = -Self.softplus(-z)
        logY = -Self.softplus(z)
    }

    init(x: Double) {
        z = log(x / (1 - x))
        self.x = x
        y = 1 - x
        logX = log(x)
        logY = log1p(-x)
    }

    /// ln(1 + e^z)
    private static func softplus(_ z: Double) -> Double { max(z, 0) + log1p(exp(-abs(z))) }

    /// The nearest composition within the limits of the grid, for the pure ends have no finite logit.
    var clamped: LogitPoint {
        abs(z) <= CompositionGrid.limit ? self : LogitPoint(z: z < 0 ? -CompositionGrid.limit : CompositionGrid.limit)
    }

    /// x - other.x without loss of digits near x = 1.
    func minus(_ other: LogitPoint) -> Double { x + other.x < 1 ? x - other.x : other.y - y }
}

/// The potentials of a solution at one composition, and their stiffness.
struct PhasePotentials {
    /// μ_Li and μ_host, J/mol.
    let lithium: Double
    let host: Double
    /// RT Γ, J/mol: dμ_Li/dz = y RT Γ and dμ_host/dz = -x RT Γ.
    let stiffness: Double
}

extension SolutionPhase {
    func potentials(at point: LogitPoint) -> PhasePotentials {
        let law = law(point.x, point.y)
        return PhasePotentials(
            lithium: lithium + thermalEnergy * point.logX + law.excessPotentialLithium,
            host: host + thermalEnergy * point.logY + law.excessPotentialHost,
            stiffness: thermalEnergy + point.x * point.y * law.excessCurvature)
    }

    /// G less x `referenceLithium` + y `referenceHost`, J/mol.
    func gibbsEnergy(at point: LogitPoint, aboveLithium: Double, aboveHost: Double) -> Double {
        let mixing = (point.x > 0 ? point.x * point.logX : 0) + (point.y > 0 ? point.y * point.logY : 0)
        let ends = point.x * (lithium - aboveLithium) + point.y * (host - aboveHost)
        return ends + thermalEnergy * mixing + law(point.x, point.y).excess
    }
}
