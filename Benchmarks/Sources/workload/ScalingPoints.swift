import Workloads

extension Scaling {
    /// Studies of more and more points.
    func overPoints() throws {
        let maps: [(Curve, UtilisationMap.Law, cells: Int, tolerance: Double, sides: [Int])] = [
            (Curve("map-constant", "batched, constant D"), .constant, 16, 1e-2, [8, 16, 32, 64, 128, 256, 512]),
            (Curve("map-li-mg", "batched, Li-Mg"), .lithiumMagnesium, 32, 1e-3, [8, 16, 32, 64, 128, 256]),
        ]
        for (curve, law, cells, tolerance, sides) in maps {
            for side in sides {
                let map = UtilisationMap(law, side: side, cells: cells, relativeTolerance: tolerance)
                let (solution, cost) = Self.least { map.solve() }
                if let failure = solution.compactMap(\.problem).first { throw failure }
                try curve.add(map.layers.count, cost)
            }
        }
        let ramps = Curve("ccd-map", "critical currents")
        for side in [4, 8, 16, 32, 64, 100] {
            let map = CriticalCurrentMap(side: side, relativeTolerance: 1e-3)
            try ramps.add(map.cells.count, try Self.least { try map.solve() }.cost)
        }
        let (general, overhead) = (
            Curve("study-general", "general engine"), Curve("study-overhead", "general, overhead")
        )
        try reportingObstacle {
            for points in [2, 4, 8, 16, 32] {
                let outcome = try GeneralStudy(points: points, relativeTolerance: 1e-3).run(jobs: 1)
                try general.add(points, Cost(seconds: outcome.seconds, wall: outcome.wall))
                try overhead.add(points, Cost(seconds: outcome.overhead, wall: outcome.wall))
            }
        }
    }

    /// Without the program there is no curve, and a line that says why.
    func reportingObstacle(_ work: () throws -> Void) throws {
        do { try work() } catch let problem as GeneralStudy.Problem {
            try report([], words: ["skipped": "study-general", "why": problem.description])
        }
    }
}

extension Result {
    fileprivate var problem: Failure? {
        if case .failure(let problem) = self { problem } else { nil }
    }
}
