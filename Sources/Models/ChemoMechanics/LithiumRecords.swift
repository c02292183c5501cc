import Quantities

/// Rows and frames of lithium alone in a two-dimensional layer.
struct LithiumRecords: LayerRecords {
    static let series = TransportQuantities.series
    static let fields = TransportQuantities.fields
    static let meshMoves = false

    let points: LayerPoints
    private let parameters: LayerParameters
    private var row: [Double]
    private var fields: [Double]

    init(_ parameters: LayerParameters, _ system: LayerSystem) {
        self.parameters = parameters
        points = LayerPoints(system)
        row = [Double](repeating: 0, count: Self.series.count)
        fields = [Double](repeating: 0, count: Self.fields.count * points.nodes.count)
    }

    func check(_ run: ProtocolRun<LayerSystem>, in step: ProtocolStep) throws { try parameters.check(run, in: step) }

    mutating func recordRow(_ run: inout ProtocolRun<LayerSystem>, in step: ProtocolStep) throws {
        let (integrator, lithium) = (run.integrator, run.content)
        let (state, system) = (integrator.state, integrator.system)
        row[0] = Double(run.stepIndex)
        row[1] = integrator.time == 0 ? 0 : integrator.time - integrator.previousTime
        row[2] = step.signedCurrentDensity
        row[3] = run.charge(in: step)
        row[4] = system.mean(of: state, over: system.surface)
        row[5] = system.mean(of: state, over: system.bottom)
        row[6] = lithium * system.area / system.volume
        row[7] = run.utilisation(of: step)
        row[8] = lithium
        row[9] = run.imbalance(in: step)
        row[10] = parameters.body.thickness
        row[11] = Double(run.newtonIterations)
        try run.observer.record(time: run.time, row: row)
    }

    mutating func recordFrame(_ run: inout ProtocolRun<LayerSystem>, state: [Double], time: Double) throws {
        parameters.writeCompositions(of: state, at: points, into: &fields)
        try run.observer.record(time: time, points: points.positions, fields: fields)
    }

    func results(
        _ run: inout ProtocolRun<LayerSystem>, after reports: [ProtocolStepReport]
    ) throws -> [DescribedValue] {
        typealias Names = TransportQuantities
        let system = run.integrator.system
        let state = run.integrator.state
        return run.end(after: reports).results + [
            DescribedValue(Names.surface, system.mean(of: state, over: system.surface)),
            DescribedValue(Names.mean, run.content * system.area / system.volume),
            DescribedValue(Names.thickness, parameters.body.thickness), DescribedValue(Names.thicknessChange, 0),
            DescribedValue(Names.lithiumChange, run.content - run.lithiumAtStart),
        ] + run.end(after: reports).workResults
    }
}
