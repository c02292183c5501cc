import Benchmark
import TimeIntegration
import Workloads

let cpuTime = BenchmarkMetric.custom("ns", useScalingFactor: false)
let deviation = BenchmarkMetric.custom("error 1e-12", useScalingFactor: false)
let stepCount = BenchmarkMetric.custom("steps", useScalingFactor: false)
let workCount = BenchmarkMetric.custom("work", useScalingFactor: false)

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [cpuTime, deviation, stepCount, workCount],
        units: [cpuTime: .count, deviation: .count, stepCount: .count, workCount: .count],
        warmupIterations: 0, maxDuration: .milliseconds(500), maxIterations: 1000)
    for problem in Problems.all {
        for setting in problem.settings { register(problem, setting) }
    }
}

/// Measures a problem at a setting. It fails when the solution fails or is wrong, and when its median breaks a promise.
func register(_ problem: Problem, _ setting: Problem.Setting) {
    let name = "\(problem.id) \(setting.label)"
    let times = TimeLog()
    var configuration = Benchmark.defaultConfiguration
    configuration.teardown = {
        guard let longest = setting.longestMedian, let median = times.median, median > longest else { return }
        throw TooSlow(name: name, median: median, longest: longest)
    }
    Benchmark(name, configuration: configuration) { benchmark in
        if let obstacle = problem.obstacle() {
            print("\(name): skipped: \(obstacle)")
            return
        }
        do {
            let outcome = try problem.measure(setting)
            times.append(outcome.seconds)
            benchmark.measurement(cpuTime, Int((outcome.seconds * 1e9).rounded()))
            benchmark.measurement(deviation, Int((outcome.error * 1e12).rounded()))
            benchmark.measurement(stepCount, Int(outcome.steps))
            benchmark.measurement(workCount, Int(outcome.work))
        } catch {
            benchmark.error("FAILED: \(name): \(error)")
        }
    }
}

/// The CPU times of one benchmark, to hold their median to a limit.
final class TimeLog: @unchecked Sendable {
    // Benchmarks run one after the other on one thread.
    private var times: [Double] = []

    func append(_ time: Double) { times.append(time) }

    var median: Double? { times.isEmpty ? nil : times.sorted()[times.count / 2] }
}

/// A median over its limit.
struct TooSlow: Error, CustomDebugStringConvertible {
    let name: String
    let median: Double
    let longest: Double

    var debugDescription: String {
        "FAILED, TOO SLOW: \(name): the median solution took \(1000 * median) ms, the limit is \(1000 * longest) ms"
    }
}
