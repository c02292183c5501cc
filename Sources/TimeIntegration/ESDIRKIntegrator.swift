/// Advances M dy/dt = R(t, y) by ``ESDIRK43`` with error control.
///
/// The unknown of stage i is its rate k_i:
///
///     M k_i = R(t + c_i Δt, Y_i),   Y_i = y + Δt Σ_{j<i} a_ij k_j + γ Δt k_i
///     Newton:  (M - γ Δt ∂R/∂y) δk = R(Y_i) - M k_i
///     y(t + Δt) = Y_6,   error = Δt Σ_j (b_j - b̂_j) k_j
///
/// Any linear invariant of R (lithium) is kept by every single Newton iterate, so conservation does not hang on a
/// tolerance; the system takes out what round-off adds. The first stage is explicit and equals the last of the step before. The step size follows the
/// proportional-integral law of Gustafsson (ACM TOMS 17 (1991) 533). Time counts from the last ``restart()``.
/// After `init` nothing is allocated. A step that is taken back leaves no trace but its count: each try depends on the accepted state,
/// what was known when the step began, and its length.
public struct ESDIRKIntegrator<System: SemidiscreteSystem> {
    /// The equations.
    public var system: System
    /// Tolerance and limits.
    public let settings: IntegratorSettings
    /// Time since the last restart, s.
    public internal(set) var time = 0.0
    /// Time at which the last accepted step began, s.
    public internal(set) var previousTime = 0.0
    /// The state y at ``time``.
    public internal(set) var state: [Double]
    /// The state at ``previousTime``.
    public internal(set) var previousState: [Double]
    /// The step that the error control proposes next, s.
    public internal(set) var proposedStep = 0.0
    /// Work so far.
    public internal(set) var work = IntegratorWork()

    /// The rates k_1 ... k_6 of the stages, each where ``place(ofStage:)`` says.
    var rates: [Double]
    /// Whether the rates of the first and of the last stage have changed places.
    private var isTurned = false
    /// The rate k_i of the stage that is being solved.
    var rate: [Double]
    var trial: [Double]
    var stageBase: [Double]
    var correction: [Double]
    /// Room for the state at a trial event.
    var eventState: [Double]
    var previousError = 1.0
    var stepsSinceRestart = 0
    /// The constant C of Newton's quadratic convergence, measured when last it took two iterations.
    var newtonConstant = Double.infinity
    /// Where the factored matrix was formed.
    var factored: LaggedPlace<FactoredPlace>
    /// The chord iteration and what it remembers.
    var chords: ChordAcceleration
    /// What was known when the step began.
    var experienceBefore = (newtonConstant: Double.infinity, chords: ChordAcceleration.Experience())
    /// Whether the step has been tried before.
    var isTriedBefore = false

    /// Starts at time 0 from a state of `system.count` values; call ``restart()`` before the first step.
    public init(system: System, state: [Double], settings: IntegratorSettings) {
        precondition(state.count == system.count)
        self.system = system
        self.settings = settings
        // Each has storage of its own: one that shared it would be copied when it is first written.
        func zeros() -> [Double] { [Double](repeating: 0, count: state.count) }
        self.state = zeros()
        previousState = zeros()
        (trial, stageBase, correction) = (zeros(), zeros(), zeros())
        eventState = zeros()
        rates = [Double](repeating: 0, count: state.count * ESDIRK43.stages)
        rate = zeros()
        let isLagged = system.stageMatrix == .approximate
        chords = ChordAcceleration(count: isLagged ? state.count : 0)
        factored = LaggedPlace { FactoredPlace(state: isLagged ? zeros() : []) }
        copy(state, to: &self.state)
        copy(state, to: &previousState)
    }

    /// Begins anew at time 0 from the present state, after the start or a jump in the boundary conditions.
    ///
    /// - Throws: ``StepFailure`` when the rate at the start cannot be found.
    public mutating func restart() throws(StepFailure) {
        time = 0
        previousTime = 0
        previousError = 1
        stepsSinceRestart = 0
        newtonConstant = .infinity
        copy(state, to: &previousState)
        do throws(StageFailure) {
            try begin(at: 0)
            try evaluateRate(of: state, time: 0)
        } catch {
            throw StepFailure(cause: error.cause, time: 0, step: 0, cuts: 0)
        }
        copy(correction, to: &rates, at: place(ofStage: Self.last))
        proposedStep =
            settings.hasFixedSteps
            ? settings.maximumStep : min(settings.initialStep ?? firstStep(), settings.maximumStep)
    }

