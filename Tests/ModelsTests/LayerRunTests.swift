import Foundation
import Materials
import Models
import TestSupport
import Testing
import TimeIntegration

/// Runs of a two-dimensional layer, as an observer sees them.
@Suite struct LayerRunTests {
    typealias Shape = LayerBody.Shape
    typealias Side = LayerBody.SideCondition

    // MARK: - Lithium alone

    /// A slab in two dimensions; its width has no effect.
    private func plane(_ line: TransportParameters, _ shape: Shape, _ side: Side, from c: Double) -> LayerParameters {
        LayerParameters(
            body: LayerBody(
                shape: shape, thickness: line.thickness, width: 3e-6, side: side, columns: 3, rows: line.cells,
                electrolyteGrading: 10),
            lithium: LithiumParameters(
                solution: .dilute(hostVolume: line.composition.hostVolume), diffusivity: line.diffusivity,
                composition: line.composition, temperature: 298.15),
            mechanics: nil, coupling: .oneWay, initial: c, saturation: line.saturation, depletion: 0,
            protocolSteps: line.protocolSteps, integrator: line.integrator, frames: .finalOnly)
    }

    /// Saturation time over that of the line on 256 quadratic elements, less one; the utilisation deviates as much.
    private func delay(_ line: TransportParameters, _ plane: LayerParameters, _ recorder: Recorder) throws -> Double {
        var fine = line
        (fine.cells, fine.integrator.relativeTolerance, fine.initial) = (256, 1e-9, .uniform(plane.initial))
        let (expected, found) = (try fine.run(), try LayerRun(plane, observer: recorder).run())
        let delay = try value("time_to_saturation", found) / value("time_to_saturation", expected) - 1
        let utilisation = try value("utilisation", found) / value("utilisation", expected) - 1
        #expect(abs(delay - utilisation) < 1e-11)
        #expect(try value("conservation_error", found) <= 1e-12)
        return delay
    }

    @Test(
        "A uniform current fills a strip and a disk as it fills a line, late by Σ h³ / (12 D L)",
        arguments: [(Shape.strip, Side.free), (.strip, .periodic), (.disk, .free)])
    func saturation(shape: Shape, side: Side) throws {
        let recorder = Recorder()
        let line = TransportParameters.slab(currentDensity: 0.5, cells: 48)
        let late = try delay(line, plane(line, shape, side, from: 0), recorder)
        // Linear elements are right at the nodes of the quasi-steady parabola c'' = i / (F D L) but for a constant, that of the
        // Σ h³ c'' / 12 which they hold beyond it between the nodes.
        let heights = recorder.frames[0].points.map(\.y)
        let cubes: Double = zip(heights.dropFirst(), heights).reduce(0) { $0 + pow($1.0 - $1.1, 3) }
        let expected: Double =
            cubes / (12 * 6e-15 * 5e-6) / exactSaturation(diffusivity: 6e-11, currentDensity: 0.5).time
        #expect(abs(late - expected) < 1e-3 * expected)
        let concentration = try recorder.lattice("concentration", ofFrame: 0)
        let spreads = concentration.map { row in (row.max() ?? .nan) - (row.min() ?? .nan) }
        #expect(spreads.count == 49 && spreads.allSatisfy { $0 < 1e-10 * line.saturation })
        let collector = try #require(recorder.column("concentration_collector").last)
        #expect(abs(concentration[48][0] / line.saturation - 1) < 1e-9 && collector < 0.8 * line.saturation)
        #expect(abs(collector - concentration[0][0]) < 1e-9 * line.saturation)
    }

    enum Law: CaseIterable { case table, alloy }

    @Test(
        "Where D follows the composition a layer fills as the line does, to second order in its rows",
        arguments: Law.allCases, [Shape.strip, .disk])
    func composition(law: Law, shape: Shape) throws {
        var line = TransportParameters.slab(tolerance: 1e-7)
        switch law {
        case .table: line.diffusivity = .table(MonotoneCubic(x: [0, 30000, 70000], y: [4e-15, 1.2e-14, 6e-15]))
        case .alloy: line.diffusivity = .alloy(try lithiumMagnesium(temperature: 333.15))
        }
        let delays = try [32, 64].map { rows in
            line.cells = rows
            return abs(try delay(line, plane(line, shape, .free, from: 30000), Recorder()))
        }
        let order = observedOrder(errors: delays, sizes: [1.0 / 32, 1.0 / 64])
        #expect(delays[1] < 2e-4 && abs(order - 2) < 0.2, "\(delays), order \(order)")
    }

