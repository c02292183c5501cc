import Dispatch
import Foundation
import Materials
import Models
import Quantities
import Synchronization
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
    private let dimensionlessCurrents: [Double]
    private static let length = 5e-6
    private static let saturation = 69600.0

    /// A map of `side` times `side` points.
    public init(_ law: Law, side: Int, cells: Int, relativeTolerance: Double) {
        self.law = law
        var dimensionlessCurrents: [Double] = []
        func value(_ index: Int, from low: Double, to high: Double) -> Double {
            low * pow(high / low, Double(index) / Double(side - 1))
        }
        var layers: [TransportParameters] = []
        for row in 0..<side {
            let d = value(row, from: 1e-16, to: 1e-12)
            for column in 0..<side {
                let current = value(column, from: 0.5, to: 100)
                dimensionlessCurrents.append(Self.dimensionlessCurrent(current, d))
                layers.append(
                    Self.layer(law, d: d, current: current, cells: cells, relativeTolerance: relativeTolerance))
            }
        }
        self.layers = layers
        self.dimensionlessCurrents = dimensionlessCurrents
    }

    private static func layer(
        _ law: Law, d: Double, current: Double, cells: Int, relativeTolerance: Double
    ) -> TransportParameters {
        TransportParameters(
            thickness: length, frame: .slab, composition: TransportCases.composition,
            diffusivity: law == .constant ? .constant(d) : lithiumMagnesium(selfDiffusion: d), initial: .uniform(0),
            saturation: saturation, depletion: 0,
            protocolSteps: [ProtocolStep(.plate, currentDensity: current, ends: [.surfaceSaturates])], cells: cells,
            grading: .automatic, integrator: IntegratorSettings(relativeTolerance: relativeTolerance),
            frames: .finalOnly)
    }

    /// Solves the equation at every point by the batched engine.
    public func solve() -> [Result<TransportEnd, RunFailure>] { TransportBatch.run(layers) ?? [] }

    /// The same by several threads, each with a share of the points, as the engine of studies does it.
    public func solve(threads shares: Int) -> [Result<TransportEnd, RunFailure>] {
        if shares == 1 { return solve() }
        let found = Mutex([[Result<TransportEnd, RunFailure>]](repeating: [], count: shares))
        DispatchQueue.concurrentPerform(iterations: shares) { share in
            let ends = TransportBatch.run(stride(from: share, to: layers.count, by: shares).map { layers[$0] }) ?? []
            found.withLock { $0[share] = ends }
        }
        return found.withLock { found in layers.indices.map { found[$0 % shares][$0 / shares] } }
    }

    /// The utilisations of a solution; NaN where a point failed.
    public static func utilisations(_ solution: [Result<TransportEnd, RunFailure>]) -> [Double] {
        solution.map { (try? $0.get())?.utilisation ?? .nan }
    }

    /// The utilisations to measure errors by.
    ///
    /// A layer knows its current, thickness and diffusivity by κ = jL/(F D c_max) alone. For a constant D the series of the slab
    /// says which κ τ saturates it; for Li-Mg a curve over κ is drawn through solutions on many cells with short steps.
    public func reference() -> [Double] {
        switch law {
        case .constant: return dimensionlessCurrents.map { $0 * SlabSeries.saturationTime($0) }
        case .lithiumMagnesium:
            return dimensionlessCurrents.map { Self.chargeOfLithiumMagnesium.value(at: log($0)) / $0 }
        }
    }

    /// κ times the utilisation of Li-Mg over ln κ. It is the same for all κ at which the front of lithium does not come to the
    /// collector; where it does the curve bends so sharply that it is drawn piece by piece.
    private static let chargeOfLithiumMagnesium = ChebyshevCurve(
        breaks: [log(dimensionlessCurrent(0.5, 1e-12)), -4.5, -3.5, -3.15, -2.95, -2.8, -2.5], count: 15
    ) { places in
        let layers = places.map { place in
            layer(
                .lithiumMagnesium, d: dimensionlessCurrent(10, 1) / exp(place), current: 10, cells: 300,
                relativeTolerance: 1e-7)
        }
        return zip(places, utilisations(TransportBatch.run(layers) ?? [])).map { exp($0) * $1 }
    }

    /// κ of a current density in A/m2 and a diffusivity in m2/s.
    private static func dimensionlessCurrent(_ current: Double, _ d: Double) -> Double {
        current / Constants.faraday * length / (d * saturation)
    }

    private static func lithiumMagnesium(selfDiffusion: Double) -> Diffusivity {
        guard case .alloy(let law) = TransportCases.lithiumMagnesium else {
            fatalError("the library's Li-Mg is not the alloy it was")
        }
        return .alloy(law.scaled(by: selfDiffusion / law.lithium))
    }
}
