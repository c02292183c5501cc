import Models

/// What brings lithium to the electrolyte: `lattice` and `creep` of the electrode.
struct SupplyKeys {
    /// nil after a mistake.
    let lattice: Lattice?
    /// nil after a mistake.
    let creep: Creep?

    /// How the lattice brings lithium.
    enum Lattice {
        case none
        /// A current density i_diff, A/m2.
        case quasiSteady(Double)
        /// Vacancies that go to sinks.
        case vacancies(supersaturation: Double, sinkDistance: Double, correlationFactor: Double)
        /// Resolved, with the diffusivity in m2/s.
        case resolved(diffusivity: Double, criticalDeficit: Double)
    }

    /// How creep brings lithium.
    enum Creep {
        case none
        /// By the law of the material.
        case thinning
        /// A current density, A/m2.
        case prescribed(Double)
    }

    init(lattice: Lattice, creep: Creep) { (self.lattice, self.creep) = (lattice, creep) }

    init(_ keys: KeyReader) {
        let density = ValueRange.from("0 mA/cm^2", to: "1e6 mA/cm^2")
        lattice = keys.variant(
            "lattice", default: (.plain("none"), .none),
            "How the lattice brings lithium to the electrolyte, by vacancies that go the other way. `none`: not at all.",
            [
                .word("none", .none),
                .key("current_density") { keys in
                    let value = keys.quantity(
                        "current_density", .currentDensity, example: "0.1 mA/cm^2", range: density,
                        "The current density i_diff up to which vacancies go to their sinks at once.")
                    _ = BesideKeys(keys, .currentDensity)
                    return .quasiSteady(value)
                },
                .key("supersaturation") { keys in
                    let value = keys.quantity(
                        "supersaturation", .dimensionless, example: "2", range: .from("1", to: "1e6"),
                        "Vacancies at the electrolyte over those in equilibrium, S of i_diff = F c_L D* (S - 1) / (f l), with the "
                            + "tracer diffusivity D* of `material` at `temperature`.")
                    let others = BesideKeys(keys, .supersaturation)
                    return .vacancies(
                        supersaturation: value, sinkDistance: others.sinkDistance,
                        correlationFactor: others.correlationFactor)
                },
                .key("diffusivity") { keys in
                    let value = keys.quantity(
                        "diffusivity", .diffusivity, example: "1e-11 cm^2/s",
                        range: .from("1e-22 cm^2/s", to: "1 cm^2/s"),
                        "The lattice is resolved through the thickness with this diffusivity D of its deficit of lithium: voids open "
                            + "after Sand's time.")
                    return .resolved(
                        diffusivity: value, criticalDeficit: BesideKeys(keys, .diffusivity).criticalDeficit)
                },
            ])
        creep = keys.variant(
            "creep", default: (.plain("thinning"), .thinning),
            "How creep brings lithium to the electrolyte. `thinning`: beside voids, with the velocity v at which a foil of `material` "
                + "thins under the local pressure, c_L (1 - chi) v(P / chi); `none`: not at all.",
            [
                .word("thinning", .thinning), .word("none", .none),
                .key("current_density") {
                    .prescribed(
                        $0.quantity(
                            "current_density", .currentDensity, example: "0.2 mA/cm^2", range: density,
                            "A current density of creep, whatever the pressure."))
                },
            ])
    }

    /// What stands beside the key by which the lattice is given.
    private struct BesideKeys {
        /// m
        let sinkDistance: Double
        let correlationFactor: Double
        let criticalDeficit: Double

        enum Way {
            case currentDensity
            case supersaturation
            case diffusivity
        }

        init(_ keys: KeyReader, _ way: Way) {
            keys.holdsAlternatives = false
            defer { keys.holdsAlternatives = true }
            // Those of other ways are asked for as well, so that the message is that they have no effect here.
            let vacancies = keys.isDescribing && way != .supersaturation ? nil : Self.vacancies(keys, way)
            (sinkDistance, correlationFactor) = vacancies ?? (.nan, .nan)
            let deficit = keys.isDescribing && way != .diffusivity ? nil : Self.deficit(keys, way)
            criticalDeficit = deficit ?? .nan
        }

        private static func vacancies(_ keys: KeyReader, _ way: Way) -> (Double, Double)? {
            keys.when(way == .supersaturation, "`supersaturation` is given") {
                (
                    $0.quantity(
                        "sink_distance", .length, example: "10 um", range: .from("1 nm", to: "10 cm"),
                        "Distance l from the electrolyte to the sinks of vacancies."),
                    $0.quantity(
                        "correlation_factor", .dimensionless, example: "0.727", default: "0.727",
                        range: .above("0", upTo: "1"),
                        "Correlation factor f of jumps by vacancies (bcc lattice: K. Compaan, Y. Haven, Trans. Faraday Soc. 52 "
                            + "(1956) 786).")
                )
            }
        }

        private static func deficit(_ keys: KeyReader, _ way: Way) -> Double? {
            keys.when(way == .diffusivity, "`diffusivity` is given") {
                $0.quantity(
                    "critical_deficit", .dimensionless, example: "1e-3", range: .above("0", upTo: "1"),
                    "Sites without lithium at the electrolyte, over all, at which voids open.")
            }
        }
    }
}
