import Foundation
import Models
import TestSupport
import Testing
import TimeIntegration

@Suite struct ConservationTests {
    @Test(
        "Lithium is conserved through plating, rest and stripping, stress driving it",
        arguments: [LayerBody.Shape.disk, .strip, .film])
    func lithium(shape: LayerBody.Shape) throws {
        let start = 0.05 * Layer.maximum
        let mechanics = MechanicsParameters(
            solid: Layer.mixture(stressFree: start), electrolyte: .sliding, collector: Layer.frictional,
            stackPressure: 10e6)
        let film = MechanicsParameters(solid: Layer.solid(), electrolyte: .sliding, collector: .bonded)
        let system = try Layer.system(
            Layer.body(shape, columns: 6, rows: 8), shape == .film ? film : mechanics, start: start)
        var integrator = Layer.integrator(
            system, start: start, settings: IntegratorSettings(relativeTolerance: 1e-5))
        let before = integrator.system.content(of: integrator.state)
        var (passed, moved, worst) = (0.0, 0.0, 0.0)
        for (flux, duration) in [(Layer.influx, 20.0), (0, 10), (-Layer.influx, 15.0)] {
            integrator.system.flux = flux
            try integrator.restart()
            while integrator.time < duration {
                try integrator.step(limit: duration)
                let content = integrator.system.content(of: integrator.state)
                worst = max(worst, abs(content - before - passed - flux * integrator.time))
            }
            passed += flux * duration
            moved += abs(flux) * duration
        }
        #expect(worst / moved < 1e-12)
        let spread = (integrator.state.max() ?? 0) - (integrator.state.min() ?? 0)
        #expect(spread > 0.01 * Layer.maximum)
        Verification.record(
            .chemoMechanics, "lithium gained less what passed, over what passed, \(shape)", expected: "0",
            found: String(format: "%.1e", worst / moved), deviation: worst / moved, bound: 1e-12)
    }

    @Test("A disk that has been plated comes to rest at one potential of lithium, as uneven as its elements leave it")
    func rest() throws {
        let start = 0.05 * Layer.maximum
        let mechanics = MechanicsParameters(
            solid: Layer.mixture(stressFree: start), electrolyte: .sliding, collector: Layer.frictional)
        let meshes = [4, 8, 16]
        let spreads = try meshes.map { cells in
            let system = try Layer.system(Layer.body(.disk, columns: cells, rows: cells), mechanics, start: start)
            var integrator = Layer.integrator(
                system, start: start, settings: IntegratorSettings(relativeTolerance: 1e-4))
            integrator.system.flux = Layer.influx
            try integrator.restart()
            while integrator.time < 20 { try integrator.step(limit: 20) }
            integrator.system.flux = 0
            try integrator.restart()
            while integrator.time < 400 { try integrator.step(limit: 400) }
            try integrator.system.equilibrate(integrator.state)
            let (fields, unknowns) = (integrator.system.fields, integrator.system.assembler.system)
            let first = unknowns.unknowns(ofComponents: 3..<4).lowerBound
            let solution = Layer.lithium().solution
            let potentials = integrator.state.enumerated().map { node, c in
                solution.potential(c, temperature: Layer.temperature) + fields[first + node]
            }
            let mean = potentials.reduce(0, +) / Double(potentials.count)
            let squares = potentials.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let stresses = fields[unknowns.unknowns(ofComponents: 3..<4)]
            let mechanical = (stresses.max() ?? 0) - (stresses.min() ?? 0)
            #expect(mechanical > 100)
            return (squares / Double(potentials.count)).squareRoot() / mechanical
        }
        #expect(spreads[2] < 0.6 * spreads[1] && spreads[1] < 0.6 * spreads[0])
        #expect(spreads[2] < 5e-4)
    }
}
