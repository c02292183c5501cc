import LinearAlgebra
import Quantities

/// A thermally activated quantity k(T) = k_ref exp[-(Q/R) (1/T - 1/T_ref)].
///
/// With T_ref infinite k_ref is the prefactor of k = k_0 exp(-Q / RT).
@frozen
public struct Arrhenius: Sendable, Hashable {
    /// The value at the reference temperature, in the unit of the quantity.
    public let reference: Double
    /// Activation energy Q, J/mol.
    public let activationEnergy: Double
    /// 1 / T_ref, 1/K.
    public let inverseReferenceTemperature: Double

    /// A quantity known at a temperature in K.
    @inlinable
    public init(_ value: Double, at temperature: Double, activationEnergy: Double) {
        reference = value
        self.activationEnergy = activationEnergy
        inverseReferenceTemperature = 1 / temperature
    }

    /// A quantity known by its prefactor.
    @inlinable
    public init(prefactor: Double, activationEnergy: Double) {
        self.init(prefactor, at: .infinity, activationEnergy: activationEnergy)
    }

    /// The quantity at a temperature in K.
    @inlinable
    public func callAsFunction<S: LawScalar>(temperature: S) -> S {
        let inverse: S = 1 / temperature
        return reference
            * S.exp((-activationEnergy / Constants.gasConstant) * (inverse - inverseReferenceTemperature))
    }
}
