extension ThermodynamicDatabase {
    /// The binary of lithium and a host element, named as in the database; upper and lower case are the same.
    ///
    /// Phases that are a substitutional solution of both elements (one sublattice holds both, the others only vacancies) or
    /// a compound (one constituent on every sublattice) can be used; Gibbs energies are per mole of atoms. Every other phase
    /// in which the elements may occur is listed in ``BinarySystem/omitted`` with the reason. Redlich-Kister terms follow the
    /// convention of databases: in whatever order a parameter names its constituents, odd terms multiply x_A - x_B with A
    /// before B in the alphabet.
    ///
    /// - Throws: ``DatabaseError`` for an element that is not there, for what is wrong in parameters and functions of the
    ///   phases (duplicates, misplaced constituents, missing functions), and when no phase can be used.
    public func binary(lithium: String, host: String) throws(DatabaseError) -> BinarySystem {
        let (lithium, host) = (lithium.uppercased(), host.uppercased())
        for name in [lithium, host] where !elements.contains(name) {
            throw DatabaseError(
                path: path, line: 0,
                "no element `\(name.prefix(40))`, the elements are \(elements.joined(separator: ", "))")
        }
        guard lithium != host else {
            throw DatabaseError(path: path, line: 0, "the host of \(lithium) is \(host) itself")
        }
        let known = Set(entries.map(\.name))
        for (phase, parameters) in parameters.sorted(by: { $0.key < $1.key }) where !known.contains(phase) {
            try checkSlips(in: parameters, lithium, host)
        }
        var phases: [BinaryPhase] = []
        var omitted: [BinarySystem.OmittedPhase] = []
        for entry in entries {
            let parameters = parameters[entry.name] ?? []
            let extraction = PhaseExtraction(
                phase: entry, parameters: parameters, species: species, lithium: lithium, host: host)
            switch extraction.result(functions: functions) {
            case .failure(let error): omitted.append(.init(name: entry.name, line: error.line, reason: error.reason))
            case .success(let phase):
                try checkSlips(in: parameters, lithium, host)
                guard let phase else { continue }
                try functions.checkNames(of: phase.functions)
                phases.append(phase)
            }
        }
        guard !phases.isEmpty else {
            let reasons = omitted.map { "\($0.name): \($0.reason)" }.joined(separator: "; ")
            throw DatabaseError(
                path: path, line: 0,
                "no phase of \(lithium)-\(host) can be used" + (reasons.isEmpty ? "" : " (\(reasons))"))
        }
        return BinarySystem(lithium: lithium, host: host, phases: phases, omitted: omitted, functions: functions)
    }

    /// Refuses parameters that cannot be right and that hold one of two elements and no other that is known.
    private func checkSlips(
        in parameters: [DatabaseParameter], _ lithium: String, _ host: String
    ) throws(DatabaseError) {
        for parameter in parameters {
            guard parameter.isEnergy, let problem = parameter.problem else { continue }
            let others = Set(parameter.key.constituents.joined()).subtracting([lithium, host, "VA", "*"])
            let hasOwn = parameter.key.constituents.joined().contains { $0 == lithium || $0 == host }
            if hasOwn && others.allSatisfy({ !elements.contains($0) && species[$0] == nil }) {
                throw DatabaseError(path: path, line: parameter.line, "\(parameter.function.name) \(problem)")
            }
        }
    }
}
