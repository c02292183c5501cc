import Formulas
import LinearAlgebra

/// How fast lithium diffuses in a material, at any temperature.
public struct LithiumDiffusion: Sendable, Hashable {
    /// What a diffusivity is the coefficient of.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Of Fick's law: it drives a gradient of composition and is used as it is.
        case interdiffusion
        /// Of labelled atoms in a uniform alloy: Fick's law needs the thermodynamic factor besides.
        case tracer
    }

    /// The law.
    public enum Form: Sendable, Hashable {
        /// D(T), m2/s.
        case arrhenius(Arrhenius)
        /// Darken's rule in a phase of the material's thermodynamics.
        case darken(DarkenDiffusivity)
        /// A formula of the mole fraction x (variable 0) and the temperature T in K (variable 1), times a unit in m2/s.
        case formula(Formula, unit: Double)
    }

    /// What it is the coefficient of.
    public let kind: Kind
    /// The law.
    public let form: Form

    /// A law of a kind.
    public init(_ form: Form, kind: Kind) {
        self.form = form
        self.kind = kind
    }

    /// Whether the law needs the thermodynamic factor of a phase.
    public var needsPhase: Bool {
        if case .darken = form { true } else { false }
    }

    /// The law at a temperature in K; nil when it needs a phase and there is none.
    public func at(temperature: Double, phase: SolutionPhase?) -> Diffusivity? {
        switch form {
        case .arrhenius(let law): .constant(law(temperature: temperature))
        case .darken(let law): phase.map { .alloy(AlloyDiffusivity(law, phase: $0, temperature: temperature)) }
        case .formula(let formula, let unit):
            .formula(DiffusivityFormula(formula, unit: unit, temperature: temperature))
        }
    }
}

/// A formula for D at one temperature.
public struct DiffusivityFormula: Sendable, Hashable {
    /// What the variables of the formula are called, in their order: mole fraction of lithium and temperature in K.
    public static let variables = ["x", "T"]

    @usableFromInline let formula: Formula
    @usableFromInline let unit: Double
    @usableFromInline let temperature: Double

    /// A formula of ``variables``, its unit in m2/s, at a temperature in K.
    public init(_ formula: Formula, unit: Double, temperature: Double) {
        self.formula = formula
        self.unit = unit
        self.temperature = temperature
    }

    /// The formula without its unit.
    public var perUnit: DiffusivityFormula { DiffusivityFormula(formula, unit: 1, temperature: temperature) }

    /// D in m2/s at mole fraction x.
    @inlinable
    public func callAsFunction<S: LawScalar>(moleFraction x: S) -> S {
        unit * formula.evaluate { $0 == 0 ? x : S(temperature) }
    }
}
