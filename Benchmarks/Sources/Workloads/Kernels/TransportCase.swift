import FiniteElements
import Materials
import Models
import Quantities
import TimeIntegration

/// The parts of a transport case taken out of its run, to measure them one by one.
public struct TransportCase {
    /// The equations, with the flux of the case's first protocol step.
    public let system: TransportSystem
    /// The uniform state at the start.
    public let initialState: [Double]
    private let settings: IntegratorSettings

    /// The parts of a case that starts from a uniform concentration.
    public init(_ parameters: TransportParameters) {
        guard case .uniform(let concentration) = parameters.initial else { preconditionFailure("not uniform") }
        let frame = LayerFrame(swelling: parameters.frame == .host ? parameters.composition.lithiumVolume : 0)
        var system = TransportSystem(
            mesh: LineMesh(
                length: parameters.thickness * (1 - frame.swelling * concentration), cells: parameters.cells,
                grading: 10),
            frame: frame, diffusivity: parameters.diffusivity, composition: parameters.composition,
            scale: frame.unknown(concentration: parameters.saturation))
        system.flux = parameters.protocolSteps[0].signedCurrentDensity / Constants.faraday
        self.system = system
        initialState = [Double](repeating: frame.unknown(concentration: concentration), count: system.count)
        settings = parameters.integrator
    }

    /// A state that falls from the saturation at the electrolyte to half of it at the collector.
    public var developedState: [Double] {
        system.mesh.quadraticNodes.map { system.scale * (1 - 0.5 * $0 / system.mesh.length) }
    }

    /// The integrator with one step behind it: what it needs to allocate it has allocated.
    public func integratorAfterFirstStep() throws -> ESDIRKIntegrator<TransportSystem> {
        var integrator = ESDIRKIntegrator(system: system, state: initialState, settings: settings)
        try integrator.restart()
        try integrator.step(limit: .infinity)
        return integrator
    }
}
