import Checkpoints
import FiniteElements
import LinearAlgebra
import Quantities
import SparseSolvers
import TimeIntegration

/// Rows and frames of a layer with stress, and the balance of its energy.
struct StressRecords: LayerRecords {
    static let series = LayerQuantities.series
    static let fields = LayerQuantities.fields
    static let meshMoves = true

    let points: LayerPoints
    private let parameters: LayerParameters
    private var row: [Double]
    private var moved: [SIMD2<Double>]
    private var fields: [Double]
    /// The state half way through the last step.
    private var middle: [Double]
    private var balance = EnergyBalance()

    init(_ parameters: LayerParameters, _ system: LayerSystem) {
        self.parameters = parameters
        points = LayerPoints(system)
        row = [Double](repeating: 0, count: Self.series.count)
        moved = points.positions
        let numbers = Self.fields.reduce(0) { $0 + $1.components }
        fields = [Double](repeating: 0, count: numbers * points.nodes.count)
        middle = [Double](repeating: 0, count: system.count)
    }

    func save(to saved: inout SavedState) { saved.store(balance, as: "energy") }

    mutating func restore(from saved: SavedState) throws(SavedState.Problem) { balance = try saved.record("energy") }

    func check(_ run: ProtocolRun<LayerSystem>, in step: ProtocolStep) throws { try parameters.check(run, in: step) }

    // MARK: - Rows

    mutating func recordRow(_ run: inout ProtocolRun<LayerSystem>, in step: ProtocolStep) throws {
        let energies = try advanceBalance(&run)
        let integrator = run.integrator
        let (state, system) = (integrator.state, integrator.system)
        let composition = parameters.lithium.composition
        let area = system.area
        row[0] = Double(run.stepIndex)
        row[1] = integrator.time == 0 ? 0 : integrator.time - integrator.previousTime
        row[2] = step.signedCurrentDensity
        row[3] = run.charge(in: step)
        row[4] = composition.lithiumPerHost(concentration: state[system.surface[0]])
        row[5] = composition.lithiumPerHost(concentration: state[system.bottom[0]])
        row[6] = system.mechanicalPotential(atNode: system.surface[0])
        row[7] = run.content * area / system.volume
        row[8] = run.utilisation(of: step)
        row[9] = run.content
        row[10] = run.imbalance(in: step)
        row[11] = energies.mechanical?.largestVonMises ?? 0
        row[12] = energies.mechanical?.largestSlip ?? 0
        row[13] = balance.gained / area
        row[14] = balance.work / area
        row[15] = balance.diffusion / area
        row[16] = balance.slip / area
        row[17] = Double(run.newtonIterations)
        try run.observer.record(time: run.time, row: row)
    }

    /// Brings the fields into equilibrium with the present state and the balance of energy up to it, by Simpson's rule over the
    /// last step.
    private mutating func advanceBalance(_ run: inout ProtocolRun<LayerSystem>) throws -> LayerEnergies {
        let (begin, end) = (run.integrator.previousTime, run.integrator.time)
        if end > begin {
            run.integrator.interpolate(at: 0.5 * (begin + end), into: &middle)
            try equilibrate(&run, middle)
            balance.pass(run.integrator.system.energies(), weight: (end - begin) * 4 / 6)
        }
        try equilibrate(&run, run.integrator.state)
        let energies = run.integrator.system.energies()
        balance.arrive(at: energies, after: end - begin, isDriven: parameters.coupling == .twoWay)
        return energies
    }

    private func equilibrate(_ run: inout ProtocolRun<LayerSystem>, _ state: [Double]) throws {
        do { try run.integrator.system.equilibrate(state) } catch {
            throw RunFailure("\(run.model): \(error) (at \(digits(run.time)) s); \(advice)")
        }
    }

    /// Stress or flux at the nodes.
    private func projected(
        _ run: ProtocolRun<LayerSystem>, _ make: () throws(KrylovError) -> [[Double]]
    ) throws(RunFailure) -> [[Double]] {
        do throws(KrylovError) { return try make() } catch {
            throw RunFailure(
                "\(run.model): the stress or the flux cannot be projected on the nodes at \(digits(run.time)) s: \(error)"
            )
        }
    }

