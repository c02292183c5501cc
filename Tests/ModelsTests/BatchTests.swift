import Foundation
import Materials
import Models
import TestSupport
import Testing
import TimeIntegration

/// Layers that are computed together come out as those that are computed alone.
@Suite struct BatchTests {
    // MARK: - Layers

    /// Protocols of several steps, with every kind of end and a step that is over before it begins.
    private static let protocols: [[ProtocolStep]] = [
        [
            ProtocolStep(.plate, currentDensity: 10, ends: [.surfaceSaturates]),
            ProtocolStep(.rest, ends: [.time(600)]),
            ProtocolStep(.strip, currentDensity: 5, ends: [.surfaceDepletes]),
        ],
        [
            ProtocolStep(.plate, currentDensity: 5, ends: [.time(900)]), ProtocolStep(.rest, ends: [.time(300)]),
            ProtocolStep(.strip, currentDensity: 1, ends: [.charge(1000), .time(1e6)]),
            ProtocolStep(.plate, currentDensity: 2, ends: [.utilisation(0.1), .surfaceSaturates]),
        ],
        [
            ProtocolStep(.plate, currentDensity: 20, ends: [.surfaceSaturates]),
            ProtocolStep(.plate, currentDensity: 10, ends: [.surfaceSaturates]),
            ProtocolStep(.strip, currentDensity: 2, ends: [.utilisation(0.05), .surfaceDepletes]),
        ],
    ]

    /// Every protocol on uniform layers and on a table, on both kinds of mesh, at ten different currents.
    private func layers(
        _ diffusivity: Diffusivity, frame: TransportParameters.Frame, tolerance: Double = 1e-8
    ) -> [TransportParameters] {
        let table = MonotoneCubic(x: [0, 2e-6, 5e-6], y: [34000, 31000, 30000])
        let profiles: [TransportParameters.InitialProfile] = [.uniform(30000), .uniform(33000), .table(table)]
        var layers: [TransportParameters] = []
        for steps in Self.protocols {
            for (index, profile) in profiles.enumerated() {
                for isAutomatic in [true, false] {
                    var layer = TransportParameters.slab(
                        cells: 32, grading: isAutomatic ? nil : 10, tolerance: tolerance)
                    layer.diffusivity = diffusivity
                    layer.frame = frame
                    layer.initial = profile
                    layer.protocolSteps = steps
                    layer.protocolSteps[0].currentDensity *= 1 + 0.07 * Double(index)
                    layers.append(layer)
                }
            }
        }
        return layers
    }

    // MARK: - Alone and together

    private func checkAgainstRuns(
        _ layers: [TransportParameters], within bound: Double, _ name: String
    ) throws {
        var worst = 0.0
        let ends = try #require(TransportBatch.run(layers))
        #expect(ends.count == layers.count)
        for (layer, end) in zip(layers, ends) {
            let expected = try layer.run()
            let found = try end.get().report()
            #expect(found.steps.map(\.end) == expected.steps.map(\.end))
            for (one, other) in zip(found.steps, expected.steps) {
                #expect(abs(one.duration - other.duration) <= bound * other.duration)
            }
            // Relative to what passed, which must be more than what round-off makes of the lithium that is there.
            let charge = found.steps.reduce(0) { $0 + abs($1.charge) }
            if charge > 100 { #expect(try #require(found.value(of: "conservation_error")) < 1e-12) }
            for name in ["time_to_saturation", "utilisation", "capacity", "duration", "thickness"] {
                guard let value = expected.value(of: name) else { continue }
                let together = try #require(found.value(of: name))
                #expect(abs(together - value) <= bound * abs(value), "\(name)")
                if value != 0 { worst = max(worst, abs(together / value - 1)) }
            }
            for quantity in [TransportQuantities.surface, TransportQuantities.mean] {
                let value = try #require(expected.value(of: quantity.name))
                let together = try #require(found.value(of: quantity.name))
                #expect(abs(together - value) <= bound * layer.saturation, "\(quantity.name)")
            }
        }
        Verification.record(
            .studies, "results of \(layers.count) layers of \(name), protocols of several steps, tolerance 1e-8",
            expected: "those of single runs", found: String(format: "%.1e", worst), deviation: worst, bound: bound)
    }

    @Test("Layers of constant diffusivity come out as in runs of their own")
    func constantDiffusivity() throws {
        try checkAgainstRuns(layers(.constant(6e-15), frame: .slab), within: 1e-9, "constant D")
    }

    @Test("Layers of Li-Mg come out as in runs of their own", arguments: TransportParameters.Frame.allCases)
    func lithiumMagnesiumLayers(frame: TransportParameters.Frame) throws {
        try checkAgainstRuns(
            layers(.alloy(try lithiumMagnesium(temperature: 333.15)), frame: frame), within: 1e-6,
            "Li-Mg, \(frame.rawValue) frame")
    }

    // MARK: - Neighbours

    private func bits(_ layers: [TransportParameters]) throws -> [[UInt64]] {
        try #require(TransportBatch.run(layers)).map { end in
            let report = try end.get().report()
            return report.results.map(\.value.bitPattern) + report.steps.map(\.duration.bitPattern)
        }
    }

