import ArgumentParser
import Models
import Workloads

/// Lithium alone by equal steps of backward Euler, with the matrix kept, or formed from the elements and factored in
/// every step.
struct SquareSteps: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lithium alone in a square by equal steps.")

    @Argument(help: "Cells along an edge.") var cells: Int
    @Argument(help: "How many steps.") var steps: Int
    @Argument(help: "The matrix: kept or rebuilt.") var matrix: Matrix
    @Option(help: "Threads that share the assembly.") var threads = 1

    enum Matrix: String, ExpressibleByArgument, CaseIterable {
        case kept, rebuilt
    }

    func run() throws {
        let isKept = matrix == .kept
        let square = try SquareTransport(cells: cells, readsTable: !isKept, threads: threads)
        var euler = BackwardEuler(
            square.system, state: square.initialState, length: SquareTransport.duration / Double(steps),
            method: isKept ? .linear : .linearRebuilt)
        let setup = ProcessUsage.processorTime
        let start = Stopwatch()
        try euler.step()
        let (first, firstWall) = (start.processorTime, start.wallTime)
        let watch = Stopwatch()
        for _ in 1..<steps { try euler.step() }
        let (solve, wall) = (watch.processorTime, watch.wallTime)
        try report([
            ("setup", setup), ("first", first), ("first_wall", firstWall), ("solve", solve), ("wall", wall),
            ("memory", ProcessUsage.peakMemory ?? .nan),
            ("steps", Double(steps)), ("error", square.error(of: euler.state)),
        ])
    }
}
