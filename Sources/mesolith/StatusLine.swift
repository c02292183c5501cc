import Foundation

/// Says on standard error how far something is: one live line on a terminal, a plain line now and then elsewhere.
final class StatusLine {
    private enum Style {
        case none
        case live
        case plain
    }

    private let style: Style
    private let interval: Duration
    private var lastShown = ContinuousClock.now
    private var hasLine = false

    /// On a terminal the line is renewed ten times a second; elsewhere one comes after each interval.
    init(isQuiet: Bool, plainInterval: Duration = .seconds(10)) {
        style = isQuiet ? .none : isatty(FileHandle.standardError.fileDescriptor) == 1 ? .live : .plain
        interval = style == .live ? .milliseconds(100) : plainInterval
    }

    /// Shows a line, unless one was shown a moment ago.
    func show(_ line: () -> String) {
        guard style != .none else { return }
        let now = ContinuousClock.now
        guard now - lastShown >= interval else { return }
        lastShown = now
        if style == .live {
            FileHandle.standardError.write(Data("\r\u{1B}[K\(line())".utf8))
            hasLine = true
        } else {
            standardError(line())
        }
    }

    /// Takes the live line away.
    func clear() {
        if hasLine { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        hasLine = false
    }

    deinit { clear() }

    /// The time left, from the time gone and the part of the work done in it; a question mark where nothing is known.
    static func timeLeft(after elapsed: Duration, fraction: Double) -> String {
        guard fraction > 0.001 else { return "?" }
        let whole = Int(min(elapsed / .seconds(1) * (1 - fraction) / fraction, 1e9))
        return whole >= 3600
            ? String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
            : String(format: "%d:%02d", whole / 60, whole % 60)
    }
}
