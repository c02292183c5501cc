import Foundation
import Models
import Quantities
import TestSupport
import Testing
import TimeIntegration

/// The plate of ``CoupledPlateTests`` as a layer: displacement and potential follow the lithium, which an integrator of
/// order four advances; another formulation of the same equations.
@Suite struct LayerPlateTests {
    /// The largest deviations from the reference on the axis, in x and in MPa.
    private func deviations(cells: Int) throws -> (x: Double, stress: Double, balance: Double) {
        let start = 0.02 * Layer.maximum
        let mechanics = MechanicsParameters(
            solid: Layer.solid(stressFree: start), electrolyte: .bonded, collector: .sliding)
        var system = try Layer.system(
            Layer.body(.disk, columns: cells, rows: cells), mechanics, start: start)
        system.flux = Layer.influx
        var integrator = Layer.integrator(
            system, start: start, settings: IntegratorSettings(relativeTolerance: 1e-5))
        let before = system.content(of: integrator.state)
        try integrator.restart()
        while integrator.time < 10 { try integrator.step(limit: 10) }
        try integrator.system.equilibrate(integrator.state)
        let (fields, unknowns) = (integrator.system.fields, integrator.system.assembler.system)
        let lithium = try unknowns.unknowns(ofComponent: 2, onBoundary: "left")
        let potential = try unknowns.unknowns(ofComponent: 3, onBoundary: "left")
        var (x, stress) = (0.0, 0.0)
        for (index, expected) in CoupledPlateTests.reference.enumerated() {
            let node = index * cells / 8
            x = max(x, abs(fields[Int(lithium[node])] / Layer.maximum - expected.x))
            // p = -Ω σ_h
            stress = max(stress, abs(-fields[Int(potential[node])] / Layer.volume / 1e6 - expected.stress))
        }
        let gained: Double = integrator.system.content(of: integrator.state) - before
        return (x, stress, gained / (10 * Layer.influx) - 1)
    }

    @Test("A layer with stress converges to three other codes")
    func plate() throws {
        let (coarse, fine) = (try deviations(cells: 16), try deviations(cells: 32))
        #expect(fine.x < 2e-5 && fine.stress < 0.1)
        #expect(fine.x < 0.35 * coarse.x && fine.stress < 0.35 * coarse.stress)
        #expect(abs(coarse.balance) < 1e-12 && abs(fine.balance) < 1e-12)
        Verification.record(
            .chemoMechanics, "c/c_max of a plated disk on its axis against three other codes, 32 x 32", expected: "0",
            found: String(format: "%.1e", fine.x), deviation: fine.x, bound: 2e-5)
        Verification.record(
            .chemoMechanics, "hydrostatic stress (MPa) of a plated disk on its axis against three other codes, 32 x 32",
            expected: "0", found: String(format: "%.3f", fine.stress), deviation: fine.stress, bound: 0.1)
    }
}
