import Foundation

/// What this process has used of the machine.
public enum ProcessUsage {
    /// CPU time of all threads since the start, s: it varies less with the load of the machine than the time on the wall.
    public static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }

    /// The most memory that was resident at one time (VmHWM of Linux), in MB of a million bytes; nil where it is not told.
    public static var peakMemory: Double? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            // The line is "VmHWM:   98304 kB", of 1024 bytes each.
            let words = line.split(whereSeparator: \.isWhitespace)
            return words.count > 1 ? Double(words[1]).map { $0 * 1.024e-3 } : nil
        }
        return nil
    }
}
