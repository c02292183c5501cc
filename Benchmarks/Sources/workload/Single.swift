import ArgumentParser
import Models
import Workloads

/// Fig. 4a: the least CPU time of `count` solutions, and the error of the time to saturation.
struct Single: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The single run of Fig. 4a.")

    @Argument(help: "Relative tolerance of a time step.") var tolerance: Double
    @Argument(help: "How often.") var count: Int

    func run() throws {
        let setup = ProcessUsage.processorTime
        var (solve, time, steps) = (Double.infinity, Double.nan, 0.0)
        for _ in 0..<count {
            let start = ProcessUsage.processorTime
            let answer = try TransportCases.solve(TransportCases.constantDiffusivity(relativeTolerance: tolerance))
            solve = min(solve, ProcessUsage.processorTime - start)
            time = answer.value(of: TransportQuantities.timeToSaturation.name) ?? .nan
            steps = answer.value(of: TransportQuantities.steps.name) ?? .nan
        }
        try report([
            ("setup", setup), ("solve", solve), ("memory", ProcessUsage.peakMemory ?? .nan), ("steps", steps),
            ("error", abs(time / TransportCases.exactTimeToSaturation - 1)),
        ])
    }
}
