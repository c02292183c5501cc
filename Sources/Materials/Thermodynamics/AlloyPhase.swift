/// A binary system of lithium and a host, and the one of its phases that a layer is taken for.
public struct AlloyPhase: Sendable, Hashable {
    /// All phases.
    public let system: BinarySystem
    /// The name of the layer's phase, such as `BCC_A2`.
    public let phase: String

    /// A solution phase of a system.
    ///
    /// - Throws: ``DatabaseError`` when the system has no such phase, or it is a compound or a liquid.
    public init(_ phase: String, of system: BinarySystem) throws(DatabaseError) {
        let entry = try system.phase(named: phase)
        if case .compound = entry.model {
            throw DatabaseError(
                path: system.path, line: entry.line,
                "the phase \(entry.name) is a compound of fixed composition, and a layer needs a solution")
        }
        if entry.isLiquid {
            throw DatabaseError(
                path: system.path, line: entry.line, "the phase \(entry.name) is liquid, and a layer is solid")
        }
        self.phase = entry.name
        self.system = system
    }
}
