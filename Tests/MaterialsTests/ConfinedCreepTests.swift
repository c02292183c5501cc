import Foundation
import LinearAlgebra
import Materials
import TestSupport
import Testing

private typealias Number = Dual<SIMD4<Double>>

@Suite("Creep of a thin layer held by friction") struct ConfinedCreepTests {
    /// n of Masias et al., J. Mater. Sci. 54 (2019) 2585, Q of LePage et al., J. Electrochem. Soc. 166 (2019) A89;
    /// friction stress and rate of the order that pressures of S.-Y. Ham, dissertation, UC San Diego 2024, give.
    private let law = ConfinedCreep(
        rate: Arrhenius(2.8e-12, at: room, activationEnergy: 37e3), stressScale: 1e6, exponent: 6.56,
        frictionStress: 0.09e6)
    private static let room = 298.15
    private let radius = 5e-3

    /// The rate at the law's room temperature.
    private func rate(pressure: Double, thickness: Double) -> Double {
        law.thinningRate(pressure: pressure, thickness: thickness, radius: radius, temperature: Self.room)
    }

    @Test("p_h is the mean over the disk of the friction hill dp/dr = -2 τ_f / h", arguments: [10e-6, 50e-6, 400e-6])
    func hill(thickness: Double) {
        // Rings of equal width: the pressure rises inwards from zero at the rim by equilibrium of each slice.
        let rings = 20_000
        let width = radius / Double(rings)
        var (pressure, force) = (0.0, 0.0)
        for ring in stride(from: rings - 1, through: 0, by: -1) {
            let rise = 2 * 0.09e6 / thickness * width
            let middle = (Double(ring) + 0.5) * width
            force += (pressure + 0.5 * rise) * 2 * Double.pi * middle * width
            pressure += rise
        }
        let mean = force / (Double.pi * radius * radius)
        let held: Double = law.heldPressure(thickness: thickness, radius: radius, temperature: Self.room)
        #expect(deviation(held, mean) < 1e-8)
    }

    @Test(
        "Up to the pressure that friction holds nothing flows, and the rate starts with no slope",
        arguments: [25e-6, 50e-6])
    func threshold(thickness: Double) {
        let held: Double = law.heldPressure(thickness: thickness, radius: radius, temperature: Self.room)
        for share in [-1, 0, 0.5, 1] {
            let rate = law.thinningRate(
                pressure: Number(share * held, partials: SIMD4(1, 0, 0, 0)), thickness: Number(thickness),
                radius: radius, temperature: Number(Self.room))
            #expect(rate.value == 0 && rate.partials == .zero)
        }
        // n = 6.56: a tenth of the excess has 10^-6.56 of the rate and 10^-5.56 of the slope.
        func beyond(_ excess: Double) -> Number {
            law.thinningRate(
                pressure: Number(held + excess, partials: SIMD4(1, 0, 0, 0)), thickness: Number(thickness),
                radius: radius, temperature: Number(Self.room))
        }
        let (near, far) = (beyond(0.1e6), beyond(1e6))
        #expect(deviation(far.value, 2.8e-12) < 1e-6)
        #expect(deviation(near.value / far.value, Double.pow(10, -6.56)) < 1e-6)
        #expect(deviation(near.partials[0] / far.partials[0], Double.pow(10, -5.56)) < 1e-6)
    }

    @Test("Derivatives by dual numbers are those by differences")
    func derivatives() {
        var random = SplitMix(state: 11)
        for _ in 0..<50 {
            let thickness = Double.random(in: 15e-6...80e-6, using: &random)
            let temperature = Double.random(in: 280...320, using: &random)
            let held: Double = law.heldPressure(thickness: thickness, radius: radius, temperature: temperature)
            let pressure = held + Double.random(in: 0.5e6...15e6, using: &random)
            let found = law.thinningRate(
                pressure: Number(pressure, partials: SIMD4(1, 0, 0, 0)),
                thickness: Number(thickness, partials: SIMD4(0, 1, 0, 0)), radius: radius,
                temperature: Number(temperature, partials: SIMD4(0, 0, 1, 0)))
            func slope(_ size: Double, _ value: (Double) -> Double) -> Double {
                let step = 1e-5 * size
                return (value(step) - value(-step)) / (2 * step)
            }
            func at(_ p: Double, _ h: Double, _ t: Double) -> Double {
                law.thinningRate(
                    pressure: pressure + p, thickness: thickness + h, radius: radius, temperature: temperature + t)
            }
            #expect(deviation(found.partials[0], slope(pressure - held) { at($0, 0, 0) }) < 1e-6)
            #expect(deviation(found.partials[1], slope(0.1 * thickness) { at(0, $0, 0) }) < 1e-5)
            #expect(deviation(found.partials[2], slope(0.1 * temperature) { at(0, 0, $0) }) < 1e-5)
            #expect(found.value == at(0, 0, 0))
        }
    }

    @Test("At a given rate the pressure follows temperature as the friction stress does", arguments: [273.15, 313.15])
    func temperature(_ other: Double) {
        let (pressure, thickness) = (20e6, 40e-6)
        let ratio = Double.exp(37e3 / (6.56 * 8.314462618) * (1 / other - 1 / Self.room))
        let held: Double = law.heldPressure(thickness: thickness, radius: radius, temperature: other)
        let heldAtRoom: Double = law.heldPressure(thickness: thickness, radius: radius, temperature: Self.room)
        #expect(deviation(held / heldAtRoom, ratio) < 1e-13)
        let found: Double = law.thinningRate(
            pressure: ratio * pressure, thickness: thickness, radius: radius, temperature: other)
        #expect(deviation(found, rate(pressure: pressure, thickness: thickness)) < 1e-12)
    }

    @Test("In a fixed gap with h constant the excess x relaxes as x^(1-n) = x0^(1-n) + (n - 1) K h A t / σ0^n")
    func relaxation() {
        let (stiffness, thickness, duration) = (1.354e11, 50e-6, 24.0 * 3600)
        let held: Double = law.heldPressure(thickness: thickness, radius: radius, temperature: Self.room)
        let first = 25e6 - held
        let grown = 5.56 * stiffness * thickness * 2.8e-12 * duration / Double.pow(1e6, 6.56)
        let expected = held + Double.pow(Double.pow(first, -5.56) + grown, -1 / 5.56)
        func slope(_ pressure: Double) -> Double {
            -stiffness * thickness * rate(pressure: pressure, thickness: thickness)
        }
        let step = 4.0
        var pressure = 25e6
        for _ in 0..<Int(duration / step) {
            let k1 = slope(pressure)
            let k2 = slope(pressure + 0.5 * step * k1)
            let k3 = slope(pressure + 0.5 * step * k2)
            let k4 = slope(pressure + step * k3)
            pressure += step / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        }
        #expect(deviation(pressure, expected) < 1e-9)
        #expect(pressure > held && pressure < 25e6)
        Verification.record(
            .flow, "pressure of a fixed gap after 24 h, friction hill of constant height",
            expected: String(format: "%.5f MPa", expected / 1e6), found: String(format: "%.5f MPa", pressure / 1e6),
            deviation: deviation(pressure, expected), bound: 1e-9)
    }
}
