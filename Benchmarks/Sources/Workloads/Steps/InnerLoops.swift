import Cases
import FiniteElements
import LinearAlgebra
import Materials
import Models
import SparseSolvers

/// The inner loops of the models, each once: loops over elements, sparse products and solutions, and the laws at a point.
///
/// On a disk of a few cells with friction, a stiffness that depends on the lithium and both orders of elements.
public final class InnerLoops {
    private let assembler: Assembler
    private let elasticity: LinearElasticity<Axisymmetric, AlloySolid>
    private let potential: MechanicalPotential<Axisymmetric>
    private let diffusion: DrivenDiffusion<UniformDiffusivity>
    private let friction: ShearFriction
    private let surface: Region
    private let unknowns: [Double]
    private var residual: [Double]
    private let (block, scalars): (TangentBlock, TangentBlock)
    private let fixed: FixedUnknowns
    private var (stiffness, mass): (SparseMatrix, SparseMatrix)
    private var factor: SparseFactor
    private var gradients: ConjugateGradients
    private var latticeOperator: LatticeOperator
    private var krylov: GMRES
    private var (right, solution): ([Double], [Double])
    private let (scalarRight, scalarGuess): ([Double], [Double])
    private var scalarSolution: [Double]
    private let flows: [InelasticFlow]
    private let phase: SolutionPhase
    private let kinetics: ButlerVolmer
    private var sum = 0.0

    /// What the loops are called, and one pass of each.
    public var all: [(title: String, pass: () throws -> Void)] {
        [
            ("element residuals, quadratic", elasticResiduals), ("element residuals, linear", diffusionResiduals),
            ("potential at the points", potentials), ("residuals along an edge", edgeResiduals),
            ("element tangents and assembly", tangents), ("matrix of the stages", stageMatrix),
            ("sparse product", product), ("lattice product", latticeProduct),
            ("factors by MUMPS", factorise), ("solution by MUMPS", solve), ("GMRES", solveByGMRES),
            ("multigrid levels", setUpMultigrid), ("conjugate gradients with multigrid", solveByGradients),
            ("creep at a point", creep), ("potentials of phase and charge transfer", pointPotentials),
        ]
    }

    /// The loops, whose elements are shared by a number of threads.
    ///
    /// - Throws: what making a mesh, a matrix or a material throws.
    public init(threads: Int) throws {
        let mesh = try LayerBody(
            shape: .disk, thickness: 140e-9, width: 100e-9, side: .free, columns: 12, rows: 12
        ).mesh()
        let system = DegreesOfFreedom(
            mesh: mesh, fields: [.vector("u", .quadratic), .scalar("c", .linear), .scalar("p", .linear)])
        assembler = try Assembler(system, coordinates: .axisymmetric, threads: threads)
        let composition = AlloyComposition(relation: .perHostVolume, lithiumVolume: 1.3e-5, hostVolume: 1.4e-5)
        let solid = AlloySolid(
            elasticity: .mixture(
                ElasticMixture(
                    lithium: ElasticConstants(youngsModulus: 7.8e9, poissonsRatio: 0.3),
                    host: ElasticConstants(youngsModulus: 45e9, poissonsRatio: 0.3), rule: .voigtOfYoungsModulus,
                    weight: .moleFraction)),
            swelling: .linear(volume: 1.3e-5, stressFree: 1392), composition: composition, concentration: 2)
        elasticity = LinearElasticity(Axisymmetric.self, displacement: 0, solid: solid)
        potential = MechanicalPotential(elasticity, potential: 3)
        diffusion = DrivenDiffusion(
            concentration: 2, potential: 3, diffusivity: UniformDiffusivity(1e-15),
            solution: .latticeGas(maximum: 69600), composition: composition, temperature: 298.15)
        let edges = try mesh.edges(ofBoundary: "bottom")
        friction = ShearFriction(
            edges: edges, cells: mesh.cells, pointsPerEdge: 3, displacement: 0, stiffness: 1e16, cap: 2e7)
        surface = .edges(edges)
        var state = assembler.makeVector()
        system.interpolate(component: 2, into: &state) { 1392 + 7000 * $0.y / 140e-9 }
        unknowns = state
        residual = assembler.makeVector()
        block = TangentBlock(of: system, components: 0..<2)
        scalars = TangentBlock(of: system, components: 2..<3)
        fixed = FixedUnknowns(
            try system.unknowns(ofComponent: 0, onBoundary: "left") + system.unknowns(ofComponent: 0, onBoundary: "top")
                + system.unknowns(ofComponent: 1, onBoundary: "bottom"), in: block.pattern)
        (stiffness, mass) = (block.makeMatrix(), scalars.makeMatrix())
        factor = try SparseFactor(pattern: block.pattern, symmetry: .positiveDefinite)
        let space = system.space(ofComponent: 2)
        let lattice = Lattice(columns: space.columns, rows: space.rows)
        assembler.addDiffusion(Uniform(1e-15), unknowns: unknowns, rate: 1, to: &mass, block: scalars)
        gradients = try ConjugateGradients(lattice: lattice, pattern: scalars.pattern)
        latticeOperator = try LatticeOperator(lattice: lattice, mass)
        krylov = GMRES(count: block.unknowns.count)
        right = block.unknowns.map { Double($0 % 7) - 3 }
        solution = block.unknowns.map { _ in 0 }
        scalarRight = scalars.unknowns.map { Double($0 % 7) - 3 }
        scalarGuess = scalars.unknowns.map { _ in 0 }
        scalarSolution = scalars.unknowns.map { _ in 0 }
        flows = try Self.flows()
        (phase, kinetics) = (try Self.phase(), ButlerVolmer(anodicCoefficient: 0.4, cathodicCoefficient: 0.6))
        tangents()
        try factorise()
        try setUpMultigrid()
    }

