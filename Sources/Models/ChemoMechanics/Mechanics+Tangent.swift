import Checkpoints
import FiniteElements
import LinearAlgebra
import SparseSolvers
import TimeIntegration

// The tangent, which is that of an earlier state while it does.
extension Mechanics {
    /// Forms and factors the tangent at a state.
    func formTangent(_ fields: [Double]) throws(SparseFactorError) {
        // Where it fails there is no factor for the next state.
        needsTangent = true
        if !isLinear {
            formed.move { place in
                place.fields.replace(by: fields)
                for index in frictions.indices { place.slips[index].replace(by: frictions[index].term.slips) }
            }
        }
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

    /// Forms the tangent again that there was when the step began, or when the run was saved.
    func refreshTangent() throws(SparseFactorError) {
        let place = formed.now
        for index in frictions.indices {
            otherSlips[index].replace(by: frictions[index].term.slips)
            frictions[index].term.slips.replace(by: place.slips[index])
        }
        defer { for index in frictions.indices { frictions[index].term.slips.replace(by: otherSlips[index]) } }
        try formTangent(place.fields)
        formed.refresh()
    }

    func addTangent(_ form: some WeakForm, _ fields: [Double]) {
        assembler.add(form, unknowns: fields, residual: &residual, tangent: &stiffness, block: block)
    }

    // MARK: - From step to step

    /// A step begins: what there is now is what ``rewind()`` goes back to.
    func beginStep() {
        formed.keep()
        neededTangent = needsTangent
    }

    /// The step is taken back.
    func rewind() {
        formed.rewind()
        needsTangent = neededTangent
    }

    private static let tangentName = "mechanics/tangent"
    private static let needsName = "mechanics/needs_tangent"
    private static func slipName(_ index: Int) -> String { "mechanics/slip_\(index)" }
    private static func tangentSlipName(_ index: Int) -> String { "mechanics/tangent_slip_\(index)" }

    /// Puts in the slip of the surfaces, and where the tangent was formed.
    func save(to saved: inout SavedState) {
        if isLinear { return }
        saved.store(needsTangent, as: Self.needsName)
        saved.store(formed.now.fields, as: Self.tangentName)
        for (index, friction) in frictions.enumerated() {
            saved.store(friction.term.slips, as: Self.slipName(index))
            saved.store(formed.now.slips[index], as: Self.tangentSlipName(index))
        }
    }

    /// Goes on from a state.
    func restore(from saved: SavedState) throws(SavedState.Problem) {
        if isLinear { return }
        let needs: Bool = try saved.record(Self.needsName)
        var place = TangentPlace(
            fields: try saved.finiteNumbers(Self.tangentName, count: assembler.system.count))
        var slips: [[Double]] = []
        for (index, friction) in frictions.enumerated() {
            let count = friction.term.slips.count
            slips.append(try saved.finiteNumbers(Self.slipName(index), count: count))
            place.slips.append(try saved.finiteNumbers(Self.tangentSlipName(index), count: count))
        }
        for index in frictions.indices { frictions[index].term.slips = slips[index] }
        formed.restore(place)
        needsTangent = needs
    }
}

extension [Double] {
    /// Becomes equal to another array, in its own storage where that is as long.
    mutating func replace(by other: [Double]) {
        if count != other.count {
            self = other
        } else {
            for index in indices { self[index] = other[index] }
        }
    }
}
