import LinearAlgebra
import Materials

/// The coefficient of the transport equation in the frame of the layer, as a factor times a shape:
///
///     𝒟(u) = D(c) / λ²,   c = u / λ,   λ = 1 + V u
struct LayerCoefficient: Sendable, Hashable {
    /// The constant factor, m2/s or 1.
    let factor: Double
    /// What tells one shape from another.
    let shape: Shape

    struct Shape: Sendable, Hashable {
        let law: Diffusivity
        let frame: LayerFrame
        let composition: AlloyComposition
    }

    init(_ diffusivity: Diffusivity, frame: LayerFrame, composition: AlloyComposition) {
        let (factor, law) = diffusivity.factored
        self.factor = factor
        shape = Shape(law: law, frame: frame, composition: composition)
    }

    /// Kirchhoff's transform of the shape from where its law begins up to a concentration in mol/m3, and a tenth beyond: a step may
    /// pass the limit that it is then made to end on.
    func transform(upTo concentration: Double, accuracy: Double) -> KirchhoffTransform {
        let frame = shape.frame
        let lower = frame.unknown(concentration: max(0, shape.law.domain.lowerBound))
        // Next to pure lithium the unknown of the host frame goes beyond all bounds; what is needed there is added later.
        let upper = frame.unknown(concentration: min(concentration, 0.99 * frame.largestConcentration))
        return KirchhoffTransform(
            from: lower, to: 1.1 * max(upper, lower), accuracy: accuracy, coefficient: values)
    }

    /// Extends a transform of the shape; false when that cannot be.
    func extend(_ transform: inout KirchhoffTransform?, to unknown: Double) -> Bool {
        // By a tenth more, so that it is not extended at every step.
        transform?.extend(to: 1.1 * unknown, coefficient: values) ?? true
    }

    /// The shape as a function of the unknown.
    private var values: (Double) -> Double {
        let (law, frame, composition) = (shape.law.law, shape.frame, shape.composition)
        return { unknown in
            let stretch = frame.stretch(unknown)
            return law.value(concentration: unknown / stretch, composition: composition) / (stretch * stretch)
        }
    }
}
