import ArgumentParser
import Models
import Workloads

/// The coupled plate by equal steps of backward Euler, each solved to 1e-8 of the load.
struct PlateSteps: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The coupled plate by equal steps of backward Euler.")

    @Argument(help: "Cells along an edge.") var cells: Int
    @Argument(help: "How many steps.") var steps: Int
    @Option(help: "Threads that share the assembly.") var threads = 1

    func run() throws {
        var plate = try CoupledPlate(cells: cells, threads: threads)
        var euler = BackwardEuler(
            plate.system, state: plate.initialState, length: CoupledPlate.duration / Double(steps),
            method: .chords(tolerance: 1e-8))
        let setup = ProcessUsage.processorTime
        let watch = Stopwatch()
        for _ in 0..<steps { try euler.step() }
        let (solve, wall) = (watch.processorTime, watch.wallTime)
        let memory = ProcessUsage.peakMemory
        try report(
            [
                ("setup", setup), ("solve", solve), ("wall", wall), ("memory", memory ?? .nan),
                ("steps", Double(steps)),
                ("iterations", Double(euler.iterations)), ("balance", plate.balanceError(of: euler.state)),
            ], profile: plate.profile(of: euler.state))
    }
}
