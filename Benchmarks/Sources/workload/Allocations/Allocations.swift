import ArgumentParser
import CAllocationCount
import Models
import Quantities
import TimeIntegration
import Workloads

/// Fails when a time step after the first, an inner loop or a row of a run takes something from the heap for itself.
struct Allocations: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Count what time steps and inner loops take from the heap, and who takes it.")

    @Option(help: "The folder of the shipped cases.") var cases = "../cases"

    func run() throws {
        var check = AllocationCheck()
        try countRuns(&check)
        try countSteps(&check)
        try countBatches(&check)
        for threads in 1...2 { try countLoops(threads: threads, &check) }
        try countKernels(&check)
        try check.end()
    }

    /// What Dispatch takes at most to hand a loop over elements to two threads, twice: the even strips of cells, then the odd ones.
    private static let blocksOfLoop = 8
    /// The same for an iteration of a time step, with twelve such loops at most: those of the lithium and those of the equilibria.
    private static let blocksOfIteration = 12 * blocksOfLoop

    /// The time steps of whole runs: integration, events, checks, rows and progress.
    private func countRuns(_ check: inout AllocationCheck) throws {
        for model in ModelSteps.all {
            let counter = StepCounter()
            try model.run(casesIn: cases, observer: counter)
            allocation_watch(false)
            check.judge(
                model.title, counter.counts,
                AllocationCheck.Bounds(threads: model.threads == 1 ? 0 : Self.blocksOfIteration * counter.iterations),
                counter.culprits,
                details: "\(counter.steps) steps, \(counter.iterations) iterations")
            if counter.steps < 2 { check.refuse("\(model.title): too few steps to judge") }
        }
    }

    /// Time steps of the integrator alone, each made shorter, taken back and made again; half way the flux jumps, so that a try fails.
    private func countSteps(_ check: inout AllocationCheck) throws {
        for (title, parameters) in [
            ("steps made again, one diffusivity", TransportCases.constantDiffusivity()),
            ("steps made again, Li-Mg", TransportCases.lithiumMagnesium()),
            ("steps made again, Li-Mg, host frame", TransportCases.lithiumMagnesium(frame: .host)),
        ] {
            let layer = TransportCase(parameters)
            try countSteps(title, 20, layer.system, layer.initialState, tolerance: 1e-8, &check) { $0.flux *= 0.2 }
        }
        for (title, readsTable) in [("one matrix", false), ("table", true)] {
            let square = try SquareTransport(cells: 24, readsTable: readsTable)
            try countSteps(
                "steps made again, square, \(title)", 12, square.system, square.initialState, tolerance: 1e-4, &check
            ) { $0.flux *= 0.2 }
        }
        let plate = try CoupledPlate(cells: 16)
        try countSteps("steps made again, coupled plate", 8, plate.system, plate.initialState, tolerance: 1e-4, &check)
        {
            $0.flux *= 50
        }
    }

    private func countSteps<System: SemidiscreteSystem>(
        _ title: String, _ steps: Int, _ system: System, _ state: [Double], tolerance: Double,
        _ check: inout AllocationCheck, jump: (inout System) -> Void
    ) throws {
        var settings = IntegratorSettings(relativeTolerance: tolerance)
        settings.repeatsSteps = true
        var integrator = ESDIRKIntegrator(system: system, state: state, settings: settings)
        try integrator.restart()
        try integrator.step(limit: .infinity)
        let before = integrator.work
        try check.count(title) {
            for step in 0..<steps {
                if step == steps / 2 { jump(&integrator.system) }
                try integrator.step(limit: .infinity)
            }
        } details: {
            let work = integrator.work
            return "\(steps) steps, \(work.newtonIterations - before.newtonIterations) iterations, "
                + "\(work.factorisations - before.factorisations) factorisations, \(work.rejected - before.rejected) tries failed"
        }
        if integrator.work.rejected == before.rejected { check.refuse("\(title): no try failed") }
    }

    /// The batched engine, which takes as much for many steps as for few.
    private func countBatches(_ check: inout AllocationCheck) throws {
        for law in UtilisationMap.Law.allCases {
            let few = UtilisationMap(law, side: 6, cells: 32, relativeTolerance: 1e-5).layers
            // Shorter steps with the tolerance of the longer ones, which decides the tables of the diffusivity.
            let many = few.map { layer in
                var layer = layer
                layer.integrator.maximumStep = 1e-3 * layer.timeToFill
                return layer
            }
            // The first run fills what the runtime keeps.
            for layers in [few, many] { _ = TransportBatch.run(layers) }
            var (fewSteps, manySteps) = (0, 0)
            let bound = AllocationCheck.counts { fewSteps = Self.steps(of: TransportBatch.run(few)) }.program
            check.count("batch, \(law.rawValue), \(few.count) layers", AllocationCheck.Bounds(program: bound)) {
                manySteps = Self.steps(of: TransportBatch.run(many))
            } details: {
                "\(manySteps) steps; \(bound) with \(fewSteps) steps"
            }
            if manySteps < 2 * fewSteps { check.refuse("batch, \(law.rawValue): too few more steps to judge") }
        }
    }

    /// The kernels that are timed, in calls after the first; those on large meshes run the code of the small ones, and those that
    /// make time steps begin with a copy of their integrator: ``countSteps(_:)`` judges its steps.
    private func countKernels(_ check: inout AllocationCheck) throws {
        for kernel in Kernels.all where kernel.countedCalls > 0 && kernel.unit != "steps" {
            let call = try kernel.prepare()
            try call()
            try check.count("kernel \(kernel.id)") {
                for _ in 0..<5 { try call() }
            } details: {
                "5 calls"
            }
        }
    }

    private static func steps(of ends: [Result<TransportEnd, RunFailure>]?) -> Int {
        (ends ?? []).reduce(0) { $0 + ((try? $1.get())?.work.steps ?? 0) }
    }

    private func countLoops(threads: Int, _ check: inout AllocationCheck) throws {
        let loops = try InnerLoops(threads: threads)
        let times = 10
        for (title, pass) in loops.all {
            try pass()
            let bounds = AllocationCheck.Bounds(threads: threads == 1 ? 0 : times * Self.blocksOfLoop)
            try check.count(title + (threads > 1 ? ", \(threads) threads" : ""), bounds) {
                for _ in 0..<times { try pass() }
            } details: {
                "\(times) passes"
            }
        }
    }
}

extension TransportParameters {
    /// How long the first step of the protocol would take to fill an empty layer, s.
    fileprivate var timeToFill: Double { thickness * saturation * Constants.faraday / protocolSteps[0].currentDensity }
}
