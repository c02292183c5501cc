import Models
import TimeIntegration
import Workloads

extension Scaling {
    /// Meshes from a thousand unknowns on.
    func overUnknowns() throws {
        try growLine()
        try growSquare()
        try growPlate()
    }

    /// Newton iterations on the line, a stage each where D is constant.
    private func growLine() throws {
        let laws = [
            (Curve("line-constant", "1-D, constant D: a stage"), TransportCases.constantDiffusivity()),
            (Curve("line-li-mg", "1-D, Li-Mg: an iteration"), TransportCases.lithiumMagnesium()),
        ]
        for (curve, law) in laws {
            for cells in [100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000] {
                var parameters = law
                parameters.cells = cells
                // Steps after the first, which are short: the surface is far from its saturation.
                let start = try TransportCase(parameters).integratorAfterFirstStep()
                let steps = cells > 100_000 ? 3 : 10
                var (least, iterations, rejected) = (Cost(seconds: .infinity, wall: .infinity), 0, 0)
                for _ in 0..<5 {
                    // The first step of a copy makes the storage that the copy shares.
                    var integrator = start
                    try integrator.step(limit: .infinity)
                    let before = integrator.work
                    let (_, cost) = try Self.once { for _ in 0..<steps { try integrator.step(limit: .infinity) } }
                    if cost.seconds < least.seconds { least = cost }
                    iterations = integrator.work.newtonIterations - before.newtonIterations
                    rejected = integrator.work.rejected - before.rejected
                }
                try curve.add(start.system.count, least / iterations, ["rejected": Double(rejected)])
            }
        }
    }

    private func growSquare() throws {
        let kinds = [
            (Curve("square-kept", "2-D: a step, matrix kept"), BackwardEuler.Method.linear),
            (Curve("square-rebuilt", "2-D: a step, matrix rebuilt"), .linearRebuilt),
        ]
        let sizes = [32, 64, 128, 256, 512, 1024]
        for (curve, method) in kinds {
            var isKept = false
            if case .linear = method { isKept = true }
            for cells in sizes {
                let square = try SquareTransport(cells: cells, readsTable: !isKept)
                // The first steps of a hundred; before the third there is nothing to extrapolate from.
                var euler = BackwardEuler(
                    square.system, state: square.initialState, length: SquareTransport.duration / 100, method: method)
                for _ in 0..<3 { try euler.step() }
                let count = 10
                let (_, cost) = try Self.once { for _ in 0..<count { try euler.step() } }
                try curve.add(square.system.count, cost / count)
            }
        }
        let run = Curve("square-run", "2-D: a run at 1e-3")
        for cells in sizes {
            let square = try SquareTransport(cells: cells)
            let (integrator, cost) = try Self.once { try square.run(relativeTolerance: 1e-3) }
            try run.add(
                square.system.count, cost,
                ["steps": Double(integrator.work.steps), "error": square.error(of: integrator.state)])
        }
    }

    private func growPlate() throws {
        let factor = Curve("plate-factor", "plate: stiffness factored")
        let solve = Curve("plate-solve", "plate: a solution with it")
        for cells in [16, 32, 64, 128, 192] {
            let stiffness = try Stiffness(cells: cells)
            try factor.add(stiffness.size, try Self.least { try stiffness.factorise() }.cost)
            try solve.add(stiffness.size, try Self.least { try stiffness.solve() }.cost)
        }
        let run = Curve("plate-run", "plate: a run at 1e-2")
        let iteration = Curve("plate-iteration", "plate: an iteration")
        for cells in [8, 16, 32, 64, 128] {
            let plate = try CoupledPlate(cells: cells)
            let (integrator, cost) = try Self.once { try plate.run(relativeTolerance: 1e-2) }
            let work = integrator.work
            let others = [
                "steps": Double(work.steps), "iterations": Double(work.newtonIterations),
                "factorisations": Double(work.factorisations),
            ]
            try run.add(plate.system.fields.count, cost, others)
            try iteration.add(plate.system.fields.count, cost / work.newtonIterations, others)
        }
    }
}
