import LinearAlgebra
import Materials
import TimeIntegration

/// The equations of a cell of one or two electrodes, as the time integrator sees them.
///
/// The state holds, electrode after electrode, the lattice where it is resolved, and behind all lattices three numbers for each
/// electrode: void fraction 1 - χ, creep path z and settling δ,
///
///     h_v d(1 - χ)/dt = Ω J_void,   dz/dt = Ω (J_creep + J_growth),   dδ/dt = thinning under confinement,
///
/// in units of `scale`, the size of the lattice's unknown: the void fraction times the scale, lengths over h_v times the scale. A lattice
/// that is not resolved makes its vacancies at sinks, which thins the layer: its flux counts into z. The lattices see nothing of the
/// three numbers, so the matrix is solved lattice first.
struct FluxBalanceSystem: SemidiscreteSystem {
    /// What the interface of each electrode does.
    var interfaces: [Interface]
    /// The lattice of each electrode; empty where they are not resolved.
    private(set) var lattices: [ElectrodeLattice]
    var stack: StackState
    let electrode: ElectrodeParameters
    let temperature: Double
    let confinedCreep: ConfinedCreep?
    let radius: Double
    let count: Int
    let scale: Double
    /// Where the void fraction of the first electrode is.
    let smallStart: Int
    /// Length for one unit of a state, m.
    let lengthUnit: Double
    /// Change of a state for each lithium that opens voids or creeps, m2/mol.
    private let rate: Double
    private var small: SmallFactor
    /// How fast creep fills the voids of each electrode, times the shift, for a pressure that depends on nothing.
    private var fillings: [Double]
    /// Whether the small unknowns are coupled by the pressure.
    private var isCoupled = false
    /// Derivatives of what voids and growth take by the unknowns of the first cell of each lattice.
    private var couplings: [SIMD3<Double>]

    var stageMatrix: StageMatrix { .exact }

    init(_ parameters: FluxBalanceParameters) {
        let copies = if case .symmetric = parameters.counter { 2 } else { 1 }
        electrode = parameters.working
        let lattice = ElectrodeLattice(electrode, cells: parameters.cells, grading: parameters.grading)
        lattices = lattice.map { [ElectrodeLattice](repeating: $0, count: copies) } ?? []
        let nodes = lattice?.start.count ?? 0
        interfaces = (0..<copies).map {
            Interface(
                parameters.working, temperature: parameters.temperature, lattice: $0 * nodes..<($0 + 1) * nodes,
                smallStart: copies * nodes + 3 * $0)
        }
        temperature = parameters.temperature
        confinedCreep = parameters.stack.confinedCreep
        radius = parameters.stack.radius
        smallStart = copies * nodes
        count = smallStart + 3 * copies
        scale = lattice?.system.scale ?? 1
        lengthUnit = electrode.voidHeight / scale
        rate = electrode.molarVolume / lengthUnit
        small = SmallFactor(count: 3 * copies)
        fillings = [Double](repeating: 0, count: copies)
        couplings = [SIMD3<Double>](repeating: .zero, count: copies)
        stack = StackState(load: parameters.stack.pressure)
    }

    /// The state at the start.
    var initialState: [Double] {
        var state = lattices.flatMap(\.start)
        for _ in interfaces { state += [scale * (1 - electrode.contactFraction), 0, 0] }
        return state
    }

    // MARK: - Steps

    /// Begins a step: the fluxes i/F of the electrodes, positive where they strip, mol/(m2 s).
    mutating func begin(
        _ state: [Double], migration: (Int) -> Double, isHeld: Bool
    ) throws(EvaluationFailure) {
        for index in interfaces.indices {
            var pinned = 0.0
            if !lattices.isEmpty {
                try lattices[index].evaluate(time: 0, state, from: interfaces[index].latticeRange.lowerBound)
                pinned = lattices[index].system.pinnedFlux
            }
            interfaces[index].begin(
                migration: migration(index), isHeld: isHeld, void: void(index, in: state),
                surface: surface(index, in: state), pinned: pinned)
            follow(index)
        }
    }

