import FiniteElements
import Foundation
import Quantities

extension TransportParameters {
    /// The mesh of the layer as prepared.
    var mesh: LineMesh {
        switch grading {
        case .ratio(let ratio):
            return LineMesh(length: thickness, cells: cells, grading: ratio)
        case .automatic:
            let depth = diffusionDepth
            return LineMesh(length: thickness, cells: cells, depth: depth.whole, grading: 4 * depth.whole / depth.least)
        }
    }

    /// The shortest step that the cells follow, in depth over that of the whole protocol.
    private static let leastDepth = 1e-3

    /// How deep the protocol as a whole changes the layer, and how deep the shortest of its steps does, m; not above the thickness.
    ///
    /// A current density i moves the surface from its concentration to its limit in the time of Sand (Z. phys. Chem. 35
    /// (1900) 641), t = (π/4) D_m (Δc F/i)², at most, where D_m is the mean of D over the range of concentrations. By then
    /// the change has come 1.7 √(D_m t) deep and has a foot of 2.2 √(D t), with D of the composition into which it spreads: for a
    /// constant D both together are 3.9 √(D t), where the change is 0.1 percent of that of the surface.
    private var diffusionDepth: (whole: Double, least: Double) {
        guard case .uniform(let start) = initial else { return (thickness, thickness) }
        let strips = protocolSteps.contains { $0.kind == .strip }
        let plates = protocolSteps.contains { $0.kind == .plate }
        let low = min(start, strips ? depletion : start)
        let high = max(start, plates ? saturation : start)
        let law = diffusivity.law
        let isConstant = diffusivity.isConstant
        func value(_ c: Double) -> Double { law.value(concentration: c, composition: composition) }
        var (mean, largest) = (0.0, 0.0)
        let samples = isConstant ? 1 : 8
        for sample in 0..<samples {
            let d = value(low + (Double(sample) + 0.5) / Double(samples) * (high - low))
            mean += d / Double(samples)
            largest = max(largest, d)
        }
        let foot = protocolSteps.count == 1 ? value(start) : largest
        func depth(after time: Double) -> Double {
            min(thickness, 1.7 * (mean * time).squareRoot() + 2.2 * (foot * time).squareRoot())
        }
        var (whole, least) = (0.0, thickness)
        for step in protocolSteps {
            let flux = step.currentDensity / Constants.faraday
            let range = high - low
            let duration = step.ends.reduce(Double.infinity) { shortest, end in
                switch end {
                case .time(let time): min(shortest, time)
                case .charge(let charge): min(shortest, charge / step.currentDensity)
                case .surfaceSaturates, .surfaceDepletes:
                    min(shortest, .pi / 4 * mean * (range / flux) * (range / flux), range * thickness / flux)
                case .utilisation: min(shortest, range * thickness / flux)
                }
            }
            whole += duration
            least = min(least, depth(after: duration))
        }
        let deepest = depth(after: whole)
        // Nothing moves where the layer begins at its limit, and hardly anything in a step that ends as it begins.
        guard deepest > 0 else { return (thickness, thickness) }
        return (deepest, max(least, Self.leastDepth * deepest))
    }
}
