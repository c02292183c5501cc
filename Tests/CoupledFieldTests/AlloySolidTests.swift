import FiniteElements
import LinearAlgebra
import Materials
import Models
import SparseSolvers
import TestSupport
import Testing

/// Stress, tangent and mechanical potential of an alloy are derivatives of one energy, in every stress state.
@Suite struct AlloySolidTests {
    private static let rules: [ElasticMixture.Rule] = [.voigt, .reuss, .hill, .voigtOfYoungsModulus]

    /// Strains of a thousandth, 0.1 to 0.6 of the sites taken, lengths of a metre.
    private func randomState(_ system: DegreesOfFreedom, seed: UInt64) -> [Double] {
        var random = SplitMix(state: seed)
        var state = [Double](repeating: 0, count: system.count)
        for component in 0..<3 {
            let range = component < 2 ? -1e-2...1e-2 : 0.1 * Layer.maximum...0.6 * Layer.maximum
            for unknown in system.unknowns(ofComponent: component) {
                state[Int(unknown)] = Double.random(in: range, using: &random)
            }
        }
        return state
    }

    private func assembler<State: StressState>(_ state: State.Type) throws -> Assembler {
        let system = DegreesOfFreedom(mesh: try curvedSquare(3, from: 0.5), fields: layerFields)
        return try Assembler(system, coordinates: State.coordinates)
    }

    private func norm(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    private func energy<State: StressState>(
        _ elasticity: LinearElasticity<State, AlloySolid>, _ assembler: Assembler, _ state: [Double]
    ) -> Double {
        var sum = 0.0
        assembler.forEachPoint(unknowns: state) { fields, point in
            let strain = elasticity.elasticStrain(fields, at: point)
            sum += point.weight * elasticity.solid.energyAndPotential(fields[2].value, strain).energy
        }
        return sum
    }

    /// Differences of the residual against the tangent of the displacement, and of the energy against the residual.
    private func displacementErrors<State: StressState>(
        _ stress: State.Type, _ solid: AlloySolid
    ) throws -> (tangent: Double, force: Double) {
        let assembler = try assembler(stress)
        let system = assembler.system
        let elasticity = LinearElasticity(stress, displacement: 0, solid: solid)
        let (state, direction) = (randomState(system, seed: 11), randomState(system, seed: 12))
        let block = TangentBlock(of: system, components: 0..<2)
        var (residual, matrix) = (assembler.makeVector(), block.makeMatrix())
        assembler.add(elasticity, unknowns: state, residual: &residual, tangent: &matrix, block: block)
        let along = Array(direction[block.unknowns])
        var product = along
        matrix.multiply(along, into: &product)
        func moved(_ factor: Double) -> [Double] {
            var moved = state
            for index in block.unknowns { moved[index] += factor * direction[index] }
            return moved
        }
        func force(_ state: [Double]) -> [Double] {
            var result = assembler.makeVector()
            assembler.add(elasticity, unknowns: state, residual: &result)
            return Array(result[block.unknowns])
        }
        let difference = zip(force(moved(0.5)), force(moved(-0.5))).map { $0 - $1 }
        let tangent = norm(zip(product, difference).map { $0 - $1 }) / norm(difference)
        let gain = energy(elasticity, assembler, moved(0.5)) - energy(elasticity, assembler, moved(-0.5))
        let work = zip(along, residual[block.unknowns]).reduce(0) { $0 + $1.0 * $1.1 }
        return (tangent, abs(gain / work - 1))
    }

    @Test("The tangent is the derivative of the forces and the forces are that of the energy", arguments: rules)
    func tangent(rule: ElasticMixture.Rule) throws {
        let solid = Layer.mixture(rule, stressFree: 0.2 * Layer.maximum)
        let errors = try [
            displacementErrors(PlaneStrain.self, solid), displacementErrors(PlaneStress.self, solid),
            displacementErrors(Axisymmetric.self, solid),
        ]
        for error in errors { #expect(error.tangent < 1e-12 && error.force < 1e-10) }
    }

    /// d/dc of the energy at fixed displacement along a direction, against the integral of the projected potential.
    private func potentialError<State: StressState>(_ stress: State.Type, _ solid: AlloySolid) throws -> Double {
        let assembler = try assembler(stress)
        let system = assembler.system
        let elasticity = LinearElasticity(stress, displacement: 0, solid: solid)
        var state = randomState(system, seed: 21)
        let direction = randomState(system, seed: 22)
        let (lithium, potential) = (
            TangentBlock(of: system, components: 2..<3), TangentBlock(of: system, components: 3..<4)
        )
        var (integrals, mass) = (assembler.makeVector(), potential.makeMatrix())
        assembler.add(
            TimeDerivative(of: 3, rate: 1), unknowns: state, residual: &integrals, tangent: &mass, block: potential)
        integrals = assembler.makeVector()
        assembler.add(MechanicalPotential(elasticity, potential: 3), unknowns: state, residual: &integrals)
        var values = Array(integrals[potential.unknowns])
        var factor = try SparseFactor(pattern: potential.pattern, symmetry: .positiveDefinite)
        try factor.factor(mass.values)
        try factor.solve(&values)
        for (index, value) in zip(potential.unknowns, values) { state[index] = value }
        // The direction as an earlier state: its value at a point is Σ φ_i δc_i.
        var power = 0.0
        var directions: [Double] = []
        assembler.forEachPoint(unknowns: direction) { fields, _ in directions.append(fields[2].value) }
        var place = 0
        assembler.forEachPoint(unknowns: state) { fields, point in
            power += point.weight * fields[3].value * directions[place]
            place += 1
        }
        let step = 1e-5
        func moved(_ factor: Double) -> [Double] {
            var moved = state
            for index in lithium.unknowns { moved[index] += factor * step * direction[index] }
            return moved
        }
        let gain: Double = energy(elasticity, assembler, moved(1)) - energy(elasticity, assembler, moved(-1))
        return abs(gain / (2 * step) / power - 1)
    }

    @Test("The mechanical potential is the derivative of the elastic energy by the lithium", arguments: rules)
    func potential(rule: ElasticMixture.Rule) throws {
        var errors: [Double] = []
        for solid in [Layer.mixture(rule, stressFree: 0.2 * Layer.maximum), Layer.solid()] {
            errors += try [
                potentialError(PlaneStrain.self, solid), potentialError(PlaneStress.self, solid),
                potentialError(Axisymmetric.self, solid),
            ]
        }
        for error in errors { #expect(error < 1e-7) }
    }
}
