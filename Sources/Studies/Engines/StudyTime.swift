import Synchronization

/// The wall time that a study may take, and what its points were found to take.
///
/// A point, or a chunk of them, begins when the longest so far would still be done in time; the first ones always begin.
/// May be used from several threads.
public final class StudyTime: Sendable {
    /// When the work under way has to be asked to end; nil without a limit.
    private let stop: ContinuousClock.Instant?
    /// When nothing of it may be left; nil without a limit.
    private let end: ContinuousClock.Instant?
    private let patience: Duration
    private let found = Mutex<(longest: Duration, isShort: Bool)>((.zero, false))

    /// The part of the limit that is left to work for saving its state, and the most of it.
    private static let notice = (part: 0.25, most: Duration.seconds(60))
    /// The part of the limit that is left to the study for itself, and the most of it.
    private static let reserve = (part: 0.02, most: Duration.seconds(5))

    /// The time of a study that begins now.
    ///
    /// - Parameters:
    ///   - limit: wall time after which the study has to have ended; nil without a limit.
    ///   - patience: without a limit, how long work that was asked to end has for it.
    public init(limit: Duration? = nil, patience: Duration = .seconds(60)) {
        let start = ContinuousClock.now
        self.patience = patience
        stop = limit.map { start + ($0 - min($0 * Self.notice.part, Self.notice.most)) }
        end = limit.map { start + ($0 - min($0 * Self.reserve.part, Self.reserve.most)) }
    }

    /// Whether the work under way has to be asked to end.
    public var isUp: Bool { stop.map { .now >= $0 } ?? false }

    /// Whether work was held back because it would not have been done in time.
    public var isShort: Bool { found.withLock(\.isShort) }

    /// When work that is asked to end now must have ended: at the limit, or after the patience without one.
    var lastMoment: ContinuousClock.Instant { end ?? .now + patience }

    /// Whether there is time for one more; after no, ``isShort`` is true.
    func fitsOneMore() -> Bool {
        guard let stop else { return true }
        let left = stop - .now
        return found.withLock { found in
            if left > .zero && left >= found.longest { return true }
            found.isShort = true
            return false
        }
    }

    /// Learns what a piece of work took.
    func learn(_ duration: Duration) { found.withLock { $0.longest = max($0.longest, duration) } }
}
