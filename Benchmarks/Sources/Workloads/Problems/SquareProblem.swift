extension Problem {
    /// Lithium alone in a square, on meshes that are refined with the tolerance until the last.
    static let square = Problem(
        id: "square-512", title: "Transport in a square, up to 512 x 512 cells",
        error: "largest of the concentration over its maximum", unit: "steps",
        settings: [
            Setting(cells: 64, "1e-2"), Setting(cells: 128, "1e-2"), Setting(cells: 256, "1e-3"),
            Setting(cells: 512, "1e-2"), Setting(cells: 512, "1e-3"), Setting(cells: 512, "1e-4", isTracked: false),
            Setting(cells: 512, "1e-5", isTracked: false), Setting(cells: 512, "1e-6", isTracked: false),
        ], largestError: 1e-3
    ) { setting in
        let square = try SquareTransport(cells: setting.cells)
        let (integrator, seconds) = try timed { try square.run(relativeTolerance: setting.tolerance) }
        return Outcome(
            error: square.error(of: integrator.state), steps: Double(integrator.work.steps),
            work: Double(integrator.work.steps), seconds: seconds,
            others: ["factorisations": Double(integrator.work.factorisations), "unknowns": Double(square.system.count)])
    }
}
