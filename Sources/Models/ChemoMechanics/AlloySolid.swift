import FiniteElements
import LinearAlgebra
import Materials

/// The solid of a layer: an isotropic elastic host, its stiffness and its swelling by the lithium in it.
///
/// The elastic part of the free energy, for each volume of the layer at the start, with the elastic strain e = ε - ε*(c) I, is
///
///     W(ε, c) = K(c) (tr e)² / 2 + G(c) dev e : dev e
///
/// so that the stress is σ = ∂W/∂ε = K tr e I + 2 G dev e, and the stress shifts the chemical potential of lithium by
///
///     μ_mech = ∂W/∂c = -Ω_eff σ_h + K′ (tr e)² / 2 + G′ dev e : dev e,   Ω_eff = 3 dε*/dc
///
/// (F. Larché and J. W. Cahn, Acta Metall. 21 (1973) 1051). Small strain.
@frozen
public struct AlloySolid: ElasticSolid, Hashable {
    /// The stiffness.
    public var elasticity: Elasticity
    /// ε*(c).
    public var swelling: SwellingLaw
    /// What mole fraction a concentration is.
    public var composition: AlloyComposition
    /// The component that is the concentration, mol/m3.
    public var concentration: Int

    /// A solid from its laws.
    public init(elasticity: Elasticity, swelling: SwellingLaw, composition: AlloyComposition, concentration: Int) {
        self.elasticity = elasticity
        self.swelling = swelling
        self.composition = composition
        self.concentration = concentration
    }

    /// Whether the stiffness is the same at every composition.
    public var isUniform: Bool {
        if case .isotropic = elasticity { true } else { false }
    }

    /// K and G at a concentration in mol/m3, Pa.
    @inlinable
    public func constants<S: LawScalar>(_ c: S) -> ElasticConstants<S> {
        switch elasticity {
        case .isotropic(let constants):
            ElasticConstants(bulkModulus: S(constants.bulkModulus), shearModulus: S(constants.shearModulus))
        case .mixture(let mixture): mixture(moleFraction: composition.moleFraction(concentration: c))
        }
    }

    /// λ = K - 2G/3 and μ = G, Pa.
    @inlinable
    public func moduli<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> (lambda: S, mu: S) {
        let constants = constants(fields[concentration].value)
        return (constants.bulkModulus - (2.0 / 3) * constants.shearModulus, constants.shearModulus)
    }

    /// ε*
    @inlinable
    public func eigenstrain<S: LawScalar>(_ fields: Span<Jet<S>>, at point: QuadraturePoint) -> S {
        swelling(fields[concentration].value)
    }

    /// W in J/m3 and μ_mech in J/mol at a concentration in mol/m3 and an elastic strain.
    @inlinable
    public func energyAndPotential(_ c: Double, _ strain: ElasticStrain<Double>) -> (energy: Double, potential: Double)
    {
        let trace = strain.trace
        let shear = strain.deviatoricSquare
        if isUniform {
            let constants = constants(c)
            return (
                0.5 * constants.bulkModulus * trace * trace + constants.shearModulus * shear,
                -swelling.effectiveVolume(c) * constants.bulkModulus * trace
            )
        }
        let constants = constants(Dual<Double>.variable(c))
        let (bulk, rigidity) = (constants.bulkModulus, constants.shearModulus)
        return (
            0.5 * bulk.value * trace * trace + rigidity.value * shear,
            -swelling.effectiveVolume(c) * bulk.value * trace + 0.5 * bulk.partials * trace * trace
                + rigidity.partials * shear
        )
    }

    /// μ_mech in J/mol of a film that is held along its plane and free across, at a concentration in mol/m3.
    public func potentialOfHeldFilm(_ c: Double) -> Double {
        let constants: ElasticConstants<Double> = constants(c)
        let lambda = constants.lameConstant
        let held: Double = -swelling(c)
        // σ_yy = 0
        let across = -2 * lambda / (lambda + 2 * constants.shearModulus) * held
        return energyAndPotential(c, ElasticStrain(xx: held, yy: across, third: held, xy: 0)).potential
    }

    /// κ = dμ_mech/dc in J m3/mol2 where the lithium varies in a body that is large against the distance over which it
    /// varies,
    ///
    ///     κ = (2/9) Ω_eff² E / (1 - ν),   E / (1 - ν) = 18 K G / (3 K + 4 G)
    ///
    /// For constant stiffness and Ω the stress is then σ_h = -κ δc / Ω wherever the lithium deviates by δc, and a harmonic
    /// function that comes from the boundaries.
    @inlinable
    public func stiffening(_ c: Double) -> Double {
        let constants = constants(c)
        let (bulk, shear) = (constants.bulkModulus, constants.shearModulus)
        let volume = swelling.effectiveVolume(c)
        return volume * volume * 4 * bulk * shear / (3 * bulk + 4 * shear)
    }
}
