import Foundation
import LinearAlgebra
import Materials
import Quantities
import TestSupport
import Testing

private typealias Number = Dual<Double>

private let room = 298.15
/// F / RT at room temperature, 1/V.
private let reduced = Constants.faraday / (Constants.gasConstant * room)

private func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool { abs(a - b) <= tolerance * abs(b) }

/// i in A/m2 of 1 A/m2 exchange current density at room temperature.
private func current(_ law: some ChargeTransferLaw, _ overpotential: Double) -> Double {
    law.currentDensity(overpotential: overpotential, exchangeCurrentDensity: 1, temperature: room)
}

@Suite struct ButlerVolmerTests {
    static let laws = [(0.5, 0.5), (0.3, 0.7), (0.9, 0.1), (1, 1), (0.4, 1)].map {
        ButlerVolmer(anodicCoefficient: $0.0, cathodicCoefficient: $0.1)
    }

    @Test(
        "It is the difference of the two exponentials, i0 8.87 A/m2 as for Li on Li3PS4 (Neumann et al. 2020)",
        arguments: laws)
    func form(law: ButlerVolmer) {
        for overpotential in [-0.4, -0.05, 0.02, 0.1, 0.5] {
            let u = reduced * overpotential
            let anodic = exp(law.anodicCoefficient * u)
            let cathodic = exp(-law.cathodicCoefficient * u)
            let found = law.currentDensity(
                overpotential: overpotential, exchangeCurrentDensity: 8.87, temperature: room)
            #expect(close(found, 8.87 * (anodic - cathodic), 1e-12))
        }
        #expect(current(law, 0) == 0)
    }

    @Test("The overpotential of a current is its inverse over 30 decades, both ways", arguments: laws)
    func inverse(law: ButlerVolmer) {
        for exponent in stride(from: -15.0, through: 15, by: 0.37) {
            for sign in [-1.0, 1] {
                let ratio = sign * pow(10, exponent)
                let overpotential = law.overpotential(
                    currentDensity: ratio, exchangeCurrentDensity: 1, temperature: room)
                // an error of one unit in the last place of u is |u| of them in i
                let tolerance = 1e-14 * max(1, abs(reduced * overpotential))
                #expect(close(current(law, overpotential), ratio, tolerance))
            }
        }
        #expect(law.overpotential(currentDensity: 0, exchangeCurrentDensity: 1, temperature: room) == 0)
    }

    @Test(
        "Volts do no harm: currents stay finite and increase, and huge currents have an overpotential", arguments: laws)
    func volts(law: ButlerVolmer) {
        var last = -Double.infinity
        for overpotential in [-1e6, -1e3, -20, -15.5, -15.3, -4, 0, 4, 15.3, 15.5, 20, 1e3, 1e6] {
            let dual = law.currentDensity(
                overpotential: Number.variable(overpotential), exchangeCurrentDensity: Number(1),
                temperature: Number(room))
            #expect(dual.value.isFinite && dual.value > last)
            #expect(dual.partials.isFinite && dual.partials > 0)
            last = dual.value
        }
        for ratio in [-1e300, 1e300] {
            let overpotential = law.overpotential(
                currentDensity: ratio, exchangeCurrentDensity: 1, temperature: room)
            let coefficient = ratio > 0 ? law.anodicCoefficient : law.cathodicCoefficient
            #expect(close(abs(overpotential), log(1e300) / (coefficient * reduced), 1e-12))
        }
    }

    @Test("The tangent continues the law without a jump in value or slope", arguments: laws)
    func continuation(law: ButlerVolmer) {
        let end = 600 / reduced
        let slopes = [end * (1 - 1e-9), end * (1 + 1e-9)].map {
            law.currentDensity(
                overpotential: Number.variable($0), exchangeCurrentDensity: Number(1), temperature: Number(room))
        }
        #expect(close(slopes[0].value, slopes[1].value, 1e-5))
        #expect(close(slopes[0].partials, slopes[1].partials, 1e-5))
    }

