import Quantities
import TimeIntegration

/// The protocol of one layer among eight, and where the layer stands in it.
struct LaneProtocol {
    let frame: LayerFrame
    /// The least unknown at the electrolyte of a strip, mol/m3.
    let leastStripped: Double
    private let steps: [ProtocolStep]
    private let relativeTolerance: Double
    private let eventTolerance: Double
    /// Length of the layer in the coordinate of the frame, m.
    private let length: Double
    private let saturation: Double
    private let depletion: Double
    private var ends: StepEnds?
    private var reports: [ProtocolStepReport] = []
    private var lithiumAtStart = 0.0
    private var lithium = 0.0
    private var charge = 0.0
    private var duration = 0.0
    private var largestImbalance = 0.0
    private var surface = 0.0
    private var isGivenUp = false
    private var landing = Landing()

    init(_ layer: TransportParameters, frame: LayerFrame, length: Double) {
        self.frame = frame
        let bounds = layer.bounds
        leastStripped = frame.unknown(concentration: bounds.lowest - bounds.roundOff)
        steps = layer.protocolSteps
        relativeTolerance = layer.integrator.relativeTolerance
        eventTolerance = layer.integrator.eventTolerance
        self.length = length
        saturation = frame.unknown(concentration: layer.saturation)
        depletion = frame.unknown(concentration: layer.depletion)
    }

    /// Begins with the lithium that the layer holds, mol/m2.
    mutating func begin(holding lithium: Double) {
        lithiumAtStart = lithium
        self.lithium = lithium
    }

    /// The step of the protocol that begins at a state; nil when all are done. Steps whose end is met already are over at once.
    mutating func nextStep(surface: Double) -> ProtocolStep? {
        self.surface = surface
        while reports.count < steps.count {
            let step = steps[reports.count]
            let ends = StepEnds(
                of: step, surface: { _ in surface }, lithium: lithium, movable: movable(in: step),
                saturation: saturation, depletion: depletion)
            guard let met = ends.metAtStart else {
                self.ends = ends
                return step
            }
            report(step, end: met, duration: 0, utilisation: 0)
        }
        return nil
    }

    /// Time after which the present step ends, s, and the unknowns at the electrolyte that end it, mol/m3.
    var bounds: (limit: Double, upper: Double, lower: Double) {
        var (upper, lower) = (Double.infinity, -Double.infinity)
        for event in ends?.events ?? [] where !event.isOfContent {
            if event.direction > 0 { upper = event.target } else { lower = event.target }
        }
        return (ends?.limit ?? .infinity, upper, lower)
    }

    /// Whether the present step ends with a utilisation.
    var watchesContent: Bool { ends?.events.contains { $0.isOfContent } ?? false }

    /// Ends the present step with what the layer then holds.
    mutating func endStep(after time: Double, holding lithium: Double, surface: Double) {
        guard let ends else { return }
        let step = steps[reports.count]
        let end = landing.event.map { ends.events[$0].end } ?? ends.limitingEnd
        let movable = movable(in: step)
        report(
            step, end: end, duration: time, utilisation: movable == 0 ? 0 : (lithium - self.lithium) / movable)
        self.lithium = lithium
        largestImbalance = max(largestImbalance, abs(lithium - lithiumAtStart - charge / Constants.faraday))
        landing = Landing()
    }

    private mutating func report(
        _ step: ProtocolStep, end: ProtocolStep.End?, duration: Double, utilisation: Double
    ) {
        let passed = step.signedCurrentDensity * duration
        reports.append(
            ProtocolStepReport(
                name: step.kind.rawValue, end: end?.name ?? "interrupted", duration: duration, charge: passed,
                utilisation: utilisation))
        charge += passed
        self.duration += duration
    }

    /// Lithium that a step can move, mol/m2.
    private func movable(in step: ProtocolStep) -> Double {
        StepEnds.movable(in: step, holding: lithium, full: saturation * length, empty: depletion * length)
    }

    /// Leaves the layer to a run of its own.
    mutating func giveUp() { isGivenUp = true }

    /// How the layer ended; nil where it was given up.
    func end(_ work: IntegratorWork) -> TransportEnd? {
        if isGivenUp { return nil }
        return TransportEnd(
            protocolEnd: ProtocolEnd(
                reports: reports, duration: duration, largestImbalance: largestImbalance,
                lithiumAtStart: lithiumAtStart, work: work),
            surface: frame.concentration(surface), lithium: lithium, thickness: length + frame.swelling * lithium,
            frame: frame)
    }

    // MARK: - Events

    /// A step that is made again with another end, until it ends on an event.
    private struct Landing {
        var event: Int?
        /// Length of the step as the error control made it, of the present try and of the one before, s.
        var whole = 0.0
        var length = 0.0
        var lengthBefore = 0.0
        var excess = 0.0
        var slope = 0.0
        var corrections = 0
    }

    /// What comes of a try to land.
    enum Try {
        case landed
        /// Make the step again with this length, s.
        case again(Double)
        /// The event cannot be reached.
        case missed
    }

    /// The length of the step, s, with which it would end on the first event within it, by dense output; nil when there is none.
    mutating func crossing(_ grid: LaneGrid, length: Double, lane: Int) -> Double? {
        guard let ends else { return nil }
        for (index, event) in ends.events.enumerated() {
            let course = grid.course(of: event, length: length, in: lane)
            guard let zero = course.firstZero(of: event, within: 1e-2 * relativeTolerance),
                zero * length < (landing.event == nil ? .infinity : landing.length)
            else { continue }
            landing = Landing()
            landing.event = index
            landing.whole = length
            landing.length = zero * length
        }
        return landing.event == nil ? nil : landing.length
    }

    /// The event on which the present step is to land.
    var landingEvent: StepEnds.Event? { landing.event.flatMap { ends?.events[$0] } }

    /// Judges a try by where the event function is at its end, and how fast it grows there.
    mutating func correctLanding(_ found: (quantity: Double, rate: Double)) -> Try {
        guard let event = landingEvent else { return .missed }
        let before = landing.excess
        landing.excess = event.excess(of: found.quantity)
        if abs(landing.excess) <= eventTolerance { return .landed }
        if landing.corrections == 0 {
            landing.slope = event.direction * found.rate / abs(event.target - event.start)
        } else {
            let change = (landing.excess - before) / (landing.length - landing.lengthBefore)
            if change.isFinite && change > 0 { landing.slope = change }
        }
        let next = landing.length - landing.excess / landing.slope
        landing.corrections += 1
        guard landing.corrections < StepControl.mostLandings, next.isFinite, next > 0, next <= landing.whole,
            next != landing.length
        else {
            return abs(landing.excess) <= StepControl.eventMiss ? .landed : .missed
        }
        (landing.lengthBefore, landing.length) = (landing.length, next)
        return .again(next)
    }
}
