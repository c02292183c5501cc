import Benchmark
import TimeIntegration
import Workloads

let compositionError = BenchmarkMetric.custom("Error of x, 1e-9", useScalingFactor: false)
let stressError = BenchmarkMetric.custom("Error of stress, Pa", useScalingFactor: false)
let squareError = BenchmarkMetric.custom("Error of c, 1e-9", useScalingFactor: false)

/// The coupled plate over tolerance and mesh: work against precision. It fails when it is far from other codes.
func measurePlate(cells: Int, tolerance: String) {
    let name = "Coupled plate, \(cells) x \(cells), tolerance \(tolerance)"
    var configuration = Benchmark.defaultConfiguration
    configuration.metrics = [.wallClock, steps, newtonIterations, compositionError, stressError]
    configuration.warmupIterations = 1
    configuration.maxIterations = 10
    Benchmark(name, configuration: configuration) { benchmark in
        do {
            var plate = try CoupledPlate(cells: cells)
            benchmark.startMeasurement()
            var integrator = try plate.integrator(relativeTolerance: Double(tolerance)!)
            while integrator.time < CoupledPlate.duration { try integrator.step(limit: CoupledPlate.duration) }
            benchmark.stopMeasurement()
            let error = CoupledPlate.deviation(
                of: try plate.profile(of: integrator.state), from: CoupledPlate.refined)
            benchmark.measurement(steps, integrator.work.steps)
            benchmark.measurement(newtonIterations, integrator.work.newtonIterations)
            benchmark.measurement(compositionError, Int((error.x * 1e9).rounded()))
            benchmark.measurement(stressError, Int((error.stress * 1e6).rounded()))
            if error.x > 1e-4 || error.stress > 0.5 {
                benchmark.error("FAILED: \(name): x is wrong by \(error.x), the stress by \(error.stress) MPa")
            }
        } catch {
            benchmark.error("FAILED: \(name): \(error)")
        }
    }
}

/// Lithium alone in a square: twenty equal steps with the matrix kept or made anew, and the error of their result.
func measureSquare(cells: Int, isKept: Bool) {
    let name = "Square, \(cells) x \(cells), 20 steps, matrix \(isKept ? "kept" : "rebuilt")"
    var configuration = Benchmark.defaultConfiguration
    configuration.metrics = [.wallClock, squareError]
    configuration.warmupIterations = 1
    configuration.maxIterations = 20
    Benchmark(name, configuration: configuration) { benchmark in
        do {
            let square = try SquareTransport(cells: cells, readsTable: !isKept)
            var euler = BackwardEuler(
                square.system, state: square.initialState, length: SquareTransport.duration / 20,
                method: isKept ? .linear : .linearRebuilt)
            benchmark.startMeasurement()
            for _ in 0..<20 { try euler.step() }
            benchmark.stopMeasurement()
            let error = square.error(of: euler.state)
            benchmark.measurement(squareError, Int((error * 1e9).rounded()))
            // Backward Euler with twenty steps is wrong by 0.4 %.
            if error > 0.01 { benchmark.error("FAILED: \(name): the concentration is wrong by \(error)") }
        } catch {
            benchmark.error("FAILED: \(name): \(error)")
        }
    }
}