    @Test(
        "Derivatives of the current and of the overpotential are inverse, in temperature they equal differences",
        arguments: laws)
    func derivatives(law: ButlerVolmer) {
        for ratio in [-50.0, -0.3, 1e-8, 2, 1e4] {
            let overpotential = law.overpotential(
                currentDensity: Number.variable(ratio), exchangeCurrentDensity: Number(1), temperature: Number(room))
            let back = law.currentDensity(
                overpotential: Number.variable(overpotential.value), exchangeCurrentDensity: Number(1),
                temperature: Number(room))
            #expect(close(overpotential.partials * back.partials, 1, 1e-11))
            func at(_ temperature: Double) -> Double {
                law.overpotential(currentDensity: ratio, exchangeCurrentDensity: 1, temperature: temperature)
            }
            let warmer = law.overpotential(
                currentDensity: Number(ratio), exchangeCurrentDensity: Number(1), temperature: Number.variable(room))
            #expect(close(warmer.partials, (at(room + 0.1) - at(room - 0.1)) / 0.2, 1e-7))
        }
    }

    @Test("Near equilibrium it is a resistance, far from it Tafel's law", arguments: laws)
    func limits(law: ButlerVolmer) {
        for overpotential in [-1e-7, 1e-7] {
            #expect(close(current(law, overpotential), current(law.linearLimit, overpotential), 1e-5))
        }
        // the reaction left out is exp[-(α_a + α_c) F |η| / RT] of the one that runs
        let sum = law.anodicCoefficient + law.cathodicCoefficient
        for overpotential in [0.118, 0.3, 1] {
            let left = exp(-sum * reduced * overpotential)
            #expect(close(current(law, overpotential), current(law.anodicLimit, overpotential), 1.01 * left + 1e-12))
            #expect(
                close(current(law, -overpotential), current(law.cathodicLimit, -overpotential), 1.01 * left + 1e-12))
        }
    }
}

@Suite struct ChargeTransferTests {
    static let laws: [ChargeTransfer] = [
        .butlerVolmer(ButlerVolmer(anodicCoefficient: 0.5, cathodicCoefficient: 0.5)),
        .butlerVolmer(ButlerVolmer(anodicCoefficient: 0.3, cathodicCoefficient: 0.7)),
        .linear(LinearChargeTransfer(coefficientSum: 1)), .tafelAnodic(coefficient: 0.5),
        .tafelCathodic(coefficient: 0.7),
    ]

    @Test("Second law: i η >= 0 wherever a law is stated, at any temperature and exchange current", arguments: laws)
    func dissipation(law: ChargeTransfer) {
        var random = SplitMix(state: 5)
        let range = law.overpotentials.clamped(to: -5...5)
        for _ in 0..<1000 {
            let overpotential = Double.random(in: range, using: &random)
            let exchange = pow(10, Double.random(in: -6...4, using: &random))
            let temperature = Double.random(in: 250...400, using: &random)
            let current = law.currentDensity(
                overpotential: overpotential, exchangeCurrentDensity: exchange, temperature: temperature)
            #expect(current * overpotential >= 0)
            #expect(current != 0)
        }
    }

    @Test("Each law's overpotential is the inverse of its current", arguments: laws)
    func inverse(law: ChargeTransfer) {
        for magnitude in [0.001, 0.05, 0.4, 2] {
            for overpotential in [magnitude, -magnitude] where law.overpotentials.contains(overpotential) {
                let back = law.overpotential(
                    currentDensity: current(law, overpotential), exchangeCurrentDensity: 1, temperature: room)
                #expect(close(back, overpotential, 1e-12))
            }
        }
    }

    @Test("0.5 ohm cm2 of Li on LLZO (assumed by Eckhardt et al. 2022) is an exchange current density of 51 mA/cm2")
    func resistance() {
        let law = LinearChargeTransfer(coefficientSum: 1)
        let exchange = law.exchangeCurrentDensity(resistance: 0.5e-4, temperature: room)
        #expect(abs(exchange - 514) < 0.5)
        #expect(close(law.resistance(exchangeCurrentDensity: exchange, temperature: room), 0.5e-4, 1e-14))
        let slope = ButlerVolmer(anodicCoefficient: 0.3, cathodicCoefficient: 0.7).overpotential(
            currentDensity: Number.variable(0), exchangeCurrentDensity: Number(exchange), temperature: Number(room))
        #expect(close(slope.partials, 0.5e-4, 1e-14))
    }

