import Cases
import Materials
import Models
import Quantities
import TimeIntegration

/// Takes what a run computes and keeps nothing, so that a solve is timed without output.
public final class Silent: RunObserver {
    /// An observer.
    public init() {}
    /// Nothing.
    public func begin(_ outline: RunOutline) {}
    /// Nothing.
    public func record(time: Double, row: [Double]) {}
    /// Nothing.
    public func record(time: Double, points: [SIMD2<Double>], fields: [Double]) {}
    /// Never stops.
    public func progress(_ progress: RunProgress) -> RunDirective { .goOn }
}

/// The transport cases that are measured: plating at 1 mA/cm2 into a layer of 5 um until its surface saturates.
public enum TransportCases {
    /// The exact time to saturation of ``constantDiffusivity(relativeTolerance:)``, s: the series of the slab, 1976.6195 s.
    public static let exactTimeToSaturation: Double = {
        let kappa = 10 / Constants.faraday * 5e-6 / (6e-15 * 69600)
        return SlabSeries.saturationTime(kappa) * 5e-6 * 5e-6 / 6e-15
    }()

    /// Wang et al. (Adv. Mater. 2024, doi 10.1002/adma.202410948), Fig. 4a: D = 6e-11 cm2/s in a slab.
    public static func constantDiffusivity(relativeTolerance: Double = 1e-8) -> TransportParameters {
        parameters(.slab, diffusivity: .constant(6e-15), initial: 0, relativeTolerance: relativeTolerance)
    }

    /// The same with the diffusivity of Li-Mg at 298.15 K, where every stage takes Newton iterations. The layer starts as
    /// Li0.6Mg0.4: from pure magnesium the diffusivity rises by four orders and the case is about its front.
    public static func lithiumMagnesium(
        frame: TransportParameters.Frame = .slab, relativeTolerance: Double = 1e-8
    ) -> TransportParameters {
        parameters(
            frame, diffusivity: lithiumMagnesium,
            initial: composition.concentration(moleFraction: 0.6), relativeTolerance: relativeTolerance)
    }

    /// The diffusivity of the library's Li-Mg at 298.15 K.
    static let lithiumMagnesium: Diffusivity = {
        do {
            let material = try MaterialRecord("li-mg").material
            if let alloy = material.thermodynamics?.law, let diffusion = material.diffusivity?.law {
                let phase = try AlloyThermodynamics(alloy.system, temperature: 298.15).solution(named: alloy.phase)
                if let diffusivity = diffusion.at(temperature: 298.15, phase: phase) { return diffusivity }
            }
            fatalError("the library's Li-Mg has no thermodynamics or no diffusivity")
        } catch {
            fatalError("the library's Li-Mg cannot be read: \(error)")
        }
    }()

    static let composition = AlloyComposition(
        relation: .sharedVolume, lithiumVolume: 13.0e-6,
        hostVolume: 14.0e-6)

    private static func parameters(
        _ frame: TransportParameters.Frame, diffusivity: Diffusivity, initial: Double, relativeTolerance: Double
    ) -> TransportParameters {
        TransportParameters(
            thickness: 5e-6, frame: frame, composition: composition, diffusivity: diffusivity,
            initial: .uniform(initial), saturation: 69600, depletion: 0,
            protocolSteps: [ProtocolStep(.plate, currentDensity: 10, ends: [.surfaceSaturates])], cells: 64,
            grading: .ratio(10),
            integrator: IntegratorSettings(relativeTolerance: relativeTolerance), frames: .finalOnly)
    }

    /// Runs a case without output.
    public static func solve(_ parameters: TransportParameters) throws -> RunReport {
        var run = TransportRun(parameters, observer: Silent())
        return try run.run()
    }
}
