import Formulas
import Foundation
import Materials
import Models
import Quantities
import TimeIntegration

/// Cells for the tests of the flux balance, with numbers of Ham 2024 and Ding as the library holds them.
enum Cells {
    static let molarVolume = 13.0e-6
    /// mA/cm2 in A/m2.
    static let milliampere = 10.0
    /// mAh/cm2 in C/m2.
    static let milliampereHour = 36_000.0
    /// Thinning of lithium foil: 0.06 um/h at 2.2 MPa, 30 degC, n = 4.191, Q = 37 kJ/mol.
    static let thinning = ThinningLaw(
        velocity: Arrhenius(0.06e-6 / 3600, at: 303.15, activationEnergy: 37e3), referencePressure: 2.2e6,
        exponent: log(7.0) / log(3.5 / 2.2))
    static let kinetics = ExchangeKinetics(
        exchangeCurrentDensity: Arrhenius(86, at: 298.15, activationEnergy: 41.5e3),
        law: ButlerVolmer(anodicCoefficient: 0.5, cathodicCoefficient: 0.5))

    /// A half cell of lithium under constant pressure.
    static func halfCell(
        lattice: ElectrodeParameters.LatticeSupply = .none, creep: ElectrodeParameters.CreepSupply = .none,
        thickness: Double = 50e-6, steps: [CellStep]
    ) -> FluxBalanceParameters {
        FluxBalanceParameters(
            temperature: 303.15,
            working: ElectrodeParameters(
                thickness: thickness, molarVolume: molarVolume, metal: .lithium(lattice), creep: creep,
                voidHeight: 1e-6, contactFraction: 1, leastContact: 0.01, kinetics: kinetics, filmResistance: 0,
                constriction: nil),
            counter: .none, separatorResistance: 0,
            stack: StackParameters(
                pressure: 5e6, fixture: .constantPressure, stiffness: 1.3e11, confinedCreep: nil, radius: 5e-3),
            criticalCurrentDensity: .infinity, steps: steps, cells: 64, grading: 10,
            integrator: IntegratorSettings(relativeTolerance: 1e-6), frames: .finalOnly)
    }

    /// NMC811 of Chen et al., J. Electrochem. Soc. 167 (2020) 080534.
    static func nickelRich() throws -> OpenCircuitPotential {
        try OpenCircuitPotential(
            Formula(
                parsing:
                    "-0.8090*s + 4.4875 - 0.0428*tanh(18.5138*(s - 0.5542)) - 17.7326*tanh(15.7890*(s - 0.3117)) "
                    + "+ 17.5842*tanh(15.9308*(s - 0.3120))", variables: OpenCircuitPotential.variables),
            lithiumFraction: 0.27...0.9084, specificCapacity: 200 * 3600)
    }

    /// Runs a cell and keeps what it delivers.
    static func run(_ parameters: FluxBalanceParameters) throws -> (report: RunReport, recorder: Recorder) {
        let recorder = Recorder()
        var run = FluxBalanceRun(parameters, observer: recorder)
        return (try run.run(), recorder)
    }
}