    // MARK: - Frames

    mutating func recordFrame(_ run: inout ProtocolRun<LayerSystem>, state: [Double], time: Double) throws {
        try equilibrate(&run, state)
        let system = run.integrator.system
        parameters.writeCompositions(of: state, at: points, into: &fields)
        let stress = try projected(run) { () throws(KrylovError) in try system.stressAtNodes() }
        let flux = try projected(run) { () throws(KrylovError) in try system.fluxAtNodes() }
        let count = points.nodes.count
        for (point, node) in points.nodes.enumerated() {
            let local = Stress(xx: stress[0][node], yy: stress[1][node], third: stress[2][node], xy: stress[3][node])
            let scalars = [
                -system.chemicalPotential(state[node]) / Constants.faraday, system.mechanicalPotential(atNode: node),
                local.hydrostatic, local.vonMises, local.xx, local.yy, local.third, local.xy,
            ]
            for (index, value) in scalars.enumerated() { fields[(4 + index) * count + point] = value }
            let unknowns = points.displacements[point]
            let displacement = SIMD2(system.fields[unknowns.x], system.fields[unknowns.y])
            moved[point] = points.positions[point] + displacement
            let vectors = [
                displacement, SIMD2(flux[0][node], flux[1][node]), SIMD2(flux[2][node], flux[3][node]),
            ]
            for (index, vector) in vectors.enumerated() {
                let place = (12 + 2 * index) * count + 2 * point
                fields[place] = vector.x
                fields[place + 1] = vector.y
            }
        }
        try run.observer.record(time: time, points: moved, fields: fields)
    }

    // MARK: - Results

    mutating func results(
        _ run: inout ProtocolRun<LayerSystem>, after reports: [ProtocolStepReport]
    ) throws -> [DescribedValue] {
        typealias Names = LayerQuantities
        let state = run.integrator.state
        try equilibrate(&run, state)
        let system = run.integrator.system
        let (top, bottom) = (system.surface[0], system.bottom[0])
        let composition = parameters.lithium.composition
        let stress = try projected(run) { () throws(KrylovError) in try system.stressAtNodes() }
        func vonMises(_ node: Int) -> Double {
            Stress(xx: stress[0][node], yy: stress[1][node], third: stress[2][node], xy: stress[3][node]).vonMises
        }
        func chemical(_ node: Int) -> Double { -system.chemicalPotential(state[node]) / Constants.faraday }
        let mechanical = system.energies().mechanical ?? MechanicalEnergies()
        return [
            DescribedValue(Names.lithiumAtElectrolyte, composition.lithiumPerHost(concentration: state[top])),
            DescribedValue(Names.lithiumAtCollector, composition.lithiumPerHost(concentration: state[bottom])),
            DescribedValue(Names.chemicalAtElectrolyte, chemical(top)),
            DescribedValue(Names.chemicalAtCollector, chemical(bottom)),
            DescribedValue(Names.mechanicalAtElectrolyte, system.mechanicalPotential(atNode: top)),
            DescribedValue(Names.mechanicalAtCollector, system.mechanicalPotential(atNode: bottom)),
            DescribedValue(Names.vonMisesAtElectrolyte, vonMises(top)),
            DescribedValue(Names.vonMisesAtCollector, vonMises(bottom)),
            DescribedValue(Names.largestVonMises, mechanical.largestVonMises),
            DescribedValue(Names.largestInnerVonMises, mechanical.largestInnerVonMises),
            DescribedValue(Names.largestSlip, mechanical.largestSlip),
        ] + run.end(after: reports).results + [
            DescribedValue(TransportQuantities.mean, run.content * system.area / system.volume),
            DescribedValue(TransportQuantities.lithiumChange, run.content - run.lithiumAtStart),
            DescribedValue(Names.energyError, balance.error),
        ] + run.end(after: reports).workResults
    }
}