    /// Counts time from the present state; call ``restart()`` before the next step.
    public mutating func forgetTime() {
        time = 0
        previousTime = 0
    }

    /// Adds one number of the state to another and makes it zero; call ``restart()`` before the next step.
    public mutating func move(from source: Int, to target: Int) {
        state[target] += state[source]
        state[source] = 0
    }

    /// Makes one accepted step that does not pass `limit` (s since the restart) and lands on it exactly where it reaches it.
    ///
    /// - Throws: ``StepFailure`` when no step above the resolution of time succeeds.
    public mutating func step(limit: Double) throws(StepFailure) {
        precondition(limit > time)
        var length = fitted(proposedStep, remaining: limit - time)
        // A step made short to meet its limit says little about the next: it must not shrink the proposal.
        var floor = length < proposedStep ? proposedStep : 0
        do throws(StageFailure) { try begin(at: time) } catch {
            throw StepFailure(cause: error.cause, time: time, step: length, cuts: 0)
        }
        previousTime = time
        copy(state, to: &previousState)
        // The first stage is the last of the step before; its own place is free for the new last stage.
        isTurned.toggle()
        var cuts = 0
        while true {
            stepsSinceRestart += 1
            if stepsSinceRestart > settings.maximumSteps {
                throw StepFailure(cause: .tooManySteps(settings.maximumSteps), time: time, step: length, cuts: cuts)
            }
            let outcome = attempt(length: length)
            var cause: StepFailure.Cause
            switch outcome {
            case .failed(let failure):
                cause = failure
                length *= StepControl.failureFactor
            case .made(let error) where error > 1 && !settings.hasFixedSteps:
                cause = .errorTooLarge(error)
                length *= max(StepControl.leastFactor, StepControl.safety * root(1 / error))
            case .made(let error):
                accept(
                    length: length, error: error, floor: floor, end: length >= limit - time ? limit : time + length)
                return
            }
            work.rejected += 1
            cuts += 1
            floor = 0
            if !(length > 8 * time.ulp) || cuts > 60 {
                throw StepFailure(cause: cause, time: time, step: length, cuts: cuts)
            }
        }
    }

    /// Makes the last step again with another end, inside it, to land on an event; no error control, for it is shorter.
    ///
    /// - Throws: ``StepFailure`` when Newton's iteration does not converge.
    public mutating func retakeLastStep(endingAt end: Double) throws(StepFailure) {
        precondition(end > previousTime)
        if case .failed(let cause) = attempt(length: end - previousTime) {
            throw StepFailure(cause: cause, time: previousTime, step: end - previousTime, cuts: 0)
        }
        time = end
        copy(trial, to: &state)
    }

    private mutating func accept(length: Double, error: Double, floor: Double, end: Double) {
        time = end
        swap(&state, &trial)
        work.steps += 1
        if settings.hasFixedSteps { return }
        let bounded = max(error, StepControl.leastError)
        let factor =
            StepControl.safety * power(bounded, -StepControl.errorExponent)
            * power(previousError, StepControl.errorBeforeExponent)
        let bound = min(StepControl.largestFactor, max(StepControl.leastFactor, factor))
        proposedStep = min(max(floor, length * bound), settings.maximumStep)
        previousError = max(error, StepControl.leastErrorBefore)
    }

    /// A step that reaches the limit in whole steps, without a sliver at its end.
    private func fitted(_ step: Double, remaining: Double) -> Double {
        if step >= remaining * (1 - 1e-9) { return remaining }
        return step > 0.5 * remaining && !settings.hasFixedSteps ? 0.5 * remaining : step
    }

    static var last: Int { ESDIRK43.stages - 1 }

    /// Where the rates of a stage begin in ``rates``.
    @inline(__always)
    func place(ofStage stage: Int) -> Int {
        let turned = isTurned && (stage == 0 || stage == Self.last) ? Self.last - stage : stage
        return turned * state.count
    }

    private func root(_ x: Double) -> Double { power(x, 1 / Double(ESDIRK43.embeddedOrder + 1)) }
}

/// Where the matrix of an integrator was formed. Not within the integrator, whose type would have to be made out each time it is used.
struct FactoredPlace {
    var time = 0.0
    /// γ Δt; negative when there is no matrix.
    var shift = -1.0
    /// The state, where a matrix is kept whose entries depend on it.
    var state: [Double] = []
}
