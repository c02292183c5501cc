import TimeIntegration
import Workloads

extension Scaling {
    /// One and two threads: the time on the wall falls, CPU time should not rise.
    func overThreads() throws {
        for threads in [1, 2] {
            let square = try SquareTransport(cells: 256, readsTable: true, threads: threads)
            try Curve("square", "2-D, 256 x 256").add(
                threads, try Self.once { try square.run(relativeTolerance: 1e-3) }.cost)
            let plate = try CoupledPlate(cells: 64, threads: threads)
            try Curve("plate", "plate, 64 x 64").add(
                threads, try Self.once { try plate.run(relativeTolerance: 1e-2) }.cost)
            let map = UtilisationMap(.constant, side: 256, cells: 16, relativeTolerance: 1e-2)
            try Curve("map", "batched, 65,536 points").add(threads, Self.least { map.solve(threads: threads) }.cost)
            try reportingObstacle {
                let outcome = try GeneralStudy(points: 12, relativeTolerance: 1e-3).run(jobs: threads)
                try Curve("study-general", "general engine, 12 points").add(
                    threads, Cost(seconds: outcome.seconds, wall: outcome.wall))
            }
        }
    }
}
