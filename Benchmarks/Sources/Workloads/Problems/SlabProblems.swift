import Models

extension Problem {
    /// Fig. 4a of Wang et al. (2024), against the series of the slab.
    static let fig4a = Problem(
        id: "fig4a", title: "Fig. 4a of Wang et al., one run", error: "time to saturation, relative", unit: "steps",
        settings: ["1e-3", "1e-4", "1e-5", "1e-6", "1e-7", "1e-8", "1e-9"].map {
            Setting(cells: 64, $0, isUsualMesh: true, longestMedian: $0 == "1e-8" ? 2e-3 : nil)
        } + [Setting(cells: 128, "1e-10")], largestError: 1e-3
    ) { setting in
        try slab(TransportCases.constantDiffusivity(relativeTolerance: setting.tolerance), setting) {
            TransportCases.exactTimeToSaturation
        }
    }

    /// The same layer of Li-Mg, where every stage takes Newton iterations and a front limits the mesh, against many cells and short
    /// steps.
    static func lithiumMagnesiumSlab(_ frame: TransportParameters.Frame) -> Problem {
        let isSlab = frame == .slab
        return Problem(
            id: isSlab ? "slab-li-mg" : "host-li-mg",
            title: "Fig. 4a with Li-Mg, \(isSlab ? "slab" : "host frame"), one run",
            error: "time to saturation, relative", unit: "steps",
            settings: [
                Setting(cells: 64, "1e-3"), Setting(cells: 128, "1e-5"), Setting(cells: 256, "1e-6"),
                Setting(cells: 512, "1e-7"),
            ], largestError: 1e-3
        ) { setting in
            try slab(TransportCases.lithiumMagnesium(frame: frame, relativeTolerance: setting.tolerance), setting) {
                try isSlab ? fineSlabTime.get() : fineHostTime.get()
            }
        }
    }

    private static func slab(
        _ parameters: TransportParameters, _ setting: Setting, exact: () throws -> Double
    ) throws -> Outcome {
        var parameters = parameters
        parameters.cells = setting.cells
        let (report, seconds) = try timed { try TransportCases.solve(parameters) }
        let time = report.value(of: TransportQuantities.timeToSaturation.name) ?? .nan
        let steps = report.value(of: TransportQuantities.steps.name) ?? .nan
        return Outcome(
            error: abs(try time / exact() - 1), steps: steps, work: steps, seconds: seconds,
            others: ["newton_iterations": report.value(of: TransportQuantities.newtonIterations.name) ?? .nan])
    }

    /// The times to saturation of Li-Mg on 1024 cells, whose error is a tenth of the least that is measured.
    private static let fineSlabTime = fineTime(.slab)
    private static let fineHostTime = fineTime(.host)

    private static func fineTime(_ frame: TransportParameters.Frame) -> Result<Double, any Error> {
        Result {
            var parameters = TransportCases.lithiumMagnesium(frame: frame, relativeTolerance: 1e-10)
            parameters.cells = 1024
            return try TransportCases.solve(parameters).value(of: TransportQuantities.timeToSaturation.name) ?? .nan
        }
    }
}
