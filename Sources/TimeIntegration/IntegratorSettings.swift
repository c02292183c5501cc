/// What the time integrator is asked for.
public struct IntegratorSettings: Sendable, Hashable {
    /// Largest local error of a step, relative to the system's scale, in the maximum norm.
    public var relativeTolerance: Double
    /// First step after a start or a jump of the boundary conditions, s; nil lets the integrator choose.
    public var initialStep: Double?
    /// Longest step, s.
    public var maximumStep: Double
    /// Whether every step has the length `maximumStep`, whatever its error: for measuring the order, not for cases.
    public var hasFixedSteps: Bool
    /// Whether every step is made shorter, taken back, made, taken back, and made again, which must change nothing: for tests, not for
    /// cases.
    public var repeatsSteps = false
    /// Most steps, rejected ones included, between two calls of ``ESDIRKIntegrator/restart()``.
    public var maximumSteps: Int

    /// Settings with the given limits.
    public init(
        relativeTolerance: Double, initialStep: Double? = nil, maximumStep: Double = .infinity,
        hasFixedSteps: Bool = false, maximumSteps: Int = 1_000_000
    ) {
        self.relativeTolerance = relativeTolerance
        self.initialStep = initialStep
        self.maximumStep = maximumStep
        self.hasFixedSteps = hasFixedSteps
        self.maximumSteps = maximumSteps
    }

    /// Size of an event function, over its whole way, that counts as zero: well below what the steps leave.
    public var eventTolerance: Double { max(1e-13, 1e-5 * relativeTolerance) }

    /// Thirty times the tolerance and twice the prescribed steps, for an estimate of the error of the time steps.
    public var coarser: IntegratorSettings {
        var coarser = self
        coarser.relativeTolerance *= 30
        coarser.maximumStep *= 2
        coarser.initialStep = initialStep.map { 2 * $0 }
        return coarser
    }
}

/// Why a step could not be made, with what a message needs to say.
public struct StepFailure: Error, Sendable, Hashable {
    /// What went wrong last.
    public enum Cause: Sendable, Hashable {
        /// Newton's iteration did not converge; the last change and the one before, relative to the tolerance.
        case newtonDiverged(lastChange: Double, before: Double)
        /// The equations could not be evaluated, in the words of the system.
        case notEvaluated(EvaluationFailure)
        /// A value became NaN or infinite: which, and where.
        case notFinite(String)
        /// The linear equations of the step could not be solved, in the words of the system.
        case notSolved(String)
        /// The matrix of the step is singular.
        case singular
        /// The local error stayed above the tolerance, by this factor.
        case errorTooLarge(Double)
        /// An event was seen but the step could not be made to end on it: the event function there.
        case eventMissed(Double)
        /// The allowed number of steps was used up.
        case tooManySteps(Int)
    }

    /// What went wrong last.
    public var cause: Cause
    /// Time since the last restart at which the step began, s.
    public var time: Double
    /// Length of the last try, s.
    public var step: Double
    /// How often the step was cut.
    public var cuts: Int

    /// The failure in words, without the time.
    public var description: String {
        let tried = cuts > 0 ? " after the step was cut \(cuts) times to \(step) s" : ""
        switch cause {
        case .newtonDiverged(let last, let before):
            return
                "Newton's iteration did not converge\(tried) (last changes \(before) and \(last) times the tolerance)"
        case .notEvaluated(let failure): return "\(failure)\(tried)"
        case .notFinite(let what): return "\(what)\(tried)"
        case .notSolved(let problem): return "the implicit step could not be solved: \(problem)\(tried)"
        case .singular: return "the matrix of the implicit step is singular\(tried)"
        case .errorTooLarge(let ratio): return "the local error stayed \(ratio) times the tolerance\(tried)"
        case .eventMissed(let excess): return "the event that ends the step could not be reached (left: \(excess))"
        case .tooManySteps(let count): return "the step did not end within \(count) time steps"
        }
    }
}

/// Work counted since the integrator was made.
public struct IntegratorWork: Sendable, Hashable, Codable {
    /// Accepted steps.
    public var steps = 0
    /// Steps taken back because of their error or because Newton's iteration did not converge.
    public var rejected = 0
    /// Newton iterations (one a stage for a linear system).
    public var newtonIterations = 0
    /// Matrices factored; one that is only formed again, after a step was taken back or in another process, is not counted.
    public var factorisations = 0

    /// No work yet.
    public init() {}
}
