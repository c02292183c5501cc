import FiniteElements
import LinearAlgebra
import Materials
import Quantities

/// The right-hand side of the projection of μ_mech on a continuous field, ∫ μ_mech q dV.
///
/// The stress jumps from cell to cell; its gradient, which drives lithium, is that of the projection p: ∫ p q dV = ∫ μ_mech q dV
/// for all q. Since c and p have the same elements, ∫ p ∂c/∂t dV = ∫ μ_mech ∂c/∂t dV, so that the projection takes nothing
/// from the balance of energy.
@frozen
public struct MechanicalPotential<State: StressState>: WeakForm {
    /// Elasticity of the layer.
    public var elasticity: LinearElasticity<State, AlloySolid>
    /// The component whose equation it is.
    public var potential: Int

    /// The projection of the mechanical potential of a layer.
    @inlinable public init(_ elasticity: LinearElasticity<State, AlloySolid>, potential: Int) {
        self.elasticity = elasticity
        self.potential = potential
    }

    /// Those of the stress state.
    @inlinable public var coordinates: Coordinates? { State.coordinates }
    /// That of the potential.
    @inlinable public var equations: Range<Int>? { potential..<potential + 1 }
    /// Displacement and concentration.
    @inlinable public var inputs: Range<Int>? { elasticity.displacement..<elasticity.solid.concentration + 1 }

    /// Adds s = μ_mech. It has no derivatives: a tangent is not formed of this term.
    @inlinable
    public func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let strain = elasticity.elasticStrain(fields, at: point)
        let plain = ElasticStrain(
            xx: strain.xx.primal, yy: strain.yy.primal, third: strain.third.primal, xy: strain.xy.primal)
        let solid = elasticity.solid
        let value = solid.energyAndPotential(fields[solid.concentration].value.primal, plain).potential
        density[potential].value = density[potential].value + S(value)
    }
}

/// Diffusion of lithium down its chemical potential, ∫ -J · ∇v dV with J = -D(c) ∇c - L(c) ∇p.
///
/// p is the mechanical part of the potential, D the interdiffusion coefficient and L = D (c / RT) h(c), see
/// ``LithiumSolution``. Against an immobile host, in its coordinates.
@frozen
public struct DrivenDiffusion<Law: DiffusivityLaw>: WeakForm {
    /// The component c, mol/m3.
    public var concentration: Int
    /// The component p, J/mol.
    public var potential: Int
    /// D(c).
    public var diffusivity: Law
    /// h(c).
    public var solution: LithiumSolution
    /// What mole fraction a concentration is.
    public var composition: AlloyComposition
    /// 1/RT, mol/J.
    public var inverseThermalEnergy: Double

    /// Diffusion under stress.
    @inlinable
    public init(
        concentration: Int, potential: Int, diffusivity: Law, solution: LithiumSolution,
        composition: AlloyComposition, temperature: Double
    ) {
        self.concentration = concentration
        self.potential = potential
        self.diffusivity = diffusivity
        self.solution = solution
        self.composition = composition
        inverseThermalEnergy = 1 / (Constants.gasConstant * temperature)
    }

    /// That of the concentration.
    @inlinable public var equations: Range<Int>? { concentration..<concentration + 1 }
    /// Concentration and potential.
    @inlinable public var inputs: Range<Int>? { concentration..<potential + 1 }

    /// D in m2/s and L in mol2/(J m s) at a concentration in mol/m3.
    @inlinable @inline(__always)
    public func coefficients<S: LawScalar>(_ c: S) -> LithiumFlux<S> {
        let diffusion = diffusivity.value(concentration: c, composition: composition)
        // Undershoot ahead of a front: where there is no lithium none moves by stress.
        let mobility: S = c.primal > 0 ? inverseThermalEnergy * (c * solution.mobilityFactor(c)) : S(0)
        return LithiumFlux(diffusivity: diffusion, kineticCoefficient: diffusion * mobility)
    }

    /// Adds f = -J.
    @inlinable
    public func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        let (c, p) = (fields[concentration], fields[potential])
        let flux = coefficients(c.value)
        density[concentration].x =
            density[concentration].x - flux(concentrationGradient: c.x, mechanicalPotentialGradient: p.x)
        density[concentration].y =
            density[concentration].y - flux(concentrationGradient: c.y, mechanicalPotentialGradient: p.y)
    }
}

/// A symmetric stand-in for the derivative of ``DrivenDiffusion`` by the concentration, D + L κ.
///
/// The stress answers lithium that varies over short distances as if δp = κ δc (``AlloySolid/stiffening(_:)``); what the
/// boundaries add is smooth. The derivatives of D and L are left out.
@frozen
public struct StiffenedDiffusivity<Law: DiffusivityLaw>: PointLaw {
    /// D and L.
    public var diffusion: DrivenDiffusion<Law>
    /// κ; nil for a layer without stress.
    public var solid: AlloySolid?
    /// By what the coefficient is multiplied, such as γ Δt.
    public var factor: Double

    /// The coefficient of a layer.
    @inlinable public init(_ diffusion: DrivenDiffusion<Law>, solid: AlloySolid?, factor: Double = 1) {
        self.diffusion = diffusion
        self.solid = solid
        self.factor = factor
    }

    /// (D + L κ) times the factor.
    @inlinable
    public func callAsFunction<S: LawScalar>(_ u: S, at point: QuadraturePoint) -> S {
        let c = u.primal
        let flux = diffusion.coefficients(c)
        return S(factor * (flux.diffusivity + flux.kineticCoefficient * (solid?.stiffening(c) ?? 0)))
    }
}
