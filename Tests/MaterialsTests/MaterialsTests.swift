import Foundation
import LinearAlgebra
import Materials
import Testing

@Suite struct LithiumMagnesiumTests {
    private let alloy = LithiumMagnesium(temperature: 298.15)

    @Test(
        "The thermodynamic factor of bcc Li-Mg is that of COST 507",
        arguments: [
            (0.99, 0.945), (0.95, 0.857), (0.90, 1.000), (0.80, 1.838), (0.70, 2.988), (0.60, 4.042), (0.50, 4.717),
            (0.40, 4.851), (0.30, 4.403), (0.20, 3.456), (0.10, 2.213), (0.05, 1.578),
        ])
    func thermodynamicFactor(x: Double, gamma: Double) {
        #expect(abs(alloy.thermodynamicFactor(moleFraction: x) - gamma) < 6e-4)
    }

    @Test("The ends are ideal: Γ = 1 in pure magnesium and in pure lithium")
    func ends() {
        #expect(alloy.thermodynamicFactor(moleFraction: 0.0) == 1)
        #expect(abs(alloy.thermodynamicFactor(moleFraction: 1.0) - 1) < 1e-15)
    }

    @Test("Self-diffusion at room temperature, a tenth of it at 30 at% Mg, none of the interdiffusion in pure lithium")
    func diffusivities() {
        #expect(abs(alloy.selfDiffusivity / 5.6e-15 - 1) < 0.02)
        #expect(abs(alloy.tracerDiffusivity(moleFraction: 0.7) / alloy.selfDiffusivity - 0.1) < 1e-12)
        #expect(alloy.interdiffusivity(moleFraction: 1.0) == 0)
    }

    @Test("Derivatives by dual numbers equal central differences", arguments: [0.05, 0.2, 0.45, 0.8, 0.97])
    func derivative(x: Double) {
        let dual = alloy.interdiffusivity(moleFraction: Dual<Double>.variable(x))
        let h = 1e-5
        let difference =
            (alloy.interdiffusivity(moleFraction: x + h) - alloy.interdiffusivity(moleFraction: x - h)) / (2 * h)
        #expect(dual.value == alloy.interdiffusivity(moleFraction: x))
        #expect(abs(dual.partials / difference - 1) < 1e-7)
    }
}

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
    @Test("Krauskopf's Arrhenius fit gives 3.0e-11 cm2/s at room temperature and the measured values around it")
    func arrhenius() {
        let composition = AlloyComposition(relation: .sharedVolume, lithiumVolume: 13e-6, hostVolume: 14e-6)
        let energy = 0.571 * 96485.33212
        // Krauskopf et al. 2019: 3.9e-12, 1.7e-10, 9.5e-10 and 2.6e-9 cm2/s at 0, 50, 80 and 100 degC
        for (celsius, measured) in [(0.0, 3.9e-16), (25, 3.0e-15), (50, 1.7e-14), (80, 9.5e-14), (100, 2.6e-13)] {
            let law = Diffusivity.arrhenius(
                prefactor: 0.1345e-4, activationEnergy: energy, temperature: 273.15 + celsius)
            #expect(law.isConstant)
            #expect(abs(law(concentration: 1e4, composition: composition) / measured - 1) < 0.04)
        }
    }
}
