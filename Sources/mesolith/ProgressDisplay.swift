import Foundation
import Models

/// Shows how far a run is.
final class ProgressDisplay {
    private let line: StatusLine
    private var start = ContinuousClock.now
    private var isErrorEstimate = false

    /// Shows nothing when `isQuiet`.
    init(isQuiet: Bool) { line = StatusLine(isQuiet: isQuiet) }

    /// Shows progress, unless it was shown a moment ago.
    func show(_ progress: RunProgress) {
        if progress.isErrorEstimate != isErrorEstimate {
            (isErrorEstimate, start) = (progress.isErrorEstimate, .now)
        }
        line.show {
            String(format: "%3.0f %%", 100 * progress.fraction)
                + (progress.isErrorEstimate ? "  error estimate:" : "")
                + "  \(progress.stepName) (step \(progress.protocolStep))"
                + "  t = \(number(progress.time)) s  dt = \(number(progress.step)) s"
                + "  \(progress.steps) steps  Newton \(progress.newtonIterations)"
                + "  left \(StatusLine.timeLeft(after: .now - start, fraction: progress.fraction))"
        }
    }

    /// Takes the live line away.
    func clear() { line.clear() }

    private func number(_ value: Double) -> String { String(format: "%.4g", value) }
}
