import Foundation
import LinearAlgebra
import Materials
import TestSupport
import Testing

/// Li-Mg after COST 507, vol. 2, EUR 18499 (1998).
func lithiumMagnesium() throws -> BinarySystem {
    try ThermodynamicDatabase.lithiumMagnesium().binary(lithium: "LI", host: "MG")
}

@Suite struct LithiumMagnesiumThermodynamicsTests {
    @Test("The shipped database gives four solutions and nothing is left out")
    func phases() throws {
        let system = try lithiumMagnesium()
        #expect(system.phases.map(\.name) == ["LIQUID", "BCC_A2", "FCC_A1", "HCP_A3"])
        #expect(system.phases.allSatisfy { $0.model == .solution })
        #expect(system.phases.filter(\.isLiquid).map(\.name) == ["LIQUID"])
        #expect(system.omitted.isEmpty)
        #expect(system.temperatureRange == 298.15...3000)
    }

    // An independent evaluation of the same parameters, mV against bcc Li at 298.15 K.
    @Test(
        "Potentials at 298.15 K agree with an independent evaluation to 1e-6 mV",
        arguments: [
            ("BCC_A2", 0.99, 0.2507532), ("BCC_A2", 0.95, 1.1871983), ("BCC_A2", 0.90, 2.4495959),
            ("BCC_A2", 0.80, 6.6297511), ("BCC_A2", 0.70, 14.9277342), ("BCC_A2", 0.50, 49.7377021),
            ("BCC_A2", 0.40, 77.4561669), ("HCP_A3", 0.05, 142.8738574), ("HCP_A3", 0.10, 121.5342192),
            ("HCP_A3", 0.15, 105.3811880),
        ])
    func potentials(phase: String, x: Double, millivolt: Double) throws {
        let room = try AlloyThermodynamics(lithiumMagnesium(), temperature: 298.15)
        #expect(room.referencePhase == "BCC_A2")
        let potential = 1e3 * (try room.openCircuitPotential(moleFraction: x, of: phase))
        #expect(abs(potential - millivolt) < 1e-6)
        Verification.record(
            .thermodynamics, "U of \(phase) at x = \(x)", expected: "\(millivolt) mV",
            found: String(format: "%.7f mV", potential), deviation: abs(potential - millivolt), bound: 1e-6)
    }

    // pycalphad 0.11 (R. Otis, Z.-K. Liu, J. Open Res. Softw. 5 (2017) 1) read the same file with R = 8.314462618 J/mol/K.
    @Test(
        "Potentials of all phases agree with pycalphad to 1e-8 mV",
        arguments: [
            (298.15, "LIQUID", 0.3, 89.853846753), (298.15, "FCC_A1", 0.3, -10.053322427),
            (400.0, "BCC_A2", 0.99, 0.338124613), (400.0, "BCC_A2", 0.95, 1.616254389),
            (400.0, "BCC_A2", 0.9, 3.288934604), (400.0, "BCC_A2", 0.8, 8.240720002),
            (400.0, "BCC_A2", 0.7, 17.265460756), (400.0, "BCC_A2", 0.5, 53.580771450),
            (400.0, "BCC_A2", 0.4, 82.259756593), (400.0, "HCP_A3", 0.05, 167.055460624),
            (400.0, "HCP_A3", 0.1, 139.632240219), (400.0, "HCP_A3", 0.15, 119.920541540),
            (400.0, "LIQUID", 0.3, 100.272771634), (400.0, "FCC_A1", 0.3, -0.858630512),
        ]
    )
    func pycalphad(temperature: Double, phase: String, x: Double, millivolt: Double) throws {
        let alloy = try AlloyThermodynamics(lithiumMagnesium(), temperature: temperature)
        let potential = try alloy.openCircuitPotential(moleFraction: x, of: phase)
        #expect(abs(1e3 * potential - millivolt) < 1e-8)
    }

    @Test(
        "The hcp-bcc gap and its plateau",
        arguments: [
            (298.15, 0.1664, 0.3312, 100.5), (313.15, 0.1677, 0.3290, 102.1), (333.15, 0.1692, 0.3260, 104.3),
        ])
    func gap(temperature: Double, hcp: Double, bcc: Double, millivolt: Double) throws {
        let alloy = try AlloyThermodynamics(lithiumMagnesium(), temperature: temperature)
        for equilibrium in [try alloy.equilibrium(), try alloy.equilibrium(among: ["bcc_a2", "hcp_a3"])] {
            #expect(equilibrium.fields.map(\.phases) == [["HCP_A3"], ["HCP_A3", "BCC_A2"], ["BCC_A2"]])
            let line = try #require(equilibrium.tieLines.first)
            #expect(abs(line.moleFractions.lowerBound - hcp) < 5e-5)
            #expect(abs(line.moleFractions.upperBound - bcc) < 5e-5)
            #expect(abs(1e3 * equilibrium.plateauPotential(of: line) - millivolt) < 0.05)
        }
    }

