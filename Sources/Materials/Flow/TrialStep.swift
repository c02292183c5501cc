import LinearAlgebra

/// A time step of a point, seen from its elastic trial state.
@frozen
public struct TrialStep<S: LawScalar>: Sendable {
    /// Von Mises stress q_tr if the step were elastic, Pa, not negative.
    public var trialStress: S
    /// Shear modulus G, Pa, above zero.
    public var shearModulus: S
    /// Time step dt, s, not negative.
    public var timeStep: S
    /// Resistance s_n at the start of the step, Pa, above zero.
    public var resistance: S
    /// The factors of the alloy, above zero.
    public var alloy: AlloyScaling<S>

    /// A step; stresses and modulus in Pa, time in s.
    @inlinable
    public init(
        trialStress: S, shearModulus: S, timeStep: S, resistance: S, alloy: AlloyScaling<S> = .none
    ) {
        self.trialStress = trialStress
        self.shearModulus = shearModulus
        self.timeStep = timeStep
        self.resistance = resistance
        self.alloy = alloy
    }

    /// The step in plain numbers.
    @inlinable public var primal: TrialStep<Double> {
        TrialStep<Double>(
            trialStress: trialStress.primal, shearModulus: shearModulus.primal, timeStep: timeStep.primal,
            resistance: resistance.primal,
            alloy: AlloyScaling(strength: alloy.strength.primal, rate: alloy.rate.primal))
    }
}

extension TrialStep where S == Double {
    /// Throws where a number is not finite or out of its range.
    @inlinable
    func check() throws(RadialReturnError) {
        let sound =
            trialStress >= 0 && trialStress < .infinity && shearModulus > 0 && shearModulus < .infinity
            && timeStep >= 0 && timeStep < .infinity && resistance > 0 && resistance < .infinity
            && alloy.strength > 0 && alloy.strength < .infinity && alloy.rate > 0 && alloy.rate < .infinity
        if !sound { throw RadialReturnError(self) }
    }
}

/// A time step that no flow law can take.
public struct RadialReturnError: Error, Sendable, CustomStringConvertible {
    /// What was found, what was expected and what to do.
    public let description: String

    @usableFromInline
    init(_ step: TrialStep<Double>) {
        let inputs: [(name: String, value: Double, unit: String, zeroAllowed: Bool)] = [
            ("trial von Mises stress", step.trialStress, " Pa", true),
            ("shear modulus", step.shearModulus, " Pa", false),
            ("time step", step.timeStep, " s", true),
            ("deformation resistance", step.resistance, " Pa", false),
            ("strength factor", step.alloy.strength, "", false),
            ("rate factor", step.alloy.rate, "", false),
        ]
        let unsound = inputs.filter { input in
            let aboveLimit = input.zeroAllowed ? input.value >= 0 : input.value > 0
            return !(aboveLimit && input.value < .infinity)
        }
        let found = unsound.map { "the \($0.name) is \($0.value)\($0.unit)" }.joined(separator: " and ")
        let limit = unsound.allSatisfy(\.zeroAllowed) ? "not below" : "above"
        description =
            "in the radial return \(found) where a finite number \(limit) zero is expected: check the material and the"
            + " displacements, or take a smaller time step"
    }
}