    // MARK: - With stress

    /// 140 nm of a rigid lattice, a tenth full, lithium driven mostly by stress; it is plated, rests and is stripped.
    private func stressed(
        _ shape: Shape, _ side: Side, columns: Int = 8, slips: Bool = false, isOneWay: Bool = false
    ) -> LayerParameters {
        let (sites, volume) = (69600.0, 1.3e-5)
        let composition = AlloyComposition(relation: .perHostVolume, lithiumVolume: volume, hostVolume: 1 / sites)
        let solid = AlloySolid(
            elasticity: .isotropic(ElasticConstants(youngsModulus: 30e9, poissonsRatio: 0.3)),
            swelling: .linear(volume: volume, stressFree: 0.1 * sites), composition: composition, concentration: 2)
        return LayerParameters(
            body: LayerBody(shape: shape, thickness: 140e-9, width: 100e-9, side: side, columns: columns, rows: 8),
            lithium: LithiumParameters(
                solution: .latticeGas(maximum: sites), diffusivity: .constant(1e-15), composition: composition,
                temperature: 298.15),
            mechanics: MechanicsParameters(
                solid: solid, electrolyte: .sliding, collector: slips ? .friction(cap: 100e6, slip: 0.1e-9) : .bonded,
                stackPressure: slips ? 20e6 : 0),
            coupling: isOneWay ? .oneWay : .twoWay, initial: 0.1 * sites, saturation: sites, depletion: 0,
            protocolSteps: [
                ProtocolStep(.plate, currentDensity: 10, ends: [.time(8)]), ProtocolStep(.rest, ends: [.time(4)]),
                ProtocolStep(.strip, currentDensity: 10, ends: [.charge(40)]),
            ], integrator: IntegratorSettings(relativeTolerance: 1e-5), frames: .finalOnly)
    }

    @Test("The axis of a disk whose side is held is the film")
    func film() throws {
        let found = try [stressed(.disk, .symmetric, columns: 4), stressed(.film, .periodic)].map { layer in
            let report = try LayerRun(layer, observer: Recorder()).run()
            return try ["li_per_mg_electrolyte", "li_per_mg_collector"].map { try value($0, report) }
        }
        #expect(zip(found[0], found[1]).allSatisfy { abs($0 - $1) < 1e-6 } && abs(found[1][0] - found[1][1]) > 5e-3)
    }

    @Test("The rows of a run that slips tell where its energy went", arguments: [Shape.disk, .strip])
    func energy(shape: Shape) throws {
        let recorder = Recorder()
        let report = try LayerRun(stressed(shape, .free, slips: true), observer: recorder).run()
        let error = try value("energy_error", report)
        let columns = try ["free_energy", "work", "dissipation_diffusion", "dissipation_slip"].map(recorder.series)
        let last = columns.map { $0.last ?? .nan }
        let missing: Double = last[0] - last[1] + last[2] + last[3]
        let sizes: Double = last.reduce(0) { $0 + abs($1) }
        #expect(abs(error) < 1e-3 && abs(missing / sizes - error) < 1e-12)
        for column in columns[2...] {
            #expect(column[0] == 0 && (column.last ?? 0) > 1e-3 * sizes)
            #expect(zip(column, column.dropFirst()).allSatisfy(<=))
        }
        #expect(report.steps.map(\.end) == ["time", "time", "charge"])
        #expect(try value("conservation_error", report) <= 1e-12)
    }

    @Test("Stress that does not act back leaves the energy of lithium as it is", arguments: [Shape.disk, .strip])
    func oneWay(shape: Shape) throws {
        let (held, free) = (Recorder(), Recorder())
        let bonded = try LayerRun(stressed(shape, .free, isOneWay: true), observer: held).run()
        let slipped = try LayerRun(stressed(shape, .free, slips: true, isOneWay: true), observer: free).run()
        #expect(try value("largest_slip", slipped) > 1e-11 && held.rows.count == free.rows.count)
        let errors = try [bonded, slipped].map { try value("energy_error", $0) }
        #expect(errors.allSatisfy { abs($0) < 1e-3 }, "\(errors)")
        for name in ["free_energy", "work", "dissipation_diffusion"] {
            let pairs = try zip(held.series(name), free.series(name))
            let size = pairs.reduce(0) { max($0, abs($1.0)) }
            #expect(size > 0 && pairs.allSatisfy { abs($0 - $1) < 1e-9 * size }, "\(name)")
        }
    }

