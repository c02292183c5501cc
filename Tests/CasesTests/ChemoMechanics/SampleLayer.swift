import Cases
import Models
import Testing

/// A small case of a layer with stress that is right, from which others are made.
enum SampleLayer {
    static let text = """
        model: chemo-mechanics
        geometry:
          shape: strip
          thickness: 100 nm
          width: 200 nm
        lithium:
          diffusivity: 1e-11 cm^2/s
        protocol:
          - step: plate
            current_density: 1 mA/cm^2
            until:
              time: 1 s

        """

    /// The sample with overrides.
    static func read(set overrides: [String]) throws -> Case {
        try Case(bytes: Array(text.utf8), path: "case.yaml", overrides: overrides)
    }

    /// The parameters of the sample with overrides.
    static func parameters(set overrides: String...) throws -> LayerParameters {
        try #require(read(set: overrides).model as? ChemoMechanicsCase).parameters
    }

    /// The mechanical side of the sample with overrides.
    static func mechanics(set overrides: String...) throws -> MechanicsParameters {
        let model = try #require(read(set: overrides).model as? ChemoMechanicsCase)
        return try #require(model.parameters.mechanics)
    }

    /// The sample as a film, which has neither width nor contacts.
    static let film = text.replacing("shape: strip", with: "shape: film").replacing("  width: 200 nm\n", with: "")
}

/// A shipped case by its name.
func shippedCase(_ name: String) throws -> Case { try Case(path: "\(ShippedCase.directory)/\(name).yaml") }