    @Test("An exchange current density of 0.37 eV grows by Arrhenius' law, and the overpotential shrinks with it")
    func temperature() {
        // activation energy of the Li | LLZO interface, as Krauskopf et al. measured it
        let energy = 0.37 * Constants.elementaryCharge * Constants.avogadro
        let exchange = Arrhenius(514, at: room, activationEnergy: energy)
        let law = Self.laws[0]
        let warm: Double = exchange(temperature: 333.15)
        #expect(close(warm / 514, exp(0.37 / Constants.boltzmannElectronvolt * (1 / room - 1 / 333.15)), 1e-9))
        let cold = law.overpotential(currentDensity: 100, exchangeCurrentDensity: 514, temperature: room)
        #expect(law.overpotential(currentDensity: 100, exchangeCurrentDensity: warm, temperature: 333.15) < cold)
    }
}

@Suite struct EquilibriumPotentialTests {
    private let metal = LithiumMetalPotential(molarVolume: 13e-6)

    @Test(
        "Pressure lowers the potential of lithium by 0.135 mV per MPa",
        arguments: [(5e6, 0.67e-3, 0.01e-3), (100e6, 13.5e-3, 0.05e-3), (1e9, 135e-3, 0.5e-3)])
    func metal(pressure: Double, fall: Double, tolerance: Double) {
        #expect(abs(metal(normalPressure: pressure) + fall) < tolerance)
        let referred = LithiumMetalPotential(unloaded: 0.1, molarVolume: 13e-6)
        #expect(close(referred(normalPressure: pressure), 0.1 + metal(normalPressure: pressure), 1e-14))
    }

    @Test("Pressure in the electrolyte acts against it, and equal volumes of atom and ion cancel")
    func electrolyte() {
        let cancelling = LithiumMetalPotential(molarVolume: 13e-6, ionVolume: 13e-6)
        #expect(cancelling(normalPressure: 5e6, electrolytePressure: 5e6) == 0)
        let partly = LithiumMetalPotential(molarVolume: 13e-6, ionVolume: 2e-6)
        let both = partly(normalPressure: 5e6, electrolytePressure: 5e6)
        #expect(close(both, metal(normalPressure: 5e6) * 11 / 13, 1e-14))
    }

    @Test("Compression raises μ of an alloy and lowers its potential; 712 MPa are the 96 mV of Wang et al. 2024")
    func alloy() {
        func potential(_ stress: Double) -> AlloyPotential<Double> {
            AlloyPotential(
                chemicalPart: -0.307 * Constants.faraday, effectiveVolume: 13e-6, hydrostaticStress: stress,
                stiffnessTerm: 0)
        }
        let free = potential(0)
        let pressed = potential(-712e6)
        #expect(close(free.equilibriumPotential, 0.307, 1e-14) && free.mechanicalVoltage == 0)
        #expect(abs(pressed.mechanicalVoltage + 0.096) < 1e-4)
        #expect(pressed.chemicalPotential > free.chemicalPotential)
        #expect(potential(712e6).equilibriumPotential > free.equilibriumPotential)
        let parts = pressed.chemicalVoltage + pressed.mechanicalVoltage
        #expect(close(pressed.equilibriumPotential, parts, 1e-14))
    }

    @Test("An alloy that softens as it takes up lithium has its potential raised by the stiffness term")
    func stiffness() {
        // a host held at an elastic strain of 1 %, W = 9/2 K ε², K from 35 to 11 GPa over c = y / V with y from 0 to 1
        let c = Number.variable(0.1 / 14e-6)
        let bulk: Number = 35e9 - (24e9 * 14e-6) * c
        let energy: Number = (4.5 * 1e-4) * bulk
        let potential = AlloyPotential(
            chemicalPart: 0, effectiveVolume: 13e-6, hydrostaticStress: 0, stiffnessTerm: energy.partials)
        #expect(close(potential.mechanicalVoltage, 4.5e-4 * 24e9 * 14e-6 / Constants.faraday, 1e-12))
    }

    @Test("At equilibrium no current flows, a more positive electrode is stripped")
    func overpotential() {
        let potentials = InterfacePotentials(electrode: 0.35, electrolyte: 0.02, equilibrium: 0.307)
        #expect(abs(potentials.overpotential - 0.023) < 1e-15)
        #expect(InterfacePotentials(electrode: 0.327, electrolyte: 0.02, equilibrium: 0.307).overpotential == 0)
        #expect(current(ChargeTransferTests.laws[0], potentials.overpotential) > 0)
    }
}
