import Checkpoints
import FiniteElements
import Quantities
import TimeIntegration

/// A run of a two-dimensional layer, of lithium alone or with stress: the body, the protocol on it, and what is recorded.
public struct LayerRun {
    private let parameters: LayerParameters
    private let observer: any RunObserver

    /// Prepares a case; nothing is computed yet.
    public init(_ parameters: LayerParameters, observer: any RunObserver) {
        self.parameters = parameters
        self.observer = observer
    }

    /// Runs the protocol to its end, or until the observer stops it.
    ///
    /// - Parameter saved: where the run goes on; nil for its start.
    /// - Throws: ``RunFailure`` when a step cannot be made, the layer leaves the range of its laws or nothing holds it;
    ///   `MeshError`, `SparseFactorError`, `SavedState.Problem` and whatever the observer throws.
    public func run(resuming saved: SavedState? = nil) throws -> RunReport {
        let system = try LayerSystem(
            body: parameters.body, lithium: parameters.lithium, mechanics: parameters.mechanics,
            isDriven: parameters.coupling == .twoWay, start: parameters.initial, profile: parameters.currentProfile,
            scale: parameters.saturation, threads: parameters.threads)
        let state = [Double](repeating: parameters.initial, count: system.count)
        let run = ProtocolRun(
            model: parameters.mechanics == nil ? "transport" : "chemo-mechanics", system: system, state: state,
            settings: parameters.integrator, steps: parameters.protocolSteps, saturation: parameters.saturation,
            depletion: parameters.depletion, frames: parameters.frames, observer: observer)
        return parameters.mechanics == nil
            ? try report(consume run, LithiumRecords(parameters, system), resuming: saved)
            : try report(consume run, StressRecords(parameters, system), resuming: saved)
    }

    private func report<Records: LayerRecords>(
        _ run: consuming ProtocolRun<LayerSystem>, _ records: consuming Records, resuming saved: SavedState?
    ) throws -> RunReport {
        let mesh = parameters.body
        try observer.begin(
            RunOutline(
                series: Records.series, fields: Records.fields,
                mesh: .lattice(
                    columns: mesh.shape == .film ? 1 : mesh.columns, rows: mesh.rows, points: records.points.positions,
                    isAxisymmetric: mesh.coordinates == .axisymmetric), meshMoves: Records.meshMoves))
        let (reports, finished) = try run.run(&records, resuming: saved)
        let results = try records.results(&run, after: reports)
        return RunReport(finished: finished, results: results, steps: reports)
    }
}

/// What is recorded of a two-dimensional layer.
protocol LayerRecords: ProtocolRecords where System == LayerSystem {
    /// Scalars of each step.
    static var series: [QuantityDescription] { get }
    /// Fields of a frame.
    static var fields: [QuantityDescription] { get }
    /// Whether the points move.
    static var meshMoves: Bool { get }
    /// The vertices.
    var points: LayerPoints { get }
    /// The numbers of the summary.
    mutating func results(_ run: inout ProtocolRun<LayerSystem>, after reports: [ProtocolStepReport]) throws
        -> [DescribedValue]
}

extension LayerRecords {
    var advice: String {
        "try a smaller `numerics.initial_step`, a larger `numerics.relative_tolerance`, or a finer mesh"
    }
}

extension LayerParameters {
    /// Refuses concentrations outside the range of the laws.
    ///
    /// Ahead of a steep front the linear elements undershoot; two percent of the saturation limit are granted below the range,
    /// but nothing where the step's own current drives the concentration down.
    func check(_ run: ProtocolRun<LayerSystem>, in step: ProtocolStep) throws {
        let system = run.integrator.system
        let roundOff = 1e-9 * saturation
        let domain = lithium.diffusivity.domain
        let lowest = max(0, domain.lowerBound)
        let highest = min(domain.upperBound, lithium.solution.supremum, lithium.composition.supremum, lawsEnd)
        for (node, c) in run.integrator.state.enumerated() {
            let isDrivenDown = system.flux * system.inlet[node] < 0
            if c >= lowest - (isDrivenDown ? roundOff : 0.02 * saturation) && c <= highest + roundOff { continue }
            let place = system.assembler.system.space(ofComponent: system.component).positions[node]
            let isLow = c < lowest
            let finer = resolutionKeys.map { "`\($0)`" }.joined(separator: " or ")
            let advice =
                !isLow && highest == lawsEnd
                ? "end the step before, or raise `limits.saturation`, up to which the laws were checked, if they hold there"
                : !isLow
                    ? "end the step before"
                    : isDrivenDown
                        ? "end the step before, for instance with `event: surface_depletes`, or lower its current density"
                        : "refine the mesh there: raise \(finer)"
            throw RunFailure(
                "\(run.model): the lithium concentration at x = \(digits(place.x)) m, y = \(digits(place.y)) m "
                    + (isLow ? "fell below \(digits(lowest))" : "rose above \(digits(highest))")
                    + " mol m-3, where the laws of the layer end (\(digits(c)) mol m-3 at \(digits(run.time)) s, in protocol step "
                    + "\(run.stepIndex), \(step.kind.rawValue)); \(advice)")
        }
    }

    /// The four names of the concentration at the points, one after the other.
    func writeCompositions(of state: [Double], at points: LayerPoints, into fields: inout [Double]) {
        let count = points.nodes.count
        for (point, node) in points.nodes.enumerated() {
            let c = state[node]
            fields[point] = c
            fields[count + point] = lithium.composition.moleFraction(concentration: c)
            fields[2 * count + point] = lithium.composition.lithiumPerHost(concentration: c)
            fields[3 * count + point] = c / saturation
        }
    }
}
