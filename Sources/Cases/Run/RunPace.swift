import Models

/// When a run saves its state, and when it stops by the clock on the wall.
public struct RunPace: Sendable {
    /// Wall time between two checkpoints; nil for a minute, and so seldom that they take less than a hundredth of it.
    private let interval: Duration?
    /// When the run must have ended; nil for no limit.
    private let deadline: ContinuousClock.Instant?
    private var lastStep: ContinuousClock.Instant
    private var longestStep = Duration.zero
    private var lastSave: ContinuousClock.Instant
    private var saving = Duration.zero
    /// Whether the run was stopped because its wall time was over.
    public private(set) var isOutOfTime = false

    /// What is left for the end of a run at the least.
    private static let leastReserve = Duration.milliseconds(200)
    /// Bytes of results and journal together that a slow disk lets be closed and read in a second, halved for there being two files.
    private static let closingRate = 5e7
    /// The default of the interval.
    private static let longestInterval = Duration.seconds(60)

    /// Begins to measure now.
    ///
    /// - Parameters:
    ///   - interval: wall time between two checkpoints; zero for one after each time step, nil for the default.
    ///   - limit: wall time after which the run must have ended.
    public init(interval: Duration? = nil, limit: Duration? = nil) {
        let now = ContinuousClock.now
        self.interval = interval
        deadline = limit.map { now + $0 }
        (lastStep, lastSave) = (now, now)
    }

    /// What a run is to do after a time step that ended just now.
    ///
    /// - Parameter bytes: what must be read again for its digests when the run ends.
    mutating func directive(closing bytes: Double) -> RunDirective {
        let now = ContinuousClock.now
        longestStep = max(longestStep, now - lastStep)
        lastStep = now
        // The next step may take twice as long as the longest so far, and the end writes a checkpoint and the results.
        let reserve: Duration = longestStep * 2 + saving * 2 + Self.leastReserve + .seconds(bytes / Self.closingRate)
        if let deadline, now.advanced(by: reserve) >= deadline {
            isOutOfTime = true
            return .stop
        }
        let due: Duration = interval ?? max(Self.longestInterval, saving * 100)
        return now - lastSave >= due ? .save : .goOn
    }

    /// Notes that a checkpoint was written just now, which was begun at an instant.
    mutating func saved(since begin: ContinuousClock.Instant) {
        lastSave = .now
        saving = max(saving, lastSave - begin)
        lastStep = lastSave
    }
}
