import Foundation
import Materials
import Quantities

// The columns and rows of each law.
extension MaterialTable {
    static let composition = (name: "mole_fraction", units: "1", longName: "Mole fraction of lithium")

    static func potential(_ grid: Grid, _ stated: Stated<AlloyPhase>) throws(Problem) -> MaterialTable {
        do throws(DatabaseError) {
            let alloy = try AlloyThermodynamics(
                stated.law.system, temperature: grid.temperature, extrapolates: grid.extrapolates)
            let equilibrium = try alloy.equilibrium()
            let solutions = alloy.phases.compactMap { phase -> (name: String, phase: SolutionPhase)? in
                if case .solution(let solution) = phase.model, !phase.isLiquid { (phase.name, solution) } else { nil }
            }
            // The ends of the plateaux belong to the grid, so that a drawn plateau is as wide as it is.
            let ends = equilibrium.tieLines.flatMap { [$0.moleFractions.lowerBound, $0.moleFractions.upperBound] }
            let x = (grid.even(0.001...0.999) + ends).sorted()
            let columns =
                [composition, ("potential_equilibrium", "V", "Equilibrium potential against Li/Li+")]
                + solutions.map {
                    ("potential_\($0.name)", "V", "Potential of \($0.name) against Li/Li+, stable or not")
                }
            let rows = try x.map { x throws(DatabaseError) in
                [x, try equilibrium.equilibriumPotential(moleFraction: x)]
                    + solutions.map { alloy.openCircuitPotential(moleFraction: x, of: $0.phase) }
            }
            return MaterialTable(columns, rows)
        } catch {
            throw Problem(description: error.description)
        }
    }

    static func diffusivity(
        _ grid: Grid, _ stated: Stated<LithiumDiffusion>, _ thermodynamics: Stated<AlloyPhase>?
    ) throws(Problem) -> MaterialTable {
        var phase: SolutionPhase?
        if stated.law.needsPhase, let thermodynamics {
            let thermodynamics = try grid.stated(thermodynamics, .potential)
            do throws(DatabaseError) {
                phase = try AlloyThermodynamics(
                    thermodynamics.law.system, temperature: grid.temperature, extrapolates: grid.extrapolates
                ).solution(named: thermodynamics.law.phase)
            } catch {
                throw Problem(description: error.description)
            }
        }
        guard let law = stated.law.at(temperature: grid.temperature, phase: phase) else {
            throw Problem(description: "`\(grid.name)` has no `thermodynamics`, which its `diffusivity` needs")
        }
        let x = grid.even(stated.validity.moleFraction ?? 0...1)
        let kind = stated.law.kind == .tracer ? "Tracer diffusivity of lithium" : "Interdiffusion coefficient"
        var columns = [composition, ("diffusivity", "m2 s-1", kind)]
        if case .alloy(let alloy) = law {
            columns += [
                ("tracer_diffusivity", "m2 s-1", "Tracer diffusivity of lithium"),
                ("thermodynamic_factor", "1", "Thermodynamic factor"),
            ]
            return MaterialTable(
                columns,
                x.map {
                    [
                        $0, alloy(moleFraction: $0), alloy.tracerDiffusivity(moleFraction: $0),
                        alloy.factor(moleFraction: $0),
                    ]
                })
        }
        return MaterialTable(columns, x.map { [$0, law.value(moleFraction: $0)] })
    }

    /// Rates over stress at one composition; the stated stresses are those of lithium and grow with the strength of the alloy.
    static func flow(_ grid: Grid, _ stated: Stated<AlloyFlow>) throws(Problem) -> MaterialTable {
        if stated.law.strengthening == nil && grid.moleFraction != 1 {
            throw Problem(
                description:
                    "`\(grid.name)` has no `flow.strengthening`, so its rates do not depend on the mole fraction; "
                    + "leave --mole-fraction out")
        }
        let alloy = stated.law.scaling(moleFraction: grid.moleFraction)
        let law = stated.law.lithium.at(temperature: grid.temperature)
        let range = stated.validity.stress ?? 0.1e6...3e6
        let stress = grid.logarithmic((alloy.strength * range.lowerBound)...(alloy.strength * range.upperBound))
        let axis = (name: "stress", units: "Pa", longName: "Von Mises stress")
        let initial = (name: "rate", units: "s-1", longName: "Rate of undeformed metal")
        guard case .anand = law else {
            return MaterialTable(
                [axis, initial],
                stress.map { [$0, law.rate(stress: $0, resistance: law.initialResistance, alloy: alloy)] })
        }
        let saturated = (name: "rate_saturated", units: "s-1", longName: "Rate of metal hardened to saturation")
        return MaterialTable(
            [axis, initial, saturated],
            stress.map {
                [
                    $0, law.rate(stress: $0, resistance: law.initialResistance, alloy: alloy),
                    law.saturatedRate(stress: $0, alloy: alloy),
                ]
            })
    }