    /// Changes what the interface of an electrode does.
    mutating func become(_ contact: Interface.Contact, electrode index: Int) {
        interfaces[index].become(contact)
        follow(index)
    }

    /// Lets the lattice of an electrode take over what its interface does.
    mutating func follow(_ index: Int) {
        if !lattices.isEmpty { lattices[index].follow(interfaces[index]) }
    }

    /// The fluxes of an electrode at a state, mol/(m2 s).
    mutating func fluxes(_ index: Int, time: Double, state: [Double]) throws(EvaluationFailure) -> FluxSplit {
        if !lattices.isEmpty {
            try lattices[index].evaluate(time: time, state, from: interfaces[index].latticeRange.lowerBound)
        }
        let load = load(time: time, state: state)
        return fluxes(index, load: load, thinning: thinning(index, load: load, state: state).value, state: state).split
    }

    @inline(__always)
    private mutating func fluxes(
        _ index: Int, load: Double, thinning: Double, state: [Double]
    ) -> (split: FluxSplit, creep: Interface.CreepSlopes) {
        let (void, pressure) = (void(index, in: state), Self.pressure(load))
        interfaces[index].evaluateCreep(void: void, pressure: pressure)
        return interfaces[index].fluxes(
            void: void, thinning: thinning,
            pinned: lattices.isEmpty ? 0 : lattices[index].system.pinnedFlux)
    }

    // MARK: - The equations

    mutating func residual(time: Double, state: [Double], into result: inout [Double]) throws(EvaluationFailure) {
        let load = load(time: time, state: state)
        for index in interfaces.indices {
            let interface = interfaces[index]
            if !lattices.isEmpty {
                let start = interface.latticeRange.lowerBound
                try lattices[index].evaluate(time: time, state, from: start)
                lattices[index].write(to: &result, from: start)
            }
            let void = void(index, in: state)
            if void >= 1 { throw EvaluationFailure("an electrode lost all contact with the electrolyte") }
            let thinning = thinning(index, load: load, state: state).value
            let split = fluxes(index, load: load, thinning: thinning, state: state).split
            // The collector is moved by all but what goes into voids and into a resolved lattice.
            let drift = split.creep + split.growth + (interface.hasLattice ? 0 : split.diffusion)
            let share = interface.isHeld && interface.isOpen ? 1 - void : 1
            let place = interface.smallStart
            result[place] = rate * split.void
            result[place + 1] = interface.isAlloy ? 0 : rate * drift
            result[place + 2] = share * thinning / lengthUnit
        }
    }

    /// Velocity with which a layer of lithium is squeezed, m/s, and its derivatives by load and thickness.
    @inline(__always)
    private func thinning(
        _ electrode: Int, load: Double, state: [Double]
    ) -> (value: Double, byLoad: Double, byThickness: Double) {
        guard let confinedCreep, load > 0, !interfaces[electrode].isAlloy else { return (0, 0, 0) }
        let pressure = Dual(load, partials: SIMD2<Double>(1, 0))
        let thickness = Dual(metalThickness(electrode, in: state), partials: SIMD2<Double>(0, 1))
        let rate = confinedCreep.thinningRate(
            pressure: pressure, thickness: thickness, radius: radius, temperature: Dual(temperature))
        let velocity = thickness * rate
        return (velocity.value, velocity.partials.x, velocity.partials.y)
    }

    func subtractMass(times rate: [Double], from result: inout [Double]) {
        for index in lattices.indices {
            lattices[index].subtractMass(
                times: rate, from: &result, start: interfaces[index].latticeRange.lowerBound)
        }
        for place in smallStart..<count { result[place] -= rate[place] }
    }

