import Checkpoints
import Foundation
import Models
import TestSupport
import Testing
import TimeIntegration

/// A run that goes on from a saved state goes on with the same bits.
@Suite struct ResumeTests {
    private func seed(_ run: SurvivalCase) -> UInt64 { run.testDescription.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) } }

    /// What a run records that goes on from a state.
    private func rest(_ run: SurvivalCase, from state: SavedState) throws -> Tape {
        let recorder = Recorder()
        let report = try run.run(recorder, SavedState(numbers: state.numbers, records: state.records), .init())
        #expect(recorder.outline != nil)
        return Tape(recorder, report)
    }

    @Test("A run resumed from any of its states records the rest, bit for bit", arguments: SurvivalCase.all)
    func resumed(run: SurvivalCase) throws {
        var random = SplitMix(state: seed(run))
        let saving = SavingRecorder()
        saving.interval = Int.random(in: 1...3, using: &random)
        let whole = Tape(saving.recorder, try run.run(saving, nil, .init()))
        let plain = Recorder()
        #expect(try Tape(plain, run.run(plain, nil, .init())) == whole)
        #expect(saving.states.count > 5)
        var chosen = saving.states.shuffled(using: &random).prefix(4)
        if let first = saving.states.first, let last = saving.states.last { chosen += [first, last] }
        for saved in chosen {
            let found = try rest(run, from: saved.state)
            #expect(found.rows == whole.after(rows: saved.rows, frames: saved.frames).rows)
            #expect(found == whole.after(rows: saved.rows, frames: saved.frames), "from row \(saved.rows)")
        }
    }

    @Test("A run that is stopped, resumed, stopped and resumed ends as one that was not", arguments: SurvivalCase.all)
    func stopped(run: SurvivalCase) throws {
        var random = SplitMix(state: seed(run) ^ 5)
        let plain = SavingRecorder()
        let whole = Tape(plain.recorder, try run.run(plain, nil, .init()))
        var (rows, frames) = (0, 0)
        var state: SavedState?
        for part in 0..<3 {
            let stopping = SavingRecorder()
            if part < 2 { stopping.lastStep = Int.random(in: 1...max(1, plain.calls / 2 - 1), using: &random) }
            let report = try run.run(stopping, state, .init())
            #expect(report.finished == (part == 2))
            var tape = Tape(stopping.recorder, report)
            let rest = whole.after(rows: rows, frames: frames)
            if part == 2 {
                #expect(tape == rest)
                break
            }
            let saved = try #require(stopping.states.first)
            #expect(stopping.states.count == 1)
            // What is recorded behind the state belongs to the end of the interrupted run alone.
            tape.rows.removeLast(tape.rows.count - saved.rows)
            tape.frames.removeLast(tape.frames.count - saved.frames)
            #expect(tape.rows[...] == rest.rows.prefix(saved.rows))
            #expect(tape.frames[...] == rest.frames.prefix(saved.frames))
            rows += saved.rows
            frames += saved.frames
            state = saved.state
        }
    }

    // MARK: - States that do not fit

    /// A state of a run after a few steps.
    private func state(_ run: SurvivalCase, after steps: Int) throws -> SavedState {
        let saving = SavingRecorder()
        saving.lastStep = steps
        _ = try run.run(saving, nil, .init())
        return try #require(saving.states.first).state
    }

    @Test("A state that lacks something, or has it in another size, is refused", arguments: SurvivalCase.all)
    func wrong(run: SurvivalCase) throws {
        let state = try state(run, after: 6)
        var wrong: [SavedState] = [SavedState()]
        for (name, values) in state.numbers {
            for other in [nil, Array(values.dropLast()), values + [0], [.nan] + values.dropFirst()] {
                var numbers = state.numbers
                numbers[name] = other
                wrong.append(SavedState(numbers: numbers, records: state.records))
            }
        }
        for name in state.records.keys {
            for other in [nil, "", "{}", "[]", "null", "17"] {
                var records = state.records
                records[name] = other
                wrong.append(SavedState(numbers: state.numbers, records: records))
            }
        }
        for state in wrong {
            #expect(throws: SavedState.Problem.self) { try run.run(Recorder(), state, .init()) }
        }
    }

    @Test("A state of another layer is refused")
    func anotherLayer() throws {
        for (one, other) in zip(SurvivalCase.all, SurvivalCase.all.dropFirst()) where one.kind != other.kind {
            let state = try state(one, after: 4)
            #expect(throws: SavedState.Problem.self, "\(one) into \(other)") {
                try other.run(Recorder(), state, .init())
            }
        }
    }

    @Test("A state with any number replaced is refused or run, never a trap", arguments: ["line, Li-Mg", "two-way"])
    func replacedNumbers(name: String) throws {
        let run = try #require(SurvivalCase.all.first { $0.testDescription == name })
        let state = try state(run, after: 6)
        var random = SplitMix(state: 99)
        var refused = 0
        let values = [
            "-1", "0", "1", "7", "-9223372036854775808", "9223372036854775807", "1e308", "-1e-300", "1e-300",
            "\"nan\"", "\"inf\"", "\"-inf\"", "null", "[]",
        ]
        for _ in 0..<150 {
            var records = state.records
            let name = try #require(records.keys.sorted().randomElement(using: &random))
            let text = try #require(records[name])
            let numbers = text.matches(of: #/-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?/#)
            guard let match = numbers.randomElement(using: &random),
                let value = values.randomElement(using: &random)
            else { continue }
            records[name] = text.replacingCharacters(in: match.range, with: value)
            let short = SavingRecorder()
            short.lastStep = 3
            do {
                _ = try run.run(short, SavedState(numbers: state.numbers, records: records), .init())
            } catch {
                #expect(error is SavedState.Problem || error is RunFailure, "\(error) after \(value) in \(text)")
                refused += 1
            }
        }
        #expect(refused > 20)
    }
}

extension SurvivalCase {
    /// What the state of a run has in it.
    fileprivate var kind: String {
        testDescription.contains("mixture") || testDescription.contains("slipping")
            ? "nonlinear" : String(testDescription.prefix(4))
    }
}
