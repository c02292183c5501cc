import Foundation
import LinearAlgebra
import Materials
import TestSupport
import Testing

@Suite struct VoidClosureTests {
    /// Masias et al., J. Mater. Sci. 54 (2019) 2585, at the temperature of the tests, 26 degC.
    private let power = PowerLaw.Parameters(
        rate: Arrhenius(7.73e-3, at: 299, activationEnergy: 37e3), stressScale: 1e6, exponent: 6.56
    ).at(temperature: 299)
    private let garofalo = Lithium.garofalo.at(temperature: 298.15)
    /// Ratios a/b; zero for a void alone.
    static let ratios = [0.0, 1e-6, 0.01, 0.05, 0.3, 0.7, 0.95]

    private func record(_ what: String, expected: Double, found: Double, bound: Double) {
        Verification.record(
            .voidClosure, what, expected: String(format: "%.9g", expected), found: String(format: "%.9g", found),
            deviation: deviation(found, expected), bound: bound)
    }

    @Test("A power law alone: (A/2)(3p/2n)^n and (√3/2) A (√3 p/n)^n")
    func alone() {
        for p in [0.1, 1, 3, 30.0] {
            let sphere = 0.5 * 7.73e-3 * pow(3 * p / (2 * 6.56), 6.56)
            let cylinder = 0.5 * 3.0.squareRoot() * 7.73e-3 * pow(3.0.squareRoot() * p / 6.56, 6.56)
            #expect(deviation(power.closureRate(of: .sphere, pressure: 1e6 * p), sphere) < 1e-13)
            #expect(deviation(power.closureRate(of: .cylinder, pressure: 1e6 * p), cylinder) < 1e-13)
            let found = VoidClosure(power, shape: .sphere).rate(pressure: 1e6 * p)
            let other = VoidClosure(power, shape: .cylinder).rate(pressure: 1e6 * p)
            #expect(deviation(found, sphere) < 1e-10)
            #expect(deviation(other, cylinder) < 1e-10)
            record(
                "sphere alone, n = 6.56, \(p) MPa, |ȧ|/a by quadrature (1/s)", expected: sphere, found: found,
                bound: 1e-10)
            record(
                "cylinder alone, n = 6.56, \(p) MPa, |ȧ|/a by quadrature (1/s)", expected: cylinder, found: other,
                bound: 1e-10)
        }
    }

    @Test("A power law with an outer radius, down to thin shells", arguments: ratios)
    func shells(ratio: Double) {
        for n in [1.0, 3, 6.56, 20] {
            let law = PowerLaw.Parameters(
                rate: Arrhenius(1e-3, at: 299, activationEnergy: 0), stressScale: 2e6, exponent: n
            ).at(temperature: 299)
            let sphereShare = 1 - pow(ratio, 3 / n)
            let cylinderShare = 1 - pow(ratio, 2 / n)
            let sphere: Double = 0.5 * 1e-3 * pow(3 * 2.5 / (2 * n * sphereShare), n)
            let base: Double = 3.0.squareRoot() * 2.5 / (n * cylinderShare)
            let cylinder: Double = 0.5 * 3.0.squareRoot() * 1e-3 * pow(base, n)
            for (shape, expected) in [(VoidShape.sphere, sphere), (.cylinder, cylinder)] {
                let closed = law.closureRate(of: shape, pressure: 5e6, radiusRatio: ratio)
                #expect(deviation(closed, expected) < 1e-12 * n)
                let found = VoidClosure(law, shape: shape).rate(pressure: 5e6, radiusRatio: ratio)
                #expect(deviation(found, expected) < 1e-10)
                let back = law.closurePressure(of: shape, rate: expected, radiusRatio: ratio)
                #expect(deviation(back, 5e6) < 1e-12)
                if n == 6.56 && ratio > 0 {
                    record(
                        "\(shape.rawValue), a/b = \(ratio), n = 6.56, |ȧ|/a by quadrature (1/s)", expected: expected,
                        found: found, bound: 1e-10)
                }
            }
        }
    }

    /// p = g ∫ σ_e/r dr over s = ln(r/a) by Simpson's rule, as far as the stress matters.
    private func pressure(_ law: some NonHardeningLaw, _ shape: VoidShape, rate: Double, ratio: Double) -> Double {
        let (g, d) = shape == .sphere ? (2.0, 3.0) : (2 / 3.0.squareRoot(), 2.0)
        let y = log(g * rate / law.rateConstant)
        let end = ratio > 0 ? -log(ratio) : 120
        let intervals = 60_000
        let step = end / Double(intervals)
        var sum = 0.0
        for index in 0...intervals {
            let weight: Double = index == 0 || index == intervals ? 1 : index % 2 == 0 ? 2 : 4
            let stress = law.stress(logRate: y - d * step * Double(index), resistance: law.initialResistance)
            sum += weight * stress
        }
        return g * sum * step / 3
    }

