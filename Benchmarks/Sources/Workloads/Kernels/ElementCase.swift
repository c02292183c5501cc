import FiniteElements
import LinearAlgebra
import Materials
import Models

/// The forms of a coupled iteration on a disk of `cells` by `cells` equal cells, R = 100 nm and H = 140 nm: displacement u on
/// quadratic elements, lithium c and mechanical potential p on linear ones, 3 x 3 points.
final class ElementCase {
    let system: DegreesOfFreedom
    let assembler: Assembler
    let elasticity: LinearElasticity<Axisymmetric, AlloySolid>
    let diffusion: DrivenDiffusion<UniformDiffusivity>
    /// A state of strains that vary and of lithium that rises to the electrolyte.
    let state: [Double]
    var residual: [Double]

    static let diffusivity = 1e-15
    static let constants = ElasticConstants(youngsModulus: 30e9, poissonsRatio: 0.3)
    static let (lithiumVolume, stressFree) = (1.3e-5, 1392.0)
    static let (radius, height) = (100e-9, 140e-9)
    static let volume = Double.pi * radius * radius * height

    init(cells: Int) throws {
        let mesh = try LayerBody(
            shape: .disk, thickness: Self.height, width: Self.radius, side: .free, columns: cells, rows: cells
        ).mesh()
        system = DegreesOfFreedom(
            mesh: mesh, fields: [.vector("u", .quadratic), .scalar("c", .linear), .scalar("p", .linear)])
        assembler = try Assembler(system, coordinates: .axisymmetric)
        let composition = AlloyComposition(
            relation: .perHostVolume, lithiumVolume: Self.lithiumVolume, hostVolume: 1.4e-5)
        let solid = AlloySolid(
            elasticity: .isotropic(Self.constants),
            swelling: .linear(volume: Self.lithiumVolume, stressFree: Self.stressFree), composition: composition,
            concentration: 2)
        elasticity = LinearElasticity(Axisymmetric.self, displacement: 0, solid: solid)
        diffusion = DrivenDiffusion(
            concentration: 2, potential: 3, diffusivity: UniformDiffusivity(Self.diffusivity),
            solution: .latticeGas(maximum: 69600), composition: composition, temperature: 298.15)
        var state = assembler.makeVector()
        system.interpolate(component: 0, into: &state) { 0.01 * $0.x * (1 + $0.y / Self.height) }
        system.interpolate(component: 1, into: &state) { 0.02 * $0.y * (1 + $0.x / Self.radius) }
        system.interpolate(component: 2, into: &state) { Self.stressFree + 7000 * $0.y / Self.height }
        self.state = state
        residual = assembler.makeVector()
    }

    /// The residual of a form at a state.
    func residual(of form: some WeakForm, at state: [Double]) -> [Double] {
        var result = assembler.makeVector()
        assembler.add(form, unknowns: state, residual: &result)
        return result
    }

    /// u_r = a r and u_z = b z without lithium but that of no stress: one strain everywhere.
    func uniformStrain(along a: Double, _ b: Double) -> [Double] {
        var state = assembler.makeVector()
        system.interpolate(component: 0, into: &state) { a * $0.x }
        system.interpolate(component: 1, into: &state) { b * $0.y }
        system.interpolate(component: 2, into: &state) { _ in Self.stressFree }
        return state
    }

    // MARK: - What the kernels must give

    /// - Throws: ``KernelMismatch`` where R · u is not V σ : ε.
    func checkElasticity() throws {
        let (a, b) = (0.01, -0.02)
        let state = uniformStrain(along: a, b)
        let found = zip(residual(of: elasticity, at: state), state).reduce(0) { $0 + $1.0 * $1.1 }
        let pressure = Self.constants.lameConstant * (2 * a + b)
        let shear = 2 * Self.constants.shearModulus
        let exact = Self.volume * (2 * a * (pressure + shear * a) + b * (pressure + shear * b))
        try require("the virtual work of Q2 elasticity", abs(found / exact - 1), atMost: 1e-11)
    }

    /// - Throws: ``KernelMismatch`` where the integral of μ_mech is not -V Ω K tr ε.
    func checkPotential() throws {
        let (a, b) = (0.01, 0.02)
        let found = residual(of: MechanicalPotential(elasticity, potential: 3), at: uniformStrain(along: a, b))
        let exact = -Self.volume * Self.lithiumVolume * Self.constants.bulkModulus * (2 * a + b)
        try require("the integral of the mechanical potential", abs(found.reduce(0, +) / exact - 1), atMost: 1e-11)
    }

    /// - Throws: ``KernelMismatch`` where R · c is not V D |∇c|² for a constant gradient.
    func checkDiffusion() throws {
        var state = assembler.makeVector()
        system.interpolate(component: 2, into: &state) { 1000 + 7000 * $0.y / Self.height }
        let found = zip(residual(of: diffusion, at: state), state).reduce(0) { $0 + $1.0 * $1.1 }
        let gradient = 7000 / Self.height
        try require(
            "the dissipation of Q1 diffusion", abs(found / (Self.volume * Self.diffusivity * gradient * gradient) - 1),
            atMost: 1e-11)
    }
}

