import Foundation
import Materials
import Models
import Quantities
import TimeIntegration

/// The map of utilisation over diffusivity, 1e-12 to 1e-8 cm2/s, and current density, 0.05 to 10 mA/cm2, both in equal steps of
/// the logarithm: a layer of 5 um is plated from empty until its surface holds 69.6 mmol/cm3.
public struct UtilisationMap: Sendable {
    /// The diffusivity of a map.
    public enum Law: String, Sendable, CaseIterable {
        /// One number at every composition.
        case constant
        /// Li-Mg, the body-centred branch at every composition: the axis is the self-diffusion of lithium.
        case lithiumMagnesium = "li-mg"
    }

    /// The points, the diffusivity slowest.
    public let layers: [TransportParameters]
    private let law: Law
    private static let length = 5e-6
    private static let saturation = 69600.0

    /// A map of `side` times `side` points.
    public init(_ law: Law, side: Int, cells: Int, relativeTolerance: Double) {
        self.law = law
        func value(_ index: Int, from low: Double, to high: Double) -> Double {
            low * pow(high / low, Double(index) / Double(side - 1))
        }
        var layers: [TransportParameters] = []
        for row in 0..<side {
            let d = value(row, from: 1e-16, to: 1e-12)
            for column in 0..<side {
                let current = value(column, from: 0.5, to: 100)
                layers.append(
                    TransportParameters(
                        thickness: Self.length, frame: .slab, composition: TransportCases.composition,
                        diffusivity: law == .constant ? .constant(d) : Self.lithiumMagnesium(selfDiffusion: d),
                        initial: .uniform(0), saturation: Self.saturation, depletion: 0,
                        protocolSteps: [ProtocolStep(.plate, currentDensity: current, ends: [.surfaceSaturates])],
                        cells: cells, grading: .automatic,
                        integrator: IntegratorSettings(relativeTolerance: relativeTolerance), frames: .finalOnly))
            }
        }
        self.layers = layers
    }

    /// Solves the equation at every point by the batched engine.
    public func solve() -> [Result<TransportEnd, RunFailure>] { TransportBatch.run(layers) ?? [] }

    /// The utilisations of a solution; NaN where a point failed.
    public static func utilisations(_ solution: [Result<TransportEnd, RunFailure>]) -> [Double] {
        solution.map { (try? $0.get())?.utilisation ?? .nan }
    }

    /// The utilisations to measure errors by: the series of the slab, or a solution on many cells with short steps.
    public func reference() -> [Double] {
        if law == .constant { return layers.map(Self.exactUtilisation) }
        let fine = layers.map { layer in
            var layer = layer
            layer.cells = 200
            layer.integrator.relativeTolerance = 1e-7
            return layer
        }
        return Self.utilisations(TransportBatch.run(fine) ?? [])
    }

    private static func lithiumMagnesium(selfDiffusion: Double) -> Diffusivity {
        guard case .alloy(let law) = TransportCases.lithiumMagnesium else {
            fatalError("the library's Li-Mg is not the alloy it was")
        }
        return .alloy(law.scaled(by: selfDiffusion / law.lithium))
    }

    /// κ τ of the slab with κ = jL/(F D c_max), where κ [τ + 1/3 - (2/π²) Σ exp(-n²π²τ)/n²] = 1, for short times κ 2 √(τ/π) = 1.
    private static func exactUtilisation(_ layer: TransportParameters) -> Double {
        guard case .constant(let d) = layer.diffusivity else { return .nan }
        let flux = layer.protocolSteps[0].currentDensity / Constants.faraday
        let kappa = flux * length / (d * saturation)
        let short = .pi / (4 * kappa * kappa)
        if short < 0.02 { return kappa * short }
        var (low, high) = (0.01, 1 / kappa + 1)
        while high - low > 1e-15 * high {
            let tau = 0.5 * (low + high)
            if tau <= low || tau >= high { break }
            var series = 0.0
            for n in 1...20 { series += exp(-Double(n * n) * .pi * .pi * tau) / Double(n * n) }
            if kappa * (tau + 1.0 / 3 - 2 / (.pi * .pi) * series) < 1 { low = tau } else { high = tau }
        }
        return kappa * low
    }
}
