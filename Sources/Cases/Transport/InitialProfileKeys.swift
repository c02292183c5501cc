import Materials
import Models
import Quantities

extension KeyReader {
    /// The `initial` lithium in the layer.
    func initialProfile(layer: LayerKeys, saturation: Double) -> TransportParameters.InitialProfile {
        let alloy = layer.composition
        let position = ValueRange.from("0 um", to: "10 cm")
        // One value by any name of composition, or a table over the distance from the electrolyte.
        let uniform = compositionAlternatives(of: alloy, saturation: saturation, example: "0 mmol/cm^3")
        let alternatives = uniform.map { alternative in
            alternative.map { TransportParameters.InitialProfile.uniform($0) }
        }
        let value: TransportParameters.InitialProfile? = variant(
            "initial", default: (.plain("0 mmol/cm^3"), .uniform(0)), "Lithium in the layer at the start.",
            alternatives + [
                .key("table") { keys in
                    keys.section("table", "Concentration over the distance from the electrolyte, by monotone cubics.") {
                        keys in
                        let x = keys.quantities(
                            "position", .length, example: "[0 um, 5 um]", range: position,
                            "Distances from the electrolyte; the first is 0, the last the thickness.")
                        let y = keys.quantities(
                            "concentration", .concentration, example: "[60 mmol/cm^3, 20 mmol/cm^3]",
                            range: .from("0 mol/m^3", to: "1000 mol/L"), "Lithium concentrations there.")
                        let table = keys.table(x: x, y: y, names: ("position", "concentration"))
                        if let ends = table?.domain,
                            ends.lowerBound != 0 || abs(ends.upperBound - layer.thickness) > 1e-9 * layer.thickness
                        {
                            keys.problem(
                                "position",
                                "the positions must begin at 0 and end at `layer.thickness`, \(shown(layer.thickness, "um")), "
                                    + "found \(shown(ends.lowerBound, "um")) to \(shown(ends.upperBound, "um"))")
                        }
                        return table.map { .table($0) }
                    }
                }
            ])
        if case .table? = value, layer.shape != .slab {
            problem("initial", "a table is for a slab; a strip or a disk starts from one composition, give that")
        }
        return value ?? .uniform(.nan)
    }
}
