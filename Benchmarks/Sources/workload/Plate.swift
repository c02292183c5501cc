import ArgumentParser
import Models
import Workloads

/// The coupled plate with error control.
struct Plate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The coupled plate with error control.")

    @Argument(help: "Cells along an edge.") var cells: Int
    @Argument(help: "Relative tolerance of a time step.") var tolerance: Double

    func run() throws {
        var plate = try CoupledPlate(cells: cells)
        let setup = ProcessUsage.processorTime
        let integrator = try plate.run(relativeTolerance: tolerance)
        let solve = ProcessUsage.processorTime - setup
        let memory = ProcessUsage.peakMemory
        let work = integrator.work
        try report(
            [
                ("setup", setup), ("solve", solve), ("memory", memory ?? .nan), ("steps", Double(work.steps)),
                ("rejected", Double(work.rejected)), ("iterations", Double(work.newtonIterations)),
                ("factorisations", Double(work.factorisations)),
                ("balance", plate.balanceError(of: integrator.state)),
            ], profile: plate.profile(of: integrator.state))
    }
}
