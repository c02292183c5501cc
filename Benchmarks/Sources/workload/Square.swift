import ArgumentParser
import Models
import Workloads

/// Lithium alone in a square with error control.
struct Square: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lithium alone in a square with error control.")

    @Argument(help: "Cells along an edge.") var cells: Int
    @Argument(help: "Relative tolerance of a time step.") var tolerance: Double
    @Flag(help: "Leave out the comparison with the truth, for a profiler.") var unchecked = false
    @Option(help: "Threads that share the assembly.") var threads = 1

    func run() throws {
        let square = try SquareTransport(cells: cells, threads: threads)
        let setup = ProcessUsage.processorTime
        let watch = Stopwatch()
        let integrator = try square.run(relativeTolerance: tolerance)
        let (solve, wall) = (watch.processorTime, watch.wallTime)
        try report([
            ("setup", setup), ("solve", solve), ("wall", wall), ("memory", ProcessUsage.peakMemory ?? .nan),
            ("steps", Double(integrator.work.steps)), ("rejected", Double(integrator.work.rejected)),
            ("iterations", Double(integrator.work.newtonIterations)),
            ("factorisations", Double(integrator.work.factorisations)),
            ("error", unchecked ? .nan : square.error(of: integrator.state)),
        ])
    }
}
