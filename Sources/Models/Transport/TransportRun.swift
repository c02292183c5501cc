import Checkpoints
import FiniteElements
import Quantities
import TimeIntegration

/// A transport case while it runs: the layer, the protocol on it, and what is recorded.
public struct TransportRun {
    private let parameters: TransportParameters
    private var protocolRun: ProtocolRun<TransportSystem>
    private var records: TransportRecords

    /// Prepares a case; nothing is computed yet.
    public init(_ parameters: TransportParameters, observer: any RunObserver) {
        self.parameters = parameters
        let layer = TransportLayer(parameters)
        let system = TransportSystem(
            mesh: layer.mesh, frame: layer.frame, diffusivity: parameters.diffusivity,
            composition: parameters.composition, scale: parameters.saturation,
            transformAccuracy: parameters.transformAccuracy)
        protocolRun = ProtocolRun(
            model: "transport", system: system, state: layer.state, settings: parameters.integrator,
            steps: parameters.protocolSteps,
            saturation: layer.frame.unknown(concentration: parameters.saturation),
            depletion: layer.frame.unknown(concentration: parameters.depletion), frames: parameters.frames,
            observer: observer)
        records = TransportRecords(parameters, nodes: layer.mesh.quadraticNodes.count)
    }

    /// Runs the protocol to its end, or until the observer stops it.
    ///
    /// - Parameter saved: where the run goes on; nil for its start.
    /// - Throws: ``RunFailure`` when a step cannot be made or the layer leaves the range of its laws, `SavedState.Problem`, and
    ///   whatever the observer throws.
    public mutating func run(resuming saved: SavedState? = nil) throws -> RunReport {
        let (end, finished) = try end(resuming: saved)
        return end.report(finished: finished)
    }

    /// Runs the protocol as ``run()`` does, and tells how it has ended and whether the protocol was done.
    mutating func end(resuming saved: SavedState? = nil) throws -> (end: TransportEnd, finished: Bool) {
        try checkInitialProfile()
        records.writePoints(of: protocolRun.integrator.state, in: protocolRun.integrator.system)
        try protocolRun.observer.begin(
            RunOutline(
                series: TransportQuantities.series, fields: TransportQuantities.fields,
                mesh: .line(positions: records.points.map(\.x)),
                meshMoves: protocolRun.integrator.system.frame.swelling > 0))
        let (reports, finished) = try protocolRun.run(&records, resuming: saved)
        let system = protocolRun.integrator.system
        let lithium = protocolRun.content
        let end = TransportEnd(
            protocolEnd: protocolRun.end(after: reports),
            surface: system.frame.concentration(protocolRun.integrator.state[0]), lithium: lithium,
            thickness: system.thickness(holding: lithium), frame: system.frame)
        return (end, finished)
    }

    /// Refuses an initial table that the mesh does not resolve.
    private func checkInitialProfile() throws {
        guard case .table(let table) = parameters.initial,
            !parameters.isInitialProfileResolved(holding: protocolRun.lithiumAtStart)
        else { return }
        throw RunFailure(
            "transport: the mesh does not resolve the table of `initial`: it holds \(digits(protocolRun.lithiumAtStart)) mol m-2 of lithium, "
                + "the table \(digits(table.integral)) mol m-2; raise `mesh.cells` (now \(parameters.cells)) or smooth the table"
        )
    }
}

extension TransportParameters {
    /// Whether the lithium of an initial table is on the mesh, which holds so much of it in mol/m2, within a thousandth.
    func isInitialProfileResolved(holding lithium: Double) -> Bool {
        guard case .table(let table) = initial else { return true }
        return abs(lithium - table.integral) <= 1e-3 * table.integral
    }
}