/// A block of the tangent, its element matrices, and where they go.
final class ElementMatrices {
    let parts: ElementCase
    let block: TangentBlock
    var matrix: SparseMatrix
    let workspace: ElementWorkspace
    private let reference: ReferenceElement

    init(cells: Int, components: Range<Int>) throws {
        parts = try ElementCase(cells: cells)
        block = TangentBlock(of: parts.system, components: components)
        matrix = block.makeMatrix()
        workspace = ElementWorkspace(unknowns: parts.system, coordinates: .axisymmetric, maximumPoints: 9)
        reference = ReferenceElement(rule: ReferenceRule(cell: 3), orders: parts.system.distinctOrders)
    }

    /// The stand-in for the derivative of the flux, as a stage of a step takes it.
    var stageDiffusion: Diffusion<StiffenedDiffusivity<UniformDiffusivity>> {
        Diffusion(of: 2, diffusivity: stageCoefficient)
    }

    private var stageCoefficient: StiffenedDiffusivity<UniformDiffusivity> {
        StiffenedDiffusivity(parts.diffusion, solid: parts.elasticity.solid, factor: 0.1)
    }

    /// The element matrices and residuals of a form, one after the other in one place.
    @inline(__always)
    func evaluateTangents(of form: some WeakForm, then body: (Int) -> Void) {
        let (system, state) = (parts.system, parts.state)
        let inputs = form.inputs ?? 0..<system.components
        for cell in 0..<system.mesh.cells {
            workspace.place(system.mesh.corners(ofCell: cell), cell: cell, reference: reference)
            workspace.load(inputs, unknowns: state.span, previous: nil, of: system, cell: cell)
            workspace.evaluateTangent(of: form, block: block.components)
            body(cell)
        }
    }

    /// The element matrix that the workspace holds.
    var dense: UnsafePointer<Double> {
        let first = parts.system.localStarts[block.components.lowerBound]
        return UnsafePointer(workspace.tangent + first * (workspace.rowStride + 1))
    }

    /// Adds the element matrix that the workspace holds to the matrix, at the place of every cell.
    func scatter() {
        let (dense, rowStride, cells) = (dense, workspace.rowStride, parts.system.mesh.cells)
        matrix.values.withUnsafeMutableBufferPointer { values in
            for cell in 0..<cells {
                block.scatter.add(dense, rowStride: rowStride, block: cell, to: values.baseAddress!)
            }
        }
    }

    /// Tangent and residual of quadratic elasticity.
    func assembleElasticity() {
        matrix.clear()
        parts.assembler.add(
            parts.elasticity, unknowns: parts.state, residual: &parts.residual, tangent: &matrix, block: block)
    }

    /// The matrix of the implicit stages, four cells side by side.
    func assembleDiffusion() {
        matrix.clear()
        parts.assembler.addDiffusion(
            stageCoefficient, unknowns: parts.state, rate: 0, to: &matrix, block: block)
    }

    // MARK: - What the kernels must give

    /// - Throws: ``KernelMismatch`` where K v is not R(u + v) - R(u), which holds exactly as R is linear in u.
    func checkStiffness() throws {
        try parts.checkElasticity()
        let change = block.unknowns.map { 1e-10 * Double($0 % 13 - 6) }
        var moved = parts.state
        for (place, unknown) in block.unknowns.enumerated() { moved[unknown] += change[place] }
        let (after, before) = (
            parts.residual(of: parts.elasticity, at: moved), parts.residual(of: parts.elasticity, at: parts.state)
        )
        let exact = block.unknowns.map { after[$0] - before[$0] }
        var found = change
        matrix.multiply(change, into: &found)
        try require("the stiffness from the residual", deviation(found, from: exact), atMost: 1e-9)
    }

    /// - Throws: ``KernelMismatch`` where the quartets of cells do not give the sum of the element matrices by dual numbers.
    func checkStageMatrix() throws {
        assembleDiffusion()
        let found = matrix.values
        matrix.clear()
        let block = block
        evaluateTangents(of: stageDiffusion) { cell in
            matrix.values.withUnsafeMutableBufferPointer {
                block.scatter.add(dense, rowStride: workspace.rowStride, block: cell, to: $0.baseAddress!)
            }
        }
        try require("the stage matrix from dual numbers", deviation(found, from: matrix.values), atMost: 1e-13)
    }

    /// - Throws: ``KernelMismatch`` where the sum of the element matrices is not that by rows and columns.
    func checkScatter() throws {
        matrix.clear()
        scatter()
        var exact = [Double](repeating: 0, count: matrix.values.count)
        let (indices, size) = (block.scatter.indices, block.scatter.blockSize)
        for cell in 0..<parts.system.mesh.cells {
            for row in 0..<size {
                for column in 0..<size {
                    let (i, j) = (Int(indices[cell * size + row]), Int(indices[cell * size + column]))
                    guard let place = block.pattern.position(row: i, column: j) else { continue }
                    exact[place] += dense[row * workspace.rowStride + column]
                }
            }
        }
        try require("the sum of the element matrices", deviation(matrix.values, from: exact), atMost: 1e-14)
    }
}
