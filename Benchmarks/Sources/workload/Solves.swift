import ArgumentParser
import Models
import Workloads

/// Solves Fig. 4a again and again, for a profiler.
struct Solves: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Solve Fig. 4a COUNT times.")

    @Argument(help: "How often.") var count: Int

    func run() throws {
        for _ in 0..<count { _ = try TransportCases.solve(TransportCases.constantDiffusivity()) }
    }
}
