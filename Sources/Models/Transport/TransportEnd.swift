import Quantities
import TimeIntegration

/// How a transport run has ended, for its summary.
public struct TransportEnd: Sendable {
    let protocolEnd: ProtocolEnd
    /// Concentration at the electrolyte, mol/m3.
    let surface: Double
    /// Lithium in the layer, mol/m2.
    let lithium: Double
    /// Thickness of the layer, m.
    let thickness: Double
    let frame: LayerFrame

    /// The utilisation that the last step with a current reached, 1; nil where there is none.
    public var utilisation: Double? { protocolEnd.lastWithCurrent?.utilisation }
    /// Work of the integrator.
    public var work: IntegratorWork { protocolEnd.work }

    /// What a model reports.
    ///
    /// - Parameter finished: whether the protocol was done.
    public func report(finished: Bool = true) -> RunReport {
        typealias Names = TransportQuantities
        let gained = lithium - protocolEnd.lithiumAtStart
        let results =
            protocolEnd.results + [
                DescribedValue(Names.surface, surface), DescribedValue(Names.mean, lithium / thickness),
                DescribedValue(Names.thickness, thickness),
                DescribedValue(Names.thicknessChange, frame.swelling * gained),
                DescribedValue(Names.lithiumChange, gained),
            ] + protocolEnd.workResults
        return RunReport(finished: finished, results: results, steps: protocolEnd.reports)
    }
}
