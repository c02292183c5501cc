import FiniteElements
import LinearAlgebra
import SparseSolvers

/// The space of the lithium and of what is projected on it: its mass matrix M_ij = ∫ φ_i φ_j dV, factored.
final class ScalarField {
    /// M.
    let mass: SparseMatrix
    /// ∫ φ_i dV, the row sums of M.
    let weights: [Double]
    /// The component and its block of the tangent.
    let block: TangentBlock
    private var factor: SparseFactor

    /// The space of a component of a system.
    ///
    /// - Throws: `SparseFactorError`.
    init(component: Int, assembler: Assembler) throws {
        let block = TangentBlock(of: assembler.system, components: component..<component + 1)
        var mass = block.makeMatrix()
        var unused = assembler.makeVector()
        assembler.add(
            TimeDerivative(of: component, rate: 1), unknowns: unused, residual: &unused, tangent: &mass, block: block)
        self.block = block
        self.mass = mass
        var weights = [Double](repeating: 0, count: mass.size)
        mass.multiply([Double](repeating: 1, count: mass.size), into: &weights)
        self.weights = weights
        factor = try SparseFactor(pattern: block.pattern, symmetry: .positiveDefinite)
        try factor.factor(mass.values)
    }

    /// Replaces ∫ f φ_i dV by the values of the projection of f at the nodes.
    ///
    /// - Throws: `SparseFactorError` for integrals that are not finite.
    func project(_ integrals: inout [Double]) throws(SparseFactorError) { try factor.solve(&integrals) }

    /// The projection of what a form integrates against the test functions of a component with this space.
    ///
    /// - Throws: `SparseFactorError`.
    func recover(
        _ form: some WeakForm, equation: Int, of fields: [Double], by assembler: Assembler
    ) throws(SparseFactorError) -> [Double] {
        var integrals = assembler.makeVector()
        assembler.add(form, unknowns: fields, residual: &integrals)
        var values = Array(integrals[assembler.system.unknowns(ofComponents: equation..<equation + 1)])
        try project(&values)
        return values
    }
}
