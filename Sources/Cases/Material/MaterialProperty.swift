import Materials

/// A kind of knowledge that a material file can hold: a key at its top.
public enum MaterialProperty: String, Sendable, Hashable, CaseIterable {
    case thermodynamics
    case volume
    case elasticity
    case diffusivity
    case flow
    case thinning
    case confinedCreep = "confined_creep"
    case conductivity
    case kinetics
    case resistance
    case contact
    case interphase
    case openCircuit = "open_circuit"

    /// What it is, in a few words.
    public var meaning: String {
        switch self {
        case .thermodynamics: "Gibbs energies of the phases of lithium and a host, from a thermodynamic database (TDB)"
        case .volume: "partial molar volumes"
        case .elasticity: "isotropic stiffness"
        case .diffusivity: "diffusion of lithium"
        case .flow: "creep and viscoplasticity"
        case .thinning: "thinning of a foil between plates under pressure"
        case .confinedCreep: "creep of a thin layer between plates, held by friction"
        case .conductivity: "ionic conductivity"
        case .kinetics: "charge transfer at an interface of lithium and an electrolyte"
        case .resistance: "area-specific resistance of such an interface"
        case .contact: "its resistance against pressure"
        case .interphase: "growth of the interphase (SEI) there"
        case .openCircuit: "potential of a cathode in equilibrium"
        }
    }
}
