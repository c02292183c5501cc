import Materials
import Quantities

// Electrolytes and their interfaces with lithium.
extension KeyReader {
    private static var resistance: ValueRange { .above("0 ohm*cm^2", upTo: "1e9 ohm*cm^2") }
    private static var pressure: ValueRange { .above("0 Pa", upTo: "100 GPa") }

    /// Which of two plots an activation energy was read from.
    private enum ConductivityPlot: String, CaseIterable {
        case conductivity
        case timesTemperature = "conductivity_times_temperature"
    }

    func conductivity() -> Stated<IonicConductivity>? {
        law("conductivity", "Ionic conductivity: kappa = kappa0 exp[-(Q/R)(1/T - 1/T0)].") { keys in
            let ionic = keys.parameter(
                "ionic", .conductivity, example: "1.56 mS/cm", range: .above("0 S/m", upTo: "1e9 S/m"), "kappa0 at T0.")
            let law = keys.activated(ionic, isOptional: true)
            let plot = keys.word(
                "energy_of", ConductivityPlot.self, default: .conductivity,
                "What Q is the activation energy of: `conductivity`, or `conductivity_times_temperature`, as in a plot of "
                    + "ln(kappa T); then kappa = (kappa0 T0 / T) exp[...].")
            guard plot == .timesTemperature else { return .arrhenius(law) }
            return .hopping(ionic, at: 1 / law.inverseReferenceTemperature, activationEnergy: law.activationEnergy)
        }
    }

    func kinetics() -> Stated<ExchangeKinetics>? {
        law(
            "kinetics",
            "Charge transfer after Butler and Volmer: i = i0 [exp(a_a F eta / RT) - exp(-a_c F eta / RT)], "
                + "i0 = i00 exp[-(Q/R)(1/T - 1/T0)]."
        ) { keys in
            let exchange = keys.parameter(
                "exchange_current_density", .currentDensity, example: "2.2 mA/cm^2",
                range: .above("0 mA/cm^2", upTo: "1e6 mA/cm^2"), "i00 at T0.")
            let coefficient = ValueRange.above("0", upTo: "2")
            return ExchangeKinetics(
                exchangeCurrentDensity: keys.activated(exchange, isOptional: true),
                law: ButlerVolmer(
                    anodicCoefficient: keys.parameter(
                        "anodic_coefficient", .dimensionless, example: "0.5", default: "0.5", range: coefficient,
                        "Transfer coefficient a_a of stripping."),
                    cathodicCoefficient: keys.parameter(
                        "cathodic_coefficient", .dimensionless, example: "0.5", default: "0.5", range: coefficient,
                        "Transfer coefficient a_c of plating.")))
        }
    }

    func resistance() -> Stated<FilmResistance>? {
        law("resistance", "Area-specific resistance of the interface: 1/R = (1/R0) exp[-(Q/R)(1/T - 1/T0)].") { keys in
            let value = keys.parameter(
                "area_specific_resistance", .areaSpecificResistance, example: "3 ohm*cm^2", range: Self.resistance,
                "Resistance times area R0 at T0, in perfect contact.")
            return FilmResistance(keys.activated(1 / value, isOptional: true))
        }
    }

    func contact() -> Stated<ContactResistance>? {
        optionalSection("contact", "Resistance of the interface against pressure.") { keys in
            keys.lawInUse([
                (
                    "power_law",
                    { keys, name in
                        keys.law(name, "R = R0 (P / P0)^-m.", ranges: [.temperature, .pressure]) { keys in
                            .powerLaw(
                                PressurePowerLaw(
                                    keys.parameter(
                                        "resistance", .areaSpecificResistance, example: "3 ohm*cm^2",
                                        range: Self.resistance, "R0 at `pressure`."),
                                    at: keys.parameter(
                                        "pressure", .pressure, example: "9 MPa", range: Self.pressure, "P0."),
                                    exponent: keys.parameter(
                                        "exponent", .dimensionless, example: "0.5", range: .from("0", to: "10"), "m.")))
                        }
                    }
                ),
                (
                    "table",
                    { keys, name in
                        keys.law(
                            name, "Measured points, joined in log R over log P.", ranges: [.temperature, .pressure]
                        ) {
                            $0.contactTable()
                        }
                    }
                ),
            ])
        }
    }

    private func contactTable() -> ContactResistance? {
        let pressures = quantities(
            "pressures", .pressure, example: "[10 MPa, 400 MPa]", range: Self.pressure, "Pressures of the points.")
        let resistances = quantities(
            "resistances", .areaSpecificResistance, example: "[300 ohm*cm^2, 0.1 ohm*cm^2]", range: Self.resistance,
            "Resistances there.")
        keepList("pressures", "Pressures of the points.")
        keepList("resistances", "Resistances there.")
        guard !pressures.isEmpty, !resistances.isEmpty else { return nil }
        do {
            return .table(try PressureTable(pressures: pressures, resistances: resistances))
        } catch {
            problem("pressures", error.description)
            return nil
        }
    }

    func interphase() -> Stated<InterphaseGrowth>? {
        law(
            "interphase",
            "Growth of the interphase (SEI) with the square root of time: Q = k sqrt(t), "
                + "k = (charge / sqrt(time)) exp[-(Q/R)(1/T - 1/T0)]."
        ) { keys in
            let charge = keys.parameter(
                "charge", .chargePerArea, example: "60 uAh/cm^2", range: .above("0 mAh/cm^2", upTo: "1e6 mAh/cm^2"),
                "Lithium consumed after `time` at T0.")
            let time = keys.parameter(
                "time", .time, example: "400 h", range: .above("0 s", upTo: "1e12 s"), "The time it took.")
            return InterphaseGrowth(
                rateConstant: keys.activated(charge / time.squareRoot(), energy: "Activation energy Q of k."),
                molarVolume: keys.parameter(
                    "molar_volume", .molarVolume, example: "24.1 cm^3/mol",
                    range: .from("0.1 cm^3/mol", to: "1000 cm^3/mol"),
                    "Volume of the interphase per mole of lithium consumed."))
        }
    }
}
