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
/// After `init` nothing is allocated; a rejected step leaves no trace but its count.
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
    public private(set) var state: [Double]
    /// The state at ``previousTime``.
    public private(set) var previousState: [Double]
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
    /// γ Δt of the factored matrix; negative when there is none.
    var factoredShift = -1.0
    /// The chord iteration and what it remembers.
    var chords: ChordAcceleration

    /// Starts at time 0 from a state of `system.count` values; call ``restart()`` before the first step.
    public init(system: System, state: [Double], settings: IntegratorSettings) {
        precondition(state.count == system.count)
        self.system = system
        self.settings = settings
        self.state = state
        previousState = state
        trial = state
        stageBase = state
        correction = state
        eventState = [Double](repeating: 0, count: state.count)
        rates = [Double](repeating: 0, count: state.count * ESDIRK43.stages)
        rate = eventState
        chords = ChordAcceleration(count: system.stageMatrix == .approximate ? state.count : 0)
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

    /// Dense output: the state at a time within the last step, by the cubic through both ends and their rates.
    ///
    /// Linear invariants are kept exactly; the error is of the order of the step's own.
    public func interpolate(at moment: Double, into result: inout [Double]) {
        let length = time - previousTime
        let s = length > 0 ? (moment - previousTime) / length : 1
        // Hermite's basis for s in [0, 1]
        let h01 = s * s * (3 - 2 * s)
        let h10 = s * (1 - s) * (1 - s) * length
        let h11 = s * s * (s - 1) * length
        let (firstPlace, lastPlace) = (place(ofStage: 0), place(ofStage: Self.last))
        let rates = rates.span
        let (start, end) = (previousState.span, state.span)
        var result = result.mutableSpan
        precondition(result.count == end.count && start.count == end.count)
        for index in end.indices {
            let before = start[unchecked: index]
            result[unchecked: index] =
                before + h01 * (end[unchecked: index] - before) + h10 * rates[unchecked: firstPlace &+ index]
                + h11 * rates[unchecked: lastPlace &+ index]
        }
    }

    /// The dense output of one number of the state at a part of the last step, which has this length, s.
    func interpolated(_ index: Int, at s: Double, length: Double) -> Double {
        let before = previousState[index]
        let (first, last) = (rates[place(ofStage: 0) + index], rates[place(ofStage: Self.last) + index])
        return before + s * s * (3 - 2 * s) * (state[index] - before) + s * (1 - s) * (1 - s) * length * first + s * s
            * (s - 1) * length * last
    }

    // MARK: - One step

    private enum Outcome {
        /// The end is in `trial`; the largest local error relative to the tolerance.
        case made(error: Double)
        case failed(StepFailure.Cause)
    }

    /// One try from `previousState` at `previousTime`.
    private mutating func attempt(length: Double) -> Outcome {
        let shift = ESDIRK43.gamma * length
        for stage in 1..<ESDIRK43.stages {
            copy(previousState, to: &stageBase)
            for earlier in 0..<stage {
                let weight = ESDIRK43.table[stage][earlier]
                if weight != 0 { add(length * weight, times: rates, from: place(ofStage: earlier), to: &stageBase) }
            }
            let stageTime = previousTime + ESDIRK43.times[stage] * length
            do throws(StageFailure) {
                switch system.stageMatrix {
                case .constant: try solveLinearStage(stage, time: stageTime, shift: shift)
                case .exact: try iterateByNewton(stage, time: stageTime, shift: shift)
                case .approximate: try iterateByChords(stage, time: stageTime, shift: shift)
                }
            } catch {
                return .failed(error.cause)
            }
            copy(rate, to: &rates, at: place(ofStage: stage))
        }
        // error = Δt Σ (b_j - b̂_j) k_j
        for index in stageBase.indices { stageBase[index] = 0 }
        for stage in 0..<ESDIRK43.stages {
            let weight = ESDIRK43.errorWeights[stage]
            if weight != 0 { add(length * weight, times: rates, from: place(ofStage: stage), to: &stageBase) }
        }
        let largest = largestMagnitude(of: stageBase)
        guard largest.isFinite else { return .failed(.notFinite) }
        return .made(error: largest / (settings.relativeTolerance * system.scale))
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

    // MARK: - Rates and first step

    /// Tells the system that a step begins at the present state.
    private mutating func begin(at time: Double) throws(StageFailure) {
        do throws(EvaluationFailure) { try system.beginStep(time: time, state: state) } catch {
            throw StageFailure(.notEvaluated(error))
        }
    }

    /// Writes M⁻¹ R(t, y) to `correction`.
    private mutating func evaluateRate(of state: [Double], time: Double) throws(StageFailure) {
        try factor(time: time, state: state, shift: 0)
        try evaluateResidual(time: time, state: state)
        system.solve(&correction)
        guard largestMagnitude(of: correction).isFinite else { throw StageFailure(.notFinite) }
    }

    /// A first step whose local error is about the tolerance (Hairer, Nørsett and Wanner, Solving ODEs I, II.4).
    private mutating func firstStep() -> Double {
        let unit = 1 / (settings.relativeTolerance * system.scale)
        copy(rates, from: place(ofStage: Self.last), to: &rate)
        let rateSize = largestMagnitude(of: rate)
        guard rateSize > 0 else { return settings.maximumStep }
        // An explicit probe that moves the state by a hundredth of the tolerance.
        let probe = StepControl.probe / (rateSize * unit)
        copy(state, to: &trial)
        add(probe, times: rate, to: &trial)
        do throws(StageFailure) { try evaluateRate(of: trial, time: probe) } catch { return probe }
        add(-1, times: rate, to: &correction)
        let curvature = largestMagnitude(of: correction) / probe
        // |y′′| Δt² / 2 of a hundredth of the tolerance, or a hundred probes where the rate does not change.
        return min(
            StepControl.mostProbes * probe,
            curvature > 0 ? (StepControl.firstCurvature / (curvature * unit)).squareRoot() : .infinity)
    }

    private static var last: Int { ESDIRK43.stages - 1 }

    /// The rate of the last stage, with which the next step begins.
    var lastRate: [Double] { Array(rates[place(ofStage: Self.last)..<place(ofStage: Self.last) + state.count]) }

    /// Takes the place of an integrator that has made a step to this state.
    mutating func takeUp(state: [Double], lastRate: [Double]) {
        self.state = state
        previousState = state
        copy(lastRate, to: &rates, at: place(ofStage: Self.last))
    }

    /// Where the rates of a stage begin in ``rates``.
    func place(ofStage stage: Int) -> Int {
        let turned = isTurned && (stage == 0 || stage == Self.last) ? Self.last - stage : stage
        return turned * state.count
    }

    private func root(_ x: Double) -> Double { power(x, 1 / Double(ESDIRK43.embeddedOrder + 1)) }
}
