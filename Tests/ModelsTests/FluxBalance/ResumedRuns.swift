import Checkpoints
import Foundation
import Models
import TestSupport
import Testing

/// Keeps what a run delivers, and states of it with what had been recorded by then.
final class StateKeeper: RunObserver {
    struct Kept {
        let state: SavedState
        let rows: Int
        let frames: Int
        let steps: Int
    }

    let recorder = Recorder()
    var kept: [Kept] = []
    private var random: SplitMix
    private let spacing: UInt64
    private let last: Int
    private var steps = 0

    /// Saves a state about every so many steps, by chance, and stops the run after a number of them.
    init(seed: UInt64, spacing: UInt64, stoppingAfter last: Int = .max) {
        (random, self.spacing, self.last) = (SplitMix(state: seed), spacing, last)
    }

    func begin(_ outline: RunOutline) { recorder.begin(outline) }
    func record(time: Double, row: [Double]) { recorder.record(time: time, row: row) }
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) {
        recorder.record(time: time, points: points, fields: fields)
    }
    func progress(_ progress: RunProgress) -> RunDirective {
        steps = progress.steps
        #expect(progress.newtonIterations == Int(recorder.column("newton_iterations").last ?? -1))
        if progress.steps >= last { return .stop }
        return random.next() % spacing == 0 ? .save : .goOn
    }
    func save(_ state: SavedState) {
        kept.append(Kept(state: state, rows: recorder.rows.count, frames: recorder.frames.count, steps: steps))
    }
}

/// Runs that are taken up from saved states.
enum ResumedRuns {
    /// Runs a case for an observer, from a state or from its start, with each step made once or taken back twice and made again.
    typealias Run = (any RunObserver, SavedState?, _ repeatsSteps: Bool) throws -> RunReport

    /// Checks that a run whose every step is taken back and made again is the same bit for bit, and that runs which go on from states
    /// of it deliver the rest of it so. Returns the states.
    ///
    /// - Parameter most: the most runs that go on.
    @discardableResult
    static func check(
        seed: UInt64 = 1, spacing: UInt64 = 5, most: Int = 12, _ run: Run
    ) throws -> [StateKeeper.Kept] {
        let whole = StateKeeper(seed: seed, spacing: spacing)
        let report = try run(whole, nil, false)
        #expect(report.finished && !whole.kept.isEmpty)
        #expect(whole.recorder.rows.allSatisfy { $0.values.allSatisfy(\.isFinite) })
        #expect(whole.recorder.frames.allSatisfy { $0.fields.allSatisfy(\.isFinite) })
        #expect(report.results.allSatisfy { $0.value.isFinite })
        let repeated = Recorder()
        let start = StateKeeper.Kept(state: SavedState(), rows: 0, frames: 0, steps: 0)
        try compare(report, whole.recorder, after: start, with: try run(repeated, nil, true), repeated)
        var random = SplitMix(state: seed)
        let chosen = whole.kept.shuffled(using: &random).prefix(most)
        for kept in chosen {
            let recorder = Recorder()
            try compare(
                report, whole.recorder, after: kept, with: try run(recorder, kept.state, false), recorder)
        }
        // A run that is stopped, and goes on.
        guard let kept = chosen.first else { return [] }
        let stopped = StateKeeper(seed: seed, spacing: .max, stoppingAfter: kept.steps)
        let part = try run(stopped, nil, false)
        #expect(!part.finished && part.steps.last?.end == "interrupted")
        let last = try #require(stopped.kept.last)
        #expect(last.state == kept.state && last.rows == kept.rows && last.frames == kept.frames)
        let recorder = Recorder()
        try compare(report, whole.recorder, after: last, with: try run(recorder, last.state, false), recorder)
        return whole.kept
    }

    private static func compare(
        _ report: RunReport, _ whole: Recorder, after kept: StateKeeper.Kept, with resumed: RunReport, _ rest: Recorder
    ) throws {
        #expect(rest.outline?.series == whole.outline?.series)
        let rows = whole.rows.dropFirst(kept.rows)
        #expect(rest.rows.count == rows.count)
        #expect(zip(rest.rows, rows).allSatisfy { same([$0.time] + $0.values, [$1.time] + $1.values) })
        let frames = whole.frames.dropFirst(kept.frames)
        #expect(rest.frames.count == frames.count)
        #expect(
            zip(rest.frames, frames).allSatisfy {
                same([$0.time] + $0.fields, [$1.time] + $1.fields) && $0.points == $1.points
            })
        #expect(resumed.finished == report.finished && resumed.steps == report.steps)
        #expect(resumed.results.map(\.quantity.name) == report.results.map(\.quantity.name))
        #expect(same(resumed.results.map(\.value), report.results.map(\.value)))
    }

    /// Whether numbers have the same bits.
    static func same(_ found: [Double], _ expected: [Double]) -> Bool {
        found.map(\.bitPattern) == expected.map(\.bitPattern)
    }

    /// Checks that a state which lacks a part of itself is refused, whichever part.
    static func checkGaps(of state: SavedState, _ run: Run) {
        func refuses(_ state: SavedState, _ what: String) {
            #expect(throws: SavedState.Problem.self, "\(what)") { try run(Recorder(), state, false) }
        }
        for name in state.numbers.keys {
            var numbers = state.numbers
            numbers[name] = nil
            refuses(SavedState(numbers: numbers, records: state.records), "no \(name)")
            for count in [0, (state.numbers[name]?.count ?? 0) + 1] {
                numbers[name] = [Double](repeating: 0, count: count)
                refuses(SavedState(numbers: numbers, records: state.records), "\(count) of \(name)")
            }
        }
        for name in state.records.keys {
            var records = state.records
            records[name] = nil
            refuses(SavedState(numbers: state.numbers, records: records), "no \(name)")
            records[name] = "[]"
            refuses(SavedState(numbers: state.numbers, records: records), "no record in \(name)")
        }
    }
}
