extension ESDIRKIntegrator {
    /// Moves the end of the last step onto the first zero of an event within it, where there is one.
    ///
    /// The event function is negative before the event and positive after. The zero is bracketed and bisected on the dense
    /// output; then the step is made again to end there, and the end is corrected by secants on the integrator's own
    /// solution until the function has fallen to `tolerance`, so that the state at the event is a solution and not an
    /// interpolation.
    ///
    /// - Parameters:
    ///   - tolerance: size of the event function that counts as zero.
    ///   - event: the event function of a time since the restart, s, and a state.
    /// - Returns: whether the step now ends at the event.
    /// - Throws: ``StepFailure`` when the shortened step cannot be made.
    public mutating func landOnEvent(
        tolerance: Double, _ event: (_ time: Double, _ state: [Double]) -> Double
    ) throws(StepFailure) -> Bool {
        let begin = previousTime
        let end = time
        var scratch: [Double] = []
        swap(&scratch, &eventState)
        defer { swap(&scratch, &eventState) }
        // A quarter of the step at a time, so that an event that comes and goes within it is seen too.
        var low = begin
        var high = begin
        for quarter in 1...4 {
            high = quarter == 4 ? end : begin + 0.25 * Double(quarter) * (end - begin)
            if value(at: high, scratch: &scratch, event) >= 0 { break }
            if quarter == 4 { return false }
            low = high
        }
        for _ in 0..<200 where high - low > 1e-15 * end {
            let middle = low + 0.5 * (high - low)
            if middle <= low || middle >= high { break }
            if value(at: middle, scratch: &scratch, event) >= 0 { high = middle } else { low = middle }
        }
        guard high > begin else { return false }

        var moment = high
        var excess = 0.0
        var slope = 0.0
        for correction in 0..<StepControl.mostLandings {
            try retakeLastStep(endingAt: moment)
            let before = excess
            excess = event(time, state)
            if abs(excess) <= tolerance { break }
            if correction == 0 {
                let near = begin + 0.999 * (moment - begin)
                slope = (excess - value(at: near, scratch: &scratch, event)) / (moment - near)
            } else {
                let change = (excess - before) / (moment - high)
                if change.isFinite && change > 0 { slope = change }
            }
            let next = moment - excess / slope
            guard next.isFinite, next > begin, next <= end, next != moment else { break }
            high = moment
            moment = next
        }
        // An end that is not the event would be a silent error of the result.
        guard abs(excess) <= StepControl.eventMiss else {
            throw StepFailure(cause: .eventMissed(excess), time: begin, step: moment - begin, cuts: 0)
        }
        return true
    }

    /// Whether an event that looks at one number of the state alone is to be seen within the last step, where ``landOnEvent(tolerance:_:)``
    /// would look for it; much cheaper where it is not.
    public func seesEvent(at index: Int, _ event: (_ value: Double) -> Double) -> Bool {
        let length = time - previousTime
        for quarter in 1...4 {
            let part = 0.25 * Double(quarter)
            if event(quarter == 4 ? state[index] : interpolated(index, at: part, length: length)) >= 0 { return true }
        }
        return false
    }

    private func value(
        at moment: Double, scratch: inout [Double], _ event: (_ time: Double, _ state: [Double]) -> Double
    ) -> Double {
        interpolate(at: moment, into: &scratch)
        return event(moment, scratch)
    }
}