    @Test("At 298.15 K the limits hold to 1e-8 and the plateau to its last digit")
    func gapDigits() throws {
        let equilibrium = try AlloyThermodynamics(lithiumMagnesium(), temperature: 298.15).equilibrium()
        let line = try #require(equilibrium.tieLines.first)
        #expect(abs(line.moleFractions.lowerBound - 0.16642970) < 1e-8)
        #expect(abs(line.moleFractions.upperBound - 0.33121390) < 1e-8)
        let plateau = 1e3 * equilibrium.plateauPotential(of: line)
        #expect(abs(plateau - 100.46285) < 5e-6)
        let found = [line.moleFractions.lowerBound, line.moleFractions.upperBound]
        for (name, x, expected) in [("hcp", found[0], 0.16642970), ("bcc", found[1], 0.33121390)] {
            Verification.record(
                .thermodynamics, "end of the gap, \(name)", expected: String(format: "x = %.8f", expected),
                found: String(format: "x = %.8f", x), deviation: abs(x - expected), bound: 1e-8)
        }
        Verification.record(
            .thermodynamics, "plateau of the gap", expected: "100.46285 mV", found: String(format: "%.5f mV", plateau),
            deviation: abs(plateau - 100.46285), bound: 5e-6)
        for x in [0.17, 0.25, 0.33] {
            #expect(try equilibrium.equilibriumPotential(moleFraction: x) == equilibrium.plateauPotential(of: line))
        }
    }

    @Test(
        "Potential of bcc in mV and its thermodynamic factor over the whole range at 298.15 K",
        arguments: [
            (0.99, 0.251, 0.945, 5e-4), (0.98, 0.491, 0.903, 5e-4), (0.95, 1.187, 0.857, 5e-4),
            (0.90, 2.450, 1.000, 5e-4),
            (0.85, 4.157, 1.350, 5e-4), (0.80, 6.630, 1.838, 5e-4), (0.75, 10.14, 2.402, 5e-3),
            (0.70, 14.93, 2.988, 5e-3),
            (0.65, 21.16, 3.547, 5e-3), (0.60, 28.99, 4.042, 5e-3), (0.55, 38.49, 4.440, 5e-3),
            (0.50, 49.74, 4.717, 5e-3),
            (0.45, 62.73, 4.857, 5e-3), (0.40, 77.46, 4.851, 5e-3), (0.35, 93.87, 4.697, 5e-3),
            (0.30, 111.9, 4.403, 0.05),
            (0.25, 131.6, 3.982, 0.05), (0.20, 152.9, 3.456, 0.05), (0.17, 166.6, 3.102, 0.05),
            (0.15, 176.1, 2.854, 0.05),
            (0.10, 202.3, 2.213, 0.05), (0.06, 227.7, 1.702, 0.05), (0.05, 235.4, 1.578, 0.05),
        ])
    func bcc(x: Double, millivolt: Double, factor: Double, digit: Double) throws {
        let alloy = try AlloyThermodynamics(lithiumMagnesium(), temperature: 298.15)
        let phase = try alloy.solution(named: "BCC_A2")
        let potential = alloy.openCircuitPotential(moleFraction: x, of: phase)
        #expect(abs(1e3 * potential - millivolt) < 1.01 * digit)
        #expect(abs(phase.thermodynamicFactor(moleFraction: x) - factor) < 5.1e-4)
    }

    @Test(
        "Potential of hcp in mV at 298.15 K",
        arguments: [
            (0.30, 63.6), (0.25, 76.8), (0.20, 90.7), (0.17, 99.4), (0.15, 105.4), (0.10, 121.5), (0.06, 137.7),
            (0.05, 142.9),
        ])
    func hcp(x: Double, millivolt: Double) throws {
        let alloy = try AlloyThermodynamics(lithiumMagnesium(), temperature: 298.15)
        #expect(abs(1e3 * (try alloy.openCircuitPotential(moleFraction: x, of: "HCP_A3")) - millivolt) < 0.05)
    }

