import ArgumentParser
import Models
import Workloads

/// Fig. 4a: the least CPU time of `count` solutions, and the error of the time to saturation.
struct Single: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The single run of Fig. 4a.")

    @Argument(help: "Relative tolerance of a time step.") var tolerance: Double
    @Argument(help: "How often.") var count: Int
    @Option(help: "Cells of the layer.") var cells = 64

    func run() throws {
        var parameters = TransportCases.constantDiffusivity(relativeTolerance: tolerance)
        parameters.cells = cells
        let setup = ProcessUsage.processorTime
        var (solve, wall, time, steps) = (Double.infinity, Double.infinity, Double.nan, 0.0)
        for _ in 0..<count {
            let watch = Stopwatch()
            let answer = try TransportCases.solve(parameters)
            solve = min(solve, watch.processorTime)
            wall = min(wall, watch.wallTime)
            time = answer.value(of: TransportQuantities.timeToSaturation.name) ?? .nan
            steps = answer.value(of: TransportQuantities.steps.name) ?? .nan
        }
        try report([
            ("setup", setup), ("solve", solve), ("wall", wall), ("memory", ProcessUsage.peakMemory ?? .nan),
            ("steps", steps), ("error", abs(time / TransportCases.exactTimeToSaturation - 1)),
        ])
    }
}
