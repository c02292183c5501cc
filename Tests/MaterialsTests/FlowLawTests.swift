import Foundation
import LinearAlgebra
import Materials
import TestSupport
import Testing

@Suite struct FlowLawTests {
    @Test("The power law meets the creep tests of Masias et al. within a factor of 1.75, the scatter of the data")
    func masias() {
        let law = Lithium.power.at(temperature: 299)
        let measured: [(megapascal: Double, rate: Double)] = [
            (0.200, 2.00e-7), (0.301, 4.95e-6), (0.396, 1.58e-5), (0.400, 1.34e-5), (0.400, 1.36e-5),
            (0.400, 1.72e-5), (0.600, 3.89e-4),
        ]
        for (stress, rate) in measured {
            let found = law.rate(stress: 1e6 * stress, resistance: law.initialResistance)
            #expect(abs(log(found / rate)) < log(1.75))
        }
        #expect(deviation(law.rate(stress: 1e6, resistance: 1e6), 7.7e-3) < 1e-14)
    }

    @Test(
        "Anand's rate constant", arguments: [(298.0, 0.01389), (313.0, 0.02841), (333.0, 0.06673)])
    func rateConstant(temperature: Double, expected: Double) {
        #expect(deviation(Lithium.anand.at(temperature: temperature).rateConstant, expected) < 1e-3)
        let parameters = InelasticFlow.Parameters.anand(Lithium.anand)
        let dual = parameters.rateConstant(temperature: Dual<Double>.variable(temperature))
        #expect(dual.value == parameters.at(temperature: temperature).rateConstant)
        let slope = 37e3 / (8.314462618 * temperature * temperature)
        #expect(deviation(dual.partials / dual.value, slope) < 1e-13)
    }

    @Test(
        "Anand's law starts within 30 % of the rates of Masias et al. and saturates below them",
        arguments: [
            (0.2, 2.0e-7, 1.67e-7, 1.43e-7), (0.4, 1.5e-5, 1.89e-5, 4.79e-6), (0.6, 3.9e-4, 3.39e-4, 3.86e-5),
        ])
    func anandRates(megapascal: Double, measured: Double, initial: Double, saturated: Double) {
        let law = Lithium.anand.at(temperature: 298)
        let start = law.rate(stress: 1e6 * megapascal, resistance: law.initialResistance)
        #expect(deviation(start, measured) < 0.3)
        Verification.record(
            .flow, "initial rate of Anand's law at \(megapascal) MPa against Masias et al. 2019",
            expected: "\(measured) 1/s", found: String(format: "%.2e 1/s", start),
            deviation: deviation(start, measured),
            bound: 0.3)
        #expect(deviation(start, initial) < 5e-3)
        let end = law.saturatedRate(stress: 1e6 * megapascal)
        #expect(deviation(end, saturated) < 5e-3)
        Verification.record(
            .flow, "saturated rate of Anand's law at \(megapascal) MPa", expected: "\(saturated) 1/s",
            found: String(format: "%.3e 1/s", end), deviation: deviation(end, saturated), bound: 5e-3)
    }

    @Test(
        "Anand's saturated stress at constant rate",
        arguments: [(2e-5, 0.528), (2e-4, 0.821), (2e-3, 1.255), (2e-2, 1.875)])
    func anandSaturation(rate: Double, megapascal: Double) {
        let law = Lithium.anand.at(temperature: 298)
        #expect(abs(law.saturatedStress(rate: rate) / 1e6 - megapascal) < 5e-4)
    }

    @Test("Stress at a rate and rate at a stress are inverse, saturated or not, in lithium and in an alloy")
    func inverses() {
        let alloy = AlloyScaling(strength: 3.2, rate: 0.15)
        for parameters in Lithium.all {
            let law = parameters.at(temperature: 313)
            for rate in [1e-12, 1e-7, 1e-3, 1, 1e4] {
                let stress = law.flowStress(rate: rate, resistance: 1.4e6, alloy: alloy)
                #expect(deviation(law.rate(stress: stress, resistance: 1.4e6, alloy: alloy), rate) < 1e-12)
                let saturated = law.saturatedStress(rate: rate, alloy: alloy)
                #expect(deviation(law.saturatedRate(stress: saturated, alloy: alloy), rate) < 1e-11)
            }
        }
    }

    @Test("At its saturated resistance the metal does not harden; below it hardens, above it softens")
    func hardeningSign() {
        let law = Lithium.anand.at(temperature: 298)
        let saturation = law.saturatedResistance(logRate: -4.0)
        #expect(law.hardening(logRate: -4, resistance: saturation) == 0)
        #expect(deviation(law.hardening(logRate: -4, resistance: 0.5 * saturation), 0.25 * 10e6) < 1e-14)
        #expect(deviation(law.hardening(logRate: -4, resistance: 1.5 * saturation), -0.25 * 10e6) < 1e-14)
    }

