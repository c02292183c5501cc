import FiniteElements
import LinearAlgebra
import SparseSolvers

/// The space of the lithium and of what is projected on it: its mass matrix M_ij = ∫ φ_i φ_j dV.
final class ScalarField {
    /// M.
    let mass: SparseMatrix
    /// ∫ φ_i dV, the row sums of M.
    let weights: [Double]
    /// The component and its block of the tangent.
    let block: TangentBlock
    private var solver: LatticeSolver
    private var massOperator: LatticeOperator
    private var product: [Double]

    /// The space of a component of a system.
    ///
    /// - Throws: `LatticeError`, `KrylovError`.
    init(component: Int, assembler: Assembler) throws {
        let system = assembler.system
        let block = TangentBlock(of: system, components: component..<component + 1)
        var mass = block.makeMatrix()
        assembler.addDiffusion(
            Uniform(0), unknowns: assembler.makeVector(), rate: 1, to: &mass, block: block)
        self.block = block
        self.mass = mass
        var weights = [Double](repeating: 0, count: mass.size)
        mass.multiply([Double](repeating: 1, count: mass.size), into: &weights)
        self.weights = weights
        let space = system.space(ofComponent: component)
        massOperator = try LatticeOperator(lattice: Lattice(space), mass)
        product = [Double](repeating: 0, count: mass.size)
        // The flux takes the gradient of what is projected, which magnifies an error by the number of cells.
        solver = try LatticeSolver(space, pattern: block.pattern, tolerance: 1e-13)
        try solver.factor(mass)
    }

    /// ∫ x dV, with a compensated sum (A. Neumaier, Z. Angew. Math. Mech. 54 (1974) 39): its error does not grow with the mesh.
    func integral(of x: [Double]) -> Double {
        precondition(x.count == weights.count)
        var (sum, compensation) = (0.0, 0.0)
        for node in weights.indices {
            let term = weights[node] * x[node]
            let next = sum + term
            compensation += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
            sum = next
        }
        return sum + compensation
    }

    /// y = y + a M x
    func addMass(_ factor: Double, times x: [Double], to y: inout [Double]) {
        massOperator.multiply(x, into: &product)
        for node in y.indices { y[node] += factor * product[node] }
    }

    /// y = y - M x
    func subtractMass(times x: [Double], from y: inout [Double]) {
        massOperator.multiply(x, into: &product)
        for node in y.indices { y[node] -= product[node] }
    }

    /// Replaces ∫ f φ_i dV by the values of the projection of f at the nodes.
    ///
    /// - Parameter guess: values near the projection.
    /// - Throws: `KrylovError` for integrals that are not finite.
    func project(_ integrals: inout [Double], near guess: [Double]) throws(KrylovError) {
        try solver.solve(&integrals, near: guess)
    }

    /// The projection of what a form integrates against the test functions of a component with this space.
    ///
    /// - Throws: `KrylovError`.
    func recover(
        _ form: some WeakForm, equation: Int, of fields: [Double], by assembler: Assembler
    ) throws(KrylovError) -> [Double] {
        var integrals = assembler.makeVector()
        assembler.add(form, unknowns: fields, residual: &integrals)
        var values = Array(integrals[assembler.system.unknowns(ofComponents: equation..<equation + 1)])
        try project(&values, near: [Double](repeating: 0, count: values.count))
        return values
    }
}
