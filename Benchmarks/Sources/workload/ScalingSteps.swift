import Models
import TimeIntegration
import Workloads

extension Scaling {
    /// Tolerances that fall on one mesh each: time over steps, which should be even, and what the steps leave of the error.
    func overSteps() throws {
        let line = Curve("fig4a", "Fig. 4a, 256 cells")
        for exponent in 6...22 {
            var parameters = TransportCases.constantDiffusivity(relativeTolerance: power(exponent))
            parameters.cells = 256
            let (report, cost) = try Self.least { try TransportCases.solve(parameters) }
            let time = report.value(of: TransportQuantities.timeToSaturation.name) ?? .nan
            try line.add(
                Int(report.value(of: TransportQuantities.steps.name) ?? 0), cost,
                ["error": abs(time / TransportCases.exactTimeToSaturation - 1), "tolerance": power(exponent)])
        }
        try growSquareSteps()
        try growPlateSteps()
    }

    /// 10^(-n/2)
    private func power(_ exponent: Int) -> Double {
        (exponent.isMultiple(of: 2) ? 1 : 0.316227766) / Double(repeatElement(10, count: exponent / 2).reduce(1, *))
    }

    /// The error is that of the steps: the largest deviation from short steps on the same mesh.
    private func growSquareSteps() throws {
        let square = try SquareTransport(cells: 128)
        let limit = try square.run(relativeTolerance: 1e-8).state
        let size = limit.max() ?? .nan
        func error(_ state: [Double]) -> Double { largestMagnitude(zip(state, limit).lazy.map { $0 - $1 }) / size }

        let controlled = Curve("square", "2-D, 128 x 128")
        for exponent in 2...13 {
            let (integrator, cost) = try Self.least { try square.run(relativeTolerance: power(exponent)) }
            try controlled.add(
                integrator.work.steps, cost, ["error": error(integrator.state), "tolerance": power(exponent)])
        }
        let equal = Curve("square-euler", "2-D, backward Euler")
        for count in [10, 20, 40, 80, 160, 320] {
            let (euler, cost) = try Self.least {
                var euler = BackwardEuler(
                    square.system, state: square.initialState, length: SquareTransport.duration / Double(count),
                    method: .linear)
                for _ in 0..<count { try euler.step() }
                return euler
            }
            try equal.add(count, cost, ["error": error(euler.state)])
        }
    }

    /// The error is that of x on the axis, against short steps on the same mesh.
    private func growPlateSteps() throws {
        // An integrator has a plate for itself.
        var fine = try CoupledPlate(cells: 32)
        let limit = try fine.profile(of: fine.run(relativeTolerance: 1e-7).state)
        let curve = Curve("plate", "plate, 32 x 32")
        for exponent in 3...11 {
            var plate = try CoupledPlate(cells: 32)
            let (integrator, cost) = try Self.once { try plate.run(relativeTolerance: power(exponent)) }
            let error = CoupledPlate.deviation(of: try plate.profile(of: integrator.state), from: limit)
            try curve.add(
                integrator.work.steps, cost,
                [
                    "error": error.x, "stress_error": error.stress, "tolerance": power(exponent),
                    "iterations": Double(integrator.work.newtonIterations),
                ])
        }
    }
}
