import Foundation
import Materials
import Models
import TestSupport
import Testing
import TimeIntegration

/// What protocols do to the lithium of a layer: conservation, return, relaxation, events and failures.
@Suite struct ProtocolTests {
    /// Li-Mg with D(c) in a frame; one step after the other.
    private func alloyLayer(
        _ frame: TransportParameters.Frame, initial: TransportParameters.InitialProfile, _ steps: [ProtocolStep]
    ) throws -> TransportParameters {
        var parameters = TransportParameters.slab()
        parameters.frame = frame
        parameters.diffusivity = .alloy(try lithiumMagnesium(temperature: 333.15))
        parameters.initial = initial
        parameters.protocolSteps = steps
        return parameters
    }

    @Test("Lithium is conserved to 1e-12 of what passed", arguments: TransportParameters.Frame.allCases)
    func conservation(frame: TransportParameters.Frame) throws {
        let parameters = try alloyLayer(
            frame, initial: .uniform(30000),
            [
                ProtocolStep(.plate, currentDensity: 5, ends: [.time(900)]), ProtocolStep(.rest, ends: [.time(600)]),
                ProtocolStep(.strip, currentDensity: 1, ends: [.charge(1500)]),
                ProtocolStep(.plate, currentDensity: 2, ends: [.utilisation(0.1)]),
            ])
        let recorder = Recorder()
        let report = try parameters.run(recorder)
        let passed = (recorder.column("charge").map(abs).max() ?? 0) / 96485.33212
        let worst = (recorder.column("lithium_imbalance").map(abs).max() ?? .nan) / passed
        #expect(worst < 1e-12)
        #expect(try #require(report.value(of: "conservation_error")) < 1e-12)
        Verification.record(
            .limits, "lithium stored less lithium in and out, over what passed (D(c), \(frame.rawValue) frame)",
            expected: "0", found: String(format: "%.1e", worst), deviation: worst, bound: 1e-12)
    }

    @Test(
        "Plating and stripping the same amount returns the mean to its start",
        arguments: TransportParameters.Frame.allCases)
    func roundTrip(frame: TransportParameters.Frame) throws {
        let parameters = try alloyLayer(
            frame, initial: .uniform(20000),
            [
                ProtocolStep(.plate, currentDensity: 2, ends: [.charge(1000)]),
                ProtocolStep(.strip, currentDensity: 1, ends: [.charge(1000)]),
            ])
        let recorder = Recorder()
        let report = try parameters.run(recorder)
        let lithium = recorder.column("lithium")
        let start = try #require(lithium.first)
        let end = try #require(lithium.last)
        #expect(abs(end / start - 1) < 1e-13)
        #expect(abs(try #require(report.value(of: "thickness")) / 5e-6 - 1) < 1e-13)
        Verification.record(
            .limits,
            "lithium after plating and stripping the same charge, over that at the start (\(frame.rawValue) frame)",
            expected: "1", found: String(format: "%.15f", end / start), deviation: abs(end / start - 1), bound: 1e-13)
    }

    @Test("Rest after plating relaxes to a uniform layer", arguments: TransportParameters.Frame.allCases)
    func relaxation(frame: TransportParameters.Frame) throws {
        let parameters = try alloyLayer(
            frame, initial: .uniform(20000),
            [
                ProtocolStep(.plate, currentDensity: 5, ends: [.charge(4000)]), ProtocolStep(.rest, ends: [.time(1e7)]),
            ])
        let recorder = Recorder()
        let report = try parameters.run(recorder)
        let surface = try #require(recorder.column("concentration_surface").last)
        let collector = try #require(recorder.column("concentration_collector").last)
        let mean = try #require(report.value(of: "concentration_mean"))
        // What is left is far below the tolerance of the steps, 1e-8 of the saturation limit.
        let spread = max(abs(surface - mean), abs(collector - mean)) / 69600
        #expect(spread < 1e-8)
        Verification.record(
            .limits, "spread of the concentration after a long rest, over c_max (\(frame.rawValue) frame)",
            expected: "0",
            found: String(format: "%.1e", spread), deviation: spread, bound: 1e-8)
    }

