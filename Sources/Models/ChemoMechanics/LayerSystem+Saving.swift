import Checkpoints
import FiniteElements
import TimeIntegration

extension LayerSystem {
    private static let fieldsName = "layer/fields"

    /// Puts in what the search for equilibrium begins with; lithium alone needs nothing.
    public func save(to saved: inout SavedState) {
        guard let mechanics else { return }
        saved.store(fields, as: Self.fieldsName)
        mechanics.save(to: &saved)
    }

    /// Goes on from a state.
    ///
    /// - Throws: `SavedState.Problem`.
    public mutating func restore(from saved: SavedState) throws(SavedState.Problem) {
        guard let mechanics else { return }
        let fields = try saved.finiteNumbers(Self.fieldsName, count: fields.count)
        try mechanics.restore(from: saved)
        self.fields = fields
    }

    /// The lithium balance at a node.
    public func place(ofUnknown index: Int) -> String {
        let place = assembler.system.space(ofComponent: component).positions[index]
        return "the lithium balance at x = \(digits(place.x)) m, y = \(digits(place.y)) m"
    }

    /// The first node in whose row the matrix formed last is not finite.
    public mutating func notFiniteRow(time: Double, state: [Double], shift: Double) -> Int? {
        guard let position = matrix.values.firstIndex(where: { !$0.isFinite }) else { return nil }
        return matrix.pattern.rowStarts.firstIndex { $0 > position }.map { $0 - 1 }
    }
}
