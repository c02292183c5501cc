import CAllocationCount
import Foundation

/// What was counted: a line for each measurement, and those that took more than they may.
struct AllocationCheck {
    private(set) var failures: [String] = []

    /// What a measurement may take; what libraries take for themselves is told and not judged.
    struct Bounds {
        /// The program.
        var program = 0
        /// Dispatch, to hand work to threads.
        var threads = 0
    }

    /// Prints the heading of the lines.
    init() { Self.printLine("", "program", "libraries", "threads", "") }

    /// Counts what work takes from the heap.
    ///
    /// - Parameter details: what was done, for the line.
    mutating func count(
        _ title: String, _ bounds: Bounds = Bounds(), _ work: () throws -> Void, details: () -> String
    ) rethrows {
        let taken = try Self.counts(of: work)
        var culprits = Culprits()
        if taken.program > bounds.program { culprits.gather() }
        judge(title, taken, bounds, culprits, details: details())
    }

    /// What work takes from the heap.
    static func counts(of work: () throws -> Void) rethrows -> AllocationCounts {
        allocation_watch(true)
        defer { allocation_watch(false) }
        try work()
        return AllocationCounts(allocation_counted())
    }

    /// Prints what was counted, with the places from which the program has taken too much.
    mutating func judge(
        _ title: String, _ taken: AllocationCounts, _ bounds: Bounds, _ culprits: Culprits, details: String
    ) {
        Self.printLine(title, "\(taken.program)", "\(taken.libraries)", "\(taken.threads)", details)
        if taken.program > bounds.program {
            failures.append(
                "\(title): \(taken.program) allocations of the program, \(bounds.program) at most were expected")
            print(culprits.top(8), terminator: "")
        }
        if taken.threads > bounds.threads {
            failures.append(
                "\(title): \(taken.threads) allocations for threads, \(bounds.threads) at most were expected")
        }
    }

    /// Notes what is not as it must be for a count to mean something.
    mutating func refuse(_ what: String) { failures.append(what) }

    /// - Throws: ``Failure`` with all that took more than it may.
    func end() throws {
        // What went before stands before the failure.
        fflush(nil)
        if !failures.isEmpty { throw Failure(failures.joined(separator: "\n")) }
    }

    private static func printLine(_ words: String...) {
        let counts = words[1..<4].map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }
        print(words[0].padding(toLength: 48, withPad: " ", startingAt: 0) + counts.joined() + "  " + words[4])
    }
}
