import ArgumentParser
import Foundation
import Models
import Workloads

/// The map of utilisation: the least CPU time of `count` solutions, and the errors of the last.
struct Map: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The 64 x 64 map of utilisation.")

    @Argument(help: "The diffusivity: constant or li-mg.") var law: UtilisationMap.Law
    @Argument(help: "Cells of a layer.") var cells: Int
    @Argument(help: "Relative tolerance of a time step.") var tolerance: Double
    @Argument(help: "How often.") var count: Int
    @Flag(help: "Leave out the comparison with the truth, for a profiler.") var unchecked = false
    @Option(help: "Threads, each with points of its own.") var threads = 1

    func run() throws {
        let map = UtilisationMap(law, side: 64, cells: cells, relativeTolerance: tolerance)
        let setup = ProcessUsage.processorTime
        var (solve, wall, solution) = (Double.infinity, Double.infinity, map.solve(threads: threads))
        let all = Stopwatch()
        for _ in 0..<count {
            let watch = Stopwatch()
            solution = map.solve(threads: threads)
            solve = min(solve, watch.processorTime)
            wall = min(wall, watch.wallTime)
        }
        // What a thread on another processor has used is told late, by milliseconds: of several threads the mean counts.
        if threads > 1, count > 0 { solve = all.processorTime / Double(count) }
        let memory = ProcessUsage.peakMemory
        for case .failure(let failure) in solution {
            FileHandle.standardError.write(Data("a point failed: \(failure)\n".utf8))
            break
        }
        let reference = unchecked ? [] : map.reference()
        let errors = zip(UtilisationMap.utilisations(solution), reference).map { abs($0 / $1 - 1) }
        let work = solution.compactMap { try? $0.get().work }
        let steps = work.reduce(0.0) { $0 + Double($1.steps) }
        let iterations = work.reduce(0.0) { $0 + Double($1.newtonIterations) }
        try report([
            ("setup", setup), ("solve", solve), ("wall", wall), ("memory", memory ?? .nan),
            ("points", Double(map.layers.count)),
            ("steps", steps / Double(map.layers.count)), ("iterations", iterations / Double(map.layers.count)),
            ("error", errors.isEmpty ? .nan : largestMagnitude(errors)),
            ("median_error", errors.isEmpty ? .nan : errors.sorted()[errors.count / 2]),
        ])
    }
}

extension UtilisationMap.Law: ExpressibleByArgument {}
