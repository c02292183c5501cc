extension Problem {
    /// The coupled plate, on meshes that are refined with the tolerance until the last.
    static let plate64 = plate(
        id: "plate-64", cells: 64,
        settings: [
            Setting(cells: 16, "1e-2"), Setting(cells: 32, "1e-2"),
            Setting(cells: 64, "1e-2"), Setting(cells: 64, "1e-3"), Setting(cells: 64, "1e-4", isTracked: false),
            Setting(cells: 64, "1e-5", isTracked: false),
        ])

    /// The same on more cells: seconds to a minute.
    static let plate128 = plate(
        id: "plate-128", cells: 128,
        settings: [
            Setting(cells: 128, "1e-2"), Setting(cells: 128, "1e-3", isTracked: false),
            Setting(cells: 128, "1e-4", isTracked: false), Setting(cells: 128, "1e-5", isTracked: false),
        ])

    private static func plate(id: String, cells: Int, settings: [Setting]) -> Problem {
        Problem(
            id: id, title: "Coupled plate, up to \(cells) x \(cells) cells",
            error: "x and stress on the axis, the larger of both, relative",
            unit: "steps",
            settings: settings, largestError: 1e-3
        ) { setting in
            var plate = try CoupledPlate(cells: setting.cells)
            let (integrator, seconds) = try timed { try plate.run(relativeTolerance: setting.tolerance) }
            let profile = try plate.profile(of: integrator.state)
            let error = CoupledPlate.deviation(of: profile, from: CoupledPlate.refined)
            let work = integrator.work
            return Outcome(
                error: CoupledPlate.error(of: profile), steps: Double(work.steps), work: Double(work.steps),
                seconds: seconds,
                others: [
                    "x_error": error.x, "stress_error": error.stress,
                    "newton_iterations": Double(work.newtonIterations),
                    "factorisations": Double(work.factorisations), "rejected": Double(work.rejected),
                ])
        }
    }
}
