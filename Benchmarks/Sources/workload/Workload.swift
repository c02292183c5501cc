import ArgumentParser

/// Work for the tools around the benchmarks. What others compare is printed as one line of JSON: times are CPU times in s,
/// `setup` is what comes before the first step, `solve` the steps, `memory` the peak of the process in MB.
@main
struct Workload: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workload", abstract: "Work that is measured from outside.",
        subcommands: [
            Allocations.self, Single.self, Map.self, Ramps.self, Plate.self, PlateSteps.self, Square.self,
            SquareSteps.self, ListKernels.self, CallKernel.self, ProblemList.self, SolveProblem.self, Scaling.self,
        ])
}

/// A measurement that cannot be made, or a promise that is broken, in words.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
