import Foundation
import LinearAlgebra
import Materials
import Quantities
import TestSupport
import Testing

private typealias Number = Dual<Double>

private let room = 298.15
/// One electronvolt per particle, J/mol.
private let electronvolt = Constants.elementaryCharge * Constants.avogadro

private func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool { abs(a - b) <= tolerance * abs(b) }

@Suite struct ConductionTests {
    @Test("30 um of Li6PS5Cl of 1.95 mS/cm (Singh et al. 2022) are 1.54 ohm cm2")
    func layer() {
        let conductivity = IonicConductivity.arrhenius(
            Arrhenius(0.195, at: room, activationEnergy: 0.34 * electronvolt))
        let resistance: Double = conductivity.layerResistance(thickness: 30e-6, temperature: room)
        #expect(abs(resistance - 1.54e-4) < 0.005e-4)
    }

    @Test("LLZO of 0.46 mS/cm and 0.34 eV (Eckhardt et al. 2022): ln(κT), not ln κ, has that slope where ions hop")
    func hopping() {
        let energy = 0.34 * electronvolt
        let plain = IonicConductivity.arrhenius(Arrhenius(0.046, at: room, activationEnergy: energy))
        let hopping = IonicConductivity.hopping(0.046, at: room, activationEnergy: energy)
        #expect(close(plain(temperature: room), 0.046, 1e-14) && close(hopping(temperature: room), 0.046, 1e-14))
        // -R dlnκ/d(1/T) is Q, or Q - RT
        for (law, expected) in [(plain, energy), (hopping, energy - Constants.gasConstant * room)] {
            let value = law(temperature: Number.variable(room))
            let found = Constants.gasConstant * room * room * value.partials / value.value
            #expect(close(found, expected, 1e-12))
        }
    }

    @Test("A film's resistance falls as its conductance is activated")
    func film() {
        // Li | LLZO, 0.5 ohm cm2 and 0.37 eV (Eckhardt et al. 2022; Krauskopf et al.)
        let film = FilmResistance(0.5e-4, at: room, activationEnergy: 0.37 * electronvolt)
        #expect(close(film(temperature: room), 0.5e-4, 1e-14))
        let expected = 0.5e-4 * exp(0.37 / Constants.boltzmannElectronvolt * (1 / 333.15 - 1 / room))
        #expect(close(film(temperature: 333.15), expected, 1e-9))
    }
}

@Suite struct ConstrictionTests {
    @Test("A fifth of the contact has five times the resistance")
    func fraction() {
        #expect(Constriction.interfaceResistance(fullContact: 1e-4, contactFraction: 0.2) == 5e-4)
        #expect(Constriction.interfaceResistance(fullContact: 1e-4, contactFraction: 1) == 1e-4)
    }

    @Test(
        "Few spots are Holm's, many share the conductor",
        arguments: [(0.001, 0.9975), (0.1, 0.752), (0.2, 0.516), (0.3, 0.304)])
    func sharing(ratio: Double, factor: Double) {
        let pitch = 10e-6
        let radius = ratio * pitch
        let alone = pitch * pitch * Constriction.spotResistance(radius: radius, conductivity: 0.2)
        let array = Constriction.spotArrayResistance(radius: radius, pitch: pitch, conductivity: 0.2)
        #expect(abs(array / alone - factor) < 6e-4)
        #expect(close(alone, pitch * pitch / (4 * 0.2 * radius), 1e-15))
        let byFraction = Constriction.spotArrayResistance(
            contactFraction: Double.pi * ratio * ratio, pitch: pitch, conductivity: 0.2)
        #expect(close(byFraction, array, 1e-13))
    }

    @Test(
        "A spot of radius 1 on a tube of unit conductivity, round of radius 2 or square of side 4: handbook values"
    )
    func handbook() {
        // Rohsenow, Hartnett and Cho, Handbook of Heat Transfer, 3rd ed., 1998: 0.08491 and 0.1016
        func tube(area: Double) -> Double {
            Constriction.spotArrayResistance(radius: 1, pitch: area.squareRoot(), conductivity: 1) / area
        }
        #expect(abs(tube(area: 4 * Double.pi) - 0.08491) < 1e-5)
        #expect(close(tube(area: 16), 0.1016, 1.5e-3))
    }

    @Test("Constriction falls with contact and stays positive up to full contact, where next to none is left")
    func monotone() {
        var last = Double.infinity
        for step in 1...1000 {
            let resistance = Constriction.spotArrayResistance(
                contactFraction: Double(step) / 1000, pitch: 1, conductivity: 1)
            #expect(resistance > 0 && resistance < last)
            last = resistance
        }
        #expect(last < 3e-4)
    }
}

@Suite struct ContactResistanceTests {
    @Test("Four times the pressure halves the resistance of a Li6PS5Cl contact (m = 0.5, arXiv 2501.00600)")
    func powerLaw() {
        let law = ContactResistance.powerLaw(PressurePowerLaw(6e-4, at: 5e6, exponent: 0.5))
        #expect(close(law.resistance(pressure: 5e6), 6e-4, 1e-15))
        #expect(close(law.resistance(pressure: 20e6), 3e-4, 1e-14))
        let slope = law.conductance(pressure: Number.variable(20e6))
        #expect(close(slope.partials * 20e6 / slope.value, 0.5, 1e-14))
    }

