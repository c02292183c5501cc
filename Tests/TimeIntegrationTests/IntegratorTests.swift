import Foundation
import TestSupport
import Testing
import TimeIntegration

/// Scalar equation y' = f(t, y) with its slope, for testing.
struct Scalar: SemidiscreteSystem {
    var stageMatrix = StageMatrix.exact
    var scale = 1.0
    var f: @Sendable (Double, Double) -> Double
    var slope: @Sendable (Double, Double) -> Double
    var pivot = 0.0
    var count: Int { 1 }

    func residual(time: Double, state: [Double], into result: inout [Double]) { result[0] = f(time, state[0]) }
    func subtractMass(times rate: [Double], from result: inout [Double]) { result[0] -= rate[0] }
    mutating func factor(time: Double, state: [Double], shift: Double) -> Bool {
        pivot = 1 - shift * slope(time, state[0])
        return pivot != 0 && pivot.isFinite
    }
    func solve(_ vector: inout [Double]) { vector[0] /= pivot }
}

@Suite struct IntegratorTests {
    /// y' = -y² has y = 1 / (1 + t).
    private let reciprocal = Scalar(f: { -$1 * $1 }, slope: { -2 * $1 })

    private func fixedStepError(steps: Int) throws -> (end: Double, dense: Double) {
        let step = 2.0 / Double(steps)
        var integrator = ESDIRKIntegrator(
            system: reciprocal, state: [1],
            settings: IntegratorSettings(relativeTolerance: 1e-13, maximumStep: step, hasFixedSteps: true))
        try integrator.restart()
        var dense = 0.0
        var value = [0.0]
        for index in 1...steps {
            try integrator.step(limit: index == steps ? 2 : Double.infinity)
            let middle = 0.5 * (integrator.previousTime + integrator.time)
            integrator.interpolate(at: middle, into: &value)
            dense = max(dense, abs(value[0] - 1 / (1 + middle)))
        }
        return (abs(integrator.state[0] - 1.0 / 3), dense)
    }

    @Test("Order 4 at the steps and between them, on a nonlinear equation")
    func order() throws {
        let counts = [10, 20, 40, 80]
        let errors = try counts.map { try fixedStepError(steps: $0) }
        let sizes = counts.map { 1 / Double($0) }
        let atSteps = observedOrder(errors: errors.map(\.end), sizes: sizes)
        let between = observedOrder(errors: errors.map(\.dense), sizes: sizes)
        #expect(abs(atSteps - 4) < 0.1)
        #expect(abs(between - 4) < 0.1)
        Verification.record(
            .time, "y' = -y², fixed steps, at the steps", expected: "4", found: String(format: "%.3f", atSteps),
            deviation: abs(atSteps - 4), bound: 0.1)
        Verification.record(
            .time, "y' = -y², fixed steps, dense output at mid-step", expected: "4",
            found: String(format: "%.3f", between),
            deviation: abs(between - 4), bound: 0.1)
    }

    @Test("The error follows the tolerance", arguments: [1e-4, 1e-6, 1e-8, 1e-10])
    func tolerance(tolerance: Double) throws {
        var integrator = ESDIRKIntegrator(
            system: reciprocal, state: [1], settings: IntegratorSettings(relativeTolerance: tolerance))
        try integrator.restart()
        while integrator.time < 5 { try integrator.step(limit: 5) }
        #expect(integrator.time == 5)
        #expect(abs(integrator.state[0] - 1.0 / 6) < 5 * tolerance)
    }

    @Test("A stiff equation is followed with steps far above its time constant")
    func stiff() throws {
        // Prothero and Robinson: y' = -1e6 (y - cos t) - sin t
        let system = Scalar(stageMatrix: .constant, f: { -1e6 * ($1 - cos($0)) - sin($0) }, slope: { _, _ in -1e6 })
        var integrator = ESDIRKIntegrator(
            system: system, state: [1], settings: IntegratorSettings(relativeTolerance: 1e-7))
        try integrator.restart()
        while integrator.time < 10 { try integrator.step(limit: 10) }
        #expect(abs(integrator.state[0] - cos(10)) < 1e-6)
        #expect(integrator.work.steps < 400)
    }

    @Test("A step ends on the event, and the state there solves the equation")
    func event() throws {
        var integrator = ESDIRKIntegrator(
            system: reciprocal, state: [1], settings: IntegratorSettings(relativeTolerance: 1e-10))
        try integrator.restart()
        var landed = false
        while !landed {
            try integrator.step(limit: 100)
            landed = try integrator.landOnEvent(tolerance: 1e-14) { 0.25 - $1[0] }
        }
        #expect(abs(integrator.state[0] - 0.25) <= 1e-14)
        #expect(abs(integrator.time - 3) < 1e-8)
    }

    @Test("An event that comes and goes within one step is not missed")
    func shortEvent() throws {
        // y = sin t in one step from 0 to 3: above 0.75 only between 0.85 and 2.29
        let system = Scalar(stageMatrix: .constant, f: { t, _ in cos(t) }, slope: { _, _ in 0 })
        var integrator = ESDIRKIntegrator(
            system: system, state: [0],
            settings: IntegratorSettings(relativeTolerance: 1e-9, maximumStep: 3, hasFixedSteps: true))
        try integrator.restart()
        try integrator.step(limit: 3)
        let landed = try integrator.landOnEvent(tolerance: 1e-12) { $1[0] - 0.75 }
        #expect(landed && abs(integrator.time - asin(0.75)) < 1e-3)
    }

    @Test("A rejected step leaves no trace: the next try equals a first try of that length")
    func rejection() throws {
        // A first step of 1e3 is far too long and is cut; the accepted one is then taken afresh with its own length.
        func integrator(initialStep: Double) throws -> ESDIRKIntegrator<Scalar> {
            var integrator = ESDIRKIntegrator(
                system: reciprocal, state: [1],
                settings: IntegratorSettings(relativeTolerance: 1e-8, initialStep: initialStep))
            try integrator.restart()
            try integrator.step(limit: 1e6)
            return integrator
        }
        let cut = try integrator(initialStep: 1e3)
        #expect(cut.work.rejected > 0)
        let direct = try integrator(initialStep: cut.time)
        #expect(direct.work.rejected == 0)
        #expect(direct.time == cut.time && direct.state == cut.state && direct.proposedStep == cut.proposedStep)
    }

    @Test("A right-hand side that blows up is reported with the time and the cuts")
    func blowUp() throws {
        let system = Scalar(f: { t, y in t > 0.5 ? .nan : -y }, slope: { _, _ in -1 })
        var integrator = ESDIRKIntegrator(
            system: system, state: [1], settings: IntegratorSettings(relativeTolerance: 1e-6))
        try integrator.restart()
        let failure = #expect(throws: StepFailure.self) {
            while true { try integrator.step(limit: 10) }
        }
        #expect(failure?.cause == .notFinite("equation 0 became not a number"))
        #expect(abs((failure?.time ?? 0) - 0.5) < 1e-6)
        #expect((failure?.cuts ?? 0) >= 1)
    }

    @Test("The number of steps is limited")
    func stepLimit() throws {
        var integrator = ESDIRKIntegrator(
            system: reciprocal, state: [1],
            settings: IntegratorSettings(relativeTolerance: 1e-10, maximumSteps: 7))
        try integrator.restart()
        let failure = #expect(throws: StepFailure.self) {
            while integrator.time < 100 { try integrator.step(limit: 100) }
        }
        #expect(failure?.cause == .tooManySteps(7))
    }
}
