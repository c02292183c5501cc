import Benchmark
import Workloads

/// CPU time of a call in ns, of the whole process, so that a thread of a library is not left out.
let time = BenchmarkMetric.custom("ns", useScalingFactor: false)

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [time], units: [time: .count], warmupIterations: 2, maxDuration: .milliseconds(300),
        maxIterations: 300)

    for kernel in Kernels.limits + Kernels.all {
        let prepared = PreparedKernel(kernel)
        Benchmark(kernel.id) { benchmark in
            do {
                benchmark.measurement(time, Int(try prepared.nanoseconds().rounded()))
            } catch {
                benchmark.error("FAILED: \(kernel.id): \(error)")
            }
        }
    }
}

/// A kernel that is set up at its first use, so that a run of others does not wait for it. Benchmarks run one after the other on
/// one thread.
private final class PreparedKernel: @unchecked Sendable {
    private let kernel: Kernel
    private var prepared: (call: () throws -> Void, calls: Int)?
    /// A sample lasts at least so long, s: reading the clock takes a fraction of a microsecond.
    private static let sample = 1e-3

    init(_ kernel: Kernel) { self.kernel = kernel }

    /// The mean CPU time of a call in a sample.
    func nanoseconds() throws -> Double {
        let (call, calls) = try prepared ?? prepare()
        return try Self.seconds(calls, call) / Double(calls) * 1e9
    }

    /// Calls until they last long enough, twice as many each time.
    private func prepare() throws -> (call: () throws -> Void, calls: Int) {
        let call = try kernel.prepare()
        var calls = 1
        while try Self.seconds(calls, call) < Self.sample { calls *= 2 }
        prepared = (call, calls)
        return (call, calls)
    }

    private static func seconds(_ calls: Int, _ call: () throws -> Void) rethrows -> Double {
        let began = ProcessUsage.processorTime
        for _ in 0..<calls { try call() }
        return ProcessUsage.processorTime - began
    }
}