    @Test("Without pressure a power law is an open contact, not an error", arguments: [0.0, -1e6])
    func open(pressure: Double) {
        let law = ContactResistance.powerLaw(PressurePowerLaw(6e-4, at: 5e6, exponent: 0.5))
        let conductance = law.conductance(pressure: Number.variable(pressure))
        #expect(conductance.value == 0 && conductance.partials == 0)
        #expect(law.resistance(pressure: pressure) == .infinity)
    }

    @Test("The table of Li on LLZO (Krauskopf et al.) is met, falls all the way and keeps its ends")
    func table() throws {
        let table = try PressureTable(pressures: [10e6, 41e6, 400e6], resistances: [300e-4, 50e-4, 0.1e-4])
        let law = ContactResistance.table(table)
        for (pressure, resistance) in [(10e6, 300e-4), (41e6, 50e-4), (400e6, 0.1e-4)] {
            #expect(close(law.resistance(pressure: pressure), resistance, 1e-12))
        }
        #expect(close(table.domain.lowerBound, 10e6, 1e-12) && close(table.domain.upperBound, 400e6, 1e-12))
        var last = Double.infinity
        for step in 0...200 {
            let resistance: Double = law.resistance(pressure: 10e6 * pow(40, Double(step) / 200))
            #expect(resistance < last)
            last = resistance
        }
        for pressure in [-1e6, 0, 1e6] { #expect(close(law.resistance(pressure: pressure), 300e-4, 1e-12)) }
        #expect(close(law.resistance(pressure: 1e9), 0.1e-4, 1e-12))
        func conductance(_ pressure: Double) -> Double { law.conductance(pressure: pressure) }
        let dual = law.conductance(pressure: Number.variable(100e6))
        #expect(close(dual.partials, (conductance(100.01e6) - conductance(99.99e6)) / 2e4, 1e-6))
    }

    @Test(
        "A table that is none is refused with the point and what to do",
        arguments: [
            ([10e6], [1e-2], "two points or more"), ([1e6, 2e6], [1e-2], "as many of each"),
            ([1e6, 1e6], [2e-2, 1e-2], "point 2"), ([1e6, 2e6], [1e-2, 0], "must be positive"),
            ([0, 2e6], [1e-2, 1e-3], "point 1"),
        ])
    func refusal(pressures: [Double], resistances: [Double], text: String) {
        #expect {
            try PressureTable(pressures: pressures, resistances: resistances)
        } throws: { error in
            "\(error)".contains(text) && !"\(error)".hasSuffix(".")
        }
    }
}

@Suite struct InterphaseGrowthTests {
    /// 1 uAh/cm2 in C/m2.
    private static let microampereHour = 36.0

    /// Li6PS5Cl, Aktekin et al., Nat. Commun. 14 (2023) 6946: 3.0 uAh cm-2 h^-1/2 at 25 degC, 31 kJ/mol; 24.1 cm3 per
    /// mol of Li.
    private let law = InterphaseGrowth(
        rateConstant: Arrhenius(3 * microampereHour / 60, at: 298.15, activationEnergy: 31e3), molarVolume: 24.1e-6)

    private func charge(hours: Double, celsius: Double) -> Double {
        law.charge(initial: 0, time: 3600 * hours, temperature: 273.15 + celsius) / Self.microampereHour
    }

    @Test("60 uAh/cm2 in 400 h at 25 degC and in 120 h at 40 degC, 0.3 mAh/cm2 in a year")
    func aktekin() {
        #expect(close(charge(hours: 400, celsius: 25), 60, 1e-12))
        #expect(close(charge(hours: 120, celsius: 40), 60, 5e-3))
        #expect(close(charge(hours: 8766, celsius: 25), 300, 0.07))
    }

    @Test("9 nm per uAh/cm2, so 540 nm for 60; its resistance is thickness over conductivity")
    func thickness() {
        #expect(abs(law.thickness(charge: Self.microampereHour) - 9e-9) < 0.02e-9)
        #expect(abs(law.thickness(charge: 60 * Self.microampereHour) - 540e-9) < 1e-9)
        #expect(close(law.resistance(charge: 36, conductivity: 1e-4), law.thickness(charge: 36) / 1e-4, 1e-15))
    }

    @Test("The rate is the derivative of the charge, positive, and finite from the first film on")
    func rate() {
        for hours in [0.0, 1, 400] {
            let charge = law.charge(
                initial: Number(Self.microampereHour), time: Number.variable(3600 * hours), temperature: Number(room))
            let rate = law.rate(charge: charge.value, temperature: room)
            #expect(rate > 0 && rate.isFinite)
            #expect(close(charge.partials, rate, 1e-13))
        }
    }

    @Test("Growth goes on where it was left, and the activation energy of the rate is twice that of k")
    func composition() {
        let first = law.charge(initial: 36.0, time: 5e4, temperature: room)
        let second = law.charge(initial: first, time: 7e4, temperature: room)
        #expect(close(second, law.charge(initial: 36.0, time: 12e4, temperature: room), 1e-14))
        let rate = law.rate(charge: Number(100), temperature: Number.variable(room))
        #expect(close(Constants.gasConstant * room * room * rate.partials / rate.value, 62e3, 1e-12))
    }
}
