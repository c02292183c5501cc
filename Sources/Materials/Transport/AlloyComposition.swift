import LinearAlgebra

/// How the lithium concentration c of an alloy layer (mol/m3) stands to its composition.
///
/// Composition has three names: `mole_fraction` x = n_Li / (n_Li + n_Mg), `li_per_mg` y = n_Li / n_Mg with x = y / (1 + y),
/// and `site_fraction` c / c_max.
@frozen
public struct AlloyComposition: Sendable, Hashable {
    /// What a volume of the layer holds.
    @frozen
    public enum Relation: Sendable, Hashable {
        /// Lithium and host share the volume: c V_Li + c_host V_host = 1, so y = c V_host / (1 - c V_Li). In it 69.6 mmol/cm3
        /// is about Li0.9Mg0.1 (Krauskopf et al., Adv. Energy Mater. 9 (2019) 1902568).
        case sharedVolume
        /// The concentration counts lithium per volume of pure host: y = c V_host (Wang et al., Adv. Mater. 2024,
        /// doi 10.1002/adma.202410948, Fig. 4e).
        case perHostVolume
    }

    /// What a volume of the layer holds.
    public var relation: Relation
    /// Partial molar volume of lithium V_Li, m3/mol.
    public var lithiumVolume: Double
    /// Partial molar volume of the host V_host, m3/mol.
    public var hostVolume: Double

    /// A composition rule with the given volumes in m3/mol.
    public init(relation: Relation, lithiumVolume: Double, hostVolume: Double) {
        self.relation = relation
        self.lithiumVolume = lithiumVolume
        self.hostVolume = hostVolume
    }

    /// Lithium per host y of a concentration in mol/m3; infinite where no room is left for the host.
    @inlinable
    public func lithiumPerHost<S: LawScalar>(concentration c: S) -> S {
        switch relation {
        case .sharedVolume: hostVolume * c / (1 - lithiumVolume * c)
        case .perHostVolume: hostVolume * c
        }
    }

    /// Mole fraction x of a concentration in mol/m3.
    @inlinable
    public func moleFraction<S: LawScalar>(concentration c: S) -> S {
        switch relation {
        // x = y / (1 + y), written so that it holds up to pure lithium
        case .sharedVolume: hostVolume * c / (1 + (hostVolume - lithiumVolume) * c)
        case .perHostVolume: hostVolume * c / (1 + hostVolume * c)
        }
    }

    /// Concentration in mol/m3 of a given lithium per host y.
    public func concentration(lithiumPerHost y: Double) -> Double {
        switch relation {
        case .sharedVolume: y / (hostVolume + y * lithiumVolume)
        case .perHostVolume: y / hostVolume
        }
    }

    /// Concentration in mol/m3 of a mole fraction in 0 ..< 1, or 0 ... 1 where volume is shared.
    public func concentration(moleFraction x: Double) -> Double {
        switch relation {
        case .sharedVolume: x / (hostVolume + (lithiumVolume - hostVolume) * x)
        case .perHostVolume: x / (1 - x) / hostVolume
        }
    }

    /// The concentration that the composition rule cannot reach: pure lithium where volume is shared, mol/m3.
    public var supremum: Double { relation == .sharedVolume ? 1 / lithiumVolume : .infinity }
}
