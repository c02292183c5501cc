import Foundation
import LinearAlgebra
import Models
import TestSupport
import Testing

/// The energy is convex in the displacement: there is one equilibrium with given lithium and slip, wherever the search begins.
@Suite struct EquilibriumTests {
    @Test(
        "Lithium that jumps at random has the equilibrium that is found from rest, on surfaces that slip",
        arguments: [LayerBody.Shape.disk, .strip], [2e6, 20e6, 200e6])
    func unique(shape: LayerBody.Shape, cap: Double) throws {
        let mechanics = MechanicsParameters(
            solid: Layer.mixture(), electrolyte: .friction(cap: cap, slip: 0.02e-9),
            collector: .friction(cap: 2 * cap, slip: 0.1e-9))
        let body = Layer.body(shape, columns: 7, rows: 5)
        var wandering = try Layer.system(body, mechanics, start: 0)
        var random = SplitMix(state: 41)
        var slipped = 0.0
        for _ in 0..<15 {
            let level = Double.random(in: 0...0.9, using: &random)
            let state = (0..<wandering.count).map { _ in
                (level + Double.random(in: 0...0.1, using: &random)) * Layer.maximum
            }
            try wandering.equilibrate(state)
            var fresh = try Layer.system(body, mechanics, start: 0)
            try fresh.equilibrate(state)
            let displacements = fresh.assembler.system.unknowns(ofComponents: 0..<2)
            var (gap, largest) = (0.0, 0.0)
            for index in displacements {
                gap = max(gap, abs(wandering.fields[index] - fresh.fields[index]))
                largest = max(largest, abs(fresh.fields[index]))
            }
            #expect(gap < 1e-6 * largest)
            slipped += fresh.energies().mechanical?.slipped ?? 0
        }
        #expect(slipped > 0)
    }

    @Test("A layer without strain is in equilibrium at once")
    func nothing() throws {
        let start = 0.3 * Layer.maximum
        let mechanics = MechanicsParameters(
            solid: Layer.mixture(stressFree: start), electrolyte: .sliding, collector: Layer.frictional)
        var system = try Layer.system(Layer.body(.disk, columns: 5, rows: 5), mechanics, start: start)
        // Away and back again, to displacements of round-off.
        for c in [start, 0.5 * Layer.maximum, start, 0.1 * Layer.maximum, start] {
            try system.equilibrate([Double](repeating: c, count: system.count))
        }
        let displacements = system.assembler.system.unknowns(ofComponents: 0..<2)
        for index in displacements { #expect(abs(system.fields[index]) < 1e-15 * Layer.thickness) }
    }
}
