import LinearAlgebra

/// One phase of a binary: a substitutional solution of lithium and host, or a compound of fixed composition.
public struct BinaryPhase: Sendable, Hashable {
    /// What a phase is.
    public enum Model: Sendable, Hashable {
        /// Lithium and host share the sites of one sublattice; the others are vacant.
        case solution
        /// Each sublattice is lithium or host; x is the mole fraction of lithium.
        case compound(moleFraction: Double)
    }

    /// The name in the database, in capitals.
    public let name: String
    /// The line of the database that defines the phase.
    public let line: Int
    /// Whether it is a liquid.
    public let isLiquid: Bool
    /// Solution or compound.
    public let model: Model
    /// Moles of atoms per formula unit of the database.
    let atoms: Double
    /// G of lithium and of the host per formula unit; of a compound the same function twice.
    let lithium: TemperatureFunction
    let host: TemperatureFunction
    /// Redlich-Kister coefficients per formula unit, of (x_Li - x_host)^k times `sign`^k.
    let interactions: [TemperatureFunction?]
    /// 1 when lithium comes before the host in the alphabet, else -1.
    let sign: Double

    /// All functions of temperature.
    var functions: [TemperatureFunction] { [lithium, host] + interactions.compactMap(\.self) }

    /// G of the phase as pure lithium per formula unit, if it can be that.
    var pureLithium: TemperatureFunction? {
        switch model {
        case .solution: lithium
        case .compound(let x): x == 1 ? lithium : nil
        }
    }

    /// The parameters at one temperature, per mole of atoms.
    enum Parameters<S: LawScalar> {
        case solution(lithium: S, host: S, interactions: [S])
        case compound(moleFraction: Double, gibbsEnergy: S)
    }

    func parameters<S: LawScalar>(
        _ values: inout FunctionValues<S>
    ) throws(DatabaseError) -> Parameters<S> {
        let pureLithium: S = try (1 / atoms) * values.value(of: lithium)
        if case .compound(let x) = model { return .compound(moleFraction: x, gibbsEnergy: pureLithium) }
        let pureHost: S = try (1 / atoms) * values.value(of: host)
        var coefficients: [S] = []
        for (order, interaction) in interactions.enumerated() {
            let scale = (order.isMultiple(of: 2) ? 1 : sign) / atoms
            guard let interaction else {
                coefficients.append(S(0))
                continue
            }
            coefficients.append(try scale * values.value(of: interaction))
        }
        return .solution(lithium: pureLithium, host: pureHost, interactions: coefficients)
    }
}
