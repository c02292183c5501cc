import ArgumentParser
import CAllocationCount
import Models
import Workloads

/// Fails when a time step, or a row of a run, of transport allocates.
struct Allocations: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Count what time steps take from the heap.")

    /// Counts the blocks taken from the heap.
    func run() throws {
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
    private func countCoupledStep() throws {
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

    private func countedRun(_ parameters: TransportParameters) throws -> (steps: Int, allocations: Int) {
        // The first run fills what the runtime keeps.
        _ = try TransportCases.solve(parameters)
        let before = allocation_count()
        let report = try TransportCases.solve(parameters)
        let allocations = allocation_count() - before
        return (Int(report.value(of: TransportQuantities.steps.name) ?? 0), allocations)
    }
}
