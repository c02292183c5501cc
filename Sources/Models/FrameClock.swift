import Checkpoints

/// Tells when the frames of a schedule are due, and that each is recorded once.
struct FrameClock: Sendable {
    let schedule: FrameSchedule
    /// The name of the model in messages.
    private let model: String
    private var memory = Memory()

    private struct Memory: Codable {
        /// Scheduled moments that are over.
        var next = 0
        /// Time of the last frame, s.
        var lastMoment = -1.0
        /// Frames so far.
        var count = 0
    }

    init(_ schedule: FrameSchedule, model: String) {
        (self.schedule, self.model) = (schedule, model)
    }

    /// The next time of the run not after `now` at which the schedule asks for a frame of its own; nil when none is left.
    mutating func nextMoment(upTo now: Double) -> Double? {
        let moment: Double
        switch schedule {
        case .interval(let interval): moment = Double(memory.next + 1) * interval
        case .times(let times) where memory.next < times.count: moment = times[memory.next]
        case .times, .everySteps, .finalOnly: return nil
        }
        guard moment <= now else { return nil }
        memory.next += 1
        return moment
    }

    /// Whether the state at the end of a time step is recorded.
    func takesState(stepEnds: Bool, steps: Int) -> Bool {
        switch schedule {
        case .everySteps(let count): stepEnds || steps % count == 0
        case .interval: stepEnds
        case .times, .finalOnly: false
        }
    }

    /// Counts a frame at a time of the run; false when there is one of that time.
    ///
    /// - Throws: ``RunFailure`` when there are too many.
    mutating func begins(at moment: Double) throws -> Bool {
        // A scheduled time may differ from the end of a step by round-off only.
        guard moment > memory.lastMoment + 1e-12 * abs(memory.lastMoment) else { return false }
        memory.lastMoment = moment
        memory.count += 1
        if memory.count > FrameSchedule.mostFrames {
            throw RunFailure(
                "\(model): the run has written \(FrameSchedule.mostFrames) frames by \(digits(moment)) s, the most there can be; "
                    + "set a longer `output.frames.interval`, or a larger `output.frames.every`")
        }
        return true
    }
}

extension FrameClock: Resumable {
    func save(to saved: inout SavedState) { saved.store(memory, as: "frames") }

    mutating func restore(from saved: SavedState) throws(SavedState.Problem) {
        let memory: Memory = try saved.record("frames")
        var most = Int(Int32.max)
        if case .times(let times) = schedule { most = times.count }
        guard (0...most).contains(memory.next), (0...FrameSchedule.mostFrames).contains(memory.count),
            memory.lastMoment.isFinite
        else { throw SavedState.Problem("`frames` has a count or a time that cannot be") }
        self.memory = memory
    }
}
