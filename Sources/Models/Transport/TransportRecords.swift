import FiniteElements
import Quantities

/// Rows, frames and checks of a transport run.
struct TransportRecords: ProtocolRecords {
    private let parameters: TransportParameters
    private var row: [Double]
    /// The nodes at the state written last, their distance from the electrolyte as x, m.
    private(set) var points: [SIMD2<Double>]
    private var fields: [Double]

    init(_ parameters: TransportParameters, nodes: Int) {
        self.parameters = parameters
        row = [Double](repeating: 0, count: TransportQuantities.series.count)
        points = [SIMD2<Double>](repeating: .zero, count: nodes)
        fields = [Double](repeating: 0, count: TransportQuantities.fields.count * nodes)
    }

    private var gradingAdvice: String {
        if case .ratio(let ratio) = parameters.grading { " or `mesh.grading` (now \(digits(ratio)))" } else { "" }
    }

    var advice: String {
        "try a larger `numerics.relative_tolerance`, more `mesh.cells`, or a diffusivity that varies less steeply"
    }

    /// Stops a run that has left the range in which its laws hold, or whose mesh does not resolve a front.
    ///
    /// Ahead of a front that falls within a cell, quadratics undershoot. An undershoot of three percent of the saturation limit
    /// goes with an error below 1e-4 in the saturation time (Li-Mg from empty at 25 degC); more than that is refused. At
    /// the electrolyte, where the step's own current drives the concentration, and above pure lithium nothing is granted.
    func check(_ run: ProtocolRun<TransportSystem>, in step: ProtocolStep) throws {
        let integrator = run.integrator
        let system = integrator.system
        let undershoot = parameters.largestUndershoot * parameters.saturation
        let (lowest, highest, roundOff) = parameters.bounds
        for (node, unknown) in integrator.state.enumerated() {
            let c = system.frame.concentration(unknown)
            let isDrivenDown = node == 0 && step.kind == .strip
            if c >= lowest - (isDrivenDown ? roundOff : undershoot) && c <= highest + roundOff { continue }
            let isFalling = c < lowest
            let bound =
                !isFalling
                ? "rose above \(digits(highest)) mol m-3, where the laws of the layer end"
                : lowest == 0 ? "fell below zero" : "fell below \(digits(lowest)) mol m-3, where the diffusivity ends"
            let place = node == 0 ? "at the electrolyte" : "\(digits(distance(of: node, run))) m from the electrolyte"
            let advice =
                isDrivenDown || !isFalling
                ? "end the step before, for instance with `event: \(isFalling ? "surface_depletes" : "surface_saturates")`, "
                    + "or lower its current density"
                : "the mesh does not resolve the front there: raise `mesh.cells` (now \(parameters.cells))"
                    + gradingAdvice
            throw RunFailure(
                "transport: the lithium concentration \(place) \(bound) (\(digits(c)) mol m-3 at "
                    + "\(digits(run.time)) s, in protocol step \(run.stepIndex), \(step.kind.rawValue)); "
                    + advice)
        }
    }

    /// The distance of a node from the electrolyte, m.
    private func distance(of node: Int, _ run: ProtocolRun<TransportSystem>) -> Double {
        let system = run.integrator.system
        var points = points
        TransportLayer.place(&points, mesh: system.mesh, frame: system.frame, state: run.integrator.state)
        return points[node].x
    }

    mutating func recordRow(_ run: inout ProtocolRun<TransportSystem>, in step: ProtocolStep) throws {
        let (integrator, lithium) = (run.integrator, run.content)
        let (state, system) = (integrator.state, integrator.system)
        let thickness = system.thickness(holding: lithium)
        row[0] = Double(run.stepIndex)
        row[1] = integrator.time == 0 ? 0 : integrator.time - integrator.previousTime
        row[2] = step.signedCurrentDensity
        row[3] = run.charge(in: step)
        row[4] = system.frame.concentration(state[0])
        row[5] = system.frame.concentration(state[state.count - 1])
        row[6] = lithium / thickness
        row[7] = run.utilisation(of: step)
        row[8] = lithium
        row[9] = run.imbalance(in: step)
        row[10] = thickness
        row[11] = Double(run.newtonIterations)
        try run.observer.record(time: run.time, row: row)
    }

    mutating func recordFrame(
        _ run: inout ProtocolRun<TransportSystem>, state: [Double], time: Double
    ) throws {
        let system = run.integrator.system
        writePoints(of: state, in: system)
        let count = state.count
        for node in 0..<count {
            let c = system.frame.concentration(state[node])
            fields[node] = c
            fields[count + node] = system.composition.moleFraction(concentration: c)
            fields[2 * count + node] = system.composition.lithiumPerHost(concentration: c)
            fields[3 * count + node] = c / parameters.saturation
        }
        try run.observer.record(time: time, points: points, fields: fields)
    }

    /// Moves the points to the nodes of a state.
    mutating func writePoints(of state: [Double], in system: TransportSystem) {
        TransportLayer.place(&points, mesh: system.mesh, frame: system.frame, state: state)
    }
}