    @Test("No bit of a layer depends on its neighbours, their order or their number", arguments: [true, false])
    func neighbours(isConstant: Bool) throws {
        let diffusivity = isConstant ? Diffusivity.constant(6e-15) : .alloy(try lithiumMagnesium(temperature: 333.15))
        let all = layers(diffusivity, frame: .slab, tolerance: 1e-4)
        let expected = try bits(all)
        var random = SplitMix(state: 20)
        for _ in 0..<10 {
            let order = all.indices.shuffled(using: &random).prefix(Int.random(in: 1...all.count, using: &random))
            let found = try bits(order.map { all[$0] })
            #expect(found == order.map { expected[$0] })
        }
    }

    // MARK: - Failures

    @Test("A layer that fails says what it says in a run of its own, and its neighbours come out")
    func failures() throws {
        let good = TransportParameters.slab(cells: 32, tolerance: 1e-6)
        var undershoot = good
        undershoot.diffusivity = .alloy(try lithiumMagnesium(temperature: 298.15))
        undershoot.cells = 8
        undershoot.protocolSteps[0].currentDensity = 100
        undershoot.largestUndershoot = 1e-6
        var depleted = good
        depleted.initial = .uniform(20000)
        depleted.protocolSteps = [ProtocolStep(.strip, currentDensity: 20, ends: [.time(1e5)])]
        var tooLong = good
        tooLong.integrator.maximumSteps = 5
        var unresolved = good
        unresolved.cells = 4
        unresolved.initial = .table(
            MonotoneCubic(x: [0, 0.1e-6, 0.2e-6, 5e-6], y: [0, 60000, 0, 0]))
        let layers = [good, undershoot, depleted, tooLong, unresolved, good]
        let ends = try #require(TransportBatch.run(layers))
        for (layer, end) in zip(layers, ends).dropFirst().prefix(4) {
            let expected = try #require(throws: RunFailure.self) { _ = try layer.run() }
            let found = #expect(throws: RunFailure.self) { _ = try end.get() }
            #expect(found == expected)
        }
        for end in [ends[0], ends[5]] {
            let time = try #require(try end.get().report().value(of: "time_to_saturation"))
            #expect(abs(time / (try good.run().value(of: "time_to_saturation") ?? .nan) - 1) < 1e-9)
        }
    }

    @Test("A layer that begins at its limit, or ends at once, comes out as in a run of its own")
    func nothingToDo() throws {
        var layers: [TransportParameters] = []
        for start in [0, 30000, 69000, 69600.0] {
            for kind in [ProtocolStep.Kind.plate, .strip] {
                for time in [1e-9, 1e4] {
                    var layer = TransportParameters.slab(cells: 16, grading: nil, tolerance: 1e-6)
                    layer.initial = .uniform(start)
                    layer.protocolSteps = [
                        ProtocolStep(
                            kind, currentDensity: 10,
                            ends: [kind == .plate ? .surfaceSaturates : .surfaceDepletes, .time(time)]),
                        ProtocolStep(.rest, ends: [.time(10)]),
                    ]
                    layers.append(layer)
                }
            }
        }
        try checkAgainstRuns(layers, within: 1e-9, "constant D that begin at a limit or end at once")
    }

