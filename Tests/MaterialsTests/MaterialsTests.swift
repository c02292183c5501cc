import Formulas
import Foundation
import LinearAlgebra
import Materials
import Testing

@Suite struct AlloyCompositionTests {
    static let relations: [AlloyComposition.Relation] = [.sharedVolume, .perHostVolume]

    @Test("The names of composition convert into each other", arguments: relations, [0.0, 1e-6, 0.1, 0.5, 0.9, 0.99])
    func roundTrip(relation: AlloyComposition.Relation, x: Double) {
        let alloy = AlloyComposition(relation: relation, lithiumVolume: 13e-6, hostVolume: 14e-6)
        let c = alloy.concentration(moleFraction: x)
        #expect(abs(alloy.moleFraction(concentration: c) - x) < 1e-14)
        let y = alloy.lithiumPerHost(concentration: c)
        #expect(abs(y / (1 + y) - x) < 1e-14)
        #expect(abs(alloy.concentration(lithiumPerHost: y) - c) <= 1e-12 * max(1, c))
    }

    @Test("In a shared volume 69.6 mmol/cm3 is Li0.9Mg0.1 within a percent, and pure lithium is the supremum")
    func anchors() {
        let alloy = AlloyComposition(relation: .sharedVolume, lithiumVolume: 13e-6, hostVolume: 14e-6)
        #expect(abs(alloy.moleFraction(concentration: 69600.0) - 0.9) < 0.012)
        #expect(abs(alloy.supremum - 76923) < 1)
        #expect(abs(alloy.moleFraction(concentration: alloy.supremum) - 1) < 1e-12)
    }

    @Test("Per host volume, lithium per magnesium is c V_Mg")
    func perHost() {
        let alloy = AlloyComposition(relation: .perHostVolume, lithiumVolume: 13e-6, hostVolume: 14e-6)
        #expect(abs(alloy.lithiumPerHost(concentration: 12214.3) - 0.171) < 1e-5)
    }
}

@Suite struct MonotoneCubicTests {
    private let table = MonotoneCubic(x: [0, 1, 2.5, 3, 7], y: [1, 4, 4.5, 9, 9.1])

