import ArgumentParser
import Models
import Workloads

/// The coupled plate with error control.
struct Plate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The coupled plate with error control.")

    @Argument(help: "Cells along an edge.") var cells: Int
    @Argument(help: "Relative tolerance of a time step.") var tolerance: Double
    @Option(help: "Threads that share the assembly.") var threads = 1

    func run() throws {
        var plate = try CoupledPlate(cells: cells, threads: threads)
        let setup = ProcessUsage.processorTime
        let watch = Stopwatch()
        let integrator = try plate.run(relativeTolerance: tolerance)
        let (solve, wall) = (watch.processorTime, watch.wallTime)
        let memory = ProcessUsage.peakMemory
        let work = integrator.work
        try report(
            [
                ("setup", setup), ("solve", solve), ("wall", wall), ("memory", memory ?? .nan),
                ("steps", Double(work.steps)), ("rejected", Double(work.rejected)),
                ("iterations", Double(work.newtonIterations)),
                ("factorisations", Double(work.factorisations)),
                ("balance", plate.balanceError(of: integrator.state)),
            ], profile: plate.profile(of: integrator.state))
    }
}
