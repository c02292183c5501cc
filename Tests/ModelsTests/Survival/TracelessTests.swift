import Materials
import Models
import TestSupport
import Testing
import TimeIntegration

/// A step that is taken back leaves no trace, and neither does the number of threads.
@Suite struct TracelessTests {
    private func tape(_ run: SurvivalCase, _ disturbance: SurvivalCase.Disturbance = .init()) throws -> Tape {
        let recorder = Recorder()
        return Tape(recorder, try run.run(recorder, nil, disturbance))
    }

    @Test("A run whose every step is taken back twice and made again has the same bits", arguments: SurvivalCase.all)
    func repeated(run: SurvivalCase) throws {
        let plain = try tape(run)
        let repeated = try tape(run, SurvivalCase.Disturbance(repeatsSteps: true))
        #expect(plain.steps.count == 4 && plain.rows.count > 20 && !plain.frames.isEmpty)
        #expect(plain.rows == repeated.rows)
        #expect(plain == repeated)
    }

    @Test("Runs of every kind have steps that are rejected, and end on events")
    func areDisturbed() throws {
        for kind in [SurvivalCase.lines, SurvivalCase.planes, SurvivalCase.stressed] {
            let tapes = try kind.map { try tape($0) }
            let rejected = tapes.map { Double(bitPattern: $0.results["rejected_steps"] ?? 0) }
            #expect(rejected.contains { $0 > 0 }, "\(rejected)")
            #expect(tapes.allSatisfy { ["surface_saturates", "utilisation"].contains($0.steps.last?.end) })
        }
    }

    @Test(
        "Runs in two dimensions have the same bits on one thread and on two",
        arguments: SurvivalCase.planes + SurvivalCase.stressed)
    func threads(run: SurvivalCase) throws {
        #expect(try tape(run) == tape(run, SurvivalCase.Disturbance(threads: 2)))
    }

    @Test(
        "Layers that are computed together have the same bits when every step is taken back", arguments: [true, false])
    func batch(isConstant: Bool) throws {
        let diffusivity = isConstant ? Diffusivity.constant(6e-15) : .alloy(try lithiumMagnesium(temperature: 333.15))
        var layers = [2.0, 5, 9, 14].map { current in
            var layer = TransportParameters.slab(cells: 24, tolerance: 1e-6)
            layer.diffusivity = diffusivity
            layer.initial = .uniform(30000)
            layer.protocolSteps = [
                ProtocolStep(.plate, currentDensity: current, ends: [.surfaceSaturates]),
                ProtocolStep(.rest, ends: [.time(200)]),
                ProtocolStep(.strip, currentDensity: 3, ends: [.charge(1000), .surfaceDepletes]),
            ]
            layer.integrator.initialStep = 200
            return layer
        }
        func bits() throws -> [[UInt64]] {
            try #require(TransportBatch.run(layers)).map { end in
                let report = try end.get().report()
                return report.results.map(\.value.bitPattern) + report.steps.map(\.duration.bitPattern)
            }
        }
        let plain = try bits()
        for index in layers.indices { layers[index].integrator.repeatsSteps = true }
        #expect(try bits() == plain)
    }
}
