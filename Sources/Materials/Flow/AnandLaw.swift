import LinearAlgebra

/// Hyperbolic-sine creep with an evolving resistance, at one temperature.
///
///     dp/dt = k [sinh(σ/s)]^(1/m),                       k = A exp(-Q/RT)
///     ds/dt = H0 |1 - s/s*|^a sign(1 - s/s*) dp/dt,      s* = S0 [(dp/dt)/k]^N
///
/// S. B. Brown, K. H. Kim, L. Anand, Int. J. Plasticity 5 (1989) 95; for lithium L. Anand and S. Narayan, J.
/// Electrochem. Soc. 166 (2019) A1092, fitted to tension at rates of 2e-5 to 2e-2 1/s (range from memory of that
/// paper). The resistance s hardens or softens towards s*, which grows with the rate, so a constant rate ends in a
/// constant, saturated stress.
@frozen
public struct AnandLaw: FlowLaw {
    /// The law at all temperatures.
    @frozen
    public struct Parameters: Sendable, Hashable {
        /// The rate constant A exp(-Q/RT), 1/s.
        public let rate: Arrhenius
        /// The rate sensitivity m.
        public let sensitivity: Double
        /// The saturated resistance S0 at the rate k, Pa.
        public let saturation: Double
        /// The exponent N of the rate in the saturated resistance.
        public let saturationExponent: Double
        /// The hardening modulus H0, Pa.
        public let hardeningModulus: Double
        /// The exponent a of the distance to saturation.
        public let hardeningExponent: Double
        /// The resistance s of undeformed metal, Pa.
        public let initialResistance: Double

        /// Parameters in 1/s and Pa.
        ///
        /// - Precondition: 0 < m <= 1, a >= 1 (below one the resistance has no unique rate at saturation), S0 and the
        ///   initial resistance above zero, H0 and N not negative.
        public init(
            rate: Arrhenius, sensitivity: Double, saturation: Double, saturationExponent: Double,
            hardeningModulus: Double, hardeningExponent: Double, initialResistance: Double
        ) {
            precondition(sensitivity > 0 && sensitivity <= 1 && saturation > 0 && saturationExponent >= 0)
            precondition(hardeningModulus >= 0 && hardeningExponent >= 1 && initialResistance > 0)
            self.rate = rate
            self.sensitivity = sensitivity
            self.saturation = saturation
            self.saturationExponent = saturationExponent
            self.hardeningModulus = hardeningModulus
            self.hardeningExponent = hardeningExponent
            self.initialResistance = initialResistance
        }

        /// The law at a temperature in K.
        public func at(temperature: Double) -> AnandLaw {
            AnandLaw(self, rateConstant: rate(temperature: temperature))
        }
    }

    /// The parameters of the law.
    public let parameters: Parameters
    /// k = A exp(-Q/RT), 1/s.
    public let rateConstant: Double

    init(_ parameters: Parameters, rateConstant: Double) {
        self.parameters = parameters
        self.rateConstant = rateConstant
    }

    /// The resistance s of undeformed metal, Pa.
    @inlinable public var initialResistance: Double { parameters.initialResistance }

    /// dp/dt = k [sinh(σ/s)]^(1/m) in 1/s.
    @inlinable
    public func rate<S: LawScalar>(stress: S, resistance: S) -> S {
        rateConstant * S.sinhPower(stress / resistance, 1 / parameters.sensitivity)
    }

    /// y = (1/m) ln sinh(σ/s)
    @inlinable
    public func logRate<S: LawScalar>(stress: S, resistance: S) -> S {
        S.logSinh(stress / resistance) / parameters.sensitivity
    }

    /// σ = s asinh(exp(m y)) in Pa.
    @inlinable
    public func stress<S: LawScalar>(logRate: S, resistance: S) -> S {
        resistance * S.asinhExp(parameters.sensitivity * logRate)
    }

    /// s* = S0 exp(N y) in Pa.
    @inlinable
    public func saturatedResistance<S: LawScalar>(logRate: S) -> S {
        parameters.saturation * S.exp(parameters.saturationExponent * logRate)
    }

    /// ds/dp = H0 |1 - s/s*|^a sign(1 - s/s*) in Pa.
    @inlinable
    public func hardening<S: LawScalar>(logRate: S, resistance: S) -> S {
        let distance: S = 1 - resistance / saturatedResistance(logRate: logRate)
        let modulus = parameters.hardeningModulus
        return distance.primal < 0
            ? -modulus * S.pow(-distance, parameters.hardeningExponent)
            : modulus * S.pow(distance, parameters.hardeningExponent)
    }

    /// s of s = before + H0 |1 - s/s*|^a sign(1 - s/s*) strain, Pa.
    ///
    /// With z = |1 - s/s*|, its value d before and κ = H0 strain / s*, hardening and softening alike are z + κ z^a = d,
    /// whose left side rises: one root in 0 ... d. It is found in plain numbers and then corrected once in S, where the
    /// equation is linear in κ and d, for the derivatives.
    @inlinable
    public func hardened<S: LawScalar>(_ before: S, strain: S, logRate: S) -> S {
        guard strain.primal > 0 else { return before }
        let saturation = saturatedResistance(logRate: logRate)
        let signed: S = 1 - before / saturation
        let softens = signed.primal < 0
        let d = softens ? -signed : signed
        let kappa: S = parameters.hardeningModulus * strain / saturation
        let root = Self.distance(from: d.primal, kappa: kappa.primal, exponent: parameters.hardeningExponent)
        let z: S = root.z + (1 / root.slope) * (d - root.z - root.power * kappa)
        // each form adds positive terms only, so that s keeps its digits however far s* is
        if softens { return saturation * (1 + z) }
        let power: S = root.power + root.powerSlope * (z - root.z)
        return before + parameters.hardeningModulus * strain * power
    }
}

extension AnandLaw {
    /// A root z of z + κ z^a = d with what its derivatives need.
    @frozen
    @usableFromInline
    struct Root {
        /// z
        @usableFromInline let z: Double
        /// z^a
        @usableFromInline let power: Double
        /// a z^(a - 1)
        @usableFromInline let powerSlope: Double
        /// 1 + κ a z^(a - 1)
        @usableFromInline let slope: Double

        @inlinable
        init(z: Double, lowerPower: Double, exponent: Double, kappa: Double) {
            self.z = z
            power = z * lowerPower
            powerSlope = exponent * lowerPower
            slope = 1 + kappa * powerSlope
        }
    }

    /// The root of z + κ z^a = d in 0 ... d, for κ and d not negative and a >= 1.
    ///
    /// Closed for a = 2, the value of lithium. Otherwise Newton's rule from the smaller of d and (d/κ)^(1/a), both at
    /// or above the root: the left side is convex, so the iterates fall to the root and need no safeguard.
    @inlinable
    static func distance(from d: Double, kappa: Double, exponent a: Double) -> Root {
        if a == 2 {
            let z = 2 * d / (1 + (1 + 4 * kappa * d).squareRoot())
            return Root(z: z, lowerPower: z, exponent: a, kappa: kappa)
        }
        var z = kappa > 0 ? min(d, Double.pow(d / kappa, 1 / a)) : d
        for _ in 0..<50 {
            let lower = Double.pow(z, a - 1)
            let step = (z + kappa * z * lower - d) / (1 + kappa * a * lower)
            z = max(0, z - step)
            if !(step > 1e-15 * z) { break }
        }
        return Root(z: z, lowerPower: Double.pow(z, a - 1), exponent: a, kappa: kappa)
    }
}
