import Foundation
import Materials
import Models
import Testing
import TimeIntegration

final class Silent: RunObserver {
    func begin(_ outline: RunOutline) {}
    func record(time: Double, row: [Double]) {}
    func record(time: Double, positions: [Double], fields: [Double]) {}
    func progress(_ progress: RunProgress) -> Bool { true }
}

@Test func scan() throws {
    let cases: [(Double, Double, Double, Double)] = [
        (1e-11, 0.1, 25243.800233, 0.7518205539), (1e-11, 1, 354.185643, 0.1054849285),
        (6e-11, 0.1, 32188.006689, 0.9586355777), (6e-11, 0.5, 5326.493026, 0.7931783053),
        (6e-11, 1, 1976.619466, 0.588684401), (6e-11, 2, 531.233185, 0.3164278151),
        (6e-11, 5, 85.004554, 0.1265819142), (1e-10, 1, 2524.380023, 0.7518205539),
        (5e-10, 1, 3191.022891, 0.9503626932),
    ]
    for (cells, grading) in [(64, 10.0), (128, 5.0)] {
        for tol in [1e-5, 1e-6, 1e-7, 1e-8, 1e-9] {
            var line = "\(cells) \(grading) \(tol): "
            var steps = 0.0
            for (d, j, t, _) in cases {
                let p = TransportParameters(
                    thickness: 5e-6, frame: .slab,
                    composition: AlloyComposition(relation: .sharedVolume, lithiumVolume: 13e-6, hostVolume: 14e-6),
                    diffusivity: .constant(d * 1e-4), initial: .uniform(0), saturation: 69600, depletion: 0,
                    protocolSteps: [ProtocolStep(.plate, currentDensity: j * 10, ends: [.surfaceSaturates])], cells: cells,
                    grading: grading, integrator: IntegratorSettings(relativeTolerance: tol), frames: .finalOnly)
                var run = TransportRun(p, observer: Silent())
                let clock = ContinuousClock.now
                let report = try run.run()
                let dt = ContinuousClock.now - clock
                let e = report.value(of: "time_to_saturation")! / t - 1
                steps = report.value(of: "time_steps")!
                if j == 1 && d == 6e-11 { print(dt, report.results.map { ($0.quantity.name, $0.value) }) }
                line += String(format: "%.1e(%d,%d) ", e, Int(steps), Int(report.value(of: "rejected_steps")!))
            }
            print(line)
        }
    }
}
