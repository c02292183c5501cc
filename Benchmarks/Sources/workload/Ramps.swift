import ArgumentParser
import Models
import Workloads

/// The map of the critical current density: CPU time, work, and how far the ramps are from the slow limit, in levels.
struct Ramps: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ccd", abstract: "The map of ramps to the critical current density.")

    @Argument(help: "Points along a side of the map.") var side: Int
    @Argument(help: "Relative tolerance of a time step.") var tolerance: Double
    @Argument(help: "How often.") var count: Int

    func run() throws {
        let map = CriticalCurrentMap(side: side, relativeTolerance: tolerance)
        let setup = ProcessUsage.processorTime
        var (solve, solution) = (Double.infinity, [CriticalCurrentMap.End]())
        for _ in 0..<count {
            let start = ProcessUsage.processorTime
            solution = try map.solve()
            solve = min(solve, ProcessUsage.processorTime - start)
        }
        // A ramp fails at the first level above the limit.
        let late = zip(solution, map.quasiSteady()).map { ($0.density - $1) / CriticalCurrentMap.increment }
        try report([
            ("setup", setup), ("solve", solve), ("memory", ProcessUsage.peakMemory ?? .nan),
            ("points", Double(map.cells.count)),
            ("steps", solution.reduce(0) { $0 + $1.steps } / Double(map.cells.count)),
            ("least_levels_late", late.min() ?? .nan), ("most_levels_late", late.max() ?? .nan),
        ])
    }
}
