import LinearAlgebra

/// The state of a point with all stress components after an implicit step of a flow law.
@frozen
public struct TensorReturn: Sendable {
    /// Stress at the end of the step, Pa.
    public let stress: SymmetricTensor
    /// Increment of the plastic strain, a deviator.
    public let plasticStrain: SymmetricTensor
    /// Von Mises stress, increment of the equivalent plastic strain and resistance, with derivatives with respect to
    /// the trial von Mises stress.
    public let equivalent: RadialReturn<Dual<Double>>
    /// dσ/dε of the step.
    public let tangent: ConsistentTangent

    @inlinable
    init(
        stress: SymmetricTensor, plasticStrain: SymmetricTensor, equivalent: RadialReturn<Dual<Double>>,
        tangent: ConsistentTangent
    ) {
        self.stress = stress
        self.plasticStrain = plasticStrain
        self.equivalent = equivalent
        self.tangent = tangent
    }

    /// Resistance at the end of the step, Pa.
    @inlinable public var resistance: Double { equivalent.resistance.value }

    /// The energy per volume σ : dε_p that the step dissipates, J/m3; never negative.
    @inlinable public var dissipation: Double { equivalent.dissipation.value }
}

/// The derivative of the stress at the end of an implicit step with respect to the strain there.
///
///     C = K 1 ⊗ 1 + 2 G θ I_dev - 2 G θ_bar n ⊗ n,   θ = q/q_tr,   θ_bar = θ - dq/dq_tr
///
/// with n the unit deviator of the trial stress (J. C. Simo and R. L. Taylor, Comput. Methods Appl. Mech. Eng. 48
/// (1985) 101). It is symmetric.
@frozen
public struct ConsistentTangent: Sendable, Hashable {
    /// Bulk modulus K, Pa.
    public let bulkModulus: Double
    /// Shear modulus G, Pa.
    public let shearModulus: Double
    /// θ, the share of the trial deviator that is left.
    public let theta: Double
    /// θ_bar, what θ exceeds the slope dq/dq_tr by.
    public let thetaBar: Double
    /// n; zero where the trial deviator is.
    public let direction: SymmetricTensor

    @inlinable
    init(bulkModulus: Double, shearModulus: Double, theta: Double, thetaBar: Double, direction: SymmetricTensor) {
        self.bulkModulus = bulkModulus
        self.shearModulus = shearModulus
        self.theta = theta
        self.thetaBar = thetaBar
        self.direction = direction
    }

    /// The change of the stress in Pa with a change of the strain.
    @inlinable
    public func callAsFunction(_ strain: SymmetricTensor) -> SymmetricTensor {
        let along = thetaBar * direction.contracted(with: strain)
        let deviator = theta * strain.deviator - along * direction
        return bulkModulus * strain.trace * SymmetricTensor.identity + 2 * shearModulus * deviator
    }

    /// The column 0 to 5, in the order xx, yy, zz, xy, yz, xz, of the symmetric 6 x 6 matrix that turns strains with
    /// engineering shears γ = 2 ε into stresses, Pa.
    @inlinable
    public func voigtColumn(_ column: Int) -> SymmetricTensor {
        var strain = SymmetricTensor.zero
        strain[column] = column < 3 ? 1 : 0.5
        return self(strain)
    }
}

extension FlowLaw {
    /// Integrates the flow law over a time step for all stress components: J2 flow of small strain, isotropic
    /// elasticity.
    ///
    ///     s = (q/q_tr) s_tr,   dε_p = (3/2) dp s_tr / q_tr,   σ = σ_tr - 2 G dε_p
    ///
    /// with s_tr the deviator of the elastic trial stress σ_tr = σ_n + C_el : dε and q from ``radialReturn(_:)``. The
    /// pressure is that of the trial stress.
    ///
    /// As the direction of flow does not depend on the composition, dσ/dx = (dq/dx) s_tr / q_tr = (dq/dx) √(2/3) n with
    /// dq/dx from a radial return in dual numbers.
    ///
    /// - Parameters:
    ///   - trialStress: σ_tr, Pa.
    ///   - bulkModulus: K, Pa, for the tangent.
    ///   - shearModulus: G, Pa.
    ///   - timeStep: dt, s.
    ///   - resistance: s_n, Pa.
    ///   - alloy: the factors of the alloy.
    /// - Throws: ``RadialReturnError`` for an input that is not a number, is infinite or out of its range.
    @inlinable
    public func tensorReturn(
        trialStress: SymmetricTensor, bulkModulus: Double, shearModulus: Double, timeStep: Double, resistance: Double,
        alloy: AlloyScaling<Double> = .none
    ) throws(RadialReturnError) -> TensorReturn {
        let trialDeviator = trialStress.deviator
        let norm = trialDeviator.norm
        let trial = SymmetricTensor.equivalence * norm
        let equivalent = try radialReturn(
            TrialStep(
                trialStress: Dual<Double>.variable(trial), shearModulus: Dual(shearModulus), timeStep: Dual(timeStep),
                resistance: Dual(resistance),
                alloy: AlloyScaling(strength: Dual(alloy.strength), rate: Dual(alloy.rate))))
        let slope = equivalent.stress.partials
        let theta = trial > 0 ? equivalent.stress.value / trial : slope
        let direction = norm > 0 ? (1 / norm) * trialDeviator : SymmetricTensor.zero
        let tangent = ConsistentTangent(
            bulkModulus: bulkModulus, shearModulus: shearModulus, theta: theta, thetaBar: theta - slope,
            direction: direction)
        return TensorReturn(
            stress: trialStress.mean * SymmetricTensor.identity + theta * trialDeviator,
            plasticStrain: (SymmetricTensor.equivalence * equivalent.plasticStrain.value) * direction,
            equivalent: equivalent, tangent: tangent)
    }
}