    @Test("The sinh law meets Simpson's rule over the radius", arguments: VoidShape.allCases, [0.0, 0.05, 0.7])
    func sinh(shape: VoidShape, ratio: Double) {
        let closure = VoidClosure(garofalo, shape: shape)
        for p in [0.1e6, 1e6, 3e6, 20e6] {
            let rate = closure.rate(pressure: p, radiusRatio: ratio)
            let back = pressure(garofalo, shape, rate: rate, ratio: ratio)
            #expect(deviation(back, p) < 1e-10)
            #expect(deviation(closure.pressure(rate: rate, radiusRatio: ratio), p) < 1e-12)
            if p == 3e6 {
                record(
                    "\(shape.rawValue), a/b = \(ratio), sinh law, p at its rate by Simpson's rule (Pa)", expected: p,
                    found: back,
                    bound: 1e-10)
            }
        }
    }

    @Test("At small stress the sinh law closes as its power law of exponent 1/m, at large stress faster")
    func limits() {
        let limit = PowerLaw.Parameters(
            rate: Arrhenius(garofalo.rateConstant, at: 298.15, activationEnergy: 0), stressScale: 1.1e6,
            exponent: 1 / 0.15
        ).at(temperature: 298.15)
        for shape in VoidShape.allCases {
            let closure = VoidClosure(garofalo, shape: shape)
            let small = closure.rate(pressure: 1e3) / limit.closureRate(of: shape, pressure: 1e3)
            #expect(abs(small - 1) < 1e-6)
            Verification.record(
                .voidClosure, "\(shape.rawValue), sinh law over its power law (1/m = 6.67) at 1 kPa", expected: "1",
                found: String(format: "%.9f", small), deviation: abs(small - 1), bound: 1e-6)
            var before = 1.0
            for p in [0.3e6, 1e6, 3e6, 10e6, 30e6] {
                let ratio = closure.rate(pressure: p) / limit.closureRate(of: shape, pressure: p)
                #expect(ratio > before)
                before = ratio
            }
            #expect(before > 10)
        }
    }

    @Test("Dual numbers give the derivatives of the rate in pressure and in a/b")
    func derivatives() {
        var random = SplitMix(state: 29)
        for _ in 0..<200 {
            let p = 1e6 * exp(Double.random(in: -2...2, using: &random))
            let ratio = Double.random(in: 0.02...0.7, using: &random)
            for shape in VoidShape.allCases {
                let closure = VoidClosure(garofalo, shape: shape)
                let rate = closure.rate(
                    pressure: Dual(p, partials: SIMD2(1, 0)), radiusRatio: Dual(ratio, partials: SIMD2(0, 1)))
                #expect(deviation(rate.value, closure.rate(pressure: p, radiusRatio: ratio)) < 1e-13)
                let h = 1e-4
                func log(_ p: Double, _ ratio: Double) -> Double {
                    Foundation.log(closure.rate(pressure: p, radiusRatio: ratio))
                }
                // central differences of fourth order
                func slope(_ f: (Double) -> Double) -> Double {
                    (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)
                }
                let byPressure = slope { log(p * (1 + $0), ratio) }
                let byRatio = slope { log(p, ratio * (1 + $0)) }
                #expect(deviation(rate.partials[0] * p / rate.value, byPressure) < 1e-7)
                #expect(abs(rate.partials[1] * ratio / rate.value - byRatio) < 1e-7 * (1 + abs(byRatio)))
                let closed = power.closureRate(
                    of: shape, pressure: Dual(p, partials: SIMD2(1, 0)), radiusRatio: Dual(ratio, partials: SIMD2(0, 1))
                )
                let found = VoidClosure(power, shape: shape).rate(
                    pressure: Dual(p, partials: SIMD2(1, 0)), radiusRatio: Dual(ratio, partials: SIMD2(0, 1)))
                #expect(deviation(found.partials[0], closed.partials[0]) < 1e-10)
                #expect(deviation(found.partials[1], closed.partials[1]) < 1e-10)
            }
        }
    }

