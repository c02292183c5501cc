import LinearAlgebra

/// A law for the interdiffusion coefficient at the temperature of the run, as a solver evaluates it point by point.
///
/// A kernel takes one generically, so that the choice between laws is made once and not at every point.
public protocol DiffusivityLaw: Sendable, Hashable {
    /// D in m2/s at a concentration of lithium in mol/m3.
    func value<S: LawScalar>(concentration c: S, composition: AlloyComposition) -> S
}

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

    /// The law as a number times a shape: laws of one shape differ in a constant factor alone.
    public var factored: (factor: Double, shape: Diffusivity) {
        switch self {
        case .constant(let value): (value, .constant(1))
        case .table: (1, self)
        case .alloy(let law): (law.lithium, .alloy(law.perLithium))
        case .formula(let formula): (formula.unit, .formula(formula.perUnit))
        }
    }

    /// The law.
    public var law: any DiffusivityLaw {
        switch self {
        case .constant(let value): UniformDiffusivity(value)
        case .table(let table): table
        case .alloy(let alloy): alloy
        case .formula(let formula): formula
        }
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
}

/// The same diffusivity at every concentration.
@frozen
public struct UniformDiffusivity: DiffusivityLaw {
    @usableFromInline let constant: Double

    /// A diffusivity in m2/s.
    public init(_ constant: Double) { self.constant = constant }

    /// The constant, m2/s.
    @inlinable @inline(__always)
    public func value<S: LawScalar>(concentration c: S, composition: AlloyComposition) -> S { S(constant) }
}

extension MonotoneCubic: DiffusivityLaw {
    /// D in m2/s of a table over the concentration in mol/m3.
    @inlinable @inline(__always)
    public func value<S: LawScalar>(concentration c: S, composition: AlloyComposition) -> S { self(c) }
}

extension AlloyDiffusivity: DiffusivityLaw {
    /// D in m2/s at a concentration of lithium in mol/m3.
    @inlinable @inline(__always)
    public func value<S: LawScalar>(concentration c: S, composition: AlloyComposition) -> S {
        self(moleFraction: composition.moleFraction(concentration: c))
    }
}

extension DiffusivityFormula: DiffusivityLaw {
    /// D in m2/s at a concentration of lithium in mol/m3.
    @inlinable @inline(__always)
    public func value<S: LawScalar>(concentration c: S, composition: AlloyComposition) -> S {
        self(moleFraction: composition.moleFraction(concentration: c))
    }
}
