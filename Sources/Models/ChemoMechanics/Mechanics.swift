import FiniteElements
import LinearAlgebra
import SparseSolvers
import TimeIntegration

/// Which stress state a layer is in.
enum StressKind {
    case planeStrain
    case planeStress
    case axisymmetric
}

/// Mechanical equilibrium of a layer, ∫ σ : ε(v) dV + ∮ τ v_t dA = -∮ p n · v dA, at given lithium.
///
/// Newton's iteration with the tangent of an earlier state as long as that converges fast: the stiffness changes little while
/// lithium comes and goes, and its factors are most of the work. Where it does not, as where a surface begins to slip, the
/// tangent is formed anew, and a step of Newton's after which the next correction with its tangent is larger is halved
/// (natural monotonicity, P. Deuflhard, Newton Methods for Nonlinear Problems, 2004). The energy is convex in the
/// displacement, so that the equilibrium is the only one.
final class Mechanics {
    private let assembler: Assembler
    private let scalars: ScalarField
    private let solid: AlloySolid
    private let stressState: StressKind
    private let potential: Int
    private let pressure: Pressure?
    private let electrolyteEdges: [CellEdge]
    private let width: Double
    /// Friction on the electrolyte and on the collector.
    private var frictions: [(term: ShearFriction, edges: [CellEdge])]
    private let block: TangentBlock
    private let fixed: FixedUnknowns
    private var stiffness: SparseMatrix
    private var factor: SparseFactor
    private var needsTangent = true
    private var linear: LinearResponse?
    // Storage.
    private var residual: [Double]
    private var correction: [Double]
    private var lastCorrection: [Double]
    private var projection: [Double]
    private var guess: [Double]

    /// Iterations after which an equilibrium is given up.
    private static let mostIterations = 60
    /// The change of the displacement, over its largest, that is taken for none.
    private static let tolerance = 1e-7
    /// The displacement, over the width, below which it counts as this large.
    private static let leastDisplacement = 1e-9

    /// Equilibrium of a layer whose displacement is component 0 and 1.
    ///
    /// - Throws: `MeshError`, `SparseFactorError`; ``RunFailure`` when the layer is free to move as a whole.
    init(
        _ parameters: MechanicsParameters, stressState: StressKind, sideIsHeld: Bool, assembler: Assembler,
        scalars: ScalarField, potential: Int
    ) throws {
        let system = assembler.system
        let mesh = system.mesh
        self.assembler = assembler
        self.scalars = scalars
        self.stressState = stressState
        self.potential = potential
        solid = parameters.solid
        pressure = parameters.stackPressure == 0 ? nil : Pressure(parameters.stackPressure, displacement: 0)
        electrolyteEdges = try mesh.edges(ofBoundary: "top")
        width = mesh.vertices.reduce(0) { max($0, $1.x) }
        block = TangentBlock(of: system, components: 0..<2)

        var held = try system.unknowns(ofComponent: 1, onBoundary: "bottom")
        if !mesh.isPeriodic { held += try system.unknowns(ofComponent: 0, onBoundary: "left") }
        if sideIsHeld { held += try system.unknowns(ofComponent: 0, onBoundary: "right") }
        frictions = []
        for (contact, side) in [(parameters.electrolyte, "top"), (parameters.collector, "bottom")] {
            switch contact {
            case .bonded: held += try system.unknowns(ofComponent: 0, onBoundary: side)
            case .sliding: break
            case .friction(let cap, let slip):
                let edges = try mesh.edges(ofBoundary: side)
                let term = ShearFriction(
                    edges: edges, cells: mesh.cells, pointsPerEdge: 3, displacement: 0, stiffness: cap / slip, cap: cap)
                frictions.append((term, edges))
            }
        }
        fixed = FixedUnknowns(held, in: block.pattern)
        stiffness = block.makeMatrix()
        factor = try SparseFactor(pattern: block.pattern, symmetry: .positiveDefinite)
        residual = assembler.makeVector()
        correction = [Double](repeating: 0, count: block.unknowns.count)
        lastCorrection = correction
        projection = [Double](repeating: 0, count: scalars.weights.count)
        guess = projection
        linear = makeLinearResponse()
    }

    /// Refuses a layer that can move as a whole.
    ///
    /// - Throws: ``RunFailure`` with the place and the direction that nothing holds.
    func checkSupport(_ fields: [Double]) throws {
        do throws(SparseFactorError) {
            try formTangent(fields)
            try factor.checkRegularity(of: stiffness)
        } catch {
            switch error {
            case .nearlySingular(let row, _): throw RunFailure(unsupported(row))
            case .singular(let row): throw RunFailure(unsupported(row ?? 0))
            case .notPositiveDefinite: throw RunFailure(unsupported(0))
            default: throw error
            }
        }
    }

