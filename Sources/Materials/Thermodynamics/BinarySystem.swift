import LinearAlgebra
import Quantities

/// The phases that lithium and one host form, taken out of a database.
public struct BinarySystem: Sendable, Hashable {
    /// A phase of the database that cannot be used, and why.
    public struct OmittedPhase: Sendable, Hashable {
        /// The name of the phase.
        public let name: String
        /// The line of the database that says so.
        public let line: Int
        /// Why, in one sentence without a full stop.
        public let reason: String
    }

    /// The element of lithium as the database names it, in capitals.
    public let lithium: String
    /// The host element, in capitals.
    public let host: String
    /// The phases that can be used, in the order of the database.
    public let phases: [BinaryPhase]
    /// The phases in which lithium or the host may occur and that cannot be used. Equilibria do without them, so a stable
    /// phase among these makes them wrong.
    public let omitted: [OmittedPhase]
    /// The temperatures in K at which all ``phases`` have a Gibbs energy; `nil` when there are none.
    public let temperatureRange: ClosedRange<Double>?
    /// The functions that the phases use.
    let functions: FunctionTable

    /// The name of the database, for messages.
    public var path: String { functions.path }

    init(
        lithium: String, host: String, phases: [BinaryPhase], omitted: [OmittedPhase], functions: FunctionTable
    ) {
        self.lithium = lithium
        self.host = host
        self.phases = phases
        self.omitted = omitted
        let terms = phases.flatMap(\.functions)
        var used = FunctionTable(path: functions.path)
        used.functions = functions.closure(of: terms)
        self.functions = used
        let ranges = terms.map { used.range(of: $0) ?? Double.infinity...Double.infinity }
        let lower = ranges.map(\.lowerBound).max() ?? .infinity
        let upper = ranges.map(\.upperBound).min() ?? -.infinity
        temperatureRange = lower <= upper && lower.isFinite ? lower...upper : nil
    }

    /// The system of the named phases alone, as if the database held no others.
    ///
    /// - Throws: ``DatabaseError`` for a phase that is omitted or not there.
    public func keeping(_ names: [String]) throws(DatabaseError) -> BinarySystem {
        var kept: [BinaryPhase] = []
        for name in names {
            let phase = try phase(named: name)
            if !kept.contains(phase) { kept.append(phase) }
        }
        return BinarySystem(lithium: lithium, host: host, phases: kept, omitted: [], functions: functions)
    }

    /// The phase of a name, which is not case-sensitive.
    ///
    /// - Throws: ``DatabaseError`` for a phase that is omitted or not there.
    public func phase(named name: String) throws(DatabaseError) -> BinaryPhase {
        let wanted = name.uppercased()
        if let phase = phases.first(where: { $0.name == wanted }) { return phase }
        if let phase = omitted.first(where: { $0.name == wanted }) {
            throw DatabaseError(
                path: path, line: phase.line,
                "the phase \(wanted) cannot be used for \(lithium)-\(host): \(phase.reason)")
        }
        let known = phases.map { "`\($0.name)`" }.joined(separator: ", ")
        throw DatabaseError(
            path: path, line: 0, "\(lithium)-\(host) has no phase `\(name.prefix(40))`, its phases are \(known)")
    }

    /// The Gibbs energy G(x, T) of a phase at a mole fraction of lithium x, J/mol of atoms; for a compound at its own
    /// composition.
    ///
    /// With `Dual` numbers -dG/dT is the entropy.
    ///
    /// - Throws: ``DatabaseError`` for an unknown phase and a temperature (K) outside the range of a function.
    public func gibbsEnergy<S: LawScalar>(
        of phase: String, moleFraction x: S, temperature: S
    ) throws(DatabaseError) -> S {
        var values = FunctionValues(functions, temperature: temperature)
        switch try self.phase(named: phase).parameters(&values) {
        case .compound(_, let energy): return energy
        case .solution(let lithium, let host, let interactions):
            let law = SubstitutionalSolution(x, 1 - x, count: interactions.count) { interactions[$0] }
            return law.gibbsEnergy(lithium: lithium, host: host, thermalEnergy: temperature * S(Constants.gasConstant))
        }
    }

    /// The open-circuit potential U(x, T) = -(μ_Li - G_Li,ref) / F in V of one solution phase against solid lithium, which
    /// is the solid phase of pure lithium with the lowest Gibbs energy.
    ///
    /// With `Dual` numbers dU/dT is the entropic coefficient.
    ///
    /// - Throws: ``DatabaseError`` for an unknown phase or a compound, and a temperature (K) outside the range of a function.
    public func openCircuitPotential<S: LawScalar>(
        of phase: String, moleFraction x: S, temperature: S
    ) throws(DatabaseError) -> S {
        var values = FunctionValues(functions, temperature: temperature)
        let entry = try self.phase(named: phase)
        guard case .solution(let lithium, _, let interactions) = try entry.parameters(&values) else {
            throw DatabaseError(
                path: path, line: entry.line,
                "the compound \(entry.name) has no potential of its own, only its neighbours do")
        }
        let law = SubstitutionalSolution(x, 1 - x, count: interactions.count) { interactions[$0] }
        let potential = lithium + temperature * S(Constants.gasConstant) * S.log(x) + law.excessPotentialLithium
        return (-1 / Constants.faraday) * (potential - (try solidLithium(&values).energy))
    }

    /// The solid phase of pure lithium with the lowest Gibbs energy.
    func solidLithium<S: LawScalar>(
        _ values: inout FunctionValues<S>
    ) throws(DatabaseError) -> (phase: String, energy: S) {
        var best: (phase: String, energy: S)?
        for phase in phases where !phase.isLiquid {
            guard let function = phase.pureLithium else { continue }
            let energy: S = try (1 / phase.atoms) * values.value(of: function)
            if best.map({ energy.primal < $0.energy.primal }) ?? true { best = (phase.name, energy) }
        }
        if let best { return best }
        throw DatabaseError(
            path: path, line: 0,
            "no solid phase of pure \(lithium) is left to measure potentials against in \(lithium)-\(host)")
    }
}
