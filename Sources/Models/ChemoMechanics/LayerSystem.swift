import FiniteElements
import LinearAlgebra
import Materials
import SparseSolvers
import TimeIntegration

/// Lithium in a two-dimensional layer, with or without stress, as the time integrator sees it: M dc/dt = R(c).
///
///     R_i = -∫ (D ∇c + L ∇p) · ∇φ_i dV + ∮ j φ_i dA
///
/// The displacement and the mechanical potential p follow from the concentration, by mechanical equilibrium and projection;
/// the state is the concentration alone. The rows of R add up to the flux that enters. The matrix of the implicit stages is
/// symmetric: the derivative of D and L is left out, and of the stress what comes from the boundaries
/// (``StiffenedDiffusivity``); the integrator's chord iteration makes up for both. Copies share the displacement and its slip: a
/// system belongs to one integrator.
public struct LayerSystem: SemidiscreteSystem {
    /// The unknowns: displacement and mechanical potential besides the concentration, where there is stress.
    public let assembler: Assembler
    /// The component of the concentration.
    public let component: Int
    /// How lithium moves.
    let lithium: LithiumParameters
    /// Stress; nil where it is not computed.
    let mechanics: Mechanics?
    /// Whether stress drives lithium.
    let isDriven: Bool
    /// The space of the concentration.
    let scalars: ScalarField
    /// The size of c that tolerances refer to, mol/m3.
    public let scale: Double
    /// ∮ w φ_i dA over the electrolyte with the profile w of the current, whose mean is one, m2.
    public let inlet: [Double]
    /// The nodes at the electrolyte, from left to right.
    let surface: [Int]
    /// The nodes at the collector, from left to right.
    let bottom: [Int]
    /// Area of the electrolyte, m2.
    public let area: Double
    /// ∫ dV, m3.
    public let volume: Double
    /// Mean flux of lithium into the layer, mol/(m2 s).
    public var flux = 0.0
    /// All fields at the state evaluated last.
    public internal(set) var fields: [Double]
    /// All fields when the step began, where a try depends on them.
    private var fieldsBefore: [Double]
    private var residual: [Double]
    var matrix: SparseMatrix
    private let solver: StageSolver
    private let zero: [Double]
    /// The matrix of -R where R is linear, formed once.
    private var stiffness: SparseMatrix?

    /// What solves with the stage matrix, which cannot be copied.
    private final class StageSolver {
        var lattice: LatticeSolver
        /// The matrix of -R where R is linear.
        var stiffness: LatticeOperator?
        /// Why the last solution was not found.
        var problem: KrylovError?

        init(_ space: LagrangeSpace, _ pattern: SparsePattern) throws {
            // The chord iteration, and the error control, ask for less.
            lattice = try LatticeSolver(space, pattern: pattern, tolerance: 1e-7)
        }

        /// y = A x, where there is A.
        func multiply(_ x: [Double], into y: inout [Double]) { stiffness?.multiply(x, into: &y) }
    }

    init(
        assembler: Assembler, component: Int, lithium: LithiumParameters, mechanics: Mechanics?,
        isDriven: Bool, scalars: ScalarField, inlet: [Double], scale: Double
    ) throws {
        self.assembler = assembler
        self.component = component
        self.lithium = lithium
        self.mechanics = mechanics
        self.isDriven = isDriven
        self.scalars = scalars
        self.scale = scale
        self.inlet = inlet
        area = inlet.reduce(0, +)
        volume = scalars.weights.reduce(0, +)
        let space = assembler.system.space(ofComponent: component)
        surface = try space.nodes(onBoundary: "top")
        bottom = try space.nodes(onBoundary: "bottom")
        fields = assembler.makeVector()
        residual = assembler.makeVector()
        fieldsBefore = isDriven ? assembler.makeVector() : []
        matrix = scalars.block.makeMatrix()
        solver = try StageSolver(space, scalars.block.pattern)
        zero = [Double](repeating: 0, count: scalars.weights.count)
        if case .constant(let value) = lithium.diffusivity, !isDriven {
            var stiffness = matrix
            assembler.addDiffusion(Uniform(value), unknowns: fields, rate: 0, to: &stiffness, block: scalars.block)
            self.stiffness = stiffness
            solver.stiffness = try LatticeOperator(lattice: Lattice(space), stiffness)
        }
    }

    /// Number of nodes.
    public var count: Int { scalars.weights.count }
    /// Constant where D is and no stress drives lithium, otherwise a stand-in.
    public var stageMatrix: StageMatrix { stiffness == nil ? .approximate : .constant }

    /// Lithium in the layer for each area of electrolyte, mol/m2.
    public func content(of state: [Double]) -> Double {
        scalars.integral(of: state) / area
    }

    /// All fields in equilibrium with a state.
    ///
    /// - Throws: `EvaluationFailure`.
    public mutating func equilibrate(_ state: [Double]) throws(EvaluationFailure) {
        put(state)
        try mechanics?.equilibrate(&fields)
    }

