/// Something that ends a time step of a cell before its end: a number of the state reaches a target.
struct CellEvent: Sendable {
    /// What happens.
    enum Kind: Sendable {
        /// The lattice at the electrolyte has lost what it can lose: voids open.
        case opens
        /// The voids are closed.
        case closes
        /// The lattice at the electrolyte is full.
        case fills
        /// The contact that is left is too small for the current.
        case losesContact
        /// Li-Mg has no lithium left at the electrolyte.
        case depletes
        /// Li-Mg has no room left at the electrolyte.
        case saturates
    }

    let kind: Kind
    let electrode: Int
    /// Where the number is in the state.
    let place: Int
    private let factor: Double
    private let offset: Double

    /// How far the number is past its target, over the whole way to it; negative before.
    @inline(__always)
    func excess(of number: Double) -> Double { factor * number + offset }

    /// Why the cell has failed with it; nil where it goes on.
    func failure(isStripped: Bool) -> CellFailure? {
        switch kind {
        case .opens, .closes, .fills: nil
        case .losesContact: isStripped ? .contactLost : .intrusion
        case .depletes: .depletion
        case .saturates: .saturation
        }
    }

    /// The events that are possible at an electrode, two at most.
    ///
    /// - Parameters:
    ///   - largestVoid: the void fraction that the current can bear.
    ///   - canClose: whether the voids have been wide enough to close.
    static func possible(
        at electrode: Int, in system: FluxBalanceSystem, largestVoid: Double, canClose: Bool
    ) -> (CellEvent?, CellEvent?) {
        let layer = system.interfaces[electrode]
        let (surface, void) = (layer.latticeRange.lowerBound, layer.smallStart)
        func event(_ kind: Kind, _ place: Int, _ factor: Double, _ offset: Double) -> CellEvent {
            CellEvent(kind: kind, electrode: electrode, place: place, factor: factor, offset: offset)
        }
        if layer.isAlloy {
            if layer.migration > 0 {
                // A limit of zero is no size to measure by.
                let size = layer.criticalUnknown > 0 ? layer.criticalUnknown : layer.saturatedUnknown
                return (event(.depletes, surface, -1 / size, layer.criticalUnknown / size), nil)
            }
            if layer.migration < 0 { return (event(.saturates, surface, 1 / layer.saturatedUnknown, -1), nil) }
            return (nil, nil)
        }
        switch layer.contact {
        case .closed where layer.hasLattice && layer.migration > layer.prescribedCreep:
            return (event(.opens, surface, 1 / layer.criticalUnknown, -1), nil)
        case .closed where layer.hasLattice && layer.migration < 0:
            return (event(.fills, surface, -1 / layer.criticalUnknown, 0), nil)
        case .open:
            // Voids that have only just opened are wider than round-off before they can close.
            return (
                event(.closes, void, -1 / system.scale, canClose ? 0 : -Interface.faintVoid),
                event(.losesContact, void, 1 / system.scale, -largestVoid)
            )
        case .closed, .full: return (nil, nil)
        }
    }
}

/// How a cell fails.
enum CellFailure: String, Sendable {
    /// An electrode that was stripped has too little contact left for the current: i/χ reaches i_c, or χ its least value.
    case contactLost = "contact_lost"
    /// Lithium enters the electrolyte where it is plated: i/χ reaches i_c.
    case intrusion
    /// Li-Mg has no lithium left at the electrolyte.
    case depletion
    /// Li-Mg has no room left at the electrolyte.
    case saturation
    /// No lithium is left.
    case exhausted

    /// Whether a smaller current could have been borne: not where lithium or room for it ran out.
    var isOfCurrent: Bool {
        switch self {
        case .contactLost, .intrusion, .depletion: true
        case .saturation, .exhausted: false
        }
    }
}

/// An end of a step that depends on the state, and the side from which it is reached.
struct WatchedEnd: Sendable, Codable {
    let end: CellStep.End
    private let target: Double
    private let direction: Double
    private let way: Double

    /// An end that a step has; nil for a time or a charge.
    ///
    /// - Parameters:
    ///   - start: what it watches when the step begins.
    ///   - isStripped: whether the working electrode is stripped.
    ///   - hasCathode: whether the voltage is that of a full cell, which falls while its anode is stripped.
    init?(_ end: CellStep.End, start: Double, isStripped: Bool, hasCathode: Bool) {
        switch end {
        case .time, .charge: return nil
        case .voltage(let value): (target, direction) = (value, isStripped == hasCathode ? -1 : 1)
        case .contact(let value): (target, direction) = (value, isStripped ? -1 : 1)
        }
        self.end = end
        way = max(abs(target - start), 1e-9 * max(abs(target), abs(start)))
    }

    /// Whether it waits for voids to close altogether.
    var isOfFullContact: Bool { if case .contact(let value) = end { value > 1 - 1e-9 } else { false } }

    /// How far the watched number is past the target, over the whole way to it; negative before.
    func excess(of value: Double) -> Double { direction * (value - target) / way }
}
