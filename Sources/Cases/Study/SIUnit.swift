import Quantities

extension Dimension {
    /// The coherent SI unit as UDUNITS text, such as `A m-2`; `1` for a plain number.
    var siUnit: String {
        if let unit = Self.derivedUnits[self] { return unit }
        return description.replacing("^", with: "")
    }

    /// Units that are not written in base units.
    private static let derivedUnits: [Dimension: String] = [
        .charge: "C", .chargePerArea: "C m-2", .potential: "V", .resistance: "ohm", .areaSpecificResistance: "ohm m2",
        .conductivity: "S m-1", .molarEnergy: "J mol-1", .force: "N", .pressure: "Pa", .energy: "J", .power: "W",
        .surfaceEnergy: "J m-2",
    ]
}
