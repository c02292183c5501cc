/// Takes what two elements make of one phase of a database.
struct PhaseExtraction {
    /// Why a phase cannot be used.
    struct Unusable: Error {
        let line: Int
        let reason: String
    }

    let phase: DatabasePhase
    let parameters: [DatabaseParameter]
    let species: [String: Set<String>]
    let lithium: String
    let host: String

    /// The phase, `nil` when the two elements do not occur in it; or why it cannot be used.
    func result(functions: FunctionTable) -> Result<BinaryPhase?, Unusable> {
        Result { () throws(Unusable) in try phase(functions: functions) }
    }

    private func phase(functions: FunctionTable) throws(Unusable) -> BinaryPhase? {
        let lists = phase.constituents.map { $0.filter(isPossible) }
        guard lists.allSatisfy({ !$0.isEmpty }), lists.joined().contains(where: { $0 != "VA" }) else { return nil }
        if phase.isGas { throw unusable("it is a gas") }
        if let other = lists.joined().first(where: { ![lithium, host, "VA"].contains($0) }) {
            throw unusable("its constituent \(other) is not an element but a species made of them")
        }
        let relevant = parameters.filter { isRelevant($0, lists) }
        for parameter in relevant where parameter.isSpecialEnergy && !parameter.function.isZero {
            throw Unusable(
                line: parameter.line,
                reason: "\(parameter.function.name) adds a magnetic or glass term, which is not supported")
        }
        let energies = relevant.filter { $0.key.kind == "G" }
        let result = try model(lists, energies)
        for function in result.functions {
            let names = functions.closure(of: [function]).values.reduce(function.names) { $0.union($1.names) }
            if names.contains("P") {
                throw Unusable(
                    line: function.line, reason: "\(function.name) depends on the pressure, which is not supported")
            }
        }
        return result
    }

    /// The kind of phase that the constituents make.
    private func model(_ lists: [[String]], _ energies: [DatabaseParameter]) throws(Unusable) -> BinaryPhase {
        let mixing = lists.indices.filter { lists[$0].count > 1 }
        guard let sublattice = mixing.first else { return try compound(lists, energies) }
        guard mixing.count == 1 else { throw unusable("constituents mix on \(mixing.count) of its sublattices") }
        guard !lists[sublattice].contains("VA") else {
            throw unusable("\(lists[sublattice].filter { $0 != "VA" }.joined(separator: " and ")) mixes with vacancies")
        }
        guard lists.indices.allSatisfy({ $0 == sublattice || lists[$0] == ["VA"] }) else {
            throw unusable("beside the sublattice that \(lithium) and \(host) share there is one with an element")
        }
        return try solution(on: sublattice, energies)
    }

    private func compound(_ lists: [[String]], _ energies: [DatabaseParameter]) throws(Unusable) -> BinaryPhase {
        func sites(of element: String) -> Double {
            zip(phase.sites, lists).reduce(0) { $0 + ($1.1 == [element] ? $1.0 : 0) }
        }
        let atoms = sites(of: lithium) + sites(of: host)
        let array = lists.map { $0[0] }.joined(separator: ":")
        let energy = try single(energies, "G(\(phase.name),\(array);0)")
        return BinaryPhase(
            name: phase.name, line: phase.line, isLiquid: phase.isLiquid,
            model: .compound(moleFraction: sites(of: lithium) / atoms), atoms: atoms, lithium: energy, host: energy,
            interactions: [], sign: 1)
    }

    private func solution(
        on sublattice: Int, _ energies: [DatabaseParameter]
    ) throws(Unusable) -> BinaryPhase {
        if let wild = energies.first(where: { $0.key.constituents[sublattice].contains("*") }) {
            throw Unusable(
                line: wild.line,
                reason: "\(wild.function.name) has a `*` for \(lithium) and \(host), which is not supported")
        }
        func end(_ element: String) throws(Unusable) -> TemperatureFunction {
            let own = energies.filter { $0.key.constituents[sublattice] == [element] }
            return try single(own, "G(\(phase.name),\(element);0)")
        }
        var interactions: [TemperatureFunction?] = []
        for parameter in energies where parameter.key.constituents[sublattice].count == 2 {
            let limit = SolutionPhase.maximumCoefficients
            guard parameter.key.order < limit else {
                throw Unusable(
                    line: parameter.line,
                    reason: "\(parameter.function.name) is beyond the \(limit) coefficients allowed")
            }
            while interactions.count <= parameter.key.order { interactions.append(nil) }
            guard interactions[parameter.key.order] == nil else {
                throw Unusable(
                    line: parameter.line,
                    reason: "\(parameter.function.name) is given in two ways, with and without `*`")
            }
            interactions[parameter.key.order] = parameter.function
        }
        return try BinaryPhase(
            name: phase.name, line: phase.line, isLiquid: phase.isLiquid, model: .solution,
            atoms: phase.sites[sublattice], lithium: end(lithium), host: end(host), interactions: interactions,
            sign: lithium < host ? 1 : -1)
    }

    /// The one parameter that should be there.
    private func single(_ energies: [DatabaseParameter], _ name: String) throws(Unusable) -> TemperatureFunction {
        guard let first = energies.first else { throw unusable("there is no PARAMETER \(name)") }
        guard energies.count == 1, first.key.order == 0 else {
            throw Unusable(
                line: energies[energies.count - 1].line, reason: "PARAMETER \(name) is not the only one of its kind")
        }
        return first.function
    }

    /// Whether a constituent holds no other element.
    private func isPossible(_ constituent: String) -> Bool {
        if [lithium, host, "VA"].contains(constituent) { return true }
        guard let elements = species[constituent], !elements.isEmpty else { return false }
        return elements.isSubset(of: [lithium, host, "VA"])
    }

    /// Whether all constituents of a parameter are there.
    private func isRelevant(_ parameter: DatabaseParameter, _ lists: [[String]]) -> Bool {
        zip(parameter.key.constituents, lists).allSatisfy { named, there in
            named.allSatisfy { $0 == "*" || there.contains($0) }
        }
    }

    private func unusable(_ reason: String) -> Unusable { Unusable(line: phase.line, reason: reason) }
}
