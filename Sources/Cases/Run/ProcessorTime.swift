import Foundation

/// Processor time, s.
public enum ProcessorTime {
    /// That of all threads of this process so far.
    public static var ofProcess: Double { read(CLOCK_PROCESS_CPUTIME_ID) }
    /// That of the calling thread so far.
    public static var ofThread: Double { read(CLOCK_THREAD_CPUTIME_ID) }
    /// That of all processes that this one started and that have ended.
    public static var ofChildren: Double {
        var usage = rusage()
        getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        return usage.processorTime
    }

    private static func read(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
}

extension rusage {
    /// Processor time, user and system, s.
    public var processorTime: Double {
        Double(ru_utime.tv_sec + ru_stime.tv_sec) + 1e-6 * Double(ru_utime.tv_usec + ru_stime.tv_usec)
    }
}