    static func elasticity(_ grid: Grid, _ stated: Stated<Elasticity>) -> MaterialTable {
        MaterialTable(
            [
                composition, ("youngs_modulus", "Pa", "Young's modulus"), ("poissons_ratio", "1", "Poisson's ratio"),
                ("bulk_modulus", "Pa", "Bulk modulus"), ("shear_modulus", "Pa", "Shear modulus"),
            ],
            grid.even(stated.validity.moleFraction ?? 0...1).map { x in
                let constants = stated.law(moleFraction: x)
                return [
                    x, constants.youngsModulus, constants.poissonsRatio, constants.bulkModulus, constants.shearModulus,
                ]
            })
    }

    static func volume(_ grid: Grid, _ stated: Stated<MolarVolume>) -> MaterialTable {
        MaterialTable(
            [
                composition, ("molar_volume", "m3 mol-1", "Volume per mole of atoms"),
                ("partial_molar_volume_li", "m3 mol-1", "Partial molar volume of lithium"),
                ("partial_molar_volume_host", "m3 mol-1", "Partial molar volume of the host"),
            ],
            grid.even(stated.validity.moleFraction ?? 0...1).map {
                let law = stated.law
                return [
                    $0, law(moleFraction: $0), law.lithiumPartialVolume(moleFraction: $0),
                    law.hostPartialVolume(moleFraction: $0),
                ]
            })
    }

    static func conductivity(_ grid: Grid, _ stated: Stated<IonicConductivity>) -> MaterialTable {
        MaterialTable(
            [("temperature", "K", "Temperature"), ("conductivity", "S m-1", "Ionic conductivity")],
            grid.even(stated.validity.temperature ?? 273.15...353.15).map { [$0, stated.law(temperature: $0)] })
    }

    static func thinning(_ grid: Grid, _ stated: Stated<ThinningLaw>) -> MaterialTable {
        MaterialTable(
            [("pressure", "Pa", "Pressure"), ("velocity", "m s-1", "Rate at which the foil thins")],
            grid.logarithmic(stated.validity.pressure ?? 1e6...1e7).map {
                [$0, stated.law(pressure: $0, temperature: grid.temperature)]
            })
    }

    static func confinedCreep(_ grid: Grid, _ stated: Stated<ConfinedCreep>) -> MaterialTable {
        // The law depends on the thickness only through radius over thickness.
        let proportions = [10, 30, 100, 300]
        let columns = proportions.map {
            ("rate_\($0)", "s-1", "Rate -(dh/dt)/h at which a layer \($0) times as wide in radius as thick thins")
        }
        return MaterialTable(
            [("pressure", "Pa", "Mean pressure")] + columns,
            grid.logarithmic(stated.validity.pressure ?? 1e6...1e8).map { pressure in
                [pressure]
                    + proportions.map {
                        stated.law.thinningRate(
                            pressure: pressure, thickness: 1, radius: Double($0), temperature: grid.temperature)
                    }
            })
    }

    static func openCircuit(_ grid: Grid, _ stated: Stated<OpenCircuitPotential>) -> MaterialTable {
        MaterialTable(
            [
                ("lithium_fraction", "1", "Lithium in the host over the most that it can hold"),
                ("potential", "V", "Equilibrium potential against Li/Li+"),
            ],
            grid.even(stated.law.lithiumFraction).map { [$0, stated.law(lithiumFraction: $0)] })
    }

    static func kinetics(_ grid: Grid, _ stated: Stated<ExchangeKinetics>) -> MaterialTable {
        MaterialTable(
            [
                ("overpotential", "V", "Overpotential, positive while lithium is stripped"),
                ("current_density", "A m-2", "Current density, positive while lithium is stripped"),
            ],
            grid.even(-0.1...0.1).map {
                [$0, stated.law.currentDensity(overpotential: $0, temperature: grid.temperature)]
            })
    }

    static func resistance(_ grid: Grid, _ stated: Stated<FilmResistance>) -> MaterialTable {
        MaterialTable(
            [("temperature", "K", "Temperature"), ("resistance", "ohm m2", "Area-specific resistance")],
            grid.even(stated.validity.temperature ?? 273.15...353.15).map { [$0, stated.law(temperature: $0)] })
    }

    static func contact(_ grid: Grid, _ stated: Stated<ContactResistance>) -> MaterialTable {
        MaterialTable(
            [("pressure", "Pa", "Pressure"), ("resistance", "ohm m2", "Area-specific resistance of the contact")],
            grid.logarithmic(stated.validity.pressure ?? 1e6...1e8).map { [$0, stated.law.resistance(pressure: $0)] })
    }

    static func interphase(_ grid: Grid, _ stated: Stated<InterphaseGrowth>) -> MaterialTable {
        MaterialTable(
            [
                ("time", "s", "Time since lithium met the electrolyte"),
                ("charge", "C m-2", "Lithium consumed"), ("thickness", "m", "Thickness of the interphase"),
            ],
            grid.logarithmic(3600...3.15576e7).map { time in
                let charge = stated.law.charge(initial: 0, time: time, temperature: grid.temperature)
                return [time, charge, stated.law.thickness(charge: charge)]
            })
    }
}
