import Foundation
import Materials
import Models
import Quantities
import TimeIntegration

/// The map of the critical current density over pressure, 0.5 to 10 MPa in equal steps of the logarithm, and temperature, 20 to
/// 40 degC: half cells of lithium at constant pressure are stripped at currents that rise by 0.02 mA/cm2, at each for five times the
/// charge of a void, until they fail.
public struct CriticalCurrentMap: Sendable {
    /// The points, the pressure slowest.
    public let cells: [FluxBalanceParameters]
    /// Rise of the current from level to level, A/m2.
    public static let increment = 0.2
    /// The local current density at which a cell shorts, A/m2.
    private static let critical = 14.53
    private static let molarVolume = 13e-6
    private static let voidHeight = 1e-6
    /// The charge of a level, C/m2.
    private static let levelCharge = 5 * voidHeight / molarVolume * Constants.faraday
    /// Thinning of lithium foil (Ding, after Ham 2024), with the activation energy of creep (LePage et al. 2019).
    private static let thinning = ThinningLaw(
        velocity: Arrhenius(0.06e-6 / 3600, at: 303.15, activationEnergy: 37e3), referencePressure: 2.2e6,
        exponent: 4.191)

    /// A map of `side` times `side` ramps.
    public init(side: Int, relativeTolerance: Double) {
        let ramp = CellStep.Ramp(
            direction: .strip, first: Self.increment, increment: Self.increment, last: 30,
            length: .charge(Self.levelCharge))
        var cells: [FluxBalanceParameters] = []
        for row in 0..<side {
            let pressure = 0.5e6 * pow(20, Double(row) / Double(side - 1))
            for column in 0..<side {
                let temperature = 293.15 + 20 * Double(column) / Double(side - 1)
                let electrode = ElectrodeParameters(
                    thickness: 0.01, molarVolume: Self.molarVolume, metal: .lithium(.none),
                    creep: .thinning(Self.thinning), voidHeight: Self.voidHeight, contactFraction: 1,
                    leastContact: 0.01,
                    kinetics: ExchangeKinetics(
                        exchangeCurrentDensity: Arrhenius(86, at: 298.15, activationEnergy: 41.5e3),
                        law: ButlerVolmer(anodicCoefficient: 0.5, cathodicCoefficient: 0.5)), filmResistance: 0,
                    constriction: nil)
                cells.append(
                    FluxBalanceParameters(
                        temperature: temperature, working: electrode, counter: .none, separatorResistance: 0,
                        stack: StackParameters(
                            pressure: pressure, fixture: .constantPressure, stiffness: .infinity, confinedCreep: nil,
                            radius: 5e-3),
                        criticalCurrentDensity: Self.critical, steps: [CellStep(.ramp(ramp), name: "ramp", ends: [])],
                        cells: 2, grading: 1, integrator: IntegratorSettings(relativeTolerance: relativeTolerance),
                        frames: .finalOnly))
            }
        }
        self.cells = cells
    }

    /// How a ramp ended.
    public struct End: Sendable {
        /// The critical current density, that of the level at which the cell failed, A/m2.
        public let density: Double
        /// The same with the part of that level's charge that passed, A/m2: all levels pass the same charge.
        public let interpolated: Double
        /// Time steps.
        public let steps: Double
    }

    /// Solves the ramps one by one.
    ///
    /// - Throws: `RunFailure`.
    public func solve() throws -> [End] {
        try cells.map { cell in
            var run = FluxBalanceRun(cell, observer: nil)
            let report = try run.run()
            return End(
                density: report.value(of: "critical_current_density") ?? .nan,
                interpolated: Self.increment * abs(report.value(of: "charge") ?? .nan) / Self.levelCharge,
                steps: report.value(of: "time_steps") ?? .nan)
        }
    }

    /// The roots of (i - 0) Ω/F = (1 - χ) v(P/χ) with χ = i/i_c, by bisection: what slow ramps tend to, A/m2.
    public func quasiSteady() -> [Double] {
        cells.map { cell in
            var (low, high) = (1e-9, Self.critical)
            for _ in 0..<200 {
                let middle = 0.5 * (low + high)
                let contact = middle / Self.critical
                let velocity = Self.thinning(
                    pressure: cell.stack.pressure / contact, temperature: cell.temperature)
                let brought = (1 - contact) * velocity
                if brought > middle * Self.molarVolume / Constants.faraday { low = middle } else { high = middle }
            }
            return low
        }
    }
}
