import Quantities
import TimeIntegration

/// How a protocol of currents has ended, for the summary of a run.
struct ProtocolEnd: Sendable {
    /// The protocol steps.
    let reports: [ProtocolStepReport]
    /// Time of the run, s.
    let duration: Double
    /// The largest error of the lithium balance, mol/m2.
    let largestImbalance: Double
    /// Lithium in the layer at the start, mol/m2.
    let lithiumAtStart: Double
    /// Work of the integrator.
    let work: IntegratorWork

    /// What the protocol steps tell: times, utilisation and capacity.
    var results: [DescribedValue] {
        typealias Names = TransportQuantities
        var results: [DescribedValue] = []
        if let step = reports.last(where: { $0.end == ProtocolStep.End.surfaceSaturates.name }) {
            results.append(DescribedValue(Names.timeToSaturation, step.duration))
        }
        if let step = reports.last(where: { $0.end == ProtocolStep.End.surfaceDepletes.name }) {
            results.append(DescribedValue(Names.timeToDepletion, step.duration))
        }
        if let step = lastWithCurrent {
            results.append(DescribedValue(Names.utilisation, step.utilisation ?? 0))
            results.append(DescribedValue(Names.capacity, abs(step.charge)))
        }
        results.append(DescribedValue(Names.duration, duration))
        return results
    }

    /// The last step with a current.
    var lastWithCurrent: ProtocolStepReport? { reports.last { $0.name != ProtocolStep.Kind.rest.rawValue } }

    /// What tells of the computation.
    var workResults: [DescribedValue] {
        typealias Names = TransportQuantities
        return [
            DescribedValue(Names.conservationError, conservationError),
            DescribedValue(Names.steps, Double(work.steps)),
            DescribedValue(Names.rejected, Double(work.rejected)),
            DescribedValue(Names.newtonIterations, Double(work.newtonIterations)),
        ]
    }

    /// The largest error of the lithium balance over the lithium that passed, or was there if none did.
    private var conservationError: Double {
        let passed = reports.reduce(0) { $0 + abs($1.charge) } / Constants.faraday
        let size = passed > 0 ? passed : lithiumAtStart
        return size > 0 ? largestImbalance / size : 0
    }
}

extension ProtocolRun {
    /// How the protocol has ended.
    func end(after reports: [ProtocolStepReport]) -> ProtocolEnd {
        ProtocolEnd(
            reports: reports, duration: memory.stepBegan, largestImbalance: memory.largestImbalance,
            lithiumAtStart: lithiumAtStart,
            work: integrator.work)
    }

    /// Time of the run, s.
    var time: Double { memory.stepBegan + integrator.time }

    /// The present protocol step.
    var stepIndex: Int { memory.stepIndex }

    /// Lithium in the layer, mol/m2.
    var content: Double { integrator.system.content(of: integrator.state) }

    /// Charge passed into the layer, C/m2.
    func charge(in step: ProtocolStep) -> Double { memory.chargeBefore + step.signedCurrentDensity * integrator.time }

    func surface(_ direction: Double) -> Double {
        integrator.system.surfaceUnknown(of: integrator.state, direction: direction)
    }

    /// Lithium that a step can move from its start, mol/m2.
    func movable(in step: ProtocolStep) -> Double {
        StepEnds.movable(
            in: step, holding: memory.lithiumAtStepStart,
            full: integrator.system.content(filledTo: unknownAtSaturation),
            empty: integrator.system.content(filledTo: unknownAtDepletion))
    }

    /// Fraction of the lithium that a step can move that it has moved.
    func utilisation(of step: ProtocolStep) -> Double {
        let movable = movable(in: step)
        return movable == 0 ? 0 : (content - memory.lithiumAtStepStart) / movable
    }

    /// Lithium in the layer less what was there and passed, mol/m2.
    func imbalance(in step: ProtocolStep) -> Double {
        content - lithiumAtStart - charge(in: step) / Constants.faraday
    }
}
