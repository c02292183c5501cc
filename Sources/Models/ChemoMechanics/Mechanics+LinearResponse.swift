import FiniteElements
import LinearAlgebra
import SparseSolvers

/// Equilibrium where displacement and potential are linear in the concentration: K u = B (c - c_0) - l with the load l of
/// the stack pressure, and ∫ μ_mech q dV = -Bᵀ u + a M (c - c_0), where B = ∂²W/∂u∂c with the opposite sign and a = ∂²W/∂c².
struct LinearResponse {
    let coupling: RectangularMatrix
    let load: [Double]
    let stressFree: Double
    let stiffening: Double
}

extension Mechanics {
    /// Forms the linear response from the terms, once; nil where it is not linear.
    func makeLinearResponse() -> LinearResponse? {
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
    func respond(_ fields: inout [Double]) throws(SparseFactorError) {
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
}
