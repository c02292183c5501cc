import Foundation
import LinearAlgebra
import Materials

/// Parameter sets of lithium from the literature, for the tests of flow.
enum Lithium {
    /// Shear modulus by pulse echo, Pa (Masias et al., J. Mater. Sci. 54 (2019) 2585).
    static let shearModulus = 2.83e9
    /// Bulk modulus by pulse echo, Pa (same source).
    static let bulkModulus = 11.07e9

    /// Tension at 26 degC (Masias et al. 2019), activation energy of LePage et al. (J. Electrochem. Soc. 166 (2019)
    /// A89).
    static let power = PowerLaw.Parameters(
        rate: Arrhenius(7.7e-3, at: 299, activationEnergy: 37e3), stressScale: 1e6, exponent: 6.56)

    /// Anand and Narayan, J. Electrochem. Soc. 166 (2019) A1092.
    static let anand = AnandLaw.Parameters(
        rate: Arrhenius(prefactor: 4.25e4, activationEnergy: 37e3), sensitivity: 0.15, saturation: 2.0e6,
        saturationExponent: 0.05, hardeningModulus: 10e6, hardeningExponent: 2.0, initialResistance: 1.1e6)

    /// The same without hardening, at the resistance of undeformed metal.
    static let garofalo = GarofaloLaw.Parameters(
        rate: Arrhenius(prefactor: 4.25e4, activationEnergy: 37e3), stressScale: 1.1e6, sensitivity: 0.15)

    /// A hardening exponent that is not two, the value with a closed form.
    static let anandOther = AnandLaw.Parameters(
        rate: Arrhenius(prefactor: 4.25e4, activationEnergy: 37e3), sensitivity: 0.15, saturation: 2.0e6,
        saturationExponent: 0.05, hardeningModulus: 10e6, hardeningExponent: 1.3, initialResistance: 1.1e6)

    /// Every law.
    static let all: [InelasticFlow.Parameters] = [
        .power(power), .garofalo(garofalo), .anand(anand), .anand(anandOther),
    ]
}

/// A power law with n = 1, dp/dt = A σ / σ0.
func linearLaw(rate: Double) -> PowerLaw {
    PowerLaw.Parameters(rate: Arrhenius(rate, at: 299, activationEnergy: 0), stressScale: 1e6, exponent: 1)
        .at(temperature: 299)
}

/// Stress and resistance after stretching at a constant total rate for a time, by the classical Runge-Kutta rule:
/// dq/dt = 3 G (strain rate - dp/dt).
func rungeKutta(
    _ law: some FlowLaw, stress: Double, resistance: Double, strainRate: Double, duration: Double, steps: Int
) -> (stress: Double, resistance: Double) {
    func slope(_ state: SIMD2<Double>) -> SIMD2<Double> {
        let rate = law.rate(stress: state[0], resistance: state[1])
        guard rate > 0 else { return SIMD2(3 * Lithium.shearModulus * strainRate, 0) }
        let y = law.logRate(stress: state[0], resistance: state[1])
        let hardening = law.hardening(logRate: y, resistance: state[1])
        return SIMD2(3 * Lithium.shearModulus * (strainRate - rate), hardening * rate)
    }
    let dt = duration / Double(steps)
    var state = SIMD2(stress, resistance)
    for _ in 0..<steps {
        let k1 = slope(state)
        let k2 = slope(state + 0.5 * dt * k1)
        let k3 = slope(state + 0.5 * dt * k2)
        let k4 = slope(state + dt * k3)
        let middle: SIMD2<Double> = 2.0 * (k2 + k3)
        state += (dt / 6) * (k1 + middle + k4)
    }
    return (state[0], state[1])
}

/// The same by radial returns.
func backwardEuler(
    _ law: some FlowLaw, stress: Double, resistance: Double, strainRate: Double, duration: Double, steps: Int
) throws -> (stress: Double, resistance: Double) {
    let dt = duration / Double(steps)
    var state = (stress: stress, resistance: resistance)
    for _ in 0..<steps {
        let trial = state.stress + 3 * Lithium.shearModulus * strainRate * dt
        let end = try law.radialReturn(
            TrialStep(
                trialStress: trial, shearModulus: Lithium.shearModulus, timeStep: dt, resistance: state.resistance))
        state = (end.stress, end.resistance)
    }
    return state
}

/// |found / expected - 1|
func deviation(_ found: Double, _ expected: Double) -> Double { abs(found / expected - 1) }
