import Quantities

/// What can be checked once all commands are read.
extension DatabaseReader {
    func isKnown(_ constituent: String) -> Bool {
        elements.contains(constituent) || species[constituent] != nil || constituent == "*"
    }

    func unknownPhase(_ name: String, _ scanner: CommandScanner) -> DatabaseError {
        let hint = closestMatch(to: name, among: phases.map(\.name)).map { ", did you mean `\($0)`" } ?? ""
        return scanner.error("no PHASE named `\(name.prefix(40))` before this line\(hint)")
    }

    func checkPhases() throws(DatabaseError) {
        for phase in phases where phase.constituents.isEmpty {
            throw DatabaseError(path: path, line: phase.line, "PHASE \(phase.name) has no CONSTITUENT")
        }
    }

    /// What is wrong with a parameter, if anything.
    func problem(of parameter: DatabaseParameter) -> String? {
        guard let index = phaseIndices[parameter.key.phase] else {
            let hint = closestMatch(to: parameter.key.phase, among: phases.map(\.name))
            return "is of a phase that no PHASE defines" + (hint.map { ", did you mean `\($0)`" } ?? "")
        }
        let (phase, lists) = (phases[index], parameter.key.constituents)
        if let unknown = lists.joined().first(where: { !isKnown($0) }) {
            return "has `\(unknown)`, which is neither an ELEMENT nor a SPECIES"
        }
        guard lists.count == phase.sites.count, lists.allSatisfy({ !$0.isEmpty }) else {
            return "should name constituents of \(phase.sites.count) sublattices"
        }
        for (sublattice, (list, there)) in zip(lists, phase.constituents).enumerated() {
            for constituent in list where constituent != "*" && !there.contains(constituent) {
                return "has `\(constituent)` on sublattice \(sublattice + 1), whose constituents are "
                    + there.joined(separator: ",")
            }
        }
        return nil
    }
}
