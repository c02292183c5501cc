/// When a run writes its fields. The state at the start and at the end of the run is always written.
public enum FrameSchedule: Sendable, Hashable {
    /// The most frames that a run writes; one that asks for more is ended with an error.
    public static let mostFrames = 1_000_000

    /// After every n-th accepted time step and at the end of each protocol step.
    case everySteps(Int)
    /// At multiples of an interval of the run's time, s, and at the end of each protocol step.
    case interval(Double)
    /// At these times of the run, increasing, s.
    case times([Double])
    /// At the end of the run only, the start left out.
    case finalOnly
}