    @Test("A uniform layer at rest stays as it is")
    func equilibrium() throws {
        let parameters = try alloyLayer(.host, initial: .uniform(41234.5), [ProtocolStep(.rest, ends: [.time(1e5)])])
        let recorder = Recorder()
        _ = try parameters.run(recorder)
        let fields = try #require(recorder.frames.last).fields
        for c in fields.prefix(129) { #expect(abs(c - 41234.5) < 1e-9) }
    }

    @Test("The layer of magnesium swells by Ω_Li times the lithium taken up")
    func hostGrowth() throws {
        var parameters = TransportParameters.slab(diffusivity: 1e-11)
        parameters.thickness = 140e-9
        parameters.frame = .host
        parameters.protocolSteps = [ProtocolStep(.plate, currentDensity: 10, ends: [.time(10)])]
        let recorder = Recorder()
        let report = try parameters.run(recorder)
        let growth = 13.0e-6 * 10 * 10 / 96485.33212
        let thickness = try #require(report.value(of: "thickness"))
        let change = try #require(report.value(of: "thickness_change"))
        #expect(abs(change / growth - 1) < 1e-10)
        #expect(abs((thickness - 140e-9) / growth - 1) < 1e-10)
        #expect(abs(try #require(recorder.frames.last?.points.last).x / thickness - 1) < 1e-14)
        Verification.record(
            .limits, "growth of 140 nm of Mg by 1 mA/cm² for 10 s against Ω_Li n_Li (nm)",
            expected: String(format: "%.9f", growth * 1e9), found: String(format: "%.9f", change * 1e9),
            deviation: abs(change / growth - 1), bound: 1e-10)
    }

    @Test("With lithium counted per volume of Mg the thin plate of Wang 2024, Fig. 4e, has 0.171 and 0.070 Li per Mg")
    func thinPlate() throws {
        var parameters = TransportParameters.slab(diffusivity: 1e-11)
        parameters.thickness = 140e-9
        parameters.composition.relation = .perHostVolume
        parameters.protocolSteps = [ProtocolStep(.plate, currentDensity: 10, ends: [.time(10)])]
        let recorder = Recorder()
        _ = try parameters.run(recorder)
        let fields = try #require(recorder.frames.last).fields
        let lithiumPerMagnesium = fields[(2 * 129)..<(3 * 129)]
        let electrolyte = try #require(lithiumPerMagnesium.first)
        let collector = try #require(lithiumPerMagnesium.last)
        #expect(abs(electrolyte - 0.171) < 5e-4 && abs(collector - 0.070) < 5e-4)
        Verification.record(
            .limits, "Li per Mg at the electrolyte, 140 nm plate after 10 s (Wang 2024, Fig. 4e, no effect of stress)",
            expected: "0.171", found: String(format: "%.4f", electrolyte), deviation: abs(electrolyte - 0.171),
            bound: 5e-4)
        Verification.record(
            .limits, "Li per Mg at the collector, the same", expected: "0.070",
            found: String(format: "%.4f", collector),
            deviation: abs(collector - 0.070), bound: 5e-4)
    }

    @Test(
        "A table as initial profile keeps its lithium and its thickness", arguments: TransportParameters.Frame.allCases)
    func initialTable(frame: TransportParameters.Frame) throws {
        let table = MonotoneCubic(x: [0, 1e-6, 3e-6, 5e-6], y: [60000, 30000, 20000, 5000])
        let parameters = try alloyLayer(frame, initial: .table(table), [ProtocolStep(.rest, ends: [.time(1)])])
        let recorder = Recorder()
        _ = try parameters.run(recorder)
        // Midpoint rule on twenty thousand panels.
        let panel = 5e-6 / 20000
        var exact = 0.0
        for index in 0..<20000 { exact += panel * table((Double(index) + 0.5) * panel) }
        #expect(abs(try #require(recorder.column("thickness").first) / 5e-6 - 1) < 1e-14)
        #expect(abs(try #require(recorder.column("lithium").first) / exact - 1) < 1e-5)
        #expect(abs(try #require(recorder.column("concentration_surface").first) - 60000) < 1e-6)
    }

    @Test("Each end condition ends its step where it says")
    func ends() throws {
        var parameters = TransportParameters.slab()
        parameters.initial = .uniform(30000)
        parameters.depletion = 24000
        parameters.protocolSteps = [
            ProtocolStep(.strip, currentDensity: 10, ends: [.surfaceDepletes, .time(1e6)]),
            ProtocolStep(.rest, ends: [.time(123.5)]),
            ProtocolStep(.plate, currentDensity: 2, ends: [.charge(500), .surfaceSaturates]),
            ProtocolStep(.plate, currentDensity: 2, ends: [.utilisation(0.25), .time(1e6)]),
            ProtocolStep(.plate, currentDensity: 20, ends: [.surfaceSaturates]),
        ]
        let recorder = Recorder()
        let report = try parameters.run(recorder)
        #expect(
            report.steps.map(\.end) == ["surface_depletes", "time", "charge", "utilisation", "surface_saturates"])
        #expect(report.steps[1].duration == 123.5)
        #expect(abs(report.steps[2].charge - 500) < 1e-10)
        #expect(abs((report.steps[3].utilisation ?? .nan) - 0.25) < 1e-12)
        let begins = recorder.rows.indices.filter { $0 > 0 && recorder.rows[$0].time == recorder.rows[$0 - 1].time }
        #expect(begins.count == 4)
        let surface = recorder.column("concentration_surface")
        #expect(abs(surface[begins[0] - 1] - 24000) < 1e-7)
        #expect(abs((surface.last ?? 0) - 69600) < 1e-7)
    }

