import Materials
import Quantities

// Creep, viscoplasticity and the thinning of foils.
extension KeyReader {
    func flow() -> Stated<AlloyFlow>? {
        optionalSection("flow", "Creep and viscoplasticity, by the von Mises stress.") { keys in
            let ranges: [StatedRange] = [.temperature, .stress]
            let lithium: Stated<InelasticFlow.Parameters>? = keys.lawInUse([
                (
                    "power_law",
                    { keys, name in
                        keys.law(
                            name, "Power-law creep: rate = A (stress / stress0)^n exp[-(Q/R)(1/T - 1/T0)].",
                            ranges: ranges
                        ) { $0.powerLaw().map { .power($0) } }
                    }
                ),
                (
                    "garofalo",
                    { keys, name in
                        keys.law(
                            name, "Hyperbolic-sine creep: rate = A exp(-Q/RT) [sinh(stress / s)]^(1/m).", ranges: ranges
                        ) { $0.garofaloLaw().map { .garofalo($0) } }
                    }
                ),
                (
                    "anand",
                    { keys, name in
                        keys.law(
                            name,
                            "Anand's law: hyperbolic-sine creep whose resistance s evolves, "
                                + "ds/dt = H0 |1 - s/s*|^a sign(1 - s/s*) rate, s* = S0 [rate / (A exp(-Q/RT))]^N.",
                            ranges: ranges
                        ) { $0.anandLaw().map { .anand($0) } }
                    }
                ),
            ])
            let strengthening: Stated<AlloyFlow.Strengthening>? = keys.law(
                "strengthening",
                "What host in solution does: stresses are multiplied by 1 + k x_host^(2/3), rates by "
                    + "10^(-x_host / tenfold_host_fraction).", ranges: []
            ) { keys in
                let coefficient = keys.parameter(
                    "coefficient", .dimensionless, example: "288", range: .from("0", to: "1e6"), "k.")
                let fraction = keys.optionalParameter(
                    "tenfold_host_fraction", .dimensionless, example: "0.3", range: .from("0.01", to: "1000"),
                    "The mole fraction of host over which creep slows tenfold, as diffusion does; rates stay when absent."
                )
                guard areKnown(coefficient, fraction ?? 0) else { return nil }
                return AlloyFlow.Strengthening(
                    SolidSolution(coefficient: coefficient), tenfoldOverHostFraction: fraction ?? .infinity)
            }
            return lithium.map { $0.map { AlloyFlow(lithium: $0, strengthening: strengthening?.law) } }
        }
    }

    private static var stress: ValueRange { .above("0 Pa", upTo: "100 GPa") }
    private static var rate: ValueRange { .above("0 1/s", upTo: "1e30 1/s") }
    private static var energy: ValueRange { .from("0 kJ/mol", to: "1000 kJ/mol") }
    private static var temperature: ValueRange { .from("100 K", to: "1000 K") }

    private func activationEnergy(_ meaning: String, isOptional: Bool = false) -> Double {
        if isOptional {
            return optionalParameter(
                "activation_energy", .molarEnergy, example: "37 kJ/mol", range: Self.energy,
                meaning + " The value is constant when absent.") ?? 0
        }
        return parameter("activation_energy", .molarEnergy, example: "37 kJ/mol", range: Self.energy, meaning)
    }

    /// The temperature for which a value is given.
    private func referenceTemperature() -> Double {
        parameter(
            "reference_temperature", .temperature, example: "25 degC", range: Self.temperature,
            "T0, the temperature of the value.")
    }

    /// A value with the temperature at which it was measured and its activation energy.
    func activated(
        _ value: Double, energy meaning: String = "Activation energy Q.", isOptional: Bool = false
    ) -> Arrhenius {
        let temperature = referenceTemperature()
        return Arrhenius(
            value, at: temperature, activationEnergy: activationEnergy(meaning, isOptional: isOptional))
    }

    private func powerLaw() -> PowerLaw.Parameters? {
        let rate = parameter(
            "rate", .rate, example: "7.7e-3 1/s", range: Self.rate, "A, the strain rate at `stress` and T0.")
        let activated = activated(rate)
        let stress = parameter("stress", .pressure, example: "1 MPa", range: Self.stress, "stress0.")
        let exponent = parameter(
            "exponent", .dimensionless, example: "6.56", range: .from("1", to: "100"), "Stress exponent n.")
        guard areKnown(activated.reference, stress, exponent) else { return nil }
        return PowerLaw.Parameters(rate: activated, stressScale: stress, exponent: exponent)
    }

    /// A exp(-Q/RT).
    private func rateByPrefactor() -> Arrhenius {
        Arrhenius(
            prefactor: parameter(
                "rate", .rate, example: "4.25e4 1/s", range: Self.rate, "A, the prefactor of the rate."),
            activationEnergy: activationEnergy("Activation energy Q."))
    }