    @Test("Closure is faster under more pressure and in thinner shells, and stops without pressure")
    func monotone() {
        for shape in VoidShape.allCases {
            let closure = VoidClosure(garofalo, shape: shape)
            #expect(closure.rate(pressure: 0.0) == 0)
            var before = 0.0
            for exponent in stride(from: 2.0, through: 9, by: 0.1) {
                let rate = closure.rate(pressure: pow(10, exponent))
                #expect(rate > before && rate.isFinite)
                before = rate
            }
            before = 0
            for ratio in Self.ratios {
                let rate = closure.rate(pressure: 3e6, radiusRatio: ratio)
                #expect(rate > before)
                before = rate
            }
        }
    }

    @Test("The pressure that balances a current which dissolves the void's surface, ȧ = jΩ/F")
    func balance() {
        let currents = [0.1, 0.2, 0.5, 1, 2]
        let tables = [(1e-6, [2.62, 2.91, 3.35, 3.72, 4.14]), (1e-5, [1.85, 2.05, 2.36, 2.62, 2.91])]
        for (radius, pressures) in tables {
            for (j, expected) in zip(currents, pressures) {
                let growth = 10 * j * 13.0e-6 / 96485.33212 / radius
                let found = 1e-6 * power.closurePressure(of: .sphere, rate: growth)
                let closed = 2 * 6.56 / 3 * pow(2 * growth / 7.73e-3, 1 / 6.56)
                #expect(deviation(found, closed) < 1e-13)
                #expect(abs(found - expected) < 0.0051)
                Verification.record(
                    .voidClosure, "pressure that balances \(j) mA/cm² at the surface of a sphere of \(1e6 * radius) µm",
                    expected: "\(expected) MPa", found: String(format: "%.4f MPa", found),
                    deviation: abs(found / expected - 1), bound: 3e-3)
            }
        }
    }

    @Test("E-folding times of a sphere under 1, 2, 3 and 5 MPa: 48 d, 12 h, 51 min, 1.8 min")
    func foldingTimes() {
        let expected: [(Double, Double)] = [(1, 48 * 86400), (2, 12 * 3600), (3, 51 * 60), (5, 1.8 * 60)]
        for (p, time) in expected {
            let found = 1 / power.closureRate(of: .sphere, pressure: 1e6 * p)
            #expect(deviation(found, time) < 0.02)
            Verification.record(
                .voidClosure, "e-folding time of a sphere alone, power law at 26 °C, \(p) MPa",
                expected: String(format: "%.4g s", time), found: String(format: "%.4g s", found),
                deviation: deviation(found, time), bound: 0.02)
        }
    }

    @Test("A cylinder with a/b = 1/20 closes 29 times as fast as one alone")
    func spacing() {
        let alone = power.closureRate(of: .cylinder, pressure: 3e6)
        let near = power.closureRate(of: .cylinder, pressure: 3e6, radiusRatio: 0.05)
        #expect(abs(near / alone - 28.9) < 0.05)
        // π b² = L², (4/3) π b³ = L³
        let square = VoidShape.cylinder.outerRadius(spacing: 2)
        let cubic = VoidShape.sphere.outerRadius(spacing: 2)
        #expect(abs(Double.pi * square * square - 4) < 1e-14)
        #expect(abs(4 * Double.pi * cubic * cubic * cubic / 3 - 8) < 1e-13)
        #expect(VoidShape.sphere.surfacePressure(surfaceEnergy: 0.5, radius: 1e-6) == 1e6)
        #expect(VoidShape.cylinder.surfacePressure(surfaceEnergy: 0.5, radius: 1e-6) == 5e5)
    }

    @Test("Laws without hardening are taken over as they are, Anand's is not")
    func steadyFlow() throws {
        #expect(SteadyFlow(.anand(Lithium.anand.at(temperature: 298.15))) == nil)
        let laws = [InelasticFlow.power(power), .garofalo(garofalo)]
        for law in laws {
            let steady = try #require(SteadyFlow(law))
            #expect(steady.rateConstant == law.rateConstant)
            #expect(steady.initialResistance == law.initialResistance)
            for stress in [0.1e6, 1e6, 5e6] {
                let rate = steady.rate(stress: stress, resistance: steady.initialResistance)
                #expect(rate == law.rate(stress: stress, resistance: law.initialResistance))
                let y = steady.logRate(stress: stress, resistance: steady.initialResistance)
                #expect(deviation(steady.stress(logRate: y, resistance: steady.initialResistance), stress) < 1e-14)
            }
        }
    }
}
