import Cases
import Foundation
import Models
import Testing

/// Small cases of cells that are right, from which others are made.
enum SampleCell {
    static let text = """
        model: flux-balance
        material:
          from: li
          allow_extrapolation: [thinning.pressure]
        electrode:
          thickness: 50 um
        stack:
          pressure: 5 MPa
        protocol:
          - step: strip
            current_density: 1 mA/cm^2
            until:
              charge: 1 mAh/cm^2

        """

    static let alloy = """
        model: flux-balance
        material: li-mg
        electrode:
          thickness: 20 um
          limits:
            depletion: 24 mmol/cm^3
          initial:
            mole_fraction: 0.9
        stack:
          pressure: 5 MPa
        protocol:
          - step: strip
            current_density: 0.1 mA/cm^2
            until:
              time: 1 min

        """

    static let full = text.replacing("step: strip", with: "step: charge")
        .replacing("protocol:", with: "cell: full\ncathode:\n  capacity: 4 mAh/cm^2\nprotocol:")

    /// A sample with overrides.
    static func read(_ text: String = text, set overrides: [String]) throws -> Case {
        try Case(bytes: Array(text.utf8), path: "case.yaml", overrides: overrides)
    }

    /// The model of a sample with overrides.
    static func model(_ text: String = text, _ overrides: String...) throws -> FluxBalanceCase {
        try #require(read(text, set: overrides).model as? FluxBalanceCase)
    }

    /// The parameters of lithium with overrides.
    static func parameters(set overrides: String...) throws -> FluxBalanceParameters {
        try #require(read(set: overrides).model as? FluxBalanceCase).parameters
    }

    /// The steps of lithium with another protocol.
    static func steps(_ list: String, of text: String = text, set overrides: String...) throws -> [CellStep] {
        let read = try read(text, set: ["protocol=\(list)"] + overrides)
        return try #require(read.model as? FluxBalanceCase).parameters.steps
    }
}

extension FluxBalanceParameters {
    /// The supply by the lattice of lithium.
    var supply: ElectrodeParameters.LatticeSupply? {
        if case .lithium(let supply) = working.metal { supply } else { nil }
    }

    /// The layer of Li-Mg.
    var alloyLayer: ElectrodeParameters.AlloyLayer? {
        if case .alloy(let layer) = working.metal { layer } else { nil }
    }

    /// The cathode of a full cell.
    var cathode: CathodeParameters? {
        if case .cathode(let cathode) = counter { cathode } else { nil }
    }
}

/// Whether two numbers agree to 12 digits.
func agree(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-12 * abs(b) }