    @Test("The points are met, the ends hold outside, and the cubic stays between its neighbours")
    func shape() {
        for (x, y) in zip(table.x, table.y) { #expect(abs(table(x) - y) < 1e-14) }
        #expect(table(-5.0) == 1 && table(100.0) == 9.1)
        var last = table(0.0)
        for index in 1...1400 {
            let value = table(Double(index) * 0.005)
            #expect(value >= last - 1e-13)
            last = value
        }
    }

    @Test("A straight line is reproduced, also by two points")
    func line() {
        for table in [MonotoneCubic(x: [0, 1, 4], y: [2, 5, 14]), MonotoneCubic(x: [0, 4], y: [2, 14])] {
            for x in stride(from: 0.0, through: 4, by: 0.37) { #expect(abs(table(x) - (2 + 3 * x)) < 1e-13) }
        }
    }

    @Test("The slope is continuous and is what dual numbers say")
    func slope() {
        for x in [0.3, 0.999, 1.001, 2.4, 2.9, 5.0] {
            let dual = table(Dual<Double>.variable(x))
            let difference = (table(x + 1e-6) - table(x - 1e-6)) / 2e-6
            #expect(abs(dual.partials - difference) < 1e-5)
        }
        let jump = table(Dual<Double>.variable(2.5 + 1e-9)).partials - table(Dual<Double>.variable(2.5 - 1e-9)).partials
        #expect(abs(jump) < 1e-6)
    }
}

@Suite struct DiffusivityTests {
    /// Krauskopf et al., Adv. Energy Mater. 9 (2019) 1902568: Li0.9Mg0.1 from 0 to 100 degC.
    private static let krauskopf = Arrhenius(prefactor: 0.1345e-4, activationEnergy: 0.571 * 96485.33212)

    @Test("Krauskopf's Arrhenius fit gives 3.0e-11 cm2/s at room temperature and the measured values around it")
    func arrhenius() throws {
        let law = LithiumDiffusion(.arrhenius(Self.krauskopf), kind: .interdiffusion)
        for (celsius, measured) in [(0.0, 3.9e-16), (25, 3.0e-15), (50, 1.7e-14), (80, 9.5e-14), (100, 2.6e-13)] {
            let found = try #require(law.at(temperature: 273.15 + celsius, phase: nil))
            #expect(found.isConstant)
            #expect(abs(found.value(moleFraction: 0.9) / measured - 1) < 0.04)
        }
    }

    /// Self-diffusion of lithium, tenfold slower with 30 at% of a host.
    private static let tracer = TracerDiffusivity(
        selfDiffusion: Arrhenius(prefactor: 0.111e-4, activationEnergy: 0.55 * 96485.33212),
        tenfoldOverHostFraction: 0.3)

    @Test(
        "The law at a temperature is Darken's at that temperature, with a host that moves or not", arguments: [0, 0.05])
    func alloy(hostRatio: Double) throws {
        let phase = SolutionPhase(lithium: 0, host: 0, coefficients: [-15804, 3481, 2624], temperature: 330)
        let hostSelf = Arrhenius(
            prefactor: hostRatio * Self.tracer.selfDiffusion.reference,
            activationEnergy: Self.tracer.selfDiffusion.activationEnergy)
        let law = DarkenDiffusivity(
            lithium: Self.tracer, host: TracerDiffusivity(selfDiffusion: hostSelf, decay: Self.tracer.decay))
        let fixed = AlloyDiffusivity(law, phase: phase, temperature: 330)
        for x in stride(from: 0.0, through: 1, by: 0.05) {
            let factor = phase.thermodynamicFactor(moleFraction: x)
            let expected = law(moleFraction: x, thermodynamicFactor: factor, temperature: 330)
            #expect(abs(fixed(moleFraction: x) - expected) <= 1e-14 * abs(expected))
            let dual = fixed(moleFraction: Dual<Double>.variable(x))
            let h = 1e-5
            let difference = (fixed(moleFraction: x + h) - fixed(moleFraction: x - h)) / (2 * h)
            #expect(abs(dual.partials - difference) < 1e-7 * fixed(moleFraction: 0.8) + 1e-7 * abs(difference))
        }
        #expect(
            law.lithium(moleFraction: 0.7, temperature: 330) / law.lithium(moleFraction: 1, temperature: 330) < 0.1
                + 1e-12)
    }

    @Test("A formula is evaluated in its unit at the temperature of the law, with its derivative")
    func formula() throws {
        let text = try Formula(parsing: "2 * x^2 * T / 300", variables: DiffusivityFormula.variables)
        let law = try #require(
            LithiumDiffusion(.formula(text, unit: 1e-4), kind: .interdiffusion).at(temperature: 600, phase: nil))
        let composition = AlloyComposition(relation: .sharedVolume, lithiumVolume: 13e-6, hostVolume: 14e-6)
        let c = composition.concentration(moleFraction: 0.5)
        #expect(abs(law.law.value(concentration: c, composition: composition) - 1e-4) < 1e-17)
        let slope = law.law.value(concentration: Dual<Double>.variable(c), composition: composition).partials
        let dx = composition.moleFraction(concentration: Dual<Double>.variable(c)).partials
        #expect(abs(slope / (4e-4 * dx) - 1) < 1e-12)
    }

    @Test("Without a phase Darken's rule gives nothing")
    func noPhase() {
        let law = LithiumDiffusion(.darken(DarkenDiffusivity(lithium: Self.tracer)), kind: .interdiffusion)
        #expect(law.needsPhase)
        #expect(law.at(temperature: 300, phase: nil) == nil)
    }
}