    private mutating func put(_ state: [Double]) {
        let first = scalars.block.unknowns.lowerBound
        for node in state.indices { fields[first + node] = state[node] }
    }

    /// Lets the slip of the surfaces go on from a state.
    public mutating func beginStep(time: Double, state: [Double]) throws(EvaluationFailure) {
        guard let mechanics else { return }
        try equilibrate(state)
        mechanics.commitSlip(fields)
        if isDriven { fieldsBefore.replace(by: fields) }
        mechanics.beginStep()
    }

    /// Goes back to the displacement and the potential with which the step began, and to the tangent of the mechanics.
    public mutating func rewind() {
        guard let mechanics, isDriven else { return }
        fields.replace(by: fieldsBefore)
        mechanics.rewind()
    }

    /// Writes R, mol/s.
    public mutating func residual(time: Double, state: [Double], into result: inout [Double]) throws(EvaluationFailure)
    {
        if stiffness != nil {
            solver.multiply(state, into: &result)
            for node in result.indices { result[node] = flux * inlet[node] - result[node] }
            return
        }
        put(state)
        if isDriven { try mechanics?.equilibrate(&fields) }
        residual.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        switch lithium.diffusivity {
        case .constant(let value): addDiffusion(UniformDiffusivity(value))
        case .table(let law): addDiffusion(law)
        case .alloy(let law): addDiffusion(law)
        case .formula(let law): addDiffusion(law)
        }
        let first = scalars.block.unknowns.lowerBound
        for node in result.indices { result[node] = flux * inlet[node] - residual[first + node] }
    }

    private mutating func addDiffusion(_ law: some DiffusivityLaw) {
        if isDriven {
            assembler.add(driven(law), unknowns: fields, residual: &residual)
        } else {
            let coefficient = StiffenedDiffusivity(driven(law), solid: nil)
            assembler.add(
                Diffusion(of: component, diffusivity: coefficient), unknowns: fields, residual: &residual)
        }
    }

    func driven<Law: DiffusivityLaw>(_ law: Law) -> DrivenDiffusion<Law> {
        DrivenDiffusion(
            concentration: component, potential: component + 1, diffusivity: law, solution: lithium.solution,
            composition: lithium.composition, temperature: lithium.temperature)
    }

    /// Subtracts M k from a vector.
    public func subtractMass(times rate: [Double], from result: inout [Double]) {
        scalars.subtractMass(times: rate, from: &result)
    }

    /// Forms M + `shift` ∫ (D + L κ) ∇φ_i · ∇φ_j dV.
    public mutating func factor(time: Double, state: [Double], shift: Double) -> Bool {
        if let stiffness {
            matrix.setSum(scalars.mass, shift, stiffness)
        } else {
            matrix.setSum(scalars.mass, 0, scalars.mass)
            put(state)
            switch lithium.diffusivity {
            case .constant(let value): addStageMatrix(UniformDiffusivity(value), shift)
            case .table(let law): addStageMatrix(law, shift)
            case .alloy(let law): addStageMatrix(law, shift)
            case .formula(let law): addStageMatrix(law, shift)
            }
        }
        return (try? solver.lattice.factor(matrix)) != nil
    }

    private mutating func addStageMatrix(_ law: some DiffusivityLaw, _ shift: Double) {
        let coefficient = StiffenedDiffusivity(driven(law), solid: isDriven ? mechanics?.solid : nil, factor: shift)
        assembler.addDiffusion(coefficient, unknowns: fields, rate: 0, to: &matrix, block: scalars.block)
    }

    /// By conjugate gradients.
    public var solvesByIteration: Bool { true }

    /// Solves with the matrix last factored; what cannot be solved becomes NaN, which the integrator refuses.
    public mutating func solve(_ vector: inout [Double]) { solve(&vector, near: zero) }

    /// The same from a guess.
    public mutating func solve(_ vector: inout [Double], near guess: [Double]) {
        solver.problem = nil
        do throws(KrylovError) { try solver.lattice.solve(&vector, near: guess) } catch {
            solver.problem = error
            vector[0] = .nan
        }
    }

    /// What the conjugate gradients said.
    public var solutionProblem: String? { solver.problem?.description }

    /// Shifts the rate by the constant that makes Σ W k equal to the flux that enters, to the last digit.
    public func restoreInvariants(of rate: inout [Double]) {
        let shift = (flux * area - scalars.integral(of: rate)) / volume
        for node in rate.indices { rate[node] += shift }
    }
}

extension LayerSystem: ProtocolSystem {
    /// Lithium in the layer when all of it has one concentration, mol/m2.
    func content(filledTo concentration: Double) -> Double { concentration * volume / area }

    /// The largest or the least concentration at the electrolyte, mol/m3.
    func surfaceUnknown(of state: [Double], direction: Double) -> Double {
        var extreme = -Double.infinity
        for node in surface { extreme = max(extreme, direction * state[node]) }
        return direction * extreme
    }
}