    private func unsupported(_ row: Int) -> String {
        let system = assembler.system
        let component = system.unknowns(ofComponent: 0).contains(Int32(row)) ? 0 : 1
        let node = system.unknowns(ofComponent: component).firstIndex(of: Int32(row)) ?? 0
        let place = system.space(ofComponent: component).positions[node]
        return
            "chemo-mechanics: nothing holds the layer along \(component == 0 ? "x" : "y") (found at x = \(place.x) m, "
            + "y = \(place.y) m); hold it with `electrolyte.contact` or `collector.contact` as `bonded` or `friction`, or with "
            + "`geometry.side: symmetric`"
    }

    // MARK: - Equilibrium

    func equilibrate(_ fields: inout [Double]) throws(EvaluationFailure) {
        var left: Double?
        do throws(SparseFactorError) {
            if needsTangent { try formTangent(fields) }
            if linear == nil { left = try findDisplacement(&fields) } else { try respond(&fields) }
        } catch {
            throw EvaluationFailure("the mechanical equilibrium cannot be found: \(error)")
        }
        do throws(KrylovError) { try projectPotential(&fields) } catch {
            throw EvaluationFailure("the mechanical potential cannot be projected: \(error)")
        }
        if let left {
            throw EvaluationFailure(
                "the mechanical equilibrium was not found in \(Self.mostIterations) iterations (last correction \(left) m)"
            )
        }
    }

    /// Whether one solution with the factored tangent is exact.
    private var isLinear: Bool { solid.isUniform && frictions.isEmpty }

    /// Equilibrium where displacement and potential are linear in the concentration: K u = B (c - c_0) - l with the load l of
    /// the stack pressure, and ∫ μ_mech q dV = -Bᵀ u + a M (c - c_0), where B = ∂²W/∂u∂c with the opposite sign and a = ∂²W/∂c².
    private struct LinearResponse {
        let coupling: RectangularMatrix
        let load: [Double]
        let stressFree: Double
        let stiffening: Double
    }

    /// Forms the linear response from the terms, once; nil where it is not linear.
    private func makeLinearResponse() -> LinearResponse? {
        guard isLinear, case .linear(_, let stressFree) = solid.swelling else { return nil }
        let both = TangentBlock(of: assembler.system, components: 0..<solid.concentration + 1) { equation, unknown in
            equation < solid.concentration || equation == unknown
        }
        var matrix = both.makeMatrix()
        var fields = assembler.makeVector()
        var forces = fields
        let first = scalars.block.unknowns.lowerBound
        for node in scalars.weights.indices { fields[first + node] = stressFree }
        switch stressState {
        case .planeStrain: add(elasticity(PlaneStrain.self), both, fields, &forces, &matrix)
        case .planeStress: add(elasticity(PlaneStress.self), both, fields, &forces, &matrix)
        case .axisymmetric: add(elasticity(Axisymmetric.self), both, fields, &forces, &matrix)
        }
        clear(&forces)
        if let pressure {
            assembler.add(pressure, over: .edges(electrolyteEdges), unknowns: fields, residual: &forces)
        }
        // The potential of an undeformed layer with one mole more in each volume.
        for node in scalars.weights.indices { fields[first + node] = stressFree + 1 }
        clear(&residual)
        addPotential(fields)
        return LinearResponse(
            coupling: RectangularMatrix(of: matrix, rows: block.unknowns, columns: scalars.block.unknowns),
            load: Array(forces[block.unknowns]), stressFree: stressFree,
            stiffening: residual[first + scalars.weights.count] / scalars.weights[0])
    }

    private func add(
        _ form: some WeakForm, _ both: TangentBlock, _ fields: [Double], _ forces: inout [Double],
        _ matrix: inout SparseMatrix
    ) {
        assembler.add(form, unknowns: fields, residual: &forces, tangent: &matrix, block: both)
    }

    /// Equilibrium and the integrals of μ_mech, in `projection`, by the linear response.
    private func respond(_ fields: inout [Double]) throws(SparseFactorError) {
        guard let linear else { return }
        let first = scalars.block.unknowns.lowerBound
        for node in guess.indices { guess[node] = fields[first + node] - linear.stressFree }
        // The tangent by the concentration is -B.
        linear.coupling.multiply(guess, into: &correction)
        for index in correction.indices { correction[index] = -correction[index] - linear.load[index] }
        for index in fixed.indices { correction[Int(index)] = 0 }
        try factor.solve(&correction)
        for index in correction.indices { fields[index] = correction[index] }
        linear.coupling.multiplyTransposed(correction, into: &projection)
        scalars.addMass(linear.stiffening, times: guess, to: &projection)
    }

