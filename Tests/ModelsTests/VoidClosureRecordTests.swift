import Foundation
import Materials
import Models
import Testing
import TimeIntegration

extension VoidClosureParameters {
    /// A void of 1 um under 3 MPa.
    static func sample(
        _ flow: SteadyFlow = .power(VoidClosureRunTests.power), _ shape: VoidShape = .sphere,
        outerRadius: Double = .infinity
    ) -> VoidClosureParameters {
        VoidClosureParameters(
            shape: shape, radius: 1e-6, outerRadius: outerRadius, pressure: 3e6, flow: flow,
            integrator: IntegratorSettings(relativeTolerance: 1e-11, maximumStep: 0.1), frames: .finalOnly)
    }

    /// Runs the case.
    func run(_ recorder: Recorder = Recorder()) throws -> RunReport {
        var run = VoidClosureRun(self, observer: recorder)
        return try run.run()
    }
}

/// What a run of a closing void records, and how it can end.
@Suite struct VoidClosureRecordTests {
    private func relative(_ found: Double, _ expected: Double) -> Double { abs(found / expected - 1) }

    @Test(
        "Stresses in the shell: power law, -p at the outer radius and 2γ/a at the void", arguments: VoidShape.allCases)
    func fields(shape: VoidShape) throws {
        var void = VoidClosureParameters.sample(.power(VoidClosureRunTests.power), shape, outerRadius: 8e-6)
        void.surfaceEnergy = 0.2
        if shape == .cylinder { void.pressure = 1e6 }
        void.frames = .times([10])
        void.time = 20
        let recorder = Recorder()
        _ = try void.run(recorder)
        #expect(recorder.frames.map(\.time).count == 3)
        #expect(relative(recorder.frames[1].time, 10) < 1e-12)
        let (d, g) = shape == .sphere ? (3.0, 2.0) : (2.0, 2 / 3.0.squareRoot())
        for frame in recorder.frames {
            let count = frame.points.count
            let radii = frame.points.map(\.x)
            let tension: Double = (d - 1) * 0.2 / radii[0]
            let share: Double = 1 - pow(radii[0] / radii[count - 1], d / 6.56)
            let stress: Double = d / g * (void.pressure + tension) / (6.56 * share)
            #expect(relative(frame.fields[count - 1], -void.pressure) < 1e-10)
            #expect(relative(frame.fields[0], tension) < 1e-12)
            for index in 0..<count {
                let equivalent: Double = stress * pow(radii[0] / radii[index], d / 6.56)
                let fallen: Double = g / d * 6.56 * (stress - equivalent)
                let difference: Double = shape == .sphere ? equivalent : g * equivalent
                #expect(abs(frame.fields[index] - (tension - fallen)) < 1e-3)
                #expect(abs(frame.fields[index] - frame.fields[count + index] - difference) < 1e-3)
                #expect(relative(frame.fields[2 * count + index], equivalent) < 1e-10)
                let rate = VoidClosureRunTests.power.rate(stress: equivalent, resistance: 1e6)
                #expect(relative(frame.fields[3 * count + index], rate) < 1e-9)
            }
        }
    }

    @Test("Halfway frames hold the radius of their time")
    func frames() throws {
        var void = VoidClosureParameters.sample()
        void.frames = .interval(500)
        let recorder = Recorder()
        _ = try void.run(recorder)
        let rate = VoidClosureRunTests.power.closureRate(of: .sphere, pressure: 3e6)
        #expect(recorder.frames.count == 2 + Int(log(100) / rate / 500))
        for (index, frame) in recorder.frames.dropLast().enumerated() {
            #expect(abs(frame.time - 500 * Double(index)) < 1e-9)
            // The dense output is a cubic.
            #expect(relative(frame.points[0].x, 1e-6 * exp(-rate * frame.time)) < 1e-6)
            #expect(relative(frame.points[100].x, 20 * frame.points[0].x) < 1e-12)
        }
    }

    @Test("A stress that leaves the range of the law ends the run, and an observer can")
    func ends() throws {
        var void = VoidClosureParameters.sample()
        void.surfaceEnergy = 0.5
        void.stressRange = 0.28e6...2.8e6
        let failure = #expect(throws: RunFailure.self) { try void.run() }
        let text = try #require(failure).description
        #expect(text.hasPrefix("void-closure: the largest equivalent stress became 2."), "\(text)")
        #expect(text.contains("material.allow_extrapolation: [flow.stress]"))
        let recorder = Recorder()
        recorder.stopAfter = 5
        let report = try VoidClosureParameters.sample().run(recorder)
        #expect(!report.finished && report.steps.map(\.end) == ["interrupted"])
        #expect(report.value(of: "time_to_close") == nil)
        var short = VoidClosureParameters.sample()
        short.integrator.maximumSteps = 3
        #expect(throws: RunFailure.self) { try short.run() }
    }

    @Test("A rate beyond all numbers is an error that says so")
    func overflow() throws {
        var void = VoidClosureParameters.sample(.garofalo(VoidClosureRunTests.garofalo), outerRadius: 1.02e-6)
        void.pressure = 1e9
        let failure = #expect(throws: RunFailure.self) { try void.run() }
        let text = try #require(failure).description
        #expect(
            text.hasPrefix(
                "void-closure: the radius could not be advanced beyond 0 s: the rate is not finite at the radius 1e-06 m"
            ),
            "\(text)")
    }
}
