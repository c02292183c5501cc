import FiniteElements
import Foundation
import LinearAlgebra
import Materials
import Models
import Quantities

/// D(c) = 1 + c/2
struct RisingDiffusivity: DiffusivityLaw {
    func value<S: LawScalar>(concentration c: S, composition: AlloyComposition) -> S { 1 + 0.5 * c }
}

/// A displacement and a concentration given in closed form, with what they need to solve the steady coupled equations.
///
/// Volumes, RT, sites and lengths are one. Derivatives of stress and flux are central differences of sixth order.
struct ExactCoupling<State: StressState>: Sendable {
    let solid = AlloySolid(
        elasticity: .mixture(
            ElasticMixture(
                lithium: ElasticConstants(youngsModulus: 1, poissonsRatio: 0.35),
                host: ElasticConstants(youngsModulus: 4, poissonsRatio: 0.25), rule: .hill, weight: .moleFraction)),
        swelling: .stretch(
            HostSwelling(lithiumVolume: 0.5, hostVolume: 1),
            stressFreeStretch: HostSwelling(lithiumVolume: 0.5, hostVolume: 1).stretch(lithiumPerHost: 0.3)),
        composition: AlloyComposition(relation: .perHostVolume, lithiumVolume: 0.5, hostVolume: 1), concentration: 2)

    var diffusion: DrivenDiffusion<RisingDiffusivity> {
        DrivenDiffusion(
            concentration: 2, potential: 3, diffusivity: RisingDiffusivity(), solution: .latticeGas(maximum: 1),
            composition: solid.composition, temperature: 1 / Constants.gasConstant)
    }

    func displacement(_ place: SIMD2<Double>) -> SIMD2<Double> {
        SIMD2(0.1 * exp(0.8 * place.x - 0.5 * place.y), 0.08 * exp(-0.6 * place.x + 0.9 * place.y))
    }

    func lithium(_ place: SIMD2<Double>) -> Double { 0.5 + 0.3 * sin(1.3 * place.x + 0.4) * cos(1.1 * place.y - 0.2) }

    /// e = ε(u) - ε* I, with the third strain of the stress state.
    func elasticStrain(_ place: SIMD2<Double>) -> ElasticStrain<Double> {
        let (u, c) = (displacement(place), lithium(place))
        let (own, constants) = (solid.swelling(c), solid.constants(c))
        let (xx, yy): (Double, Double) = (0.8 * u.x - own, 0.9 * u.y - own)
        let lambda: Double = constants.bulkModulus - 2 * constants.shearModulus / 3
        var third = -own
        if State.self == PlaneStress.self { third = -lambda / (lambda + 2 * constants.shearModulus) * (xx + yy) }
        if State.self == Axisymmetric.self { third = u.x / place.x - own }
        return ElasticStrain(xx: xx, yy: yy, third: third, xy: 0.5 * (-0.5 * u.x - 0.6 * u.y))
    }

    /// σ = K tr e I + 2 G dev e as (xx, yy, third, xy).
    func stress(_ place: SIMD2<Double>) -> SIMD4<Double> {
        let (e, constants) = (elasticStrain(place), solid.constants(lithium(place)))
        let mean = e.trace / 3
        let pressure: Double = 3 * constants.bulkModulus * mean
        let double: Double = 2 * constants.shearModulus
        return SIMD4(
            pressure + double * (e.xx - mean), pressure + double * (e.yy - mean), pressure + double * (e.third - mean),
            double * e.xy)
    }

    func potential(_ place: SIMD2<Double>) -> Double {
        solid.energyAndPotential(lithium(place), elasticStrain(place)).potential
    }

    /// -div σ
    func force(_ place: SIMD2<Double>) -> SIMD2<Double> {
        let alongX = derivative(place, SIMD2(1, 0)) { stress($0) }
        let alongY = derivative(place, SIMD2(0, 1)) { stress($0) }
        var force = -SIMD2(alongX[0] + alongY[3], alongX[3] + alongY[1])
        if State.coordinates == .axisymmetric {
            let stress = stress(place)
            force -= SIMD2(stress[0] - stress[2], stress[3]) / place.x
        }
        return force
    }

    /// J = -D ∇c - D c (1 - c) ∇p, one component.
    private func flux(_ place: SIMD2<Double>, _ direction: SIMD2<Double>) -> Double {
        let c = lithium(place)
        let gradient = derivative(place, direction) { SIMD4(lithium($0), potential($0), 0, 0) }
        return -(1 + 0.5 * c) * (gradient[0] + c * (1 - c) * gradient[1])
    }

    /// div J
    func production(_ place: SIMD2<Double>) -> Double {
        var sum = 0.0
        for direction in [SIMD2(1.0, 0.0), SIMD2(0.0, 1.0)] {
            sum += derivative(place, direction) { SIMD4(flux($0, direction), 0, 0, 0) }[0]
        }
        if State.coordinates == .axisymmetric { sum += flux(place, SIMD2(1, 0)) / place.x }
        return sum
    }

    private func derivative(
        _ place: SIMD2<Double>, _ direction: SIMD2<Double>, _ function: (SIMD2<Double>) -> SIMD4<Double>
    ) -> SIMD4<Double> {
        let step = 1e-2
        func odd(_ count: Double) -> SIMD4<Double> {
            function(place + count * step * direction) - function(place - count * step * direction)
        }
        let sum: SIMD4<Double> = 45 * odd(1) - 9 * odd(2) + odd(3)
        return sum / (60 * step)
    }
}