    /// Iterates the displacement to equilibrium.
    ///
    /// - Returns: the last correction, m, where it was not found.
    private func findDisplacement(_ fields: inout [Double]) throws(SparseFactorError) -> Double? {
        // The correction before with the same tangent; infinite where there is none to compare with.
        var before = Double.infinity
        var length = 1.0
        // Whether the last step began at the state of its tangent.
        var isNewtonStep = false
        var contraction = 0.5
        for iteration in 1...Self.mostIterations {
            try solveForCorrection(fields)
            if isLinear {
                move(&fields, along: correction, by: -1)
                return nil
            }
            let change = largest(correction)
            if change > before && isNewtonStep && length > 0.01 {
                // Half the way back.
                length *= 0.5
                move(&fields, along: lastCorrection, by: length)
                continue
            }
            if change > 0.3 * before {
                // An old tangent that leads away is not followed.
                if change > before && !isNewtonStep { move(&fields, along: lastCorrection, by: 1) }
                try formTangent(fields)
                isNewtonStep = true
                (before, length, contraction) = (.infinity, 1, 0.5)
                continue
            }
            if before.isFinite {
                // Where points of a surface begin to slip or to hold, the next ratio may be worse than the last.
                contraction = max(change / before, frictions.isEmpty ? 0 : 0.3)
                isNewtonStep = false
            }
            length = 1
            move(&fields, along: correction, by: -1)
            swap(&correction, &lastCorrection)
            let size = max(largestDisplacement(fields), Self.leastDisplacement * width)
            if change == 0 || change * contraction / (1 - contraction) < Self.tolerance * size {
                // What took long now takes long again: the next state begins with a tangent of its own.
                if iteration > 5 { needsTangent = true }
                return nil
            }
            before = change
        }
        return before
    }

    /// (tangent) δ = residual, in `correction`.
    private func solveForCorrection(_ fields: [Double]) throws(SparseFactorError) {
        clear(&residual)
        switch stressState {
        case .planeStrain: assembler.add(elasticity(PlaneStrain.self), unknowns: fields, residual: &residual)
        case .planeStress: assembler.add(elasticity(PlaneStress.self), unknowns: fields, residual: &residual)
        case .axisymmetric: assembler.add(elasticity(Axisymmetric.self), unknowns: fields, residual: &residual)
        }
        if let pressure {
            assembler.add(pressure, over: .edges(electrolyteEdges), unknowns: fields, residual: &residual)
        }
        for friction in frictions {
            assembler.add(friction.term, over: .edges(friction.edges), unknowns: fields, residual: &residual)
        }
        for index in correction.indices { correction[index] = residual[index] }
        for index in fixed.indices { correction[Int(index)] = 0 }
        try factor.solve(&correction)
    }

    private func formTangent(_ fields: [Double]) throws(SparseFactorError) {
        // Where it fails there is no factor for the next state.
        needsTangent = true
        clear(&residual)
        stiffness.clear()
        switch stressState {
        case .planeStrain: addTangent(elasticity(PlaneStrain.self), fields)
        case .planeStress: addTangent(elasticity(PlaneStress.self), fields)
        case .axisymmetric: addTangent(elasticity(Axisymmetric.self), fields)
        }
        for friction in frictions {
            assembler.add(
                friction.term, over: .edges(friction.edges), unknowns: fields, residual: &residual,
                tangent: &stiffness, block: block)
        }
        for index in correction.indices { correction[index] = 0 }
        fixed.eliminateIncrements(from: &stiffness, residual: &correction)
        try factor.factor(stiffness.values)
        needsTangent = false
    }

    private func addTangent(_ form: some WeakForm, _ fields: [Double]) {
        assembler.add(form, unknowns: fields, residual: &residual, tangent: &stiffness, block: block)
    }

    private func elasticity<State: StressState>(_: State.Type) -> LinearElasticity<State, AlloySolid> {
        LinearElasticity(State.self, displacement: 0, solid: solid)
    }

    private func move(_ fields: inout [Double], along direction: [Double], by factor: Double) {
        for index in direction.indices { fields[index] += factor * direction[index] }
    }

    private func largestDisplacement(_ fields: [Double]) -> Double {
        var largest = 0.0
        for index in correction.indices { largest = max(largest, abs(fields[index])) }
        return largest
    }

