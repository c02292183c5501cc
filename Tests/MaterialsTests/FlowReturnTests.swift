import Foundation
import LinearAlgebra
import Materials
import TestSupport
import Testing

@Suite struct FlowReturnTests {
    @Test("With n = 1 the step is q_tr / (1 + 3 G A dt / σ0), with that slope", arguments: [0.0, 1e-3, 2e6, 5e9])
    func linear(trial: Double) throws {
        let law = linearLaw(rate: 1e-4)
        for dt in [0, 1e-6, 1, 1e6, 1e200] {
            let carried = 1 / (1 + 3 * Lithium.shearModulus * 1e-4 * dt / 1e6)
            let step = TrialStep(
                trialStress: Dual<Double>.variable(trial), shearModulus: Dual(Lithium.shearModulus), timeStep: Dual(dt),
                resistance: Dual(1e6))
            let end = try law.radialReturn(step)
            #expect(abs(end.stress.value - carried * trial) <= 3e-13 * carried * trial)
            #expect(deviation(end.stress.partials, carried) < 1e-13)
            let strain = dt * 1e-4 * carried * trial / 1e6
            #expect(abs(end.plasticStrain.value - strain) <= 1e-12 * strain)
        }
    }

    /// σ(t) = [σ_0^(1 - n) + (n - 1) 3 G A t / σ0^n]^(1 / (1 - n))
    private func exactRelaxation(_ law: PowerLaw, from start: Double, after time: Double) -> Double {
        let n = law.parameters.exponent
        let scale = law.parameters.stressScale
        let growth: Double = (n - 1) * 3 * Lithium.shearModulus * law.rateConstant * time / scale
        return scale * pow(pow(start / scale, 1 - n) + growth, 1 / (1 - n))
    }

    @Test("Relaxation by the power law converges in first order to its closed form")
    func relaxation() throws {
        let law = Lithium.power.at(temperature: 299)
        let exact = exactRelaxation(law, from: 0.4e6, after: 100)
        let fine = rungeKutta(law, stress: 0.4e6, resistance: 1e6, strainRate: 0, duration: 100, steps: 100_000)
        #expect(deviation(fine.stress, exact) < 1e-9)
        let counts = [200, 400, 800, 1600]
        let errors: [Double] = try counts.map { steps in
            let end = try backwardEuler(
                law, stress: 0.4e6, resistance: 1e6, strainRate: 0, duration: 100, steps: steps)
            return deviation(end.stress, exact)
        }
        let order = observedOrder(errors: errors, sizes: counts.map { 1 / Double($0) })
        #expect(abs(order - 1) < 0.05)
        #expect(errors[3] < 1e-3)
        Verification.record(
            .flow, "order of backward Euler, power-law relaxation", expected: "1", found: String(format: "%.3f", order),
            deviation: abs(order - 1), bound: 0.05)
    }

    @Test("Anand's law at constant strain rate follows explicit integration in first order and saturates")
    func stretching() throws {
        let law = Lithium.anand.at(temperature: 298)
        let rate = 2e-3
        // a strain of 4 %: past yield, hardening
        let fine = rungeKutta(law, stress: 0, resistance: 1.1e6, strainRate: rate, duration: 20, steps: 400_000)
        #expect(fine.resistance > 1.15e6)
        let counts = [250, 500, 1000]
        let errors: [SIMD2<Double>] = try counts.map { steps in
            let end = try backwardEuler(
                law, stress: 0, resistance: 1.1e6, strainRate: rate, duration: 20, steps: steps)
            return SIMD2(deviation(end.stress, fine.stress), deviation(end.resistance, fine.resistance))
        }
        let sizes = counts.map { 1 / Double($0) }
        let order = observedOrder(errors: errors.map { $0[0] }, sizes: sizes)
        #expect(abs(order - 1) < 0.1)
        Verification.record(
            .flow, "order of backward Euler, Anand's law stretched", expected: "1",
            found: String(format: "%.3f", order),
            deviation: abs(order - 1), bound: 0.1)
        #expect(abs(observedOrder(errors: errors.map { $0[1] }, sizes: sizes) - 1) < 0.1)
        #expect(errors[2][0] < 1e-3 && errors[2][1] < 1e-3)
        // with a = 2 the distance to saturation falls as 1/strain
        let end = try backwardEuler(
            law, stress: 0, resistance: 1.1e6, strainRate: rate, duration: 1e6, steps: 20_000)
        #expect(deviation(end.stress, law.saturatedStress(rate: rate)) < 2e-4)
    }

