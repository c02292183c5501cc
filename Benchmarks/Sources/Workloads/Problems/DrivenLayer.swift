import Models
import TimeIntegration

/// A layer that takes lithium for some time, run with error control.
public protocol DrivenLayer {
    /// The equations, with the flux on.
    var system: LayerSystem { get }
    /// The concentration at the start, mol/m3, a number an unknown.
    var initialState: [Double] { get }
    /// How long lithium enters, s.
    static var duration: Double { get }
}

extension DrivenLayer {
    /// The integrator before its first step.
    public func integrator(relativeTolerance: Double) throws -> ESDIRKIntegrator<LayerSystem> {
        var integrator = ESDIRKIntegrator(
            system: system, state: initialState, settings: IntegratorSettings(relativeTolerance: relativeTolerance))
        try integrator.restart()
        return integrator
    }

    /// The whole run with error control.
    public func run(relativeTolerance: Double) throws -> ESDIRKIntegrator<LayerSystem> {
        var integrator = try integrator(relativeTolerance: relativeTolerance)
        while integrator.time < Self.duration { try integrator.step(limit: Self.duration) }
        return integrator
    }
}
