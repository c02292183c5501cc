import Checkpoints
import Foundation
import TestSupport
import TimeIntegration
import Testing

/// Two equations with a matrix that is kept from step to step, and with a guess that every evaluation changes:
/// y0' = -k y0 (1 + w), y1' = k y0 (1 + w) - y1², w the guess of a root that is improved once by each evaluation.
private struct Lagging: SemidiscreteSystem {
    var stageMatrix: StageMatrix
    var guess = 1.0
    var guessBefore = 1.0
    var pivots = SIMD2<Double>.zero
    var limit = Double.infinity
    let count = 2
    let scale = 1.0

    mutating func beginStep(time: Double, state: [Double]) { guessBefore = guess }
    mutating func rewind() { guess = guessBefore }
    mutating func residual(time: Double, state: [Double], into result: inout [Double]) {
        // One step of Heron's towards √(1 + y0²); what is left of the error stays well below the tolerance.
        guess = 0.5 * (guess + (1 + state[0] * state[0]) / guess)
        let flow = state[1] < limit ? 3 * state[0] * guess : Double.infinity
        result[0] = -flow
        result[1] = flow - state[1] * state[1]
    }
    func subtractMass(times rate: [Double], from result: inout [Double]) {
        for index in 0..<2 { result[index] -= rate[index] }
    }
    mutating func factor(time: Double, state: [Double], shift: Double) -> Bool {
        pivots = SIMD2(1 + shift * (3 + state[0]), 1 + 2 * shift * state[1])
        return pivots.x.isFinite && pivots.y.isFinite
    }
    func solve(_ vector: inout [Double]) {
        vector[0] /= pivots.x
        vector[1] /= pivots.y
    }
    func place(ofUnknown index: Int) -> String { ["the first reaction", "the second reaction"][index] }
    func save(to saved: inout SavedState) { saved.store(guess, as: "guess") }
    mutating func restore(from saved: SavedState) throws(SavedState.Problem) { guess = try saved.record("guess") }
}

@Suite struct RewindTests {
    private func integrator(
        _ matrix: StageMatrix, repeats: Bool = false, limit: Double = .infinity
    ) -> ESDIRKIntegrator<Lagging> {
        var settings = IntegratorSettings(relativeTolerance: 1e-6, initialStep: 2)
        settings.repeatsSteps = repeats
        return ESDIRKIntegrator(
            system: Lagging(stageMatrix: matrix, limit: limit), state: [1, 0.1], settings: settings)
    }

    @Test("A step that is made, taken back and made again is the same", arguments: [StageMatrix.exact, .approximate])
    func repeated(matrix: StageMatrix) throws {
        var plain = integrator(matrix)
        var again = integrator(matrix, repeats: true)
        try plain.restart()
        try again.restart()
        var events = 0
        while plain.time < 20 {
            try plain.step(limit: 20)
            try again.step(limit: 20)
            let target = 0.5 - 0.1 * Double(events)
            let landed = try plain.landOnEvent(tolerance: 1e-12) { target - $1[0] }
            #expect(try again.landOnEvent(tolerance: 1e-12) { target - $1[0] } == landed)
            if landed { events += 1 }
            #expect(plain.time == again.time && plain.state == again.state)
            #expect(plain.proposedStep == again.proposedStep && plain.work == again.work)
            #expect(plain.system.guess == again.system.guess)
        }
        #expect(plain.work.rejected > 0 && plain.work.steps > 20 && events > 3)
    }

    @Test(
        "An integrator that is saved after any step goes on as if it had not been",
        arguments: [StageMatrix.exact, .approximate])
    func resumed(matrix: StageMatrix) throws {
        var whole = integrator(matrix)
        try whole.restart()
        while whole.time < 20 {
            try whole.step(limit: 20)
            var saved = SavedState()
            whole.save(to: &saved)
            var resumed = integrator(matrix)
            try resumed.restore(from: saved)
            var copy = whole
            for _ in 0..<3 where copy.time < 20 {
                try copy.step(limit: 20)
                try resumed.step(limit: 20)
                #expect(copy.time == resumed.time && copy.state == resumed.state)
                #expect(copy.proposedStep == resumed.proposedStep && copy.work == resumed.work)
            }
        }
    }

    @Test("An equation that blows up is named with its place", arguments: [StageMatrix.exact, .approximate])
    func named(matrix: StageMatrix) throws {
        var blowing = integrator(matrix, limit: 0.5)
        try blowing.restart()
        let failure = try #require(throws: StepFailure.self) { while true { try blowing.step(limit: 20) } }
        #expect(failure.cause == .notFinite("the first reaction became infinite"))
        #expect(failure.description.contains("the first reaction became infinite after the step was cut"))
    }

    @Test("A linear system whose forcing is not a number is named in the first stage that meets it")
    func linear() throws {
        let system = Scalar(stageMatrix: .constant, f: { t, y in t > 0.5 ? .nan : -y }, slope: { _, _ in -1 })
        var integrator = ESDIRKIntegrator(
            system: system, state: [1], settings: IntegratorSettings(relativeTolerance: 1e-6))
        try integrator.restart()
        let failure = try #require(throws: StepFailure.self) { while true { try integrator.step(limit: 10) } }
        #expect(failure.cause == .notFinite("equation 0 became not a number"))
    }
}
