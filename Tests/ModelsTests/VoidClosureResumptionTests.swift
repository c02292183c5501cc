import Checkpoints
import Foundation
import Materials
import Models
import TestSupport
import Testing
import TimeIntegration

@Suite("Closing voids that are stopped and go on")
struct VoidClosureResumptionTests {
    private static func run(_ void: VoidClosureParameters) -> ResumedRuns.Run {
        { observer, state, repeatsSteps in
            var void = void
            void.integrator.repeatsSteps = repeatsSteps
            var run = VoidClosureRun(void, observer: observer)
            return try run.run(resuming: state)
        }
    }

    private struct Half: Decodable {
        var timeToHalf: Double?
    }

    @Test(
        "With and without surface tension, alone and in a shell", arguments: [0, 0.5],
        [Double.infinity, 3e-6])
    func closing(surfaceEnergy: Double, outerRadius: Double) throws {
        for (index, flow) in VoidClosureRunTests.laws.enumerated() {
            for shape in VoidShape.allCases {
                var void = VoidClosureParameters.sample(flow, shape, outerRadius: outerRadius)
                void.surfaceEnergy = surfaceEnergy
                void.integrator = IntegratorSettings(relativeTolerance: 1e-9)
                void.frames = index == 0 ? .everySteps(4) : .interval(100)
                let kept = try ResumedRuns.check(seed: UInt64(index), spacing: 3, most: 6, Self.run(void))
                // States from before and after the radius is halved.
                let halves: [Half] = try kept.map { try $0.state.record("void") }
                #expect(halves.contains { $0.timeToHalf == nil } && halves.contains { $0.timeToHalf != nil })
            }
        }
    }

    @Test("Under a current, to the end of a time")
    func current() throws {
        var void = VoidClosureParameters.sample()
        (void.currentDensity, void.molarVolume, void.time) = (10, 13.0e-6, 2000)
        void.frames = .times([10, 500, 1500])
        try ResumedRuns.check(seed: 4, spacing: 3, Self.run(void))
    }

    @Test("A state that lacks something is refused")
    func gaps() throws {
        let void = VoidClosureParameters.sample(outerRadius: 3e-6)
        let kept = try ResumedRuns.check(seed: 2, spacing: 5, most: 1, Self.run(void))
        ResumedRuns.checkGaps(of: try #require(kept.first).state, Self.run(void))
    }

    @Test("The unknowns of a void have names")
    func places() {
        let system = VoidSystem(.sample())
        #expect((0..<system.count).map(system.place) == ["the radius of the void", "the time of the void"])
    }
}
