import Foundation
import LinearAlgebra
import Quantities

/// The interdiffusion coefficient of lithium in a layer at the temperature of the run.
///
/// It is the coefficient of Fick's law in the volume frame and, with the same value, of J = -D c_host ∂y/∂z in the host frame,
/// where y is lithium per host and z the present coordinate.
public enum Diffusivity: Sendable, Hashable {
    /// One value, m2/s.
    case constant(Double)
    /// A table over the concentration in mol/m3.
    case table(MonotoneCubic)
    /// Li-Mg by thermodynamic factor and tracer diffusivity.
    case lithiumMagnesium(LithiumMagnesium)

    /// D = D_0 exp(-Q / RT) with D_0 in m2/s, Q in J/mol and T in K.
    public static func arrhenius(prefactor: Double, activationEnergy: Double, temperature: Double) -> Diffusivity {
        .constant(prefactor * exp(-activationEnergy / (Constants.gasConstant * temperature)))
    }

    /// Whether D is the same at every concentration.
    public var isConstant: Bool {
        if case .constant = self { true } else { false }
    }

    /// The concentrations in mol/m3 for which the law is stated.
    public var domain: ClosedRange<Double> {
        if case .table(let table) = self { table.domain } else { 0...Double.greatestFiniteMagnitude }
    }

    /// D in m2/s at a concentration in mol/m3.
    @inlinable
    public func callAsFunction<S: LawScalar>(concentration c: S, composition: AlloyComposition) -> S {
        switch self {
        case .constant(let value): S(value)
        case .table(let table): table(c)
        case .lithiumMagnesium(let alloy):
            alloy.interdiffusivity(moleFraction: composition.moleFraction(concentration: c))
        }
    }
}
