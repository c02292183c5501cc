extension Problem {
    /// A study through the general engine, two processes at a time or one after the other.
    static let study = Problem(
        id: "study-general", title: "Study of stress by the general engine, 4 points",
        error: "largest stress, relative",
        unit: "points",
        settings: ["1e-3", "1e-4", "1e-5"].map { Setting(cells: 8, $0, isUsualMesh: true, isTracked: $0 == "1e-3") },
        largestError: 1e-2,
        obstacle: {
            do { _ = try GeneralStudy.program() } catch { return "\(error)" }
            return nil
        }
    ) { setting in
        let study = try GeneralStudy(points: studyPoints, relativeTolerance: setting.tolerance)
        let (alone, paired) = (try study.run(jobs: 1), try study.run(jobs: 2))
        let points = Double(study.points)
        let errors = zip(alone.stresses, try fineStresses.get()).map { abs($0 / $1 - 1) }
        return Outcome(
            error: largestMagnitude(errors), steps: alone.steps, work: points,
            seconds: alone.seconds,
            others: [
                "overhead_per_point": alone.overhead / points, "points_per_second": points / alone.wall,
                "points_per_second_2_jobs": points / paired.wall, "seconds_2_jobs": paired.seconds,
            ])
    }

    private static let studyPoints = 4
    private static let fineStresses = Result {
        try GeneralStudy(points: studyPoints, relativeTolerance: 1e-6).run(jobs: 2).stresses
    }
}