    private func largest(_ vector: [Double]) -> Double { vector.reduce(0) { max($0, abs($1)) } }

    private func clear(_ vector: inout [Double]) {
        vector.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }

    /// ∫ p q dV = ∫ μ_mech q dV
    private func projectPotential(_ fields: inout [Double]) throws(KrylovError) {
        let first = fields.count - projection.count
        if linear == nil {
            clear(&residual)
            addPotential(fields)
            for index in projection.indices { projection[index] = residual[first + index] }
        }
        for index in projection.indices { guess[index] = fields[first + index] }
        try scalars.project(&projection, near: guess)
        for index in projection.indices { fields[first + index] = projection[index] }
    }

    /// Adds ∫ μ_mech q dV to `residual`.
    private func addPotential(_ fields: [Double]) {
        switch stressState {
        case .planeStrain: addPotential(elasticity(PlaneStrain.self), fields)
        case .planeStress: addPotential(elasticity(PlaneStress.self), fields)
        case .axisymmetric: addPotential(elasticity(Axisymmetric.self), fields)
        }
    }

    private func addPotential(_ elasticity: LinearElasticity<some StressState, AlloySolid>, _ fields: [Double]) {
        assembler.add(
            MechanicalPotential(elasticity, potential: potential), unknowns: fields, residual: &residual)
    }

    // MARK: - Slip and energies

    func commitSlip(_ fields: [Double]) {
        for index in frictions.indices {
            let term = frictions[index].term
            var slips = term.slips
            assembler.forEachPoint(of: .edges(frictions[index].edges), unknowns: fields) { fields, point in
                slips[term.place(of: point)] = term.slip(after: fields, at: point)
            }
            frictions[index].term.slips = slips
        }
    }

    /// The stress at the nodes of the lithium: σ_xx, σ_yy, σ across the plane, σ_xy, Pa.
    func stressAtNodes(_ fields: [Double]) throws(KrylovError) -> [[Double]] {
        switch stressState {
        case .planeStrain: try recover(elasticity(PlaneStrain.self), fields)
        case .planeStress: try recover(elasticity(PlaneStress.self), fields)
        case .axisymmetric: try recover(elasticity(Axisymmetric.self), fields)
        }
    }

    private func recover<State: StressState>(
        _ elasticity: LinearElasticity<State, AlloySolid>, _ fields: [Double]
    ) throws(KrylovError) -> [[Double]] {
        var components: [[Double]] = []
        for component in RecoveredStress<State>.Component.allCases {
            components.append(
                try scalars.recover(
                    RecoveredStress(elasticity: elasticity, stress: component, equation: potential),
                    equation: potential, of: fields, by: assembler))
        }
        return components
    }

    func energies(_ fields: [Double]) -> MechanicalEnergies {
        var energies = MechanicalEnergies()
        switch stressState {
        case .planeStrain: addElastic(elasticity(PlaneStrain.self), fields, &energies)
        case .planeStress: addElastic(elasticity(PlaneStress.self), fields, &energies)
        case .axisymmetric: addElastic(elasticity(Axisymmetric.self), fields, &energies)
        }
        for friction in frictions {
            assembler.forEachPoint(of: .edges(friction.edges), unknowns: fields) { fields, point in
                let term = friction.term
                let traction = term.traction(fields, at: point)
                let slip = term.slip(after: fields, at: point)
                energies.stored += point.weight * 0.5 * traction * traction / term.stiffness
                energies.slipped += point.weight * traction * (slip - term.slips[term.place(of: point)])
                energies.largestSlip = max(energies.largestSlip, abs(slip))
            }
        }
        if let pressure {
            assembler.forEachPoint(of: .edges(electrolyteEdges), unknowns: fields) { fields, point in
                let along: Double = point.normal.x * fields[0].value + point.normal.y * fields[1].value
                energies.pressurePotential += point.weight * pressure.pressure * along
            }
        }
        return energies
    }

    private func addElastic(
        _ elasticity: LinearElasticity<some StressState, AlloySolid>, _ fields: [Double],
        _ energies: inout MechanicalEnergies
    ) {
        let inner = 0.9 * width
        assembler.forEachPoint(unknowns: fields) { fields, point in
            let strain = elasticity.elasticStrain(fields, at: point)
            let energy = solid.energyAndPotential(fields[solid.concentration].value, strain).energy
            energies.elastic += point.weight * energy
            let stress = elasticity.stress(fields, at: point).vonMises
            energies.largestVonMises = max(energies.largestVonMises, stress)
            if point.position.x < inner { energies.largestInnerVonMises = max(energies.largestInnerVonMises, stress) }
        }
    }
}
