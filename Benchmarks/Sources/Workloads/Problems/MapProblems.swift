extension Problem {
    /// The map of utilisation by the batched engine; every point counts.
    static func map(_ law: UtilisationMap.Law) -> Problem {
        let isConstant = law == .constant
        return Problem(
            id: "map-\(law.rawValue)",
            title: "Map of utilisation, 64 x 64 points, D \(isConstant ? "constant" : "of Li-Mg")",
            error: "utilisation of the worst point, relative", unit: "points",
            settings: [
                Setting(cells: 16, "1e-2"), Setting(cells: 32, "1e-3"),
                Setting(cells: 64, "1e-4", isTracked: isConstant),
                Setting(cells: 128, "1e-5", isTracked: false), Setting(cells: 256, "1e-6", isTracked: false),
            ], largestError: 1e-4
        ) { setting in
            let map = UtilisationMap(law, side: 64, cells: setting.cells, relativeTolerance: setting.tolerance)
            let (solution, seconds) = timed { map.solve() }
            let errors = zip(UtilisationMap.utilisations(solution), map.reference()).map { abs($0 / $1 - 1) }
            let work = solution.compactMap { try? $0.get().work }
            return Outcome(
                // A point that failed has no error, and is one.
                error: largestMagnitude(errors),
                steps: work.reduce(0) { $0 + Double($1.steps) }, work: Double(map.layers.count), seconds: seconds,
                others: ["median_error": errors.sorted()[errors.count / 2]])
        }
    }
}
