extension ESDIRKIntegrator {
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
}
