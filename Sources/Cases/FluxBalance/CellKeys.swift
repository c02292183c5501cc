import Materials
import Quantities

/// What stands across the electrolyte: the words of `cell`.
enum CellKind: String, CaseIterable {
    case half
    case symmetric
    case full
}

/// The `contact` of metal and electrolyte.
struct InterfaceContactKeys {
    /// ohm m2
    let filmResistance: Double
    /// m
    let spotPitch: Double?

    init(_ keys: KeyReader, isAlloy: Bool?) {
        filmResistance = keys.quantity(
            "film_resistance", .areaSpecificResistance, example: "3 ohm*cm^2", default: "0 ohm*cm^2",
            range: .from("0 ohm*cm^2", to: "1e9 ohm*cm^2"),
            "Resistance of films between metal and electrolyte where they touch, beside the charge transfer of `interface`."
        )
        spotPitch =
            keys.when(isAlloy.map { !$0 }, ElectrodeKeys.ofLithium) {
                $0.optionalQuantity(
                    "spot_pitch", .length, example: "10 um", range: .from("1 nm", to: "10 cm"),
                    "Pitch b of the spots of contact into which the current of the electrolyte crowds, at the resistance "
                        + "sqrt(pi) b psi(sqrt chi) / (4 kappa sqrt chi), chi the contact fraction; without it constriction is left "
                        + "out.")
            } ?? nil
    }
}

/// The `electrolyte` between the electrodes.
struct SeparatorKeys {
    /// m
    let thickness: Double
    /// S/m; nil where that of the material holds.
    let ownConductivity: Double?
    let material: CaseMaterial?

    init(_ keys: KeyReader) {
        thickness = keys.quantity(
            "thickness", .length, example: "500 um", range: .from("0.1 nm", to: "10 cm"),
            "Distance between the electrodes.")
        ownConductivity = keys.optionalQuantity(
            "conductivity", .conductivity, example: "1.5 mS/cm", range: .from("1e-12 S/m", to: "1e9 S/m"),
            "Ionic conductivity kappa; without it that of `material` at `temperature` holds.")
        material = keys.when(!keys.presentKeys.contains("conductivity"), "`conductivity` is not given") {
            $0.material([.conductivity], default: "lpscl", "The material of the electrolyte: its conductivity.")
        }
    }
}

/// The `cathode` of a full cell.
struct CathodeKeys {
    let material: CaseMaterial
    /// C/m2; nil where the loading gives it.
    let ownCapacity: Double?
    /// kg/m2
    let loading: Double?
    /// C/kg; nil where that of the material holds.
    let ownSpecificCapacity: Double?
    let stateOfCharge: Double
    /// m3/C
    let expansion: Double
    /// ohm m2
    let resistance: Double

    init(_ keys: KeyReader) {
        material = keys.material(
            [.openCircuit], default: "nmc811", "The material of the cathode: its potential and specific capacity.")
        ownCapacity = keys.optionalQuantity(
            "capacity", .chargePerArea, example: "4 mAh/cm^2", range: .above("0 mAh/cm^2", upTo: "1e6 mAh/cm^2"),
            "Capacity between charged and discharged.")
        loading =
            keys.when(!keys.presentKeys.contains("capacity"), "`capacity` is not given") {
                $0.optionalQuantity(
                    "loading", .massPerArea, example: "25.5 mg/cm^2", range: .above("0 mg/cm^2", upTo: "1e6 mg/cm^2"),
                    "Active material, which with its specific capacity makes the capacity.")
            } ?? nil
        ownSpecificCapacity =
            keys.when(keys.presentKeys.contains("loading"), "`loading` is given") {
                $0.optionalQuantity(
                    "specific_capacity", .chargePerMass, example: "200 mAh/g",
                    range: .above("0 mAh/g", upTo: "1e5 mAh/g"),
                    "Capacity of the active material; without it that of `material`.")
            } ?? nil
        if !keys.isDescribing && !keys.presentKeys.contains("capacity") && !keys.presentKeys.contains("loading") {
            keys.context.report(
                keys.location,
                "`cathode` has neither `capacity` nor `loading`; give one, such as `capacity: 4 mAh/cm^2`")
        }
        stateOfCharge = keys.quantity(
            "state_of_charge", .dimensionless, example: "0", default: "0", range: .from("0", to: "1"),
            "State of charge at the start: 0 discharged, 1 charged.")
        expansion = keys.quantity(
            "thickness_change", .lengthPerAreaCharge, example: "-0.25 um/(mAh/cm^2)", default: "0 um/(mAh/cm^2)",
            range: .from("-100 um/(mAh/cm^2)", to: "100 um/(mAh/cm^2)"),
            "Thickness that the cathode gains for each charge while it is charged; negative where it shrinks.")
        resistance = keys.quantity(
            "resistance", .areaSpecificResistance, example: "10 ohm*cm^2", default: "0 ohm*cm^2",
            range: .from("0 ohm*cm^2", to: "1e9 ohm*cm^2"),
            "Resistance of the cathode, its charge transfer included.")
    }

    /// The capacity in C/m2 with a specific capacity of the material in C/kg.
    func capacity(ofMaterial specificCapacity: Double) -> Double {
        ownCapacity ?? (loading ?? .nan) * (ownSpecificCapacity ?? specificCapacity)
    }
}
