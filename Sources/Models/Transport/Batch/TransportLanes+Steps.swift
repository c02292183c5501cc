import Foundation
import TimeIntegration

// Time steps: their tries, their errors and how they end on events.
extension TransportLanes {
    /// One try of a step in every lane.
    mutating func attempt() {
        attempts += 1
        if repeatsSteps {
            let (iterations, length) = (iterations, length)
            for part in [0.3, 1] {
                self.length = part * length
                solveStages()
            }
            (self.iterations, self.length) = (iterations, length)
        }
        solveStages()
    }

    private mutating func solveStages() {
        shift = ESDIRK43.gamma * length
        if isLinear {
            iterations.replace(with: iterations + 5, where: active)
            grid.factor(shift: shift)
            for stage in 1..<ESDIRK43.stages {
                grid.solveStage(stage, length: length, flux: flux)
            }
        } else {
            newton.beginTry()
            grid.setCouplings(shift: shift)
            for stage in 1..<ESDIRK43.stages {
                iterations += grid.solveStage(
                    stage, length: length, shift: shift, flux: flux, transform: transform, newton: &newton,
                    idle: .!active, unit: unit, leastChange: leastChange)
            }
        }
    }

    /// Takes the tries as steps, or makes them shorter, or lands on an event.
    mutating func judge() {
        let made = grid.finish(length: length, shift: shift)
        let error = made.error * unit
        var failed = active .& (newton.failed .| .!(error .< .infinity))
        var passed = active .& .!failed .& ((error .<= 1) .| landing)

        if any(failed .& landing) {
            giveUp(failed .& landing)
            failed .&= active
        }
        let rejected = active .& .!passed
        if any(rejected) {
            var shrink = StepControl.safety * (1 / error).squareRoot().squareRoot()
            shrink.replace(with: StepControl.leastFactor, where: shrink .< StepControl.leastFactor)
            shrink.replace(with: StepControl.failureFactor, where: failed)
            length.replace(with: length * shrink, where: rejected)
            floor.replace(with: 0, where: rejected)
            rejections.replace(with: rejections + 1, where: rejected)
            // Eight units of the last place of the time, as far as that matters: shorter steps lead nowhere.
            let hopeless = rejected .& .!(length .> 2e-15 * time)
            if any(hopeless) { giveUp(hopeless) }
        }

        // Steps that cross an event, and steps that have landed or must be made once more to do so.
        let watched = passed .& (landing .| watchesContent .| grid.crosses(upperTarget, lowerTarget, length: length))
        for lane in 0..<Lanes.scalarCount where watched[lane] {
            if landing[lane] {
                switch protocols[lane].correctLanding(grid.event(protocols[lane], in: lane)) {
                case .landed: break
                case .again(let length): (self.length[lane], passed[lane]) = (length, false)
                case .missed:
                    passed[lane] = false
                    giveUp(.only(lane))
                }
            } else if let moment = protocols[lane].crossing(grid, length: length[lane], lane: lane) {
                // The error control proposes a step as if the whole one had been taken.
                propose(after: length, error: error, where: .only(lane))
                landing[lane] = true
                steps[lane] += 1
                (length[lane], passed[lane]) = (moment, false)
            }
        }
        passed .&= active
        guard any(passed) else { return }
        let landed = passed .& landing
        let whole = passed .& .!landed
        propose(after: length, error: error, where: whole)
        accept(passed, whole: whole, least: made.least, largest: made.largest)
    }

    /// The proposal of the next step, by the rule of ``StepControl``.
    private mutating func propose(after length: Lanes, error: Lanes, where lanes: LaneMask) {
        let logOfError = logarithm(larger(error, Lanes(repeating: StepControl.leastError)))
        var factor =
            StepControl.safety
            * exponential(
                StepControl.errorBeforeExponent * logOfErrorBefore - StepControl.errorExponent * logOfError)
        factor.replace(with: StepControl.leastFactor, where: factor .< StepControl.leastFactor)
        factor.replace(with: StepControl.largestFactor, where: factor .> StepControl.largestFactor)
        let next = larger(floor, length * factor)
        proposed.replace(with: next.replacing(with: longestStep, where: longestStep .< next), where: lanes)
        logOfErrorBefore.replace(with: larger(logOfError, Lanes(repeating: Self.logOfLeastErrorBefore)), where: lanes)
    }

    private static let logOfLeastErrorBefore = log(StepControl.leastErrorBefore)

    private mutating func accept(_ passed: LaneMask, whole: LaneMask, least: Lanes, largest: Lanes) {
        grid.accept(passed)
        newton.accept(passed)
        var next = time + length
        var ended = passed .& landing
        steps.replace(with: steps + 1, where: whole)
        let atLimit = whole .& (length .>= limit - time)
        next.replace(with: limit, where: atLimit)
        ended .|= atLimit
        let exhausted = whole .& (attempts .>= mostAttempts)
        if any(exhausted) { giveUp(exhausted) }
        time.replace(with: next, where: passed)
        let surface = grid.nodes[0].state
        let outside = passed .& ((least .< lowest) .| (largest .> highest) .| (surface .< lowestAtSurface))
        if any(outside) { giveUp(outside) }
        landing .&= .!passed
        ended .&= active
        if any(ended) {
            let contents = grid.content
            for lane in 0..<Lanes.scalarCount where ended[lane] {
                protocols[lane].endStep(
                    after: time[lane], holding: contents[lane], surface: surface[lane])
                beginStep(of: lane)
            }
        }
        setLengths(of: passed .& active .& .!ended)
    }

    /// Leaves lanes to a run of their own.
    mutating func giveUp(_ lanes: LaneMask) {
        for lane in 0..<Lanes.scalarCount where lanes[lane] { protocols[lane].giveUp() }
        active .&= .!lanes
        landing .&= .!lanes
        length.replace(with: 0, where: lanes)
        flux.replace(with: 0, where: lanes)
    }
}
