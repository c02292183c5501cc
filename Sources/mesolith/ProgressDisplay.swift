import Foundation
import Models

/// Shows how far a run is: one live line on a terminal, a plain line now and then elsewhere.
final class ProgressDisplay {
    private enum Style {
        case none
        case live
        case plain
    }

    private let style: Style
    private var start = ContinuousClock.now
    private var isErrorEstimate = false
    private var lastShown: ContinuousClock.Instant
    private var hasLine = false

    /// On a terminal the line follows the run; elsewhere a line comes every ten seconds.
    init(isQuiet: Bool) {
        style = isQuiet ? .none : isatty(FileHandle.standardError.fileDescriptor) == 1 ? .live : .plain
        lastShown = start
    }

    /// Shows progress, unless it was shown a moment ago.
    func show(_ progress: RunProgress) {
        guard style != .none else { return }
        let now = ContinuousClock.now
        if progress.isErrorEstimate != isErrorEstimate { (isErrorEstimate, start) = (progress.isErrorEstimate, now) }
        guard now - lastShown >= (style == .live ? .milliseconds(100) : .seconds(10)) else { return }
        lastShown = now
        let elapsed = (now - start) / .seconds(1)
        let left = progress.fraction > 0.001 ? elapsed * (1 - progress.fraction) / progress.fraction : .infinity
        let line =
            String(format: "%3.0f %%", 100 * progress.fraction)
            + (progress.isErrorEstimate ? "  error estimate:" : "")
            + "  \(progress.kind.rawValue) (step \(progress.protocolStep))"
            + "  t = \(number(progress.time)) s  dt = \(number(progress.step)) s"
            + "  \(progress.steps) steps  Newton \(progress.newtonIterations)"
            + "  left \(left.isFinite ? clock(left) : "?")"
        if style == .live {
            FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
            hasLine = true
        } else {
            standardError(line)
        }
    }

    /// Takes the live line away.
    func clear() {
        if hasLine { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        hasLine = false
    }

    deinit { clear() }

    private func number(_ value: Double) -> String { String(format: "%.4g", value) }

    private func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9))
        return whole >= 3600
            ? String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
            : String(format: "%d:%02d", whole / 60, whole % 60)
    }
}
