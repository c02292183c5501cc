import Foundation
import Models
import Quantities
import TestSupport
import Testing
import TimeIntegration

/// The balance of energy of a layer that is plated, rests and is stripped,
///
///     ΔF + Δ(stack) + dissipated by slip = ∫ (power of the lithium that enters - dissipation of its diffusion) dt
///
/// with Simpson's rule over the dense output of each step.
@Suite struct EnergyTests {
    private struct Ledger {
        /// Of plating, rest and stripping, J.
        var imbalances: [Double] = []
        var turnover = 0.0
        var slipped = 0.0
        var leastSlipped = Double.infinity
        var leastDiffusion = Double.infinity
        var relative: Double { (imbalances.map { abs($0) }.max() ?? .nan) / turnover }
    }

    private static let start = 0.1 * Layer.maximum

    private func ledger(
        _ body: LayerBody, _ mechanics: MechanicsParameters?, _ settings: IntegratorSettings, unit: Double = 4
    ) throws -> Ledger {
        let durations = [(Layer.influx, 2 * unit), (0, unit), (-Layer.influx, unit)]
        let system = try Layer.system(body, mechanics, start: Self.start)
        var integrator = Layer.integrator(system, start: Self.start, settings: settings)
        var ledger = Ledger()
        var middleState = integrator.state
        func held(_ energies: LayerEnergies) -> Double { energies.free + (energies.mechanical?.pressurePotential ?? 0) }
        for (flux, duration) in durations {
            integrator.system.flux = flux
            try integrator.restart()
            try integrator.system.equilibrate(integrator.state)
            var before = integrator.system.energies()
            var imbalance = 0.0
            while integrator.time < duration * (1 - 1e-12) {
                try integrator.step(limit: duration)
                integrator.interpolate(
                    at: 0.5 * (integrator.previousTime + integrator.time), into: &middleState)
                try integrator.system.equilibrate(middleState)
                let middle = integrator.system.energies()
                try integrator.system.equilibrate(integrator.state)
                let after = integrator.system.energies()
                let sixth: Double = (integrator.time - integrator.previousTime) / 6
                let chemical: Double = before.chemicalPower + 4 * middle.chemicalPower + after.chemicalPower
                let diffusion: Double = before.diffusionPower + 4 * middle.diffusionPower + after.diffusionPower
                let slipped = after.mechanical?.slipped ?? 0
                let gained: Double = held(after) - held(before)
                imbalance += gained + slipped - sixth * (chemical - diffusion)
                ledger.turnover += abs(gained) + slipped + sixth * (abs(chemical) + diffusion)
                ledger.slipped += slipped
                ledger.leastSlipped = min(ledger.leastSlipped, slipped)
                ledger.leastDiffusion = min(ledger.leastDiffusion, after.diffusionPower, middle.diffusionPower)
                before = after
            }
            ledger.imbalances.append(imbalance)
        }
        return ledger
    }

    private func check(
        _ name: String, meshes: [Int], _ body: (Int) -> LayerBody, _ mechanics: MechanicsParameters?,
        tolerance: Double
    ) throws {
        let settings = IntegratorSettings(relativeTolerance: tolerance)
        let ledgers = try meshes.map { try ledger(body($0), mechanics, settings) }
        let errors = ledgers.map(\.relative)
        let order = observedOrder(errors: errors, sizes: meshes.map { 1 / Double($0) })
        #expect(abs(order - 2) < 0.3)
        #expect(errors[errors.count - 1] < 1e-4)
        #expect(ledgers.allSatisfy { $0.leastSlipped >= 0 && $0.leastDiffusion > 0 })
        Verification.record(
            .chemoMechanics, "order of the energy balance in the mesh, \(name)", expected: "2",
            found: String(format: "%.2f", order), deviation: abs(order - 2), bound: 0.3)
    }

    @Test("The energy of a film balances with the order of its elements, with and without stress")
    func film() throws {
        let mechanics = MechanicsParameters(
            solid: Layer.solid(stressFree: Self.start), electrolyte: .sliding, collector: .bonded, stackPressure: 50e6)
        let body = { (rows: Int) in Layer.body(.film, columns: 1, rows: rows) }
        try check("film", meshes: [4, 8, 16], body, mechanics, tolerance: 1e-7)
        try check("lithium alone", meshes: [4, 8, 16], body, nil, tolerance: 1e-7)
    }

    @Test("The energy of a disk with mixture stiffness on a surface that slips balances with the order of its elements")
    func disk() throws {
        let mechanics = MechanicsParameters(
            solid: Layer.mixture(stressFree: Self.start), electrolyte: .sliding, collector: Layer.frictional,
            stackPressure: 20e6)
        try check(
            "disk that slips", meshes: [4, 8, 12], { Layer.body(.disk, columns: $0, rows: $0) }, mechanics,
            tolerance: 1e-6)
        let coarse = try ledger(
            Layer.body(.disk, columns: 4, rows: 4), mechanics, IntegratorSettings(relativeTolerance: 1e-5))
        #expect(coarse.slipped > 3e-3 * coarse.turnover)
    }

    @Test("The error of the time steps in the energy balance falls with the third power of the step or faster")
    func steps() throws {
        let mechanics = MechanicsParameters(
            solid: Layer.mixture(stressFree: Self.start), electrolyte: .sliding, collector: .bonded)
        let body = Layer.body(.film, columns: 1, rows: 4)
        let counts = [8, 16, 32, 128]
        let found = try counts.map { count in
            try ledger(
                body, mechanics,
                IntegratorSettings(relativeTolerance: 1e-8, maximumStep: 1 / Double(count), hasFixedSteps: true),
                unit: 1)
        }
        let errors = found.dropLast().map { one in
            let gaps = zip(one.imbalances, found[3].imbalances).map { abs($0 - $1) }
            return (gaps.max() ?? .nan) / one.turnover
        }
        let order = observedOrder(errors: errors, sizes: counts.dropLast().map { 1 / Double($0) })
        #expect(order > 2.9)
        #expect(errors[2] < 1e-5)
        Verification.record(
            .chemoMechanics, "order of the energy balance in the step, film", expected: ">= 3",
            found: String(format: "%.2f", order), deviation: max(0, 3 - order), bound: 0.1)
    }
}
