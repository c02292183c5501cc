import Foundation

extension Problem {
    /// The map of ramps to the critical current density.
    ///
    /// That itself is known to a level alone and the same at all tolerances. What converges is the current at which a cell fails with
    /// the charge of its last level as a fraction of it; its limit is that of short steps on the same levels.
    static let ramps = Problem(
        id: "ccd-map", title: "Map of the critical current density, 16 x 16 ramps",
        error: "interpolated current of failure of the worst ramp, relative", unit: "points",
        settings: ["1e-2", "1e-3", "1e-4", "1e-5", "1e-6"].map {
            Setting(cells: 2, $0, isUsualMesh: true, isTracked: $0 == "1e-2" || $0 == "1e-4")
        }, largestError: 1e-2
    ) { setting in
        let map = CriticalCurrentMap(side: 16, relativeTolerance: setting.tolerance)
        let (ends, seconds) = try timed { try map.solve() }
        let limit = try fineRamps.get()
        let errors = zip(ends, limit).map { abs($0.interpolated / $1.interpolated - 1) }
        // A ramp fails at the first level above the quasi-steady limit.
        let late = zip(ends, map.quasiSteady()).map { ($0.density - $1) / CriticalCurrentMap.increment }
        return Outcome(
            error: largestMagnitude(errors),
            steps: ends.reduce(0) { $0 + $1.steps }, work: Double(ends.count), seconds: seconds,
            others: [
                "median_error": errors.sorted()[errors.count / 2], "least_levels_late": late.min() ?? .nan,
                "most_levels_late": late.max() ?? .nan,
            ])
    }

    private static let fineRamps = Result { try CriticalCurrentMap(side: 16, relativeTolerance: 1e-8).solve() }
}
