/// What ends a protocol step, where it begins.
struct StepEnds: Sendable, Codable {
    /// An event that ends the step: a quantity of the state crosses a target.
    struct Event: Sendable, Codable {
        let end: ProtocolStep.End
        /// 1 when the quantity rises to the target, -1 when it falls.
        let direction: Double
        let target: Double
        /// The quantity when the step began.
        let start: Double

        /// Whether the quantity is the lithium in the layer; otherwise it is the unknown at the electrolyte.
        var isOfContent: Bool { if case .utilisation = end { true } else { false } }

        /// Whether the surface is at its target when the step begins, but for round-off of the size given; a utilisation
        /// always has a way to go.
        func isMetAtStart(within roundOff: Double) -> Bool {
            !isOfContent && direction * (start - target) >= -roundOff
        }

        /// How far the quantity is past the target, over the whole way from the start; negative before.
        func excess(of quantity: Double) -> Double { direction * (quantity - target) / abs(target - start) }
    }

    /// Time after which the step ends, s.
    private(set) var limit = Double.infinity
    /// What ends it then.
    private(set) var limitingEnd: ProtocolStep.End?
    private(set) var events: [Event] = []
    /// An end that is met before the step begins.
    private(set) var metAtStart: ProtocolStep.End?

    /// Lithium that a step can move from what the layer holds to the limit of its direction, mol/m2, with its sign; 0 when the
    /// layer is past that limit already, or at it but for round-off.
    ///
    /// - Parameters:
    ///   - full: lithium of a layer at saturation, mol/m2.
    ///   - empty: that of a layer at depletion.
    static func movable(in step: ProtocolStep, holding lithium: Double, full: Double, empty: Double) -> Double {
        let movable =
            switch step.kind {
            case .plate: max(0, full - lithium)
            case .strip: min(0, empty - lithium)
            case .rest: 0.0
            }
        return abs(movable) > 1e-12 * full ? movable : 0
    }

    /// The ends of a step.
    ///
    /// - Parameters:
    ///   - surface: the largest (1) or the least (-1) unknown at the electrolyte.
    ///   - lithium: lithium in the layer, mol/m2.
    ///   - movable: lithium that the step can move, mol/m2, with its sign.
    ///   - saturation: the unknown at saturation.
    ///   - depletion: the unknown at depletion.
    init(
        of step: ProtocolStep, surface: (_ direction: Double) -> Double, lithium: Double, movable: Double,
        saturation: Double, depletion: Double
    ) {
        for end in step.ends {
            switch end {
            case .time(let time) where time < limit: (limit, limitingEnd) = (time, end)
            case .charge(let charge) where charge / step.currentDensity < limit:
                (limit, limitingEnd) = (charge / step.currentDensity, end)
            case .time, .charge: break
            case .surfaceSaturates:
                events.append(Event(end: end, direction: 1, target: saturation, start: surface(1)))
            case .surfaceDepletes:
                events.append(Event(end: end, direction: -1, target: depletion, start: surface(-1)))
            case .utilisation(let fraction):
                // Nothing is left to move in the direction of the step: it is over before it begins.
                if movable == 0 {
                    metAtStart = end
                    return
                }
                events.append(
                    Event(
                        end: end, direction: movable > 0 ? 1 : -1, target: lithium + fraction * movable,
                        start: lithium))
            }
        }
        // A surface that another step has left at its limit may miss it by round-off.
        let roundOff = 1e-12 * saturation
        metAtStart = events.first { $0.isMetAtStart(within: roundOff) }?.end
    }
}
