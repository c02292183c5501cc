import Checkpoints
import TimeIntegration

/// Equations of a layer that a protocol of currents can be run on.
protocol ProtocolSystem: SemidiscreteSystem {
    /// Mean flux of lithium into the layer at the electrolyte, mol/(m2 s).
    var flux: Double { get set }
    /// Lithium in the layer for each area of electrolyte, mol/m2.
    func content(of state: [Double]) -> Double
    /// Lithium in the layer when all of it has a value of the unknown, mol/m2.
    func content(filledTo unknown: Double) -> Double
    /// The largest (direction 1) or the least (-1) unknown at the electrolyte.
    func surfaceUnknown(of state: [Double], direction: Double) -> Double
}

/// What a model does with the states of a ``ProtocolRun``, and what it remembers of them.
protocol ProtocolRecords: Resumable {
    associatedtype System: ProtocolSystem
    /// Stops a run that has left the range in which its laws hold.
    ///
    /// - Throws: ``RunFailure``.
    func check(_ run: ProtocolRun<System>, in step: ProtocolStep) throws
    /// Records the scalars of the present state.
    mutating func recordRow(_ run: inout ProtocolRun<System>, in step: ProtocolStep) throws
    /// Records the fields of a state at a time of the run.
    mutating func recordFrame(_ run: inout ProtocolRun<System>, state: [Double], time: Double) throws
    /// What to try when a time step cannot be made.
    var advice: String { get }
}

extension ProtocolRecords {
    /// Nothing: records that remember nothing from step to step.
    func save(to saved: inout SavedState) {}
    /// Nothing.
    func restore(from saved: SavedState) throws(SavedState.Problem) {}
}
