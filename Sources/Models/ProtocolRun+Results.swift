import Quantities

extension ProtocolRun {
    /// What the protocol steps tell: times, utilisation and capacity.
    func protocolResults(after reports: [ProtocolStepReport]) -> [DescribedValue] {
        typealias Names = TransportQuantities
        var results: [DescribedValue] = []
        if let step = reports.last(where: { $0.end == ProtocolStep.End.surfaceSaturates.name }) {
            results.append(DescribedValue(Names.timeToSaturation, step.duration))
        }
        if let step = reports.last(where: { $0.end == ProtocolStep.End.surfaceDepletes.name }) {
            results.append(DescribedValue(Names.timeToDepletion, step.duration))
        }
        if let step = reports.last(where: { $0.kind != .rest }) {
            results.append(DescribedValue(Names.utilisation, step.utilisation))
            results.append(DescribedValue(Names.capacity, abs(step.charge)))
        }
        results.append(DescribedValue(Names.duration, stepBegan))
        return results
    }

    /// What tells of the computation.
    func workResults(after reports: [ProtocolStepReport]) -> [DescribedValue] {
        typealias Names = TransportQuantities
        return [
            DescribedValue(Names.conservationError, conservationError(after: reports)),
            DescribedValue(Names.steps, Double(integrator.work.steps)),
            DescribedValue(Names.rejected, Double(integrator.work.rejected)),
            DescribedValue(Names.newtonIterations, Double(integrator.work.newtonIterations)),
        ]
    }
}
