import Checkpoints
import TestSupport
import Testing

@Suite struct SavedStateTests {
    private struct Numbers: Codable {
        var values: [Double]
        var missing: Double?
    }

    @Test("every bit of every number comes back from a record")
    func bits() throws {
        var random = SplitMix(state: 7)
        var values: [Double] = [0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1]
        for _ in 0..<20_000 {
            let value = Double(bitPattern: random.next())
            if !value.isNaN { values.append(value) }
        }
        var saved = SavedState()
        saved.store(Numbers(values: values, missing: nil), as: "values")
        let found: Numbers = try saved.record("values")
        #expect(found.values.map(\.bitPattern) == values.map(\.bitPattern))
        #expect(found.missing == nil)
    }

    @Test("a not-a-number stays one")
    func notANumber() throws {
        var saved = SavedState()
        saved.store(Numbers(values: [.nan], missing: .nan), as: "values")
        let found: Numbers = try saved.record("values")
        #expect(found.values.count == 1 && found.values[0].isNaN)
        #expect(found.missing?.isNaN == true)
    }

    @Test("what is missing, of another length or another record is said")
    func problems() {
        var saved = SavedState()
        saved.store([1, 2, 3], as: "integrator/state")
        saved.store(Numbers(values: [], missing: nil), as: "integrator")
        #expect(throws: SavedState.Problem("it lacks `a`")) { _ = try saved.numbers("a") }
        #expect(throws: SavedState.Problem("it lacks `b`")) { _ = try saved.record("b", as: Int.self) }
        #expect(throws: SavedState.Problem("`integrator/state` has 3 numbers instead of 4")) {
            _ = try saved.numbers("integrator/state", count: 4)
        }
        let problem = #expect(throws: SavedState.Problem.self) { _ = try saved.record("integrator", as: Int.self) }
        #expect(problem?.description.hasPrefix("`integrator` is not what it should be") == true)
    }
}