    @Test("In equilibrium the potential never rises with lithium, and it is finite in between")
    func monotone() throws {
        var random = SplitMix(state: 11)
        let system = try lithiumMagnesium()
        for _ in 0..<60 {
            let temperature = Double.random(in: 298.15...440, using: &random)
            let alloy = try AlloyThermodynamics(system, temperature: temperature)
            let equilibrium = try alloy.equilibrium()
            let sorted = (0..<60).map { _ in Double.random(in: 1e-9..<1, using: &random) }.sorted()
            let potentials = try sorted.map { try equilibrium.equilibriumPotential(moleFraction: $0) }
            let areFinite = potentials.allSatisfy { $0.isFinite }
            #expect(areFinite)
            for index in 1..<potentials.count {
                let inPlateau =
                    equilibrium.field(moleFraction: sorted[index])?.phases.count == 2
                    && equilibrium.field(moleFraction: sorted[index - 1])
                        == equilibrium.field(moleFraction: sorted[index])
                #expect(
                    inPlateau ? potentials[index] == potentials[index - 1] : potentials[index] < potentials[index - 1])
            }
            #expect(abs(try equilibrium.equilibriumPotential(moleFraction: 1.0)) < 1e-15)
            #expect(try equilibrium.equilibriumPotential(moleFraction: 0.0) == .infinity)
        }
    }

    // J. D. Cox, D. D. Wagman, V. A. Medvedev, CODATA key values for thermodynamics (1989): 29.12 and 32.67 J/mol/K.
    @Test("The entropies of lithium and magnesium at 298.15 K are CODATA's, their enthalpies zero")
    func entropy() throws {
        let system = try lithiumMagnesium()
        let temperature = Dual<Double>.variable(298.15)
        let bcc = try system.gibbsEnergy(of: "BCC_A2", moleFraction: Dual<Double>(1), temperature: temperature)
        let hcp = try system.gibbsEnergy(of: "HCP_A3", moleFraction: Dual<Double>(0), temperature: temperature)
        #expect(abs(-bcc.partials - 29.12) < 5e-3)
        #expect(abs(-hcp.partials - 32.67) < 5e-3)
        // H - H_SER is zero at 298.15 K
        #expect(abs(bcc.value - 298.15 * bcc.partials) < 2)
        #expect(abs(hcp.value - 298.15 * hcp.partials) < 2)
    }

    @Test(
        "The entropic coefficient dU/dT by dual numbers equals central differences",
        arguments: ["BCC_A2", "HCP_A3", "LIQUID"])
    func entropicCoefficient(phase: String) throws {
        let system = try lithiumMagnesium()
        func potential(_ temperature: Double) throws -> Double {
            try AlloyThermodynamics(system, temperature: temperature).openCircuitPotential(moleFraction: 0.4, of: phase)
        }
        let dual = try system.openCircuitPotential(
            of: phase, moleFraction: Dual<Double>(0.4), temperature: .variable(350))
        let difference = (try potential(350.01) - potential(349.99)) / 0.02
        #expect(abs(dual.value - (try potential(350))) < 1e-15)
        #expect(abs(dual.partials - difference) < 1e-9)
    }

    @Test("Lithium melts at 453.6 K, magnesium at 923 K, alloys in between and not below")
    func melting() throws {
        let system = try lithiumMagnesium()
        #expect(abs(try #require(try system.solidus(moleFraction: 1)) - 453.6) < 0.1)
        #expect(abs(try #require(try system.solidus(moleFraction: 0)) - 923) < 0.1)
        for x in [0.95, 0.7, 0.4, 0.1] {
            let solidus = try #require(try system.solidus(moleFraction: x))
            #expect(solidus > 453.6 && solidus < 923)
            #expect(try !system.hasLiquid(moleFractions: x...x, temperature: solidus - 0.01))
            #expect(try system.hasLiquid(moleFractions: x...x, temperature: solidus + 0.01))
        }
        #expect(try !system.hasLiquid(moleFractions: 0...1, temperature: 453))
        #expect(try system.hasLiquid(moleFractions: 0...1, temperature: 454))
        #expect(try !system.hasLiquid(moleFractions: 0...0.9, temperature: 454))
    }

    @Test(
        "A temperature outside the functions is refused with function, range and temperature",
        arguments: [200, 298.1, 3001, .nan])
    func temperatureRange(temperature: Double) throws {
        let system = try lithiumMagnesium()
        let error = #expect(throws: DatabaseError.self) {
            try AlloyThermodynamics(system, temperature: temperature)
        }
        let message = try #require(error?.description)
        #expect(message.contains("298.15 K to 3000.0 K") || message.contains("200.0 K to 3000.0 K"))
        #expect(message.contains("not at \(temperature) K"))
        #expect(message.contains("cost507-li-mg.tdb:"))
    }
}