    @Test("The implicit resistance solves its equation and stays between start and saturation")
    func implicitHardening() {
        var random = SplitMix(state: 11)
        for parameters in [Lithium.anand, Lithium.anandOther] {
            let law = parameters.at(temperature: 298)
            for _ in 0..<2000 {
                let before = pow(10, Double.random(in: 5...7.5, using: &random))
                let y = Double.random(in: -60...20, using: &random)
                let strain = pow(10, Double.random(in: -9...2, using: &random))
                let after = law.hardened(before, strain: strain, logRate: y)
                let saturation = law.saturatedResistance(logRate: y)
                let inside = after >= min(before, saturation) && after <= max(before, saturation)
                #expect(inside)
                // the residual against how strongly it depends on s
                let residual = after - before - law.hardening(logRate: y, resistance: after) * strain
                let slope = law.hardening(logRate: Dual<Double>(y), resistance: Dual<Double>.variable(after)).partials
                #expect(abs(residual) < 1e-13 * (1 - slope * strain) * max(before, after))
            }
        }
    }

    @Test("Rates far above any flow stress are large numbers without NaN, in their derivatives too")
    func overflow() {
        for parameters in Lithium.all {
            let law = parameters.at(temperature: 298)
            var last = 0.0
            for ratio in [0, 1e-300, 1e-3, 0.999999, 1.000001, 19.9999, 20.0001, 100, 500, 1e4, 1e8] {
                let stress = Dual<SIMD2<Double>>(1.1e6 * ratio, partials: SIMD2(1, 0))
                let resistance = Dual<SIMD2<Double>>(1.1e6, partials: SIMD2(0, 1))
                let rate = law.rate(stress: stress, resistance: resistance)
                #expect(rate.value >= last && rate.value < .infinity)
                #expect(rate.partials[0] >= 0 && rate.partials[1] <= 0)
                last = rate.value
            }
        }
    }

    @Test("Derivatives of the rate by dual numbers equal central differences", arguments: [0.05, 0.4, 1.5, 12, 40])
    func derivatives(megapascal: Double) {
        for parameters in Lithium.all {
            let law = parameters.at(temperature: 298)
            let (stress, resistance) = (1e6 * megapascal, 1.3e6)
            let dual = law.rate(
                stress: Dual<SIMD2<Double>>(stress, partials: SIMD2(1, 0)),
                resistance: Dual<SIMD2<Double>>(resistance, partials: SIMD2(0, 1)))
            func difference(_ direction: SIMD2<Double>) -> Double {
                let h = 1e-6 * direction * SIMD2(stress, resistance)
                let up = law.rate(stress: stress + h[0], resistance: resistance + h[1])
                let down = law.rate(stress: stress - h[0], resistance: resistance - h[1])
                return (up - down) / (2 * (h[0] + h[1]))
            }
            let scale = dual.value / stress
            #expect(abs(dual.partials[0] - difference(SIMD2(1, 0))) < 1e-7 * dual.partials[0])
            #expect(abs(dual.partials[1] - difference(SIMD2(0, 1))) < 1e-7 * max(scale, abs(dual.partials[1])))
        }
    }

    @Test("Strength multiplies stresses, the rate factor rates; strengthening is Labusch's within the stated error")
    func alloys() {
        let law = InelasticFlow.Parameters.anand(Lithium.anand).at(temperature: 298)
        let alloy = SolidSolution(coefficient: 20).scaling(magnesium: 0.125, rateFactor: 0.4)
        #expect(deviation(alloy.strength, 1 + 20 * 0.25) < 1e-6)
        let found = law.rate(stress: 3e6, resistance: 1.2e6, alloy: alloy)
        #expect(deviation(found, 0.4 * law.rate(stress: 3e6 / alloy.strength, resistance: 1.2e6)) < 1e-15)

        let unit = SolidSolution(coefficient: 1)
        for decade in stride(from: -9.0, through: 0, by: 0.01) {
            let x = pow(10, decade)
            let error = pow(x, 2.0 / 3) - (unit.scaling(magnesium: x, rateFactor: 1).strength - 1)
            #expect(error > -1e-15 && error < 3.31e-4)
        }
        let zero = unit.scaling(magnesium: Dual<Double>.variable(0), rateFactor: Dual(1))
        #expect(zero.strength.value == 1)
        #expect(deviation(zero.strength.partials, pow(1e-4, -1.0 / 3)) < 1e-12)
    }

    @Test("The saturated rate of an alloy carries derivatives with respect to stress and composition")
    func saturatedDerivatives() {
        let law = Lithium.anand.at(temperature: 298)
        let solution = SolidSolution(coefficient: 20)
        func rate(_ stress: Double, _ x: Double) -> Double {
            law.saturatedRate(stress: stress, alloy: solution.scaling(magnesium: x, rateFactor: pow(10, -x / 0.3)))
        }
        let x = Dual<SIMD2<Double>>(0.05, partials: SIMD2(0, 1))
        let factor = Dual<SIMD2<Double>>.exp((-log(10) / 0.3) * x)
        let dual = law.saturatedRate(
            stress: Dual<SIMD2<Double>>(3e6, partials: SIMD2(1, 0)),
            alloy: solution.scaling(magnesium: x, rateFactor: factor))
        #expect(deviation(dual.value, rate(3e6, 0.05)) < 1e-12)
        #expect(deviation(dual.partials[0], (rate(3e6 + 10, 0.05) - rate(3e6 - 10, 0.05)) / 20) < 1e-6)
        #expect(deviation(dual.partials[1], (rate(3e6, 0.05 + 1e-6) - rate(3e6, 0.05 - 1e-6)) / 2e-6) < 1e-6)
    }
}
