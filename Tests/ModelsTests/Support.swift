import Foundation
import Materials
import Models
import TimeIntegration

/// Keeps everything a run delivers.
final class Recorder: RunObserver {
    var outline: RunOutline?
    var rows: [(time: Double, values: [Double])] = []
    var frames: [(time: Double, points: [SIMD2<Double>], fields: [Double])] = []
    var stopAfter = Int.max

    func begin(_ outline: RunOutline) { self.outline = outline }
    func record(time: Double, row: [Double]) { rows.append((time, row)) }
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) { frames.append((time, points, fields)) }
    func progress(_ progress: RunProgress) -> RunDirective { progress.steps < stopAfter ? .goOn : .stop }

    /// A column of the series by name.
    func column(_ name: String) -> [Double] {
        let index = outline?.series.firstIndex { $0.name == name } ?? -1
        return rows.map { $0.values[index] }
    }
}

/// Li-Mg at a temperature in K: bcc of COST 507, self-diffusion of lithium slowed tenfold by 30 at% Mg, immobile Mg.
func lithiumMagnesium(temperature: Double) throws -> AlloyDiffusivity {
    let system = try ThermodynamicDatabase.lithiumMagnesium().binary(lithium: "LI", host: "MG")
    let lithium = Arrhenius(prefactor: 0.111e-4, activationEnergy: 0.55 * 96485.33212)
    return AlloyDiffusivity(
        DarkenDiffusivity(lithium: TracerDiffusivity(selfDiffusion: lithium, tenfoldOverHostFraction: 0.3)),
        phase: try AlloyThermodynamics(system, temperature: temperature).solution(named: "BCC_A2"),
        temperature: temperature)
}

extension TransportParameters {
    /// The layer of Wang et al. 2024, Fig. 4a, with the defaults of a case; D in cm2/s, current density in mA/cm2.
    static func slab(
        diffusivity: Double = 6e-11, currentDensity: Double = 1, cells: Int = 64, grading: Double? = 10,
        tolerance: Double = 1e-8
    ) -> TransportParameters {
        TransportParameters(
            thickness: 5e-6, frame: .slab,
            composition: AlloyComposition(
                relation: .sharedVolume, lithiumVolume: 13.0e-6,
                hostVolume: 14.0e-6),
            diffusivity: .constant(diffusivity * 1e-4), initial: .uniform(0), saturation: 69600, depletion: 0,
            protocolSteps: [ProtocolStep(.plate, currentDensity: currentDensity * 10, ends: [.surfaceSaturates])],
            cells: cells, grading: grading.map { .ratio($0) } ?? .automatic,
            integrator: IntegratorSettings(relativeTolerance: tolerance),
            frames: .finalOnly)
    }

    /// Runs the case.
    func run(_ recorder: Recorder = Recorder()) throws -> RunReport {
        var run = TransportRun(self, observer: recorder)
        return try run.run()
    }
}

/// The exact surface concentration of a slab at constant flux in units of jL/(F D), over τ = D t / L².
///
/// Long times: τ + 1/3 - (2/π²) Σ exp(-n²π²τ)/n²; short times by images: 2 √τ (ierfc(0) + 2 Σ ierfc(n/√τ)).
func exactSurface(tau: Double) -> Double {
    if tau > 0.2 {
        return tau + 1.0 / 3 - 2 / (.pi * .pi)
            * (1...30).reduce(0) {
                $0 + exp(-Double($1 * $1) * .pi * .pi * tau) / Double($1 * $1)
            }
    }
    func ierfc(_ x: Double) -> Double { exp(-x * x) / Double.pi.squareRoot() - x * erfc(x) }
    return 2 * tau.squareRoot() * (ierfc(0) + 2 * (1...30).reduce(0) { $0 + ierfc(Double($1) / tau.squareRoot()) })
}

/// Exact saturation time (s) and utilisation of the slab; D in cm2/s, current density in mA/cm2.
func exactSaturation(diffusivity: Double, currentDensity: Double) -> (time: Double, utilisation: Double) {
    let (length, saturation) = (5e-6, 69600.0)
    let kappa = currentDensity * 10 * length / (96485.33212 * diffusivity * 1e-4 * saturation)
    var (low, high) = (1e-12, 1e4)
    while high - low > 4e-16 * high {
        let middle = 0.5 * (low + high)
        if middle <= low || middle >= high { break }
        if kappa * exactSurface(tau: middle) < 1 { low = middle } else { high = middle }
    }
    return (low * length * length / (diffusivity * 1e-4), kappa * low)
}
