import Checkpoints
import Foundation
import Materials
import Models
import TestSupport
import Testing
import TimeIntegration

@Suite("Cells that are stopped and go on")
struct CellResumptionTests {
    static let confined = ConfinedCreep(
        rate: Arrhenius(1.4619e-8, at: 298.15, activationEnergy: 37e3), stressScale: 1e6, exponent: 6.56,
        frictionStress: 0.290564e6)

    /// Where a state stands.
    private struct Place: Decodable {
        var step: Int
        var part: Int
        var events: Int
        var began: Double
    }

    private struct Clock: Decodable {
        var time: Double
    }

    private static func run(_ cell: FluxBalanceParameters) -> ResumedRuns.Run {
        { observer, state, repeatsSteps in
            var cell = cell
            cell.integrator.repeatsSteps = repeatsSteps
            var run = FluxBalanceRun(cell, observer: observer)
            return try run.run(resuming: state)
        }
    }

    private static func places(_ kept: [StateKeeper.Kept]) throws -> [Place] {
        try kept.map { try $0.state.record("protocol") }
    }

    @Test(
        "Springs and a fixed gap, through strip, plate, rest and hold, with steps that set pressure and fixture",
        arguments: [StackParameters.Fixture.springs(stiffness: 1e10), .fixedGap], [false, true])
    func steps(fixture: StackParameters.Fixture, isSymmetric: Bool) throws {
        var cell = Cells.halfCell(
            creep: .thinning(Cells.thinning),
            steps: [
                CellStep(.strip(5), name: "strip", ends: [.time(7200)]),
                CellStep(.rest, name: "rest", pressure: 8e6, fixture: .constantPressure, ends: [.time(600)]),
                CellStep(.plate(5), name: "plate", fixture: fixture, ends: [.time(7200), .contact(1)]),
                CellStep(.strip(5), name: "strip", pressure: 1e6, ends: [.contact(0.5)]),
                CellStep(.hold, name: "hold", pressure: 10e6, ends: [.time(1800)]),
                CellStep(.rest, name: "rest", ends: [.time(600)]),
            ])
        cell.counter = isSymmetric ? .symmetric : .none
        cell.stack = StackParameters(
            pressure: 5e6, fixture: fixture, stiffness: 1.3e11, confinedCreep: Self.confined, radius: 5e-3)
        cell.frames = .everySteps(3)
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-7, maximumStep: 300)
        let places = try Self.places(try ResumedRuns.check(seed: 3, spacing: 2, most: 16, Self.run(cell)))
        #expect(Set(places.map(\.step)).isSuperset(of: 0...5))
    }

    @Test("Ramps, within their levels and the rests between them", arguments: [1, 2, 3])
    func ramps(kind: Int) throws {
        let direction: CellStep.Ramp.Direction = kind == 1 ? .strip : kind == 2 ? .plate : .alternate
        let charge = 5 * 1e-6 / Cells.molarVolume * 96485.33212
        let ramp = CellStep.Ramp(
            direction: direction, first: 1, increment: 0.5, last: kind == 2 ? 4 : 20, length: .charge(charge),
            rest: kind == 1 ? 0 : 300)
        var cell = Cells.halfCell(
            creep: .thinning(Cells.thinning), thickness: 1e-3,
            steps: [
                CellStep(.strip(2), name: "strip", ends: [.charge(charge)]),
                CellStep(.ramp(ramp), name: "ramp", ends: []),
            ])
        cell.stack.fixture = .springs(stiffness: 1e9)
        cell.criticalCurrentDensity = 14.53
        cell.frames = .interval(3600)
        let places = try Self.places(
            try ResumedRuns.check(seed: UInt64(kind), spacing: 4, most: 16, Self.run(cell)))
        let parts = Set(places.filter { $0.step == 1 }.map(\.part))
        #expect(parts.count > 5)
        if kind == 3 { #expect(Set(parts.map { $0 % 3 }) == [0, 1, 2]) }
    }

    @Test("Voids that open and close before the lattice, with states right after the events", arguments: [0, 0.4])
    func events(share: Double) throws {
        let onset = SandTests.onset(creep: share * SandTests.flux)
        var cell = SandTests.cell(creep: share * SandTests.flux, times: 1, cells: 40)
        let density = SandTests.density
        cell.steps = [
            CellStep(.strip(density), name: "strip", ends: [.time(3 * onset)]),
            CellStep(.plate(density), name: "plate", ends: [.time(2 * onset)]),
            CellStep(.strip(density), name: "strip", ends: [.time(3 * onset)]),
            CellStep(.rest, name: "rest", ends: [.time(onset)]),
            CellStep(.plate(2 * density), name: "plate", ends: [.charge(3 * density * onset)]),
        ]
        cell.counter = .symmetric
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-7)
        cell.frames = .times([0.5 * onset, 1.5 * onset, 7 * onset])
        let kept = try ResumedRuns.check(seed: 5, spacing: 2, most: 20, Self.run(cell))
        // All of those that an event has just begun anew.
        var fresh: [StateKeeper.Kept] = []
        for candidate in try ResumedRuns.check(seed: 6, spacing: 1, most: 1, Self.run(cell)) {
            let (place, clock): (Place, Clock) = (
                try candidate.state.record("protocol"), try candidate.state.record("integrator")
            )
            if place.events > 0 && clock.time == 0 { fresh.append(candidate) }
        }
        #expect(kept.count > 20 && fresh.count >= 4)
        let whole = Recorder()
        let report = try Self.run(cell)(whole, nil, false)
        for candidate in fresh {
            let rest = Recorder()
            let resumed = try Self.run(cell)(rest, candidate.state, false)
            #expect(rest.rows.count == whole.rows.count - candidate.rows)
            #expect(
                ResumedRuns.same(rest.rows.flatMap(\.values), whole.rows.dropFirst(candidate.rows).flatMap(\.values)))
            #expect(ResumedRuns.same(resumed.results.map(\.value), report.results.map(\.value)))
        }
    }

    @Test("Vacancies without delay, and creep that is prescribed, without a lattice", arguments: [false, true])
    func unresolved(isPrescribed: Bool) throws {
        var cell = Cells.halfCell(
            lattice: .quasiSteady(currentDensity: 1),
            creep: isPrescribed ? .prescribed(flux: 2e-5) : .thinning(Cells.thinning),
            steps: [
                CellStep(.strip(5), name: "strip", ends: [.contact(0.7), .time(1e6)]),
                CellStep(.plate(4), name: "plate", ends: [.time(7200)]),
                CellStep(.strip(4), name: "strip", ends: [.time(600)]),
            ])
        cell.working.constriction = ElectrodeParameters.ConstrictionParameters(pitch: 20e-6, conductivity: 0.1)
        cell.frames = .interval(100)
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-7, maximumStep: 300)
        try ResumedRuns.check(seed: 8, spacing: 3, Self.run(cell))
    }

    @Test("Li-Mg, whose diffusivity depends on the composition, in both frames", arguments: [false, true])
    func alloy(isHostFrame: Bool) throws {
        let temperature = 333.15
        let thermodynamics = try AlloyThermodynamics(
            ThermodynamicDatabase.lithiumMagnesium().binary(lithium: "LI", host: "MG"), temperature: temperature)
        var cell = Cells.halfCell(
            thickness: 20e-6,
            steps: [
                CellStep(.strip(10), name: "strip", ends: [.time(3600)]),
                CellStep(.rest, name: "rest", ends: [.time(600)]),
                CellStep(.plate(10), name: "plate", ends: [.time(1800)]),
                CellStep(.strip(60), name: "strip", ends: [.time(1e6)]),
            ])
        cell.temperature = temperature
        cell.counter = .symmetric
        cell.stack.fixture = .springs(stiffness: 1e10)
        cell.working.metal = .alloy(
            ElectrodeParameters.AlloyLayer(
                frame: isHostFrame ? .host : .slab,
                composition: AlloyComposition(relation: .sharedVolume, lithiumVolume: 13e-6, hostVolume: 14e-6),
                diffusivity: .alloy(try lithiumMagnesium(temperature: temperature)), concentration: 60000,
                saturation: 72000, depletion: 30000, phase: try thermodynamics.solution(named: "BCC_A2"),
                referenceEnergy: thermodynamics.referenceEnergy))
        cell.cells = 24
        cell.frames = .everySteps(5)
        try ResumedRuns.check(seed: 9, spacing: 3, Self.run(cell))
    }

    @Test("Full cells with a cathode, charged and discharged to voltages and to the end of its capacity")
    func fullCell() throws {
        var cell = try CellTests.fullCell(
            .fixedGap,
            steps: [
                CellStep(.plate(5), name: "charge", ends: [.voltage(4.1)]),
                CellStep(.strip(5), name: "discharge", ends: [.voltage(3.5), .time(1e6)]),
                CellStep(.plate(2), name: "charge", ends: [.time(1e6)]),
            ])
        cell.frames = .times([1000, 2000, 50_000])
        let places = try Self.places(try ResumedRuns.check(seed: 10, spacing: 6, Self.run(cell)))
        #expect(Set(places.map(\.step)) == [0, 1, 2])
    }

    // MARK: - States that do not fit

    @Test("A state that lacks something, is of another cell or stands nowhere in the protocol is refused")
    func misfits() throws {
        let cell = SandTests.cell(times: 2, cells: 20)
        let kept = try ResumedRuns.check(seed: 11, spacing: 10, most: 1, Self.run(cell))
        let state = try #require(kept.last).state
        ResumedRuns.checkGaps(of: state, Self.run(cell))
        let changes = [
            ("protocol", "\"step\":0", "\"step\":-1"), ("protocol", "\"step\":0", "\"step\":1"),
            ("protocol", "\"part\":0", "\"part\":1"), ("protocol", "\"part\":0", "\"part\":-1"),
            ("protocol", "\"part\":0", "\"part\":9223372036854775807"),
            ("protocol", "\"segment\":", "\"segments\":"),
            ("protocol", "\"events\":1", "\"events\":-9223372036854775807"),
            ("protocol", "\"events\":1", "\"events\":9223372036854775807"),
            ("protocol", "\"hasVoids\":[", "\"hasVoids\":[true,"), ("protocol", "\"began\":", "\"began\":-1"),
            ("cell", "\"interfaces\":[", "\"interfaces\":[],\"others\":["), ("cell", "\"open\"", "\"ajar\""),
            ("ledger", "\"pressures\":[", "\"pressures\":[1e9,"), ("integrator", "\"time\":", "\"time\":-"),
        ]
        for (name, found, other) in changes {
            var records = state.records
            let text = try #require(records[name])
            #expect(text.contains(found), "\(text)")
            records[name] = text.replacingOccurrences(of: found, with: other)
            let changed = SavedState(numbers: state.numbers, records: records)
            #expect(throws: SavedState.Problem.self, "\(other)") { try Self.run(cell)(Recorder(), changed, false) }
        }
        var other = cell
        other.counter = .symmetric
        #expect(throws: SavedState.Problem.self) { try Self.run(other)(Recorder(), state, false) }
    }

    @Test("A damaged state is refused or ends in an error or in a run, and never otherwise", arguments: 0..<8)
    func damage(seed: Int) throws {
        var cell = SandTests.cell(times: 2, cells: 8)
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-5, maximumSteps: 2000)
        let state = try #require(
            try ResumedRuns.check(seed: 12, spacing: 4, most: 1, Self.run(cell)).last
        ).state
        var random = SplitMix(state: UInt64(100 + seed))
        var outcomes: Set<String> = []
        for _ in 0..<100 {
            var (numbers, records) = (state.numbers, state.records)
            let name = try #require(records.keys.sorted().randomElement(using: &random))
            var text = Array(try #require(records[name]).utf8)
            let place = Int.random(in: text.indices, using: &random)
            if Bool.random(using: &random) {
                text.remove(at: place)
            } else {
                text[place] = try #require("0123456789-.e\"{}[],:tfn".utf8.randomElement(using: &random))
            }
            records[name] = String(decoding: text, as: UTF8.self)
            if Bool.random(using: &random), let array = numbers.keys.sorted().randomElement(using: &random) {
                let values: [Double] = [.nan, .infinity, -1e300, 1e300, 0]
                let index = Int.random(in: 0..<(numbers[array]?.count ?? 1), using: &random)
                numbers[array]?[index] = values.randomElement(using: &random) ?? 0
            }
            let recorder = Recorder()
            recorder.stopAfter = Int.random(in: 0..<400, using: &random)
            do {
                let report = try Self.run(cell)(recorder, SavedState(numbers: numbers, records: records), false)
                outcomes.insert(report.finished ? "finished" : "stopped")
            } catch is SavedState.Problem {
                outcomes.insert("refused")
            } catch is RunFailure {
                outcomes.insert("failed")
            }
        }
        #expect(outcomes.contains("refused") && outcomes.count > 1)
    }
}