    @Test("A step whose end is met already takes no time")
    func alreadyMet() throws {
        var parameters = TransportParameters.slab()
        parameters.protocolSteps.append(ProtocolStep(.plate, currentDensity: 10, ends: [.surfaceSaturates]))
        let report = try parameters.run()
        #expect(report.steps[1].duration == 0 && report.steps[1].end == "surface_saturates")
    }

    @Test("Frames come when they are asked for, and show the same run")
    func frames() throws {
        func recorded(_ schedule: FrameSchedule) throws -> Recorder {
            var parameters = TransportParameters.slab()
            parameters.frames = schedule
            let recorder = Recorder()
            _ = try parameters.run(recorder)
            return recorder
        }
        let every = try recorded(.everySteps(1))
        #expect(every.frames.map(\.time) == every.rows.map(\.time))
        let interval = try recorded(.interval(500))
        #expect(interval.frames.map(\.time).dropLast() == [0, 500, 1000, 1500])
        let times = try recorded(.times([0.5, 12, 1500]))
        #expect(times.frames.map(\.time).dropLast() == [0, 0.5, 12, 1500])
        let final = try recorded(.finalOnly)
        #expect(final.frames.count == 1 && final.frames[0].time == every.frames.last?.time)
        // Dense output against the exact surface concentration at τ = 0.36.
        let exact = exactSurface(tau: 6e-15 * 1500 / 25e-12) * 10 * 5e-6 / (96485.33212 * 6e-15)
        #expect(abs(interval.frames[3].fields[0] / exact - 1) < 1e-7)
        #expect(interval.frames[3].fields == times.frames[3].fields)
    }

    @Test("The same case gives the same bits")
    func determinism() throws {
        let steps = [
            ProtocolStep(.plate, currentDensity: 5, ends: [.time(900)]), ProtocolStep(.rest, ends: [.time(600)]),
        ]
        let (first, second) = (Recorder(), Recorder())
        for recorder in [first, second] {
            var parameters = try alloyLayer(.host, initial: .uniform(30000), steps)
            parameters.frames = .everySteps(3)
            _ = try parameters.run(recorder)
        }
        #expect(first.rows.map(\.values) == second.rows.map(\.values))
        #expect(first.frames.map(\.fields) == second.frames.map(\.fields))
    }

    @Test("Stopping keeps what is there")
    func interruption() throws {
        let recorder = Recorder()
        recorder.stopAfter = 20
        let report = try TransportParameters.slab().run(recorder)
        #expect(!report.finished)
        #expect(report.steps.map(\.end) == ["interrupted"])
        #expect(recorder.rows.count == 21 && recorder.frames.count == 1)
        #expect(report.value(of: "time_to_saturation") == nil)
    }

    @Test("Stripping an empty layer is refused where it happens")
    func beyondZero() throws {
        var parameters = TransportParameters.slab()
        parameters.initial = .uniform(10000)
        parameters.protocolSteps = [ProtocolStep(.strip, currentDensity: 10, ends: [.time(1e4)])]
        let failure = #expect(throws: RunFailure.self) { try parameters.run() }
        let text = try #require(failure).description
        #expect(text.contains("at the electrolyte fell below zero") && text.contains("surface_depletes"))
    }

