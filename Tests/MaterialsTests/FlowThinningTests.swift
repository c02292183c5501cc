import Foundation
import LinearAlgebra
import Materials
import TestSupport
import Testing

@Suite struct FlowThinningTests {
    /// Foil at 30 degC by Ding, after S.-Y. Ham, dissertation, UC San Diego 2024.
    private let law = ThinningLaw(
        through: .init(pressure: 2.2e6, velocity: 0.06e-6 / 3600), .init(pressure: 3.5e6, velocity: 0.42e-6 / 3600),
        temperature: 303.15, activationEnergy: 37e3)

    @Test("Both measurements are met, with an exponent of 4.19")
    func measurements() {
        #expect(deviation(3600e6 * law(pressure: 2.2e6, temperature: 303.15), 0.06) < 1e-12)
        #expect(deviation(3600e6 * law(pressure: 3.5e6, temperature: 303.15), 0.42) < 1e-12)
        #expect(abs(law.exponent - 4.19) < 0.005)
        for (pressure, expected) in [(2.2, 0.06), (3.5, 0.42)] {
            let found = 3600e6 * law(pressure: 1e6 * pressure, temperature: 303.15)
            Verification.record(
                .flow, "thinning of lithium foil at \(pressure) MPa, 30 °C", expected: "\(expected) µm/h",
                found: String(format: "%.4f µm/h", found), deviation: deviation(found, expected), bound: 1e-12)
        }
        #expect(law(pressure: 0.0, temperature: 303.15) == 0)
    }

    @Test("Ten kelvin more thin the foil 1.6 times as fast")
    func temperature() {
        let ratio = law(pressure: 5e6, temperature: 313.15) / law(pressure: 5e6, temperature: 303.15)
        #expect(abs(ratio - 1.6) < 0.01)
    }

    @Test("1 mA/cm2 dissolves 4.85 um of lithium in an hour")
    func current() {
        // at the pressure where v is 4.85 um/h
        let pressure = 2.2e6 * Double.pow(4.85 / 0.06, 1 / law.exponent)
        let current = law.equivalentCurrentDensity(pressure: pressure, temperature: 303.15, molarVolume: 13.0e-6)
        #expect(abs(current / 10 - 1) < 1e-3)
        Verification.record(
            .flow, "current that takes 4.85 µm/h of lithium", expected: "1 mA/cm²",
            found: String(format: "%.5f mA/cm²", current / 10), deviation: abs(current / 10 - 1), bound: 1e-3)
    }

    @Test("Derivatives by dual numbers: n v/P and Q v/(R T²)")
    func derivatives() {
        let velocity = law(
            pressure: Dual<SIMD2<Double>>(3e6, partials: SIMD2(1, 0)),
            temperature: Dual<SIMD2<Double>>(310, partials: SIMD2(0, 1)))
        #expect(deviation(velocity.partials[0], law.exponent * velocity.value / 3e6) < 1e-13)
        #expect(deviation(velocity.partials[1], 37e3 / (8.314462618 * 310 * 310) * velocity.value) < 1e-13)
    }
}
