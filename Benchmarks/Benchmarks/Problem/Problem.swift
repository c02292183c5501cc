import Benchmark
import Models
import Workloads

/// The longest median of the Fig. 4a solve: a promise of the solver, so that breaking it fails the run.
let longestSolve = Duration.milliseconds(2)

let steps = BenchmarkMetric.custom("Time steps", useScalingFactor: false)
let newtonIterations = BenchmarkMetric.custom("Newton iterations", useScalingFactor: false)
let timeError = BenchmarkMetric.custom("Error of t_sat, 1e-12", useScalingFactor: false)

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, steps, newtonIterations], timeUnits: .microseconds,
        units: [
            steps: .count, newtonIterations: .count, timeError: .count, compositionError: .count, stressError: .count,
            squareError: .count,
        ], warmupIterations: 20, maxDuration: .seconds(2), maxIterations: 1000)

    // Work against precision: the figure of Wang et al. over the tolerance. Beyond about 1e-8 the mesh sets the error.
    for exponent in 4...10 {
        let tolerance = ["1e-4", "1e-5", "1e-6", "1e-7", "1e-8", "1e-9", "1e-10"][exponent - 4]
        let isDefault = exponent == 8
        measureSolve(
            "Fig. 4a, tolerance \(tolerance)\(isDefault ? " (the default)" : "")",
            of: TransportCases.constantDiffusivity(relativeTolerance: Double(tolerance)!),
            exactTime: TransportCases.exactTimeToSaturation, limit: isDefault ? longestSolve : nil)
    }
    measureSolve("Li-Mg diffusivity, slab", of: TransportCases.lithiumMagnesium())
    measureSolve("Li-Mg diffusivity, host frame", of: TransportCases.lithiumMagnesium(frame: .host))
    for tolerance in ["1e-3", "1e-4", "1e-5"] { measurePlate(cells: 32, tolerance: tolerance) }
    measurePlate(cells: 64, tolerance: "1e-3")
    for isKept in [true, false] { measureSquare(cells: 128, isKept: isKept) }
}

/// Times a solve without output, and fails when it fails, when it is wrong, or when its median exceeds `limit`.
func measureSolve(
    _ name: String, of parameters: TransportParameters, exactTime: Double? = nil, limit: Duration? = nil
) {
    let times = TimeLog()
    var configuration = Benchmark.defaultConfiguration
    if exactTime != nil { configuration.metrics.append(timeError) }
    configuration.teardown = {
        guard let limit, let median = times.median, median > limit else { return }
        throw TooSlow(name: name, median: median, limit: limit)
    }
    Benchmark(name, configuration: configuration) { benchmark in
        do {
            benchmark.startMeasurement()
            let began = ContinuousClock.now
            let report = try TransportCases.solve(parameters)
            times.append(ContinuousClock.now - began)
            benchmark.stopMeasurement()

            guard let time = report.value(of: TransportQuantities.timeToSaturation.name),
                let stepCount = report.value(of: TransportQuantities.steps.name),
                let newtonCount = report.value(of: TransportQuantities.newtonIterations.name)
            else { return benchmark.error("FAILED: \(name): the surface did not saturate") }
            benchmark.measurement(steps, Int(stepCount))
            benchmark.measurement(newtonIterations, Int(newtonCount))
            if let exactTime {
                let error = abs(time / exactTime - 1)
                benchmark.measurement(timeError, Int((error * 1e12).rounded()))
                if error > 1e-3 {
                    benchmark.error("FAILED: \(name): t_sat is \(time) s, the exact solution \(exactTime) s")
                }
            }
        } catch {
            benchmark.error("FAILED: \(name): \(error)")
        }
    }
}

/// The wall times of one benchmark, to hold their median to a limit.
final class TimeLog: @unchecked Sendable {
    // Benchmarks run one after the other on one thread.
    private var times: [Duration] = []

    func append(_ time: Duration) { times.append(time) }

    var median: Duration? { times.isEmpty ? nil : times.sorted()[times.count / 2] }
}

/// A median over its limit.
struct TooSlow: Error, CustomDebugStringConvertible {
    let name: String
    let median: Duration
    let limit: Duration

    var debugDescription: String {
        let (median, limit) = (median / .milliseconds(1), limit / .milliseconds(1))
        return "FAILED, TOO SLOW: \(name): the median solve took \(median) ms, the limit is \(limit) ms"
    }
}
