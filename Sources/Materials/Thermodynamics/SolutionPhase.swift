import Foundation
import LinearAlgebra
import Quantities

/// A substitutional solution of lithium and a host at one temperature.
///
///     G(x) = x G_Li + (1 - x) G_host + RT [x ln x + (1 - x) ln(1 - x)] + x (1 - x) P(2x - 1)
///
/// with P(d) = Σ L_k d^k (Redlich-Kister), x the mole fraction of lithium, and all energies in J per mole of atoms. The law
/// holds for x in 0 ... 1; the potentials of an absent component are minus infinite.
@frozen
public struct SolutionPhase: Sendable, Hashable {
    /// The most Redlich-Kister coefficients of a phase.
    public static let maximumCoefficients = 8

    /// G_Li, the Gibbs energy of pure lithium in this phase, J/mol.
    public let lithium: Double
    /// G_host, the Gibbs energy of the pure host in this phase, J/mol.
    public let host: Double
    /// L_k, the Redlich-Kister coefficients of (x_Li - x_host)^k, J/mol.
    public let coefficients: SIMD8<Double>
    /// How many of the coefficients there are.
    public let coefficientCount: Int
    /// RT, J/mol.
    public let thermalEnergy: Double
    /// The thermodynamic factor Γ, apart from the rest for solvers that need it alone.
    public let factor: ThermodynamicFactor

    /// A phase of given Gibbs energies (J/mol) and Redlich-Kister coefficients at a temperature in K.
    ///
    /// - Precondition: at most ``maximumCoefficients`` coefficients.
    public init(lithium: Double, host: Double, coefficients: [Double], temperature: Double) {
        precondition(coefficients.count <= Self.maximumCoefficients)
        self.lithium = lithium
        self.host = host
        var filled = SIMD8<Double>.zero
        for (index, coefficient) in coefficients.enumerated() { filled[index] = coefficient }
        self.coefficients = filled
        coefficientCount = coefficients.count
        thermalEnergy = Constants.gasConstant * temperature
        factor = ThermodynamicFactor(coefficients: coefficients, thermalEnergy: thermalEnergy)
    }

    @inlinable
    func law<S: LawScalar>(_ x: S, _ y: S) -> SubstitutionalSolution<S> {
        SubstitutionalSolution(x, y, count: coefficientCount) { S(coefficients[$0]) }
    }

    /// G at mole fraction x of lithium, J/mol.
    @inlinable
    public func gibbsEnergy<S: LawScalar>(moleFraction x: S) -> S {
        law(x, 1 - x).gibbsEnergy(lithium: S(lithium), host: S(host), thermalEnergy: S(thermalEnergy))
    }

    /// μ_Li = G_Li + RT ln x + (1 - x)² [P + 2 x P′] at mole fraction x of lithium, J/mol.
    @inlinable
    public func chemicalPotentialLithium<S: LawScalar>(moleFraction x: S) -> S {
        lithium + thermalEnergy * S.log(x) + excessPotentialLithium(moleFraction: x)
    }

    /// μ_host = G_host + RT ln(1 - x) + x² [P - 2 (1 - x) P′] at mole fraction x of lithium, J/mol.
    @inlinable
    public func chemicalPotentialHost<S: LawScalar>(moleFraction x: S) -> S {
        host + thermalEnergy * S.log(1 - x) + excessPotentialHost(moleFraction: x)
    }

    /// μ_Li - G_Li - RT ln x, J/mol; finite for x = 0 too.
    @inlinable
    public func excessPotentialLithium<S: LawScalar>(moleFraction x: S) -> S { law(x, 1 - x).excessPotentialLithium }

    /// μ_host - G_host - RT ln(1 - x), J/mol; finite for x = 1 too.
    @inlinable
    public func excessPotentialHost<S: LawScalar>(moleFraction x: S) -> S { law(x, 1 - x).excessPotentialHost }

    /// The thermodynamic factor Γ at mole fraction x of lithium.
    @inlinable
    public func thermodynamicFactor<S: LawScalar>(moleFraction x: S) -> S { factor(moleFraction: x) }
}
