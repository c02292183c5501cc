import Foundation

/// Threads that work through numbered pieces of work; what they bring comes to the thread that called, one at a time.
///
/// Each is a thread of its own for as long as there is work: the kernel ends a child process with the *thread* that started it,
/// so none may come from a pool.
final class Crew<Output: Sendable>: @unchecked Sendable {
    // The condition guards all that follows.
    private let condition = NSCondition()
    private var next = 0
    private var working: Int
    private var brought: [Output] = []
    private var isStopped = false
    private let mayBegin: @Sendable () -> Bool

    private init(working: Int, mayBegin: @escaping @Sendable () -> Bool) {
        (self.working, self.mayBegin) = (working, mayBegin)
    }

    /// Does pieces 0 to `count` - 1, `jobs` of them at a time, in order; returns when no thread is left.
    ///
    /// - Parameters:
    ///   - mayBegin: asked before each piece, on any thread; after false no other begins.
    ///   - work: one piece, on a thread of the crew.
    ///   - receive: takes what a piece brought, on the calling thread. When it throws the work stops and it is not called again.
    ///   - goesOn: asked about ten times a second on the calling thread; after false no new piece begins.
    ///   - stop: called once when the work stops early, to hasten the pieces under way.
    ///   - waiting: called as often as `goesOn` from then on, until no thread is left.
    static func run(
        count: Int, jobs: Int, mayBegin: @escaping @Sendable () -> Bool = { true },
        work: @escaping @Sendable (Int) -> Output, receive: (Output) throws -> Void,
        goesOn: () -> Bool, stop: () -> Void, waiting: () -> Void = {}
    ) throws {
        let crew = Crew(working: min(jobs, count), mayBegin: mayBegin)
        for _ in 0..<crew.working {
            let thread = Thread { crew.work(count: count, work) }
            thread.stackSize = 16 << 20
            thread.start()
        }
        var failure: (any Error)?
        var isStopping = false
        while let outputs = crew.wait() {
            do {
                if failure == nil { try outputs.forEach(receive) }
            } catch {
                failure = error
            }
            if !isStopping && (failure != nil || !goesOn()) {
                isStopping = true
                crew.condition.withLock { crew.isStopped = true }
                stop()
            } else if isStopping {
                waiting()
            }
        }
        if let failure { throw failure }
    }

    private func work(count: Int, _ work: (Int) -> Output) {
        while let piece = condition.withLock({ take(of: count) }) {
            let output = work(piece)
            condition.withLock {
                brought.append(output)
                condition.signal()
            }
        }
        condition.withLock {
            working -= 1
            condition.signal()
        }
    }

    private func take(of count: Int) -> Int? {
        guard !isStopped && next < count else { return nil }
        guard mayBegin() else {
            isStopped = true
            return nil
        }
        next += 1
        return next - 1
    }

    /// What was brought since, after a tenth of a second at most; nil when all is brought and no thread is left.
    private func wait() -> [Output]? {
        condition.withLock {
            if brought.isEmpty && working > 0 { _ = condition.wait(until: Date(timeIntervalSinceNow: 0.1)) }
            if brought.isEmpty && working == 0 { return nil }
            defer { brought.removeAll(keepingCapacity: true) }
            return brought
        }
    }
}