    // MARK: - Elements

    private func elasticResiduals() { assembler.add(elasticity, unknowns: unknowns, residual: &residual) }

    private func diffusionResiduals() { assembler.add(diffusion, unknowns: unknowns, residual: &residual) }

    private func potentials() { assembler.add(potential, unknowns: unknowns, residual: &residual) }

    private func edgeResiduals() {
        assembler.add(friction, over: surface, unknowns: unknowns, residual: &residual)
    }

    private func tangents() {
        stiffness.clear()
        assembler.add(elasticity, unknowns: unknowns, residual: &residual, tangent: &stiffness, block: block)
        assembler.add(
            friction, over: surface, unknowns: unknowns, residual: &residual, tangent: &stiffness, block: block)
        fixed.eliminateIncrements(from: &stiffness, residual: &right)
    }

    private func stageMatrix() {
        mass.clear()
        let coefficient = StiffenedDiffusivity(diffusion, solid: elasticity.solid, factor: 0.1)
        assembler.addDiffusion(coefficient, unknowns: unknowns, rate: 1, to: &mass, block: scalars)
    }

    // MARK: - Matrices

    private func product() { stiffness.multiply(right, into: &solution) }

    private func latticeProduct() { latticeOperator.multiply(scalarRight, into: &scalarSolution) }

    private func factorise() throws { try factor.factor(stiffness.values) }

    private func solve() throws {
        for index in solution.indices { solution[index] = right[index] }
        try factor.solve(&solution)
    }

    private func solveByGMRES() throws {
        for index in solution.indices { solution[index] = 0 }
        _ = try krylov.solve(
            stiffness, rightHandSide: right, solution: &solution, preconditioner: factor, tolerance: 1e-12)
    }

    private func setUpMultigrid() throws { try gradients.factor(mass) }

    private func solveByGradients() throws {
        for index in scalarSolution.indices { scalarSolution[index] = scalarGuess[index] }
        try gradients.solve(&scalarSolution, rightHandSide: scalarRight, tolerance: 1e-10)
    }

    // MARK: - Laws

    private func creep() throws {
        for flow in flows {
            for load in 0..<20 {
                let stress = SymmetricTensor(xx: 1e5 * Double(load), yy: 0, zz: -1e5, xy: 2e5, yz: 0, xz: 0)
                let end = try flow.tensorReturn(
                    trialStress: stress, bulkModulus: 11e9, shearModulus: 3e9, timeStep: 10, resistance: 1.1e6)
                sum += end.stress[0]
            }
        }
    }

    private func pointPotentials() {
        for place in 1..<100 {
            sum += phase.chemicalPotentialLithium(moleFraction: 0.01 * Double(place))
            sum += kinetics.overpotential(
                currentDensity: 0.3 * Double(place) - 15, exchangeCurrentDensity: 3.0, temperature: 298.15)
        }
    }

    private static func flows() throws -> [InelasticFlow] {
        try ["power_law", "garofalo", "anand"].map { law in
            let material = try MaterialRecord("li", overrides: ["flow.use=\(law)"]).material
            guard let flow = material.flow?.law.lithium.at(temperature: 298) else {
                throw KernelMismatch(description: "the lithium of the library has no flow law \(law) at 298 K")
            }
            return flow
        }
    }

    /// The body-centred phase of Li-Mg.
    private static func phase() throws -> SolutionPhase {
        guard let alloy = try MaterialRecord("li-mg").material.thermodynamics?.law else {
            throw KernelMismatch(description: "the Li-Mg of the library has no thermodynamics")
        }
        return try AlloyThermodynamics(alloy.system, temperature: 298.15).solution(named: alloy.phase)
    }
}