    // MARK: - Protocol and observer

    @Test("An empty layer at rest has lost nothing")
    func emptyRest() throws {
        var line = TransportParameters.slab(cells: 8)
        line.protocolSteps = [ProtocolStep(.rest, ends: [.time(10)])]
        let report = try LayerRun(plane(line, .strip, .free, from: 0), observer: Recorder()).run()
        #expect(report.finished && report.steps[0].duration == 10)
        #expect(try value("conservation_error", report) <= 1e-12)
    }

    @Test("A layer is recorded at the times asked for, and once more where its observer stops it")
    func frames() throws {
        var layer = stressed(.strip, .periodic, columns: 2)
        layer.frames = .times([0.125, 1, 7.75, 8, 9.5, 15])
        let whole = Recorder()
        #expect(try LayerRun(layer, observer: whole).run().finished)
        #expect(whole.frames.map(\.time) == [0, 0.125, 1, 7.75, 8, 9.5, 15, 16])
        let passed = [0, 1.25, 10, 77.5, 80, 80, 50, 40].map { $0 / (96485.33212 * 140e-9) }
        for (index, passed) in passed.enumerated() {
            let c = try whole.lattice("concentration", ofFrame: index).map { $0[0] }
            let mean: Double = (c.reduce(0, +) - 0.5 * (c[0] + c[8])) / 8
            #expect(abs(mean - 6960 - passed) < 1e-9 * layer.saturation)
        }

        let recorder = Recorder()
        recorder.stopAfter = 5
        let cut = try LayerRun(layer, observer: recorder).run()
        let end = try #require(recorder.rows.last).time
        #expect(recorder.rows.count == 6 && end < 8 && recorder.frames.last?.time == end)
        #expect(!cut.finished && cut.steps.map(\.end) == ["interrupted"] && cut.steps[0].duration == end)
    }

    @Test("A layer stripped of more than it holds says where, when and in which step", arguments: [false, true])
    func emptied(isStressed: Bool) throws {
        var layer = stressed(.disk, .symmetric, columns: 2)
        if !isStressed { layer.mechanics = nil }
        let rest = ProtocolStep(.rest, ends: [.time(1)])
        layer.protocolSteps = [rest, ProtocolStep(.strip, currentDensity: 10, ends: [.surfaceDepletes])]
        let depletion = try 1 + value("time_to_depletion", LayerRun(layer, observer: Recorder()).run())
        layer.protocolSteps[1].ends = [.time(100)]
        let recorder = Recorder()
        let failure = try #require(throws: RunFailure.self) { try LayerRun(layer, observer: recorder).run() }
        let pattern = #/at x = (.+) m, y = 1\.4e-07 m fell below 0 .* at (.+) s, in protocol step 1, strip\)/#
        let match = try #require(failure.description.firstMatch(of: pattern), "\(failure)")
        let (x, time) = (try #require(Double(match.1)), try #require(Double(match.2)))
        #expect((0...100e-9).contains(x) && failure.description.contains("surface_depletes"))
        let last = try #require(recorder.rows.last).time
        #expect(1 < last && last < depletion + 1e-5 && depletion < time + 1e-5 && last < time)
    }
}

private func value(_ name: String, _ report: RunReport) throws -> Double { try #require(report.value(of: name)) }

extension Recorder {
    /// A column of the run's own series by name.
    fileprivate func series(_ name: String) throws -> [Double] {
        let index = try #require(outline?.series.firstIndex { $0.name == name })
        return rows.map { $0.values[index] }
    }

    /// The rows of a scalar field on a lattice, from the collector to the electrolyte; no vector comes before it.
    fileprivate func lattice(_ name: String, ofFrame frame: Int) throws -> [[Double]] {
        let index = try #require(outline?.fields.firstIndex { $0.name == name })
        guard case .lattice(let columns, let rows, _, _) = outline?.mesh else { return [] }
        return (0...rows).map { row in
            let first = (index * (rows + 1) + row) * (columns + 1)
            return Array(frames[frame].fields[first..<first + columns + 1])
        }
    }
}
