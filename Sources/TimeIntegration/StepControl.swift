/// The rules by which steps are chosen, stages judged and events landed on, for one system as for many in lanes.
@frozen
public enum StepControl {
    // Step sizes: Δt_new = 0.9 Δt err^(-0.7/4) err_before^(0.4/4), between a fifth of Δt and five times it (Gustafsson, ACM TOMS 17
    // (1991) 533). Errors are relative to the tolerance.

    /// The factor that makes the next step a little shorter than the error would let it be.
    @inlinable public static var safety: Double { 0.9 }
    /// How the next step falls with the error.
    @inlinable public static var errorExponent: Double { 0.175 }
    /// How it rises with the error of the step before.
    @inlinable public static var errorBeforeExponent: Double { 0.1 }
    /// The most that a step is shortened because of its error.
    @inlinable public static var leastFactor: Double { 0.2 }
    /// The most that the next step is longer.
    @inlinable public static var largestFactor: Double { 5 }
    /// What a step is shortened by that could not be made.
    @inlinable public static var failureFactor: Double { 0.25 }
    /// The least error that counts.
    @inlinable public static var leastError: Double { 1e-8 }
    /// The least error of the step before that counts.
    @inlinable public static var leastErrorBefore: Double { 1e-4 }

    // The first step (Hairer, Nørsett and Wanner, Solving ODEs I, II.4).

    /// How far an explicit probe moves the state, over the tolerance.
    @inlinable public static var probe: Double { 0.01 }
    /// |y′′| Δt² of the first step, over the tolerance.
    @inlinable public static var firstCurvature: Double { 0.02 }
    /// The longest first step, in probes.
    @inlinable public static var mostProbes: Double { 100 }

    // Newton's iteration: it converges quadratically, so that C change² is left, with C measured in stages shortly before.

    /// What it may leave of a stage, over the tolerance.
    @inlinable public static var newtonTolerance: Double { 0.03 }
    /// The margin with which a single iterate is trusted.
    @inlinable public static var singleIterateMargin: Double { 10 }
    /// The growth of the change that counts as divergence.
    @inlinable public static var divergence: Double { 2 }
    /// A change that says nothing of C but that it is no larger, relative to the scale.
    @inlinable public static var roundOff: Double { 1e-15 }
    /// Most iterations.
    @inlinable public static var mostIterations: Int { 12 }

    // Events.

    /// Most corrections of the end of a step that is to end on an event.
    @inlinable public static var mostLandings: Int { 8 }
    /// What an event function may have left at the end, where it cannot be brought nearer to zero.
    @inlinable public static var eventMiss: Double { 1e-6 }
}
