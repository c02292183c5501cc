import FiniteElements
import LinearAlgebra
import Materials

/// One component of the stress as the right-hand side of a projection on a continuous field, ∫ σ_ab q dV.
struct RecoveredStress<State: StressState>: WeakForm {
    /// Components of the stress.
    enum Component: Int, CaseIterable {
        case xx
        case yy
        case across
        case xy
    }

    let elasticity: LinearElasticity<State, AlloySolid>
    let stress: Component
    let equation: Int

    var coordinates: Coordinates? { State.coordinates }
    var equations: Range<Int>? { equation..<equation + 1 }
    var inputs: Range<Int>? { elasticity.displacement..<elasticity.solid.concentration + 1 }

    func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let whole = elasticity.stress(fields, at: point)
        let part =
            switch stress {
            case .xx: whole.xx
            case .yy: whole.yy
            case .across: whole.third
            case .xy: whole.xy
            }
        density[equation].value = density[equation].value + part
    }
}

/// One component of the flux of lithium, by concentration or by stress, as the right-hand side of a projection.
struct RecoveredFlux<Law: DiffusivityLaw>: WeakForm {
    let diffusion: DrivenDiffusion<Law>
    /// Whether it is -L ∇p; otherwise -D ∇c.
    let isByStress: Bool
    let isAlongX: Bool

    var equations: Range<Int>? { diffusion.potential..<diffusion.potential + 1 }
    var inputs: Range<Int>? { diffusion.inputs }

    func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let flux = diffusion.coefficients(fields[diffusion.concentration].value)
        let jet = fields[isByStress ? diffusion.potential : diffusion.concentration]
        let gradient = isAlongX ? jet.x : jet.y
        let coefficient = isByStress ? flux.kineticCoefficient : flux.diffusivity
        density[diffusion.potential].value = density[diffusion.potential].value - coefficient * gradient
    }
}