    @Test("Anand's law relaxes as by explicit integration, in first order", arguments: [(0.4e6, 0.7e6), (1e6, 3e6)])
    func anandRelaxation(stress: Double, resistance: Double) throws {
        let law = Lithium.anand.at(temperature: 298)
        let fine = rungeKutta(
            law, stress: stress, resistance: resistance, strainRate: 0, duration: 200, steps: 1_000_000)
        let counts = [1000, 2000, 4000]
        let errors: [Double] = try counts.map { steps in
            let end = try backwardEuler(
                law, stress: stress, resistance: resistance, strainRate: 0, duration: 200, steps: steps)
            return deviation(end.stress, fine.stress)
        }
        #expect(abs(observedOrder(errors: errors, sizes: counts.map { 1 / Double($0) }) - 1) < 0.1)
        #expect(errors[2] < 2e-3)
    }

    /// A step anywhere in the range of problems, or at the ends of what numbers hold.
    private func anyStep(_ random: inout SplitMix, extreme: Bool) -> TrialStep<Double> {
        func decades(_ range: ClosedRange<Double>) -> Double { pow(10, Double.random(in: range, using: &random)) }
        return TrialStep(
            trialStress: decades(extreme ? -310...14 : 3...10), shearModulus: decades(extreme ? 3...14 : 9...11),
            timeStep: decades(extreme ? -310...300 : -8...10), resistance: decades(extreme ? 0...12 : 5...8),
            alloy: AlloyScaling(strength: decades(0...2.5), rate: decades(-4...1)))
    }

    @Test(
        "Any step: 0 <= q <= q_tr, dp, dissipation >= 0, s > 0, the equations hold and Newton needs few iterations",
        arguments: [(false, 8), (true, 30)])
    func anyInput(extreme: Bool, iterations: Int) throws {
        var random = SplitMix(state: 2026)
        var most = 0
        for round in 0..<20_000 {
            let law = Lithium.all[round % 4].at(temperature: Double.random(in: 240...400, using: &random))
            let step = anyStep(&random, extreme: extreme)
            let end = try law.radialReturn(step)
            let admissible = end.stress >= 0 && end.stress <= step.trialStress && end.plasticStrain >= 0
            #expect(admissible, "\(law) \(step) \(end)")
            #expect(end.resistance > 0 && end.resistance < .infinity, "\(law) \(step) \(end)")
            #expect(end.dissipation >= 0)
            let elastic = step.trialStress - 3 * step.shearModulus * end.plasticStrain
            #expect(abs(end.stress - elastic) <= 1e-11 * step.trialStress, "\(law) \(step) \(end)")
            // dp = dt rate(q, s), with the sensitivity of the rate to rounding of q and s
            if end.plasticStrain > 1e-290 {
                let logRate = law.logRate(stress: end.stress / step.alloy.strength, resistance: end.resistance)
                let found = log(end.plasticStrain) - log(step.timeStep) - log(step.alloy.rate * law.rateConstant)
                let argument = end.stress / (step.alloy.strength * end.resistance)
                #expect(abs(found - logRate) < 1e-10 * (1 + argument), "\(law) \(step) \(end)")
            }
            // s = s_n + h dp
            let y = log(end.plasticStrain) - log(step.timeStep) - log(step.alloy.rate * law.rateConstant)
            let resistance = law.hardened(step.resistance, strain: end.plasticStrain, logRate: y)
            #expect(deviation(end.resistance, resistance) < 1e-11, "\(law) \(step) \(end)")
            most = max(most, end.iterations)
        }
        #expect(most <= iterations)
    }

