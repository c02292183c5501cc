import CAllocationCount
import Foundation
import Models
import Workloads

/// Work for the tools around the benchmarks:
///
///     workload allocations     fails when a time step or a row of a run allocates
///     workload solves COUNT    solves Fig. 4a COUNT times, for a profiler
@main
enum Workload {
    static func main() {
        do {
            try work(Array(CommandLine.arguments.dropFirst()))
        } catch {
            print("workload: \(error)")
            exit(1)
        }
    }

    private static func work(_ arguments: [String]) throws {
        switch (arguments.first, arguments.last.flatMap(Int.init)) {
        case ("allocations", nil) where arguments.count == 1: try checkAllocations()
        case ("solves", let count?) where arguments.count == 2 && count > 0:
            for _ in 0..<count { _ = try TransportCases.solve(TransportCases.constantDiffusivity()) }
        default: throw Failure("use: workload allocations | workload solves COUNT")
        }
    }

    /// Counts the blocks taken from the heap.
    private static func checkAllocations() throws {
        let cases: [(name: String, parameters: @Sendable (Double) -> TransportParameters)] = [
            ("constant diffusivity", { TransportCases.constantDiffusivity(relativeTolerance: $0) }),
            ("Li-Mg, slab", { TransportCases.lithiumMagnesium(relativeTolerance: $0) }),
            ("Li-Mg, host frame", { TransportCases.lithiumMagnesium(frame: .host, relativeTolerance: $0) }),
        ]
        var failures: [String] = []
        for (name, parameters) in cases {
            // Fifty steps after the first: none.
            var integrator = try TransportCase(parameters(1e-8)).integratorAfterFirstStep()
            let before = allocation_count()
            for _ in 0..<50 { try integrator.step(limit: .infinity) }
            let inSteps = allocation_count() - before

            // A whole run: no more with more steps than with fewer. The first run may take a few more, once and for all.
            let loose = try countedRun(parameters(1e-6))
            let tight = try countedRun(parameters(1e-8))
            print(
                "\(name): \(inSteps) allocations in 50 steps; a run of \(loose.steps) steps takes \(loose.allocations),",
                "one of \(tight.steps) steps \(tight.allocations)")
            if inSteps != 0 { failures.append("\(name): the time steps allocate") }
            if tight.allocations > loose.allocations { failures.append("\(name): a run allocates in every step") }
            if loose.steps == tight.steps { failures.append("\(name): both tolerances take the same steps") }
        }
        if !failures.isEmpty { throw Failure(failures.joined(separator: "; ")) }
    }

    private static func countedRun(_ parameters: TransportParameters) throws -> (steps: Int, allocations: Int) {
        // The first run fills what the runtime keeps.
        _ = try TransportCases.solve(parameters)
        let before = allocation_count()
        let report = try TransportCases.solve(parameters)
        let allocations = allocation_count() - before
        return (Int(report.value(of: TransportQuantities.steps.name) ?? 0), allocations)
    }
}

struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
