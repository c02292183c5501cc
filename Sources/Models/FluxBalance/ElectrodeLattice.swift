import FiniteElements
import Materials
import TimeIntegration

/// The lattice of an electrode, resolved through its thickness: the vacancies of lithium, as missing lithium, or the lithium of Li-Mg.
struct ElectrodeLattice {
    private(set) var system: TransportSystem
    /// The lattice at the start.
    let start: [Double]
    // Room for the lattice's part of a state and of a right-hand side.
    private var state: [Double]
    private var result: [Double]

    /// The lattice of an electrode; nil where it is not resolved.
    init?(_ parameters: ElectrodeParameters, cells: Int, grading: Double) {
        switch parameters.metal {
        case .lithium(.resolved(let diffusivity, let deficit)):
            let critical = deficit / parameters.molarVolume
            system = TransportSystem(
                mesh: LineMesh(length: parameters.thickness, cells: cells, grading: grading),
                frame: LayerFrame(swelling: 0), diffusivity: .constant(diffusivity),
                composition: AlloyComposition(
                    relation: .sharedVolume, lithiumVolume: parameters.molarVolume, hostVolume: parameters.molarVolume),
                scale: critical)
            var unknowns = [Double](repeating: 0, count: system.count)
            // Voids go with the critical deficit at the surface.
            if parameters.contactFraction < 1 { unknowns[0] = critical }
            start = unknowns
        case .lithium: return nil
        case .alloy(let alloy):
            let frame = alloy.layerFrame
            let unknown = frame.unknown(concentration: alloy.concentration)
            system = TransportSystem(
                mesh: LineMesh(length: parameters.thickness / frame.stretch(unknown), cells: cells, grading: grading),
                frame: frame, diffusivity: alloy.diffusivity, composition: alloy.composition,
                scale: frame.unknown(concentration: alloy.saturation))
            start = [Double](repeating: unknown, count: system.count)
        }
        state = start
        result = start
    }

    /// Takes over what the interface does.
    mutating func follow(_ interface: Interface) {
        system.pinsSurface = interface.pinsSurface
        system.flux = interface.latticeFlux
    }

    /// Distance of a node from the electrolyte at the start, m; the lattice is then the same everywhere but at the electrolyte.
    func distance(ofNode node: Int) -> Double {
        system.frame.stretch(start[start.count - 1]) * system.mesh.quadraticNodes[node]
    }

    /// Σ W u of the lattice's part of a state, mol/m2.
    func content(in state: [Double], from start: Int) -> Double {
        var sum = 0.0
        for node in 0..<system.count { sum += system.mass[node] * state[start + node] }
        return sum
    }

    /// Evaluates R of the lattice's part of a state.
    mutating func evaluate(time: Double, _ whole: [Double], from start: Int) throws(EvaluationFailure) {
        take(whole, from: start)
        try system.residual(time: time, state: state, into: &result)
    }

    /// Writes R as last evaluated to the lattice's part of a vector.
    func write(to whole: inout [Double], from start: Int) {
        for node in 0..<system.count { whole[start + node] = result[node] }
    }

    /// Subtracts W k.
    func subtractMass(times rate: [Double], from whole: inout [Double], start: Int) {
        for node in 0..<system.count { whole[start + node] -= system.mass[node] * rate[start + node] }
    }

    /// Forms and factors the lattice's matrix.
    mutating func factor(time: Double, _ whole: [Double], from start: Int, shift: Double) -> Bool {
        take(whole, from: start)
        return system.factor(time: time, state: state, shift: shift)
    }

    /// Replaces the lattice's part of a right-hand side by the solution.
    mutating func solve(_ whole: inout [Double], from start: Int) {
        for node in 0..<system.count { result[node] = whole[start + node] }
        system.solve(&result)
        write(to: &whole, from: start)
    }

    /// Makes Σ W k = J hold for the lattice's part of a rate.
    func restoreInvariants(of rate: inout [Double], from start: Int) {
        if system.pinsSurface { return }
        var sum = 0.0
        for node in 0..<system.count { sum += system.mass[node] * rate[start + node] }
        let shift = (system.flux - sum) / system.mesh.length
        for node in 0..<system.count { rate[start + node] += shift }
    }

    private mutating func take(_ whole: [Double], from start: Int) {
        for node in 0..<system.count { state[node] = whole[start + node] }
    }
}

extension ElectrodeParameters.AlloyLayer {
    /// The frame in which the layer is solved.
    var layerFrame: LayerFrame { LayerFrame(swelling: frame == .host ? composition.lithiumVolume : 0) }
}
