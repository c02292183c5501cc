/// A phase: its sublattices with their sites per formula unit and their constituents.
struct DatabasePhase: Sendable, Hashable {
    let name: String
    let line: Int
    /// The letter after the colon of its name, as in `LIQUID:L`.
    var kind: Character?
    let sites: [Double]
    var constituents: [[String]] = []

    /// Whether the phase is a liquid: marked `:L`, or named so.
    var isLiquid: Bool { kind == "L" || name.hasPrefix("LIQ") }
    /// Whether the phase is a gas: marked `:G`, or named so.
    var isGas: Bool { kind == "G" || name == "GAS" }
}

/// A parameter of a phase, such as G(BCC_A2,LI,MG:VA;1).
struct DatabaseParameter: Sendable, Hashable {
    /// What tells one parameter from another.
    struct Key: Sendable, Hashable {
        /// What it is a parameter of: `G` (also for `L`), `TC`, `BMAGN`, `V0`, ...
        let kind: String
        let phase: String
        /// The constituent whose mobility it is, if it is one.
        let diffusing: String?
        /// The constituents of each sublattice, in the order of the alphabet.
        let constituents: [[String]]
        let order: Int
    }

    let key: Key
    let function: TemperatureFunction
    /// What is wrong with it: no matter as long as nobody needs it, for databases of many components have such slips.
    var problem: String?

    var line: Int { function.line }
    /// Whether it is a part of the Gibbs energy at normal pressure.
    var isEnergy: Bool { key.kind == "G" || isSpecialEnergy }
    /// Whether it adds to the Gibbs energy at normal pressure in another way than `G` does: magnetism, glass, Einstein.
    var isSpecialEnergy: Bool {
        ["TC", "NT", "BM", "BMAGN", "BMAG", "GD", "THETA", "LNTH"].contains(key.kind)
    }
}
