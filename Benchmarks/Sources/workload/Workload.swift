import CAllocationCount
import Foundation
import Models
import Workloads

/// Work for the tools around the benchmarks:
///
///     workload allocations                       fails when a time step or a row of a run of transport allocates
///     workload solves COUNT                      solves Fig. 4a COUNT times, for a profiler
///     workload plate CELLS TOLERANCE             the coupled plate with error control
///     workload plate-steps CELLS STEPS           the coupled plate by equal steps of backward Euler
///     workload map LAW CELLS TOLERANCE COUNT     the 64 x 64 map of utilisation, constant or li-mg, COUNT times
///     workload ccd SIDE TOLERANCE COUNT          the map of SIDE x SIDE ramps to the critical current density, COUNT times
///     workload square CELLS STEPS kept|rebuilt   lithium alone in a square by equal steps of backward Euler
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
        let numbers = arguments.map { Double($0) ?? 0 }
        switch (arguments.first, arguments.count) {
        case ("allocations", 1): try checkAllocations()
        case ("solves", 2) where numbers[1] >= 1:
            for _ in 0..<Int(numbers[1]) { _ = try TransportCases.solve(TransportCases.constantDiffusivity()) }
        case ("plate", 3) where numbers[1] >= 8 && numbers[2] > 0:
            try Measurements.plate(cells: Int(numbers[1]), tolerance: numbers[2])
        case ("plate-steps", 3) where numbers[1] >= 8 && numbers[2] >= 1:
            try Measurements.plateSteps(cells: Int(numbers[1]), steps: Int(numbers[2]))
        case ("ccd", 4) where numbers[1] >= 2 && numbers[2] > 0 && numbers[3] >= 1:
            try Measurements.criticalCurrents(side: Int(numbers[1]), tolerance: numbers[2], count: Int(numbers[3]))
        case ("square", 4) where numbers[1] >= 1 && numbers[2] >= 2 && ["kept", "rebuilt"].contains(arguments[3]):
            try Measurements.square(cells: Int(numbers[1]), steps: Int(numbers[2]), isKept: arguments[3] == "kept")
        case ("map", 5) where numbers[2] >= 4 && numbers[3] > 0 && numbers[4] >= 1:
            guard let law = UtilisationMap.Law(rawValue: arguments[1]) else {
                throw Failure("the law of a map is constant or li-mg, found \(arguments[1])")
            }
            try Measurements.map(law, cells: Int(numbers[2]), tolerance: numbers[3], count: Int(numbers[4]))
        default:
            throw Failure(
                "use: workload allocations | solves COUNT | map constant|li-mg CELLS TOLERANCE COUNT | "
                    + "ccd SIDE TOLERANCE COUNT | "
                    + "plate CELLS TOLERANCE | plate-steps CELLS STEPS | square CELLS STEPS kept|rebuilt")
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

            // A whole run: more steps take no more, but for the few halvings of Kirchhoff's transform that a tighter tolerance
            // asks for at the start. The first run may take a few more, once and for all.
            let loose = try countedRun(parameters(1e-6))
            let tight = try countedRun(parameters(1e-8))
            print(
                "\(name): \(inSteps) allocations in 50 steps; a run of \(loose.steps) steps takes \(loose.allocations),",
                "one of \(tight.steps) steps \(tight.allocations)")
            if inSteps != 0 { failures.append("\(name): the time steps allocate") }
            let more = tight.allocations - loose.allocations
            if 10 * more > tight.steps - loose.steps { failures.append("\(name): a run allocates in its steps") }
            if loose.steps == tight.steps { failures.append("\(name): both tolerances take the same steps") }
        }
        try countCoupledStep()
        if !failures.isEmpty { throw Failure(failures.joined(separator: "; ")) }
    }

    /// Says what a step of the coupled plate takes; MUMPS allocates in every solution and in every factorisation.
    private static func countCoupledStep() throws {
        var integrator = try CoupledPlate(cells: 32).integrator(relativeTolerance: 1e-3)
        try integrator.step(limit: CoupledPlate.duration)
        let (before, work) = (allocation_count(), integrator.work)
        for _ in 0..<5 { try integrator.step(limit: CoupledPlate.duration) }
        let count = allocation_count() - before
        let iterations = integrator.work.newtonIterations - work.newtonIterations
        let factors = integrator.work.factorisations - work.factorisations
        print(
            "coupled plate: \(count) allocations in 5 steps with \(iterations) iterations and \(factors) factorisations,",
            "\(count / iterations) an iteration")
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
