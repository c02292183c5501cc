import FiniteElements
import LinearAlgebra
import Materials
import Models
import SparseSolvers

/// The parts of a coupled iteration, to measure them one by one: the forms of a disk on `cells` by `cells` equal cells, the
/// assembly of its stiffness, and the factors of it and of the mass matrix.
public final class LayerParts {
    /// Number of unknown nodes of the quadratic and of the linear elements.
    public let nodes: (quadratic: Int, linear: Int)

    private let assembler: Assembler
    private let elasticity: LinearElasticity<Axisymmetric, AlloySolid>
    private let diffusion: DrivenDiffusion<UniformDiffusivity>
    private let unknowns: [Double]
    private var residual: [Double]
    private let (stiffnessBlock, linearBlock): (TangentBlock, TangentBlock)
    private let fixed: FixedUnknowns
    private var (stiffness, stageMatrix): (SparseMatrix, SparseMatrix)
    private var factor: SparseFactor
    private var linearFactor: SparseFactor
    private var correction: [Double]
    private let (load, linearLoad): ([Double], [Double])

    /// The parts, each with its matrix factored once.
    public init(cells: Int) throws {
        let mesh = try LayerBody(
            shape: .disk, thickness: 140e-9, width: 100e-9, side: .free, columns: cells, rows: cells
        ).mesh()
        let system = DegreesOfFreedom(
            mesh: mesh, fields: [.vector("u", .quadratic), .scalar("c", .linear), .scalar("p", .linear)])
        assembler = try Assembler(system, coordinates: .axisymmetric)
        nodes = (system.space(ofComponent: 0).count, system.space(ofComponent: 2).count)
        let composition = AlloyComposition(relation: .perHostVolume, lithiumVolume: 1.3e-5, hostVolume: 1.4e-5)
        let solid = AlloySolid(
            elasticity: .isotropic(ElasticConstants(youngsModulus: 30e9, poissonsRatio: 0.3)),
            swelling: .linear(volume: 1.3e-5, stressFree: 1392), composition: composition, concentration: 2)
        elasticity = LinearElasticity(Axisymmetric.self, displacement: 0, solid: solid)
        diffusion = DrivenDiffusion(
            concentration: 2, potential: 3, diffusivity: UniformDiffusivity(1e-15),
            solution: .latticeGas(maximum: 69600), composition: composition, temperature: 298.15)
        var state = assembler.makeVector()
        system.interpolate(component: 2, into: &state) { 1392 + 7000 * $0.y / 140e-9 }
        unknowns = state
        residual = assembler.makeVector()
        stiffnessBlock = TangentBlock(of: system, components: 0..<2)
        linearBlock = TangentBlock(of: system, components: 2..<3)
        fixed = FixedUnknowns(
            try system.unknowns(ofComponent: 0, onBoundary: "left") + system.unknowns(ofComponent: 0, onBoundary: "top")
                + system.unknowns(ofComponent: 1, onBoundary: "bottom"), in: stiffnessBlock.pattern)
        stiffness = stiffnessBlock.makeMatrix()
        stageMatrix = linearBlock.makeMatrix()
        factor = try SparseFactor(pattern: stiffnessBlock.pattern, symmetry: .positiveDefinite)
        linearFactor = try SparseFactor(pattern: linearBlock.pattern, symmetry: .positiveDefinite)
        load = (0..<stiffnessBlock.unknowns.count).map { Double($0 % 7) - 3 }
        linearLoad = (0..<linearBlock.unknowns.count).map { Double($0 % 7) - 3 }
        correction = load
        assembleStiffness()
        try factorStiffness()
        assembler.add(
            TimeDerivative(of: 2, rate: 1), unknowns: unknowns, residual: &residual, tangent: &stageMatrix,
            block: linearBlock)
        try linearFactor.factor(stageMatrix.values)
    }

    /// ∫ σ : ε(v) dV, quadratic elements.
    public func elasticResidual() { assembler.add(elasticity, unknowns: unknowns, residual: &residual) }

    /// The stiffness and its boundary conditions, quadratic elements.
    public func assembleStiffness() {
        stiffness.clear()
        assembler.add(
            elasticity, unknowns: unknowns, residual: &residual, tangent: &stiffness, block: stiffnessBlock)
        correction.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        fixed.eliminateIncrements(from: &stiffness, residual: &correction)
    }

    /// ∫ μ_mech q dV, linear elements with the strain of quadratic ones.
    public func potentialResidual() {
        assembler.add(MechanicalPotential(elasticity, potential: 3), unknowns: unknowns, residual: &residual)
    }

    /// ∫ -J · ∇v dV, linear elements.
    public func diffusionResidual() { assembler.add(diffusion, unknowns: unknowns, residual: &residual) }

    /// The matrix of the implicit stages, linear elements.
    public func assembleStageMatrix() {
        stageMatrix.clear()
        let coefficient = StiffenedDiffusivity(diffusion, solid: elasticity.solid, factor: 0.1)
        assembler.add(
            Diffusion(of: 2, diffusivity: coefficient), unknowns: unknowns, residual: &residual, tangent: &stageMatrix,
            block: linearBlock)
    }

    /// The factors of the stiffness.
    public func factorStiffness() throws { try factor.factor(stiffness.values) }

    /// A solution with them.
    public func solveStiffness() throws {
        correction.withUnsafeMutableBufferPointer { target in
            load.withUnsafeBufferPointer { _ = target.update(from: $0) }
        }
        try factor.solve(&correction)
    }

    /// A solution with the factors of the mass matrix, linear elements.
    public func solveMass() throws {
        var vector = linearLoad
        try linearFactor.solve(&vector)
    }
}