    @Test(
        "A step that finds the layer full but for round-off is over at once",
        arguments: TransportParameters.Frame.allCases)
    func full(frame: TransportParameters.Frame) throws {
        let layers = (1...24).map { index in
            var layer = TransportParameters.slab(cells: 16, tolerance: 1e-6)
            layer.frame = frame
            layer.thickness = 1e-6 * (1 + 0.083 * Double(index))
            layer.initial = .uniform(20000)
            layer.protocolSteps = [Double](repeating: 1, count: 2).map {
                ProtocolStep(.plate, currentDensity: 0.2, ends: [.utilisation($0)])
            }
            return layer
        }
        for end in try #require(TransportBatch.run(layers)) { #expect(try end.get().report().steps[1].duration == 0) }
        try checkAgainstRuns(layers, within: 1e-6, "constant D that are filled twice, \(frame.rawValue) frame")
    }

    @Test("Work that is called off gives nothing")
    func callingOff() {
        var questions = 0
        let ends = TransportBatch.run([TransportParameters](repeating: .slab(tolerance: 1e-4), count: 40)) {
            questions += 1
            return questions < 3
        }
        #expect(ends == nil)
        #expect(questions == 3)
    }

    // MARK: - The map

    /// Diffusivities from 1e-12 to 1e-8 cm2/s and current densities from 0.05 to 10 mA/cm2, `side` of each.
    private func points(side: Int) -> [(diffusivity: Double, currentDensity: Double)] {
        func place(_ index: Int, from low: Double, to high: Double) -> Double {
            low * pow(high / low, Double(index) / Double(side - 1))
        }
        return (0..<side * side).map {
            (place($0 / side, from: 1e-12, to: 1e-8), place($0 % side, from: 0.05, to: 10))
        }
    }

    @Test("Every point of a map of utilisation is within 1e-4 of the series")
    func map() throws {
        let points = points(side: 64)
        let ends = try #require(
            TransportBatch.run(
                points.map {
                    .slab(
                        diffusivity: $0.diffusivity, currentDensity: $0.currentDensity, cells: 16, grading: nil,
                        tolerance: 1e-2)
                }))
        var worst = 0.0
        for (point, end) in zip(points, ends) {
            let utilisation = try #require(try end.get().utilisation)
            let exact = exactSaturation(diffusivity: point.diffusivity, currentDensity: point.currentDensity)
            worst = max(worst, abs(utilisation / exact.utilisation - 1))
        }
        #expect(worst < 1e-4)
        Verification.record(
            .studies, "utilisation on a map of 64 x 64 points, constant D (16 cells, tolerance 1e-2)",
            expected: "series", found: String(format: "%.1e", worst), deviation: worst, bound: 1e-4)
    }

    @Test("Every point of the map of Li-Mg is within 1e-4 of a refined solution")
    func lithiumMagnesiumMap() throws {
        let law = try lithiumMagnesium(temperature: 298.15)
        let layers = points(side: 24).map { point in
            var layer = TransportParameters.slab(
                currentDensity: point.currentDensity, cells: 16, grading: nil, tolerance: 1e-2)
            layer.diffusivity = .alloy(law.scaled(by: 1e-4 * point.diffusivity / law.lithium))
            return layer
        }
        let refined = layers.map { layer in
            var layer = layer
            layer.cells = 150
            layer.integrator.relativeTolerance = 1e-7
            return layer
        }
        var worst = 0.0
        for (found, exact) in zip(try #require(TransportBatch.run(layers)), try #require(TransportBatch.run(refined))) {
            let (utilisation, limit) = (
                try #require(try found.get().utilisation), try #require(try exact.get().utilisation)
            )
            worst = max(worst, abs(utilisation / limit - 1))
        }
        #expect(worst < 1e-4)
        Verification.record(
            .studies, "utilisation on a map of 24 x 24 points, D(c) of Li-Mg from empty (16 cells, tolerance 1e-2)",
            expected: "150 cells, 1e-7", found: String(format: "%.1e", worst), deviation: worst, bound: 1e-4)
    }
}
