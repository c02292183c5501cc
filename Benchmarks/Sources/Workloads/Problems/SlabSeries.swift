import Foundation

/// A slab of constant diffusivity that fills from empty at a constant flux, by its series.
enum SlabSeries {
    /// The time at which the surface holds c_max, in units of L²/D, over κ = jL/(F D c_max):
    ///
    ///     κ [τ + 1/3 - (2/π²) Σ exp(-n²π²τ)/n²] = 1,   for short times κ 2 √(τ/π) = 1
    static func saturationTime(_ kappa: Double) -> Double {
        let short = .pi / (4 * kappa * kappa)
        if short < 0.02 { return short }
        var (low, high) = (0.01, 1 / kappa + 1)
        while high - low > 1e-15 * high {
            let tau = 0.5 * (low + high)
            if tau <= low || tau >= high { break }
            var series = 0.0
            for n in 1...20 { series += exp(-Double(n * n) * .pi * .pi * tau) / Double(n * n) }
            if kappa * (tau + 1.0 / 3 - 2 / (.pi * .pi) * series) < 1 { low = tau } else { high = tau }
        }
        return low
    }
}