    mutating func factor(time: Double, state: [Double], shift: Double) -> Bool {
        let load = load(time: time, state: state)
        isCoupled = stack.stiffness != 0 || confinedCreep != nil
        if isCoupled { small.setIdentity() }
        for index in interfaces.indices {
            if !lattices.isEmpty {
                let start = interfaces[index].latticeRange.lowerBound
                guard lattices[index].factor(time: time, state, from: start, shift: shift) else { return false }
                couplings[index] =
                    interfaces[index].pinsSurface ? (shift * rate) * lattices[index].system.pinnedFluxSlopes : .zero
            }
            if isCoupled {
                if !interfaces[index].isAlloy { addTangent(of: index, load: load, state: state, shift: shift) }
            } else {
                let creep = fluxes(index, load: load, thinning: 0, state: state).creep
                fillings[index] = creep.isTakenByLattice ? 0 : shift * rate * creep.byVoid / scale
                guard fillings[index].isFinite else { return false }
            }
        }
        return isCoupled ? small.factor() : true
    }

    /// Subtracts `shift` times the derivatives of an electrode's three equations by all the small unknowns.
    private mutating func addTangent(of index: Int, load: Double, state: [Double], shift: Double) {
        let void = void(index, in: state)
        let thinning = thinning(index, load: load, state: state)
        let creep = fluxes(index, load: load, thinning: thinning.value, state: state).creep
        let interface = interfaces[index]
        let row = 3 * index
        let holds = interface.isHeld && interface.isOpen
        // Creep and drift by void fraction, by the metal that is left in this layer, and by a thinning of any layer, which unloads the
        // springs.
        let byThickness = creep.byThinning * thinning.byThickness
        let byLoad = (load > 0 ? creep.byPressure : 0) + creep.byThinning * thinning.byLoad
        let (own, all) = (-lengthUnit * byThickness, -lengthUnit * stack.stiffness * byLoad)
        if interface.isOpen && !creep.isTakenByLattice {
            let factor = shift * rate
            small[row, row] += factor * creep.byVoid / scale
            small[row + 1, row] -= factor * creep.byVoid / scale
            for place in 0...1 {
                small[row, row + place] += factor * own
                small[row + 1, row + place] -= factor * own
            }
            if all != 0 {
                for other in 0..<interfaces.count {
                    for place in 1...2 {
                        small[row, 3 * other + place] += factor * all
                        small[row + 1, 3 * other + place] -= factor * all
                    }
                }
            }
        }
        guard thinning.value != 0 else { return }
        // δ, dδ/dt over the unit of length.
        let share = holds ? 1 - void : 1
        if holds { small[row + 2, row] += shift * thinning.value / (lengthUnit * scale) }
        for place in 0...1 { small[row + 2, row + place] += shift * share * thinning.byThickness }
        for other in 0..<interfaces.count {
            for place in 1...2 {
                small[row + 2, 3 * other + place] += shift * share * stack.stiffness * thinning.byLoad
            }
        }
    }

    mutating func solve(_ vector: inout [Double]) {
        for index in lattices.indices {
            let start = interfaces[index].latticeRange.lowerBound
            lattices[index].solve(&vector, from: start)
            // Voids and growth take what a pinned surface does not.
            let taken = (couplings[index] * SIMD3(vector[start], vector[start + 1], vector[start + 2])).sum()
            let place = interfaces[index].smallStart
            switch interfaces[index].contact {
            case .open: vector[place] -= taken
            case .full: vector[place + 1] -= taken
            case .closed: break
            }
        }
        if isCoupled {
            small.solve(&vector, from: smallStart)
        } else {
            for index in interfaces.indices {
                let place = interfaces[index].smallStart
                vector[place] /= 1 + fillings[index]
                vector[place + 1] += fillings[index] * vector[place]
            }
        }
    }

    func restoreInvariants(of rate: inout [Double]) {
        for index in lattices.indices {
            lattices[index].restoreInvariants(of: &rate, from: interfaces[index].latticeRange.lowerBound)
        }
    }
}
