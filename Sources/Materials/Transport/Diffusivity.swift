import LinearAlgebra

/// The interdiffusion coefficient of lithium in a layer at the temperature of the run.
///
/// It is the coefficient of Fick's law in the volume frame and, with the same value, of J = -D c_host ∂y/∂z in the host frame,
/// where y is lithium per host and z the present coordinate.
public enum Diffusivity: Sendable, Hashable {
    /// One value, m2/s.
    case constant(Double)
    /// A table over the concentration in mol/m3.
    case table(MonotoneCubic)
    /// A phase of an alloy, by its thermodynamic factor and its tracer diffusivities.
    case alloy(AlloyDiffusivity)
    /// A formula of the mole fraction.
    case formula(DiffusivityFormula)

    /// Whether D is the same at every concentration.
    public var isConstant: Bool {
        if case .constant = self { true } else { false }
    }

    /// The concentrations in mol/m3 for which the law is stated.
    public var domain: ClosedRange<Double> {
        if case .table(let table) = self { table.domain } else { 0...Double.greatestFiniteMagnitude }
    }

    /// D in m2/s at a mole fraction; a table over the concentration has none.
    public func value(moleFraction x: Double) -> Double {
        switch self {
        case .constant(let value): value
        case .table: .nan
        case .alloy(let alloy): alloy(moleFraction: x)
        case .formula(let formula): formula(moleFraction: x)
        }
    }

    /// D in m2/s at a concentration in mol/m3.
    @inlinable
    public func callAsFunction<S: LawScalar>(concentration c: S, composition: AlloyComposition) -> S {
        switch self {
        case .constant(let value): S(value)
        case .table(let table): table(c)
        case .alloy(let alloy): alloy(moleFraction: composition.moleFraction(concentration: c))
        case .formula(let formula): formula(moleFraction: composition.moleFraction(concentration: c))
        }
    }
}