    private func sensitivity() -> Double {
        parameter(
            "sensitivity", .dimensionless, example: "0.15", range: .above("0", upTo: "1"),
            "Rate sensitivity m; 1/m is the stress exponent at low stress.")
    }

    private func garofaloLaw() -> GarofaloLaw.Parameters? {
        let rate = rateByPrefactor()
        let sensitivity = sensitivity()
        let resistance = parameter(
            "resistance", .pressure, example: "1.1 MPa", range: Self.stress, "Deformation resistance s, constant.")
        guard areKnown(rate.reference, sensitivity, resistance) else { return nil }
        return GarofaloLaw.Parameters(rate: rate, stressScale: resistance, sensitivity: sensitivity)
    }

    private func anandLaw() -> AnandLaw.Parameters? {
        let rate = rateByPrefactor()
        let sensitivity = sensitivity()
        let saturation = parameter(
            "saturation_resistance", .pressure, example: "2.0 MPa", range: Self.stress,
            "S0, the resistance to which flow at the rate A exp(-Q/RT) tends.")
        let saturationExponent = parameter(
            "saturation_exponent", .dimensionless, example: "0.05", range: .from("0", to: "1"),
            "N, how that resistance follows the rate.")
        let modulus = parameter(
            "hardening_modulus", .pressure, example: "10 MPa", range: .from("0 Pa", to: "100 GPa"), "H0.")
        let exponent = parameter(
            "hardening_exponent", .dimensionless, example: "2.0", range: .from("1", to: "10"), "a.")
        let initial = parameter(
            "initial_resistance", .pressure, example: "1.1 MPa", range: Self.stress, "Resistance s of undeformed metal."
        )
        guard areKnown(rate.reference, sensitivity, saturation, saturationExponent, modulus, exponent, initial) else {
            return nil
        }
        return AnandLaw.Parameters(
            rate: rate, sensitivity: sensitivity, saturation: saturation, saturationExponent: saturationExponent,
            hardeningModulus: modulus, hardeningExponent: exponent, initialResistance: initial)
    }

    func thinning() -> Stated<ThinningLaw>? {
        law(
            "thinning",
            "Thinning of a foil between plates: v = v0 (P / P0)^n exp[-(Q/R)(1/T - 1/T0)].",
            ranges: [.temperature, .pressure]
        ) { keys in
            let velocity = keys.parameter(
                "velocity", .velocity, example: "0.06 um/h", range: .above("0 um/h", upTo: "1 m/s"),
                "v0, the velocity at `pressure` and T0.")
            let activated = keys.activated(velocity)
            let pressure = keys.parameter("pressure", .pressure, example: "2.2 MPa", range: Self.stress, "P0.")
            let exponent = keys.parameter(
                "exponent", .dimensionless, example: "4.191", range: .from("1", to: "100"), "Exponent n.")
            guard areKnown(activated.reference, pressure, exponent) else { return nil }
            return ThinningLaw(velocity: activated, referencePressure: pressure, exponent: exponent)
        }
    }

    func confinedCreep() -> Stated<ConfinedCreep>? {
        law(
            "confined_creep",
            "Creep of a layer of thickness h and radius R between plates, held by friction: -(dh/dt) / h = "
                + "A (max(0, p - p_h) / stress0)^n exp[-(Q/R_gas)(1/T - 1/T0)], "
                + "p_h = (2/3) friction_stress exp[(Q/(n R_gas))(1/T - 1/T0)] R / h, p the mean pressure.",
            ranges: [.temperature, .pressure]
        ) { keys in
            let rate = keys.parameter(
                "rate", .rate, example: "2.8e-12 1/s", range: Self.rate,
                "A, the rate at T0 where the pressure is `stress` above p_h.")
            let activated = keys.activated(rate)
            let stress = keys.parameter("stress", .pressure, example: "1 MPa", range: Self.stress, "stress0.")
            let exponent = keys.parameter(
                "exponent", .dimensionless, example: "6.56", range: .above("1", upTo: "100"), "Stress exponent n.")
            let friction = keys.parameter(
                "friction_stress", .pressure, example: "0.09 MPa", range: .from("0 Pa", to: "100 GPa"),
                "Friction stress at both faces at T0.")
            guard areKnown(activated.reference, stress, exponent, friction) else { return nil }
            return ConfinedCreep(
                rate: activated, stressScale: stress, exponent: exponent, frictionStress: friction)
        }
    }
}

/// Whether none of the numbers stands in for one that was missing or wrong.
func areKnown(_ numbers: Double...) -> Bool { numbers.allSatisfy { !$0.isNaN } }
