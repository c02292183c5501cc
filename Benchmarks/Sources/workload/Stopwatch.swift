import Workloads

/// CPU time of all threads and time on the wall since it was made, s.
struct Stopwatch {
    private let processor = ProcessUsage.processorTime
    private let wall = ContinuousClock.now

    /// CPU time of all threads so far.
    var processorTime: Double { ProcessUsage.processorTime - processor }

    /// Time on the wall so far.
    var wallTime: Double { (ContinuousClock.now - wall) / .seconds(1) }
}
