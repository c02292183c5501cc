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
    private(set) var electrodes: [FluxElectrode]
    var stack: StackState
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
    /// The last shift with which the matrix was formed, for the derivative of the lattice's flux.
    private var couplings: [SIMD3<Double>]

    var stageMatrix: StageMatrix { .exact }

    init(_ parameters: FluxBalanceParameters) {
        let copies = if case .symmetric = parameters.counter { 2 } else { 1 }
        var electrodes: [FluxElectrode] = []
        let nodes = parameters.working.isResolved ? 2 * parameters.cells + 1 : 0
        for index in 0..<copies {
            electrodes.append(
                FluxElectrode(
                    parameters.working, temperature: parameters.temperature, cells: parameters.cells,
                    grading: parameters.grading, latticeStart: index * nodes, smallStart: copies * nodes + 3 * index))
        }
        self.electrodes = electrodes
        temperature = parameters.temperature
        confinedCreep = parameters.stack.confinedCreep
        radius = parameters.stack.radius
        smallStart = copies * nodes
        count = smallStart + 3 * copies
        scale = electrodes[0].lattice?.scale ?? 1
        lengthUnit = parameters.working.voidHeight / scale
        rate = parameters.working.molarVolume / lengthUnit
        small = SmallFactor(count: 3 * copies)
        couplings = [SIMD3<Double>](repeating: .zero, count: copies)
        stack = StackState(load: parameters.stack.pressure)
    }

    /// The state at the start.
    var initialState: [Double] {
        var state: [Double] = []
        for electrode in electrodes { state += electrode.latticeAtStart }
        for electrode in electrodes {
            state += [scale * (1 - electrode.parameters.contactFraction), 0, 0]
        }
        return state
    }

    // MARK: - What a state holds

    /// Void fraction 1 - χ of an electrode.
    @inline(__always)
    func void(_ electrode: Int, in state: [Double]) -> Double { state[smallStart + 3 * electrode] / scale }

    /// How far creep and growth have moved the collector of an electrode towards the electrolyte, m.
    func creepPath(_ electrode: Int, in state: [Double]) -> Double {
        lengthUnit * state[smallStart + 3 * electrode + 1]
    }

    /// What the stack has lost in thickness at an electrode by confined creep, voids apart, m.
    func settling(_ electrode: Int, in state: [Double]) -> Double {
        lengthUnit * state[smallStart + 3 * electrode + 2]
    }

    /// Σ (z + δ), m.
    @inline(__always)
    func thinned(_ state: [Double]) -> Double {
        var sum = 0.0
        for electrode in 0..<electrodes.count {
            sum += state[smallStart + 3 * electrode + 1] + state[smallStart + 3 * electrode + 2]
        }
        return lengthUnit * sum
    }

    /// The load, Pa, which is the pressure where it is above zero.
    @inline(__always)
    func load(time: Double, state: [Double]) -> Double { stack.load(time: time, thinned: thinned(state)) }

    /// The unknown of an electrode's lattice at the electrolyte, mol/m3; 0 where there is none.
    func surface(_ electrode: Int, in state: [Double]) -> Double {
        let range = electrodes[electrode].latticeRange
        return range.isEmpty ? 0 : state[range.lowerBound]
    }

    /// What the lattice of an electrode holds: vacancies as missing lithium, or lithium, mol/m2; 0 where there is none.
    func latticeContent(_ electrode: Int, in state: [Double]) -> Double {
        let electrode = electrodes[electrode]
        guard let lattice = electrode.lattice else { return 0 }
        var sum = 0.0
        for node in 0..<lattice.count { sum += lattice.mass[node] * state[electrode.latticeRange.lowerBound + node] }
        return sum
    }

    /// Distance from the electrolyte to the collector of an electrode, m.
    func thickness(_ electrode: Int, in state: [Double]) -> Double {
        let start = electrodes[electrode].parameters.thickness
        guard electrodes[electrode].isAlloy, let lattice = electrodes[electrode].lattice else {
            return start - creepPath(electrode, in: state)
        }
        return lattice.thickness(holding: latticeContent(electrode, in: state))
    }

    /// Lithium of an electrode, mol/m2.
    func lithium(_ electrode: Int, in state: [Double]) -> Double {
        let content = latticeContent(electrode, in: state)
        guard !electrodes[electrode].isAlloy else { return content }
        let parameters = electrodes[electrode].parameters
        let metal = thickness(electrode, in: state) - parameters.voidHeight * void(electrode, in: state)
        return metal / parameters.molarVolume - content
    }

    // MARK: - Steps

    /// Begins a step: the fluxes i/F of the electrodes, positive where they strip, mol/(m2 s).
    mutating func begin(_ state: [Double], migration: (Int) -> Double, isHeld: Bool) {
        for index in electrodes.indices {
            electrodes[index].isHeld = isHeld
            electrodes[index].begin(
                migration: migration(index), void: void(index, in: state), surface: surface(index, in: state))
        }
    }

    /// Changes what the interface of an electrode does.
    mutating func become(_ contact: FluxElectrode.Contact, electrode: Int) { electrodes[electrode].become(contact) }

    /// The fluxes of an electrode at a state, mol/(m2 s).
    mutating func fluxes(_ electrode: Int, time: Double, state: [Double]) throws(EvaluationFailure) -> FluxSplit {
        try evaluateLattice(electrode, time: time, state: state)
        let thinning = thinning(electrode, load: load(time: time, state: state), state: state).value
        return electrodes[electrode].fluxes(
            void: void(electrode, in: state), pressure: max(0, load(time: time, state: state)), thinning: thinning
        ).split
    }

    // MARK: - The equations

    mutating func residual(time: Double, state: [Double], into result: inout [Double]) throws(EvaluationFailure) {
        let load = load(time: time, state: state)
        let pressure = max(0, load)
        for index in electrodes.indices {
            try evaluateLattice(index, time: time, state: state)
            let void = void(index, in: state)
            guard void < 1 else { throw EvaluationFailure("an electrode lost all contact with the electrolyte") }
            let thinning = thinning(index, load: load, state: state).value
            let split = electrodes[index].fluxes(void: void, pressure: pressure, thinning: thinning).split
            if let count = electrodes[index].lattice?.count {
                let start = electrodes[index].latticeRange.lowerBound
                for node in 0..<count { result[start + node] = electrodes[index].latticeResult[node] }
            }
            let place = smallStart + 3 * index
            result[place] = rate * split.void
            result[place + 1] = electrodes[index].isAlloy ? 0 : rate * drift(of: index, split)
            result[place + 2] = settlingRate(index, void: void, thinning: thinning) / lengthUnit
        }
    }

    /// What moves the collector: all but what goes into voids and into a resolved lattice, mol/(m2 s).
    @inline(__always)
    private func drift(of electrode: Int, _ split: FluxSplit) -> Double {
        split.creep + split.growth + (electrodes[electrode].lattice == nil ? split.diffusion : 0)
    }

    /// dδ/dt: the thinning that does not fill voids, m/s.
    @inline(__always)
    private func settlingRate(_ electrode: Int, void: Double, thinning: Double) -> Double {
        electrodes[electrode].isHeld && isOpen(electrode) ? (1 - void) * thinning : thinning
    }

    @inline(__always)
    private func isOpen(_ electrode: Int) -> Bool {
        if case .open = electrodes[electrode].contact { true } else { false }
    }

    /// Velocity with which a layer of lithium is squeezed, m/s, and its derivatives by load and thickness.
    @inline(__always)
    private func thinning(
        _ electrode: Int, load: Double, state: [Double]
    ) -> (value: Double, byLoad: Double, byThickness: Double) {
        guard let confinedCreep, load > 0, !electrodes[electrode].isAlloy else { return (0, 0, 0) }
        let pressure = Dual(load, partials: SIMD2<Double>(1, 0))
        let thickness = Dual(thickness(electrode, in: state), partials: SIMD2<Double>(0, 1))
        let rate = confinedCreep.thinningRate(
            pressure: pressure, thickness: thickness, radius: radius, temperature: Dual(temperature))
        let velocity = thickness * rate
        return (velocity.value, velocity.partials.x, velocity.partials.y)
    }

    private mutating func evaluateLattice(
        _ index: Int, time: Double, state: [Double]
    ) throws(EvaluationFailure) {
        guard let count = electrodes[index].lattice?.count else { return }
        let start = electrodes[index].latticeRange.lowerBound
        for node in 0..<count { electrodes[index].latticeState[node] = state[start + node] }
        try electrodes[index].evaluateLattice(time: time)
    }

    func subtractMass(times rate: [Double], from result: inout [Double]) {
        for electrode in electrodes {
            guard let lattice = electrode.lattice else { continue }
            let start = electrode.latticeRange.lowerBound
            for node in 0..<lattice.count { result[start + node] -= lattice.mass[node] * rate[start + node] }
        }
        for place in smallStart..<count { result[place] -= rate[place] }
    }

    mutating func factor(time: Double, state: [Double], shift: Double) -> Bool {
        let load = load(time: time, state: state)
        small.setIdentity()
        for index in electrodes.indices {
            if let nodes = electrodes[index].lattice?.count {
                let start = electrodes[index].latticeRange.lowerBound
                for node in 0..<nodes { electrodes[index].latticeState[node] = state[start + node] }
                guard electrodes[index].factorLattice(time: time, shift: shift) else { return false }
                let isPinned = electrodes[index].lattice?.pinsSurface ?? false
                couplings[index] =
                    isPinned ? (shift * rate) * (electrodes[index].lattice?.pinnedFluxSlopes ?? .zero) : .zero
            }
            if !electrodes[index].isAlloy { addTangent(of: index, load: load, state: state, shift: shift) }
        }
        return small.factor()
    }

    /// Subtracts `shift` times the derivatives of an electrode's three equations by all the small unknowns.
    private mutating func addTangent(of index: Int, load: Double, state: [Double], shift: Double) {
        let void = void(index, in: state)
        let thinning = thinning(index, load: load, state: state)
        let (_, creep) = electrodes[index].fluxes(
            void: void, pressure: max(0, load), thinning: thinning.value)
        let row = 3 * index
        let holds = electrodes[index].isHeld && isOpen(index)
        // Creep and drift by void fraction, by a thinning of this layer and by one of any layer, which unloads the springs.
        let byThickness = creep.byThinning * thinning.byThickness
        let byLoad = (load > 0 ? creep.byPressure : 0) + creep.byThinning * thinning.byLoad
        let (own, all) = (-lengthUnit * byThickness, -lengthUnit * stack.stiffness * byLoad)
        if isOpen(index) && !creep.isTakenByLattice {
            let factor = shift * rate
            small[row, row] += factor * creep.byVoid / scale
            small[row + 1, row] -= factor * creep.byVoid / scale
            small[row, row + 1] += factor * own
            small[row + 1, row + 1] -= factor * own
            for other in 0..<electrodes.count {
                for place in [1, 2] {
                    small[row, 3 * other + place] += factor * all
                    small[row + 1, 3 * other + place] -= factor * all
                }
            }
        }
        guard thinning.value != 0 else { return }
        // δ, dδ/dt over the unit of length.
        let share = holds ? 1 - void : 1
        if holds { small[row + 2, row] += shift * thinning.value / (lengthUnit * scale) }
        small[row + 2, row + 1] += shift * share * thinning.byThickness
        for other in 0..<electrodes.count {
            for place in [1, 2] {
                small[row + 2, 3 * other + place] += shift * share * stack.stiffness * thinning.byLoad
            }
        }
    }

    mutating func solve(_ vector: inout [Double]) {
        for index in electrodes.indices {
            guard let nodes = electrodes[index].lattice?.count else { continue }
            let start = electrodes[index].latticeRange.lowerBound
            for node in 0..<nodes { electrodes[index].latticeResult[node] = vector[start + node] }
            electrodes[index].solveLattice()
            for node in 0..<nodes { vector[start + node] = electrodes[index].latticeResult[node] }
            // Voids and growth take what a pinned surface does not.
            let taken = (couplings[index] * SIMD3(vector[start], vector[start + 1], vector[start + 2])).sum()
            let place = smallStart + 3 * index
            switch electrodes[index].contact {
            case .open: vector[place] -= taken
            case .full: vector[place + 1] -= taken
            case .closed: break
            }
        }
        small.solve(&vector, from: smallStart)
    }

    func restoreInvariants(of rate: inout [Double]) {
        for electrode in electrodes { electrode.restoreLattice(of: &rate) }
    }
}

extension FluxElectrode {
    /// Evaluates R of the lattice at `latticeState` into `latticeResult`.
    mutating func evaluateLattice(time: Double) throws(EvaluationFailure) {
        try lattice?.residual(time: time, state: latticeState, into: &latticeResult)
    }

    /// Factors the lattice's matrix at `latticeState`.
    mutating func factorLattice(time: Double, shift: Double) -> Bool {
        lattice?.factor(time: time, state: latticeState, shift: shift) ?? true
    }

    /// Replaces `latticeResult` by the solution.
    mutating func solveLattice() { lattice?.solve(&latticeResult) }

    /// Makes Σ W k = J hold for the lattice's part of a rate.
    func restoreLattice(of rate: inout [Double]) {
        guard let lattice, !lattice.pinsSurface else { return }
        var sum = 0.0
        for node in 0..<lattice.count { sum += lattice.mass[node] * rate[latticeRange.lowerBound + node] }
        let shift = (lattice.flux - sum) / lattice.mesh.length
        for node in latticeRange { rate[node] += shift }
    }
}