    @Test("No step and no stress are taken exactly")
    func nothing() throws {
        for parameters in Lithium.all {
            let law = parameters.at(temperature: 298)
            for (stress, dt) in [(0.0, 1.0), (0, 0), (1e6, 0), (1e12, 0), (0, 1e300)] {
                let step = TrialStep(
                    trialStress: Dual<SIMD2<Double>>(stress, partials: SIMD2(1, 0)),
                    shearModulus: Dual(Lithium.shearModulus),
                    timeStep: Dual<SIMD2<Double>>(dt, partials: SIMD2(0, 1)), resistance: Dual(1.1e6))
                let end = try law.radialReturn(step)
                #expect(end.stress.value == stress && end.plasticStrain.value == 0 && end.resistance.value == 1.1e6)
                #expect(end.stress.partials[0] == 1)
                let rate = law.rate(stress: stress, resistance: 1.1e6)
                #expect(abs(end.plasticStrain.partials[1] - rate) <= 1e-12 * rate)
            }
        }
    }

    @Test("Derivatives with respect to every input are those of central differences")
    func derivatives() throws {
        let inputs: [(trial: Double, dt: Double, resistance: Double)] = [
            (1e6, 1, 1.1e6), (3e8, 10, 0.9e6), (4e6, 1e-4, 1.5e6), (2e6, 1e5, 3e6), (5e5, 30, 1.1e6),
        ]
        for parameters in Lithium.all {
            let law = parameters.at(temperature: 303)
            for input in inputs {
                let base = SIMD8(input.trial, Lithium.shearModulus, input.dt, input.resistance, 1.7, 0.6, 1, 1)
                let dual = try law.radialReturn(
                    liftedStep { index in
                        var seed = SIMD8<Double>()
                        seed[index] = 1
                        return Dual(base[index], partials: seed)
                    })
                for index in 0..<6 {
                    var h = SIMD8<Double>()
                    h[index] = 1e-5 * base[index]
                    let up = try law.radialReturn(liftedStep { (base + h)[$0] })
                    let down = try law.radialReturn(liftedStep { (base - h)[$0] })
                    func check(_ found: Dual<SIMD8<Double>>, _ up: Double, _ down: Double) {
                        let difference = (up - down) / 2e-5
                        #expect(abs(base[index] * found.partials[index] - difference) < 1e-8 * found.value)
                    }
                    check(dual.stress, up.stress, down.stress)
                    check(dual.plasticStrain, up.plasticStrain, down.plasticStrain)
                    check(dual.resistance, up.resistance, down.resistance)
                }
            }
        }
    }

    /// A step of its six inputs.
    private func liftedStep<S: LawScalar>(_ input: (Int) -> S) -> TrialStep<S> {
        TrialStep(
            trialStress: input(0), shearModulus: input(1), timeStep: input(2), resistance: input(3),
            alloy: AlloyScaling(strength: input(4), rate: input(5)))
    }

    @Test("An alloy is lithium in q/f, G/f and r dt")
    func similarity() throws {
        let law = Lithium.anand.at(temperature: 298)
        let alloy = try law.radialReturn(
            TrialStep(
                trialStress: 40e6, shearModulus: 4e9, timeStep: 2.0, resistance: 1.2e6,
                alloy: AlloyScaling(strength: 8, rate: 0.25)))
        let lithium = try law.radialReturn(
            TrialStep(trialStress: 5e6, shearModulus: 0.5e9, timeStep: 0.5, resistance: 1.2e6))
        #expect(deviation(alloy.stress, 8 * lithium.stress) < 1e-13)
        #expect(deviation(alloy.plasticStrain, lithium.plasticStrain) < 1e-13)
        #expect(deviation(alloy.resistance, lithium.resistance) < 1e-13)
    }

    @Test("What is not a number is refused, and the message names it")
    func refusal() throws {
        let law = Lithium.power.at(temperature: 298)
        let error = #expect(throws: RadialReturnError.self) {
            try law.radialReturn(
                TrialStep(trialStress: Double.nan, shearModulus: 1e9, timeStep: 1, resistance: 1e6))
        }
        #expect(error?.description.contains("trial von Mises stress is nan Pa") == true)
        let zero = #expect(throws: RadialReturnError.self) {
            try law.radialReturn(TrialStep(trialStress: 1e6, shearModulus: 0.0, timeStep: -1, resistance: 1e6))
        }
        #expect(zero?.description.contains("shear modulus is 0.0 Pa and the time step is -1.0 s") == true)
    }
}
