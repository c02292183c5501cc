/// The cubic through a quantity and its rates at both ends of a step, over s from 0 to 1.
struct StepCourse {
    let start: Double
    let end: Double
    /// Rates times the length of the step.
    let startRate: Double
    let endRate: Double

    func callAsFunction(_ s: Double) -> Double {
        start + s * s * (3 - 2 * s) * (end - start) + s * (1 - s) * (1 - s) * startRate + s * s * (s - 1) * endRate
    }

    /// The first s at which an event happens, by quarters of the step and then by regula falsi; nil when it does not.
    ///
    /// - Parameter width: length of the bracket of s that will do: a landing corrects the rest.
    func firstZero(of event: StepEnds.Event, within width: Double) -> Double? {
        var (low, high) = (0.0, 0.0)
        for quarter in 1...4 {
            high = quarter == 4 ? 1 : 0.25 * Double(quarter)
            if event.excess(of: self(high)) >= 0 { break }
            if quarter == 4 { return nil }
            low = high
        }
        // Regula falsi after Illinois: as sure as halving, and some five evaluations instead of fifty.
        var (atLow, atHigh) = (event.excess(of: self(low)), event.excess(of: self(high)))
        for _ in 0..<60 where high - low > width && atHigh != 0 {
            let middle = high - atHigh * (high - low) / (atHigh - atLow)
            guard middle > low, middle < high else { break }
            let found = event.excess(of: self(middle))
            if found >= 0 {
                (high, atHigh) = (middle, found)
                atLow *= 0.5
            } else {
                (low, atLow) = (middle, found)
                atHigh *= 0.5
            }
        }
        return high
    }
}

extension LaneGrid {
    /// Lanes in which the unknown at the electrolyte reaches a target within the last try, at one of its quarters.
    func crosses(_ upper: Lanes, _ lower: Lanes, length: Lanes) -> LaneMask {
        let start = nodes[0].state
        let change = nodes[0].trial - start
        let first = length * (nodes[0].rates[0] + corrections[0])
        let last = length * (nodes[0].rates[5] + corrections[5])
        var crosses = LaneMask(repeating: false)
        for s in [0.25, 0.5, 0.75, 1] {
            let bend = s * (1 - s) * ((1 - s) * first - s * last)
            let place = start + s * s * (3 - 2 * s) * change + bend
            crosses .|= (place .>= upper) .| (place .<= lower)
        }
        return crosses
    }

    /// The course of an event's quantity through the last try.
    func course(of event: StepEnds.Event, length: Double, in lane: Int) -> StepCourse {
        let end = quantity(of: event, in: lane)
        return StepCourse(
            start: event.isOfContent
                ? nodes.indices.reduce(0) { $0 + nodes[$1].mass[lane] * nodes[$1].state[lane] }
                : nodes[0].state[lane], end: end.quantity,
            startRate: length * rate(of: event, stage: 0, in: lane), endRate: length * end.rate)
    }

    /// The quantity of the landing's event at the end of the last try, and its rate there.
    func event(_ lane: LaneProtocol, in index: Int) -> (quantity: Double, rate: Double) {
        lane.landingEvent.map { quantity(of: $0, in: index) } ?? (.nan, .nan)
    }

    private func quantity(of event: StepEnds.Event, in lane: Int) -> (quantity: Double, rate: Double) {
        let quantity =
            event.isOfContent
            ? nodes.indices.reduce(0) { $0 + nodes[$1].mass[lane] * nodes[$1].trial[lane] } : nodes[0].trial[lane]
        return (quantity, rate(of: event, stage: 5, in: lane))
    }

    private func rate(of event: StepEnds.Event, stage: Int, in lane: Int) -> Double {
        event.isOfContent
            ? nodes.indices.reduce(0) {
                $0 + nodes[$1].mass[lane] * (nodes[$1].rates[stage][lane] + corrections[stage][lane])
            }
            : nodes[0].rates[stage][lane] + corrections[stage][lane]
    }
}
