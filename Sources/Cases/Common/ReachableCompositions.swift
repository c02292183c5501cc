import Materials
import Models

/// The compositions that a run can reach, as mole fractions of lithium.
struct ReachableCompositions {
    /// From the least to the largest; nil after a mistake elsewhere.
    let moleFraction: ClosedRange<Double>?
    let composition: AlloyComposition

    /// Stripping can take the surface down to its depletion limit and plating up to its saturation limit; diffusion between
    /// the surface and the start, whose concentrations are in mol/m3, goes no further. Stress can drive lithium either way,
    /// so that a layer in which it does is taken to reach both limits.
    init(
        initial: (least: Double, largest: Double), limits: LimitKeys, steps: [ProtocolStep],
        composition: AlloyComposition, isDrivenByStress: Bool = false
    ) {
        self.init(
            initial: initial, limits: limits, strips: isDrivenByStress || steps.contains { $0.kind == .strip },
            plates: isDrivenByStress || steps.contains { $0.kind == .plate }, composition: composition)
    }

    /// A layer that a protocol strips, plates or both.
    init(
        initial: (least: Double, largest: Double), limits: LimitKeys, strips: Bool, plates: Bool,
        composition: AlloyComposition
    ) {
        self.composition = composition
        let ends = [strips ? limits.depletion : initial.least, plates ? limits.saturation : initial.largest]
            .map { composition.moleFraction(concentration: $0) }
        moleFraction = ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }

    /// An even grid of the mole fractions; empty when these are not known.
    var samples: [Double] {
        guard let moleFraction else { return [] }
        let length = moleFraction.upperBound - moleFraction.lowerBound
        return (0...500).map { moleFraction.lowerBound + length * Double($0) / 500 }
    }

    /// D in m2/s at a mole fraction, which may be NaN.
    func value(of diffusivity: Diffusivity, moleFraction x: Double) -> Double {
        diffusivity.law.value(concentration: composition.concentration(moleFraction: x), composition: composition)
    }
}
