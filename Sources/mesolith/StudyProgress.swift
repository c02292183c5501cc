import Foundation
import Studies

/// Shows how far a study is, and which points failed.
final class StudyProgress {
    private let line: StatusLine
    private let isQuiet: Bool
    private let start = ContinuousClock.now
    private let all: Int
    private let before: Int
    private var done: Int
    private(set) var failed = 0

    /// Failed points that are told of one by one.
    private static let mostTold = 5

    /// Begins with `before` of `all` points done.
    init(all: Int, before: Int, isQuiet: Bool) {
        (self.all, self.before, self.isQuiet) = (all, before, isQuiet)
        done = before
        line = StatusLine(isQuiet: isQuiet, plainInterval: .seconds(60))
    }

    /// Counts a row.
    func add(_ row: StudyRow, command: () -> String) {
        done += 1
        guard row.status == .failed else { return }
        failed += 1
        guard !isQuiet && failed <= Self.mostTold else { return }
        line.clear()
        standardError("point \(row.point) failed: \(row.reason)\n    repeat it with: \(command())")
        if failed == Self.mostTold { standardError("further failed points are in the table only") }
    }

    /// Shows the numbers, unless they were shown a moment ago.
    func show() {
        line.show {
            let fraction = all > before ? Double(done - before) / Double(all - before) : 1
            return String(format: "%3.0f %%", 100 * Double(done) / Double(max(all, 1)))
                + "  \(done) of \(all) points" + (failed > 0 ? "  \(failed) failed" : "")
                + "  left \(StatusLine.timeLeft(after: .now - start, fraction: fraction))"
        }
    }

    /// Takes the live line away.
    func clear() { line.clear() }
}