    @Test("A front that the mesh does not resolve is refused with what to change; on a finer mesh the run goes through")
    func unresolvedFront() throws {
        var parameters = TransportParameters.slab(cells: 16)
        parameters.diffusivity = .alloy(try lithiumMagnesium(temperature: 298.15))
        let failure = #expect(throws: RunFailure.self) { try parameters.run() }
        #expect(try #require(failure).description.contains("raise `mesh.cells` (now 16)"))
        parameters.cells = 128
        let time = try #require(try parameters.run().value(of: "time_to_saturation"))
        parameters.cells = 512
        let fine = try #require(try parameters.run().value(of: "time_to_saturation"))
        #expect(abs(time / fine - 1) < 1e-5)
    }

    @Test("Above pure lithium nothing is granted")
    func beyondPureLithium() throws {
        var parameters = TransportParameters.slab()
        parameters.protocolSteps[0].ends = [.time(2350)]
        let failure = #expect(throws: RunFailure.self) { try parameters.run() }
        #expect(try #require(failure).description.contains("rose above 76923.1 mol m-3"))
    }

    @Test("An initial table finer than the mesh is refused")
    func unresolvedTable() throws {
        var parameters = TransportParameters.slab(cells: 32)
        parameters.initial = .table(
            MonotoneCubic(x: [0, 2.40e-6, 2.405e-6, 2.41e-6, 5e-6], y: [10000, 10000, 69000, 10000, 10000]))
        parameters.protocolSteps = [ProtocolStep(.rest, ends: [.time(10)])]
        let failure = #expect(throws: RunFailure.self) { try parameters.run() }
        #expect(try #require(failure).description.contains("the mesh does not resolve the table"))
    }

    @Test("A step with nothing to move ends at once and has moved nothing")
    func nothingToMove() throws {
        var parameters = TransportParameters.slab(currentDensity: 0.01)
        let strip = ProtocolStep(.strip, currentDensity: 0.1, ends: [.surfaceDepletes])
        parameters.protocolSteps = [
            ProtocolStep(.plate, currentDensity: 0.1, ends: [.charge(33600)]),
            ProtocolStep(.plate, currentDensity: 0.1, ends: [.utilisation(0.5)]), strip, strip,
        ]
        let report = try parameters.run()
        #expect(report.steps[1].duration == 0 && report.steps[1].utilisation == 0)
        #expect(report.steps[3].duration == 0 && report.steps[3].end == "surface_depletes")
    }

    @Test("A small utilisation is reached, not taken for round-off", arguments: [1e-3, 1e-8])
    func smallUtilisation(fraction: Double) throws {
        var parameters = TransportParameters.slab()
        parameters.protocolSteps[0].ends = [.utilisation(fraction)]
        let step = try #require(try parameters.run().steps.first)
        #expect(abs((step.utilisation ?? .nan) / fraction - 1) < 1e-9)
        // i t = θ F L c_max
        #expect(abs(step.duration / (fraction * 96485.33212 * 5e-6 * 69600 / 10) - 1) < 1e-9)
    }

    @Test("Times that differ by round-off give one frame")
    func oneFrameATime() throws {
        var parameters = TransportParameters.slab()
        parameters.protocolSteps = (0..<5).map { _ in ProtocolStep(.plate, currentDensity: 1, ends: [.time(0.3)]) }
        parameters.frames = .interval(0.1)
        let recorder = Recorder()
        _ = try parameters.run(recorder)
        #expect(recorder.frames.count == 16)
    }

    @Test("Leaving the range of a table is refused")
    func beyondTable() throws {
        var parameters = TransportParameters.slab()
        parameters.diffusivity = .table(MonotoneCubic(x: [0, 40000], y: [6e-15, 3e-15]))
        let failure = #expect(throws: RunFailure.self) { try parameters.run() }
        let text = try #require(failure).description
        #expect(text.contains("rose above 40000"), "\(text)")
    }

    @Test("A table of one value is the constant it says", arguments: [1.0, 7.0])
    func constantTable(j: Double) throws {
        var parameters = TransportParameters.slab(currentDensity: j)
        let constant = try parameters.run()
        parameters.diffusivity = .table(MonotoneCubic(x: [0, 70000], y: [6e-15, 6e-15]))
        let table = try parameters.run()
        let (a, b) = (constant.value(of: "time_to_saturation"), table.value(of: "time_to_saturation"))
        #expect(abs(try #require(a) / #require(b) - 1) < 2e-9)
    }
}
