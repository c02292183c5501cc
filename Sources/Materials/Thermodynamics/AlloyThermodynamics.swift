import LinearAlgebra
import Quantities

/// The phases of lithium and a host at one temperature.
public struct AlloyThermodynamics: Sendable, Hashable {
    /// One phase at the temperature.
    public struct Phase: Sendable, Hashable {
        /// What a phase is.
        public enum Model: Sendable, Hashable {
            /// A solution.
            case solution(SolutionPhase)
            /// A compound of fixed composition: mole fraction of lithium and Gibbs energy in J per mole of atoms.
            case compound(moleFraction: Double, gibbsEnergy: Double)
        }
        /// The name in the database, in capitals.
        public let name: String
        /// Whether it is a liquid.
        public let isLiquid: Bool
        /// Its Gibbs energy.
        public let model: Model

        var isFinite: Bool {
            switch model {
            case .solution(let phase):
                phase.lithium.isFinite && phase.host.isFinite && phase.coefficients.sum().isFinite
            case .compound(_, let energy): energy.isFinite
            }
        }
    }

    /// The system of which these are the phases.
    public let system: BinarySystem
    /// Temperature, K.
    public let temperature: Double
    /// All phases of the system, or those asked for.
    public let phases: [Phase]
    /// The solid phase of pure lithium with the lowest Gibbs energy, against which potentials are measured. Above the melting
    /// point of lithium it is still the solid.
    public let referencePhase: String
    /// The Gibbs energy of the reference G_Li,ref, J/mol.
    public let referenceEnergy: Double

    /// The phases of a system at a temperature in K: all of them, or those named.
    ///
    /// With `extrapolates` a function that ends before the temperature goes on as it ended.
    ///
    /// - Throws: ``DatabaseError`` for an unknown phase, and where a phase or the solid phases of pure lithium have no Gibbs
    ///   energy at the temperature; it names the function, its range and the temperature.
    public init(
        _ system: BinarySystem, temperature: Double, phases names: [String]? = nil, extrapolates: Bool = false
    ) throws(DatabaseError) {
        var values = FunctionValues(system.functions, temperature: temperature, extrapolates: extrapolates)
        var entries = system.phases
        if let names {
            entries = []
            for name in names {
                let entry = try system.phase(named: name)
                if !entries.contains(entry) { entries.append(entry) }
            }
        }
        var phases: [Phase] = []
        for entry in entries {
            let model: Phase.Model
            switch try entry.parameters(&values) {
            case .compound(let x, let energy): model = .compound(moleFraction: x, gibbsEnergy: energy)
            case .solution(let lithium, let host, let interactions):
                model = .solution(
                    SolutionPhase(lithium: lithium, host: host, coefficients: interactions, temperature: temperature))
            }
            let phase = Phase(name: entry.name, isLiquid: entry.isLiquid, model: model)
            guard phase.isFinite else {
                throw DatabaseError(
                    path: system.path, line: entry.line, "\(entry.name) has no finite Gibbs energy at \(temperature) K")
            }
            phases.append(phase)
        }
        let reference = try system.solidLithium(&values)
        self.system = system
        self.temperature = temperature
        self.phases = phases
        referencePhase = reference.phase
        referenceEnergy = reference.energy
    }

    /// The phase of a name, which is not case-sensitive.
    ///
    /// - Throws: ``DatabaseError`` for a phase that is not here.
    public func phase(named name: String) throws(DatabaseError) -> Phase {
        let entry = try system.phase(named: name)
        if let phase = phases.first(where: { $0.name == entry.name }) { return phase }
        let known = phases.map { "`\($0.name)`" }.joined(separator: ", ")
        throw DatabaseError(path: system.path, line: 0, "`\(entry.name)` is not among the phases taken, \(known)")
    }

    /// The solution phase of a name.
    ///
    /// - Throws: ``DatabaseError`` for a compound or a phase that is not here.
    public func solution(named name: String) throws(DatabaseError) -> SolutionPhase {
        let phase = try phase(named: name)
        if case .solution(let solution) = phase.model { return solution }
        throw DatabaseError(
            path: system.path, line: 0, "`\(phase.name)` is a compound of fixed composition, not a solution")
    }

    /// U = -(μ_Li(x) - G_Li,ref) / F of one phase against solid lithium, V, stable or not; x is the mole fraction of lithium.
    @inlinable
    public func openCircuitPotential<S: LawScalar>(moleFraction x: S, of phase: SolutionPhase) -> S {
        (-1 / Constants.faraday) * (phase.chemicalPotentialLithium(moleFraction: x) - referenceEnergy)
    }

    /// U = -(μ_Li(x) - G_Li,ref) / F of the phase of a name against solid lithium, V, stable or not.
    ///
    /// - Throws: ``DatabaseError`` for a compound or a phase that is not here.
    public func openCircuitPotential(
        moleFraction x: Double, of name: String
    ) throws(DatabaseError) -> Double {
        openCircuitPotential(moleFraction: x, of: try solution(named: name))
    }

    /// The phase equilibria between the named phases, by default all solids.
    ///
    /// - Throws: ``DatabaseError`` for a phase that is not here, and when no phase is left.
    public func equilibrium(among names: [String]? = nil) throws(DatabaseError) -> PhaseEquilibrium {
        var chosen = phases.filter { !$0.isLiquid }
        if let names {
            chosen = []
            for name in names {
                let phase = try phase(named: name)
                if !chosen.contains(phase) { chosen.append(phase) }
            }
        }
        return try PhaseEquilibrium(of: self, among: chosen)
    }
}
