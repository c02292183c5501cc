import Foundation
import Materials
import Models
import TestSupport
import Testing
import TimeIntegration

@Suite("Cells: contact, pressure and failure")
struct CellTests {
    static let faraday = 96485.33212

    /// v(p) of the foil law at 30 degC, m/s.
    static func velocity(_ pressure: Double) -> Double { Cells.thinning(pressure: pressure, temperature: 303.15) }

    @Test("Stripping settles where creep beside the voids brings what the lattice does not", arguments: [0, 0.1])
    func quasiSteady(lattice: Double) throws {
        let density = 0.6 * Cells.milliampere
        var cell = Cells.halfCell(
            lattice: lattice > 0 ? .quasiSteady(currentDensity: lattice * Cells.milliampere) : .none,
            creep: .thinning(Cells.thinning), thickness: 1e-3,
            steps: [CellStep(.strip(density), name: "strip", ends: [.charge(3600 * 40)])])
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-9)
        let (report, recorder) = try Cells.run(cell)
        let contact = try #require(report.value(of: "contact_fraction"))
        let brought = (1 - contact) * Self.velocity(5e6 / contact) / Cells.molarVolume
        let taken = (density - lattice * Cells.milliampere) / Self.faraday
        #expect(abs(brought / taken - 1) < 1e-9)
        // Conservation and the second law, row by row.
        let (overpotential, migration) = (recorder.column("overpotential"), recorder.column("flux_migration"))
        #expect(zip(overpotential, migration).allSatisfy { $0 * $1 >= 0 })
        #expect(recorder.column("flux_creep").allSatisfy { $0 >= 0 })
        #expect(try #require(report.value(of: "conservation_error")) < 1e-12)
    }

    @Test("A lattice that brings all of the current keeps full contact")
    func latticeBringsAll() throws {
        let cell = Cells.halfCell(
            lattice: .quasiSteady(currentDensity: 2), creep: .thinning(Cells.thinning),
            steps: [CellStep(.strip(1.9), name: "strip", ends: [.time(3600)])])
        let report = try Cells.run(cell).report
        #expect(report.value(of: "contact_fraction") == 1)
        #expect(report.value(of: "time_to_voids") == nil)
    }

    @Test("At rest voids heal at the rate of creep, and plating closes them")
    func healing() throws {
        var cell = Cells.halfCell(
            creep: .thinning(Cells.thinning),
            steps: [
                CellStep(.rest, name: "rest", ends: [.time(1800)]),
                CellStep(.plate(5), name: "plate", ends: [.time(7200)]),
            ])
        cell.working.contactFraction = 0.3
        cell.stack.pressure = 1e6
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-10)
        let (report, recorder) = try Cells.run(cell)
        // dχ/dt = (1 - χ) v(P/χ) / h_v by the classical Runge-Kutta rule.
        var contact = 0.3
        func slope(_ contact: Double) -> Double { (1 - contact) * Self.velocity(1e6 / contact) / 1e-6 }
        for _ in 0..<3600 {
            let k1 = slope(contact)
            let k2 = slope(contact + 0.25 * k1)
            let k3 = slope(contact + 0.25 * k2)
            let k4 = slope(contact + 0.5 * k3)
            contact += 0.5 / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        }
        let index = try #require(recorder.rows.lastIndex { $0.time <= 1800 && $0.values[0] == 0 })
        #expect(abs(recorder.column("contact_fraction")[index] - contact) < 1e-9)
        #expect(report.value(of: "contact_fraction") == 1)
        // What was plated closed the voids and grew.
        let plated = 5 * 7200 / Self.faraday * Cells.molarVolume
        let thickness = try #require(report.value(of: "thickness"))
        #expect(abs(thickness - (50e-6 + plated)) < 1e-13)
    }

    @Test("At low pressure the critical current density goes as P^(n/(n+1))")
    func exponent() throws {
        func critical(_ pressure: Double, guess: Double) throws -> Double {
            let ramp = CellStep.Ramp(
                direction: .strip, first: 0.8 * guess, increment: 5e-4 * guess, last: 1.3 * guess,
                length: .charge(5 * 1e-6 / Cells.molarVolume * Self.faraday))
            var cell = Cells.halfCell(
                creep: .thinning(Cells.thinning), thickness: 1,
                steps: [CellStep(.ramp(ramp), name: "ramp", ends: [])])
            cell.stack.pressure = pressure
            cell.criticalCurrentDensity = 14.53
            cell.working.leastContact = 1e-6
            return try #require(try Cells.run(cell).report.value(of: "critical_current_density"))
        }
        let n = Cells.thinning.exponent
        // c_L v(P i_c / i) F = i where χ = i / i_c is small
        func asymptote(_ pressure: Double) -> Double {
            let factor = Self.faraday / Cells.molarVolume * Self.velocity(pressure * 14.53)
            return pow(factor, 1 / (n + 1))
        }
        let pressures = [50.0, 400]
        let found = try pressures.map { try critical($0, guess: asymptote($0)) }
        let slope = log(found[1] / found[0]) / log(pressures[1] / pressures[0])
        #expect(abs(slope - n / (n + 1)) < 1e-3)
        Verification.record(
            .fluxBalance, "exponent of the critical current density at low pressure, n/(n+1)",
            expected: String(format: "%.4f", n / (n + 1)), found: String(format: "%.4f", slope),
            deviation: abs(slope - n / (n + 1)), bound: 1e-3)
    }

    // MARK: - Pressure

    static func fullCell(_ fixture: StackParameters.Fixture, steps: [CellStep]) throws -> FluxBalanceParameters {
        var cell = Cells.halfCell(creep: .thinning(Cells.thinning), steps: steps)
        cell.counter = .cathode(
            CathodeParameters(
                capacity: 4 * Cells.milliampereHour, openCircuit: try Cells.nickelRich(), stateOfCharge: 0,
                expansion: -0.25e-6 / Cells.milliampereHour,
                resistance: 10e-4))
        cell.stack.fixture = fixture
        return cell
    }

    @Test(
        "A fixed gap and springs turn the thickness of a full cell into pressure",
        arguments: [(StackParameters.Fixture.fixedGap, 1.3e11), (.springs(stiffness: 1e10), 1 / (1e-10 + 1 / 1.3e11))])
    func fullCellPressure(fixture: StackParameters.Fixture, stiffness: Double) throws {
        let cell = try Self.fullCell(
            fixture, steps: [CellStep(.plate(5), name: "charge", ends: [.charge(3.2 * Cells.milliampereHour)])])
        let (report, recorder) = try Cells.run(cell)
        let thickness =
            3.2 * Cells.milliampereHour * (Cells.molarVolume / Self.faraday - 0.25e-6 / Cells.milliampereHour)
        let pressure = try #require(report.value(of: "pressure"))
        #expect(abs(pressure - 5e6 - stiffness * thickness) < 1e-9 * pressure)
        // The voltage of charge rises from that of the discharged cathode.
        let voltage = recorder.column("voltage")
        #expect(zip(voltage, voltage.dropFirst()).allSatisfy { $0 < $1 + 1e-9 })
        #expect(voltage[0] > 3.5 && voltage.last! < 4.4)
    }

    @Test("A charge ends with the capacity of the cathode, and at a voltage when one is given")
    func fullCellEnds() throws {
        var cell = try Self.fullCell(
            .constantPressure,
            steps: [
                CellStep(.plate(5), name: "charge", ends: [.time(1e6)]),
                CellStep(.strip(5), name: "discharge", ends: [.voltage(3.8)]),
            ])
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-8)
        let (report, recorder) = try Cells.run(cell)
        #expect(report.steps.map(\.end) == ["capacity", "voltage"])
        #expect(abs(report.steps[0].charge - 4 * Cells.milliampereHour) < 1e-9)
        #expect(abs(recorder.column("voltage").last! - 3.8) < 1e-6)
    }

    @Test("A charge that begins above its voltage is over, and one in a rising voltage waits for it")
    func voltageDirection() throws {
        var cell = try Self.fullCell(
            .constantPressure,
            steps: [
                CellStep(.plate(5), name: "charge", ends: [.voltage(3.0)]),
                CellStep(.plate(5), name: "charge", ends: [.voltage(3.9)]),
            ])
        if case .cathode(var cathode) = cell.counter {
            cathode.stateOfCharge = 0.3
            cell.counter = .cathode(cathode)
        }
        let (report, recorder) = try Cells.run(cell)
        #expect(report.steps.map(\.end) == ["voltage", "voltage"])
        #expect(report.steps[0].charge == 0 && report.steps[1].charge > 0)
        #expect(abs(recorder.column("voltage").last! - 3.9) < 1e-6)
        // The potential of the cathode is followed step by step.
        let charge = recorder.column("charge")
        let largest = zip(charge, charge.dropFirst()).map { $1 - $0 }.max() ?? .nan
        #expect(largest <= 0.01001 * 4 * Cells.milliampereHour)
    }

    @Test("A step that cannot reach its end says so")
    func endless() throws {
        let cell = Cells.halfCell(steps: [CellStep(.rest, name: "rest", ends: [.contact(0.5)])])
        var open = cell
        open.working.contactFraction = 0.4
        let failure = #expect(throws: RunFailure.self) { try Cells.run(open) }
        #expect(failure?.description.contains("had not reached its end, `until.contact_fraction`") == true)
        #expect(try Cells.run(cell).report.steps.map(\.end) == ["contact_fraction"])
    }

    @Test("A stack that would settle by more than its lithium is refused")
    func settlesTooFar() throws {
        let law = ConfinedCreep(
            rate: Arrhenius(1.4619e-8, at: 298.15, activationEnergy: 37e3), stressScale: 1e6, exponent: 6.56,
            frictionStress: 0.290564e6)
        var cell = Cells.halfCell(steps: [CellStep(.hold, name: "hold", ends: [.time(86400)])])
        cell.stack = StackParameters(
            pressure: 25e6, fixture: .constantPressure, stiffness: 1.3542e11, confinedCreep: law, radius: 5e-3)
        let failure = #expect(throws: RunFailure.self) { try Cells.run(cell) }
        #expect(failure?.description.contains("the stack has settled by") == true)
    }

    @Test("Under confinement the pressure of a fixed gap relaxes by the closed form and is held by friction")
    func hold() throws {
        let law = ConfinedCreep(
            rate: Arrhenius(1.4619e-8, at: 298.15, activationEnergy: 37e3), stressScale: 1e6, exponent: 6.56,
            frictionStress: 0.290564e6)
        var cell = Cells.halfCell(steps: [CellStep(.hold, name: "hold", ends: [.time(86400)])])
        cell.temperature = 298.15
        cell.stack = StackParameters(
            pressure: 25e6, fixture: .fixedGap, stiffness: 1.3542e11, confinedCreep: law, radius: 5e-3)
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-8)
        let (report, recorder) = try Cells.run(cell)
        let held: Double = law.heldPressure(thickness: 50e-6, radius: 5e-3, temperature: 298.15)
        let excess = 25e6 - held
        func exact(_ time: Double) -> Double {
            let rate = 5.56 * 1.3542e11 * 50e-6 * 1.4619e-8 * time * pow(1e6, -6.56)
            return held + pow(pow(excess, -5.56) + rate, -1 / 5.56)
        }
        var worst = 0.0
        for (row, (time, _)) in recorder.rows.enumerated() {
            worst = max(worst, abs(recorder.column("pressure")[row] / exact(time) - 1))
        }
        #expect(worst < 1e-8)
        #expect(abs(try #require(report.value(of: "pressure")) - 21.1e6) < 2e3)
        Verification.record(
            .fluxBalance, "pressure of a fixed gap under confined creep over 24 h", expected: "closed form",
            found: "largest deviation", deviation: worst, bound: 1e-8)
    }

    @Test("A hold closes the gaps as the stack settles, and settling and gaps share its thickness")
    func holdCloses() throws {
        let law = ConfinedCreep(
            rate: Arrhenius(1.4619e-8, at: 298.15, activationEnergy: 37e3), stressScale: 1e6, exponent: 6.56,
            frictionStress: 0.290564e6)
        var cell = Cells.halfCell(steps: [CellStep(.hold, name: "hold", ends: [.time(1800)])])
        cell.counter = .symmetric
        cell.working.voidHeight = 20e-6
        cell.working.contactFraction = 0.05
        cell.temperature = 313.15
        cell.stack = StackParameters(
            pressure: 25e6, fixture: .fixedGap, stiffness: 1.3542e11, confinedCreep: law, radius: 5e-3)
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-9)
        let (report, recorder) = try Cells.run(cell)
        let contact = recorder.column("contact_fraction")
        #expect(zip(contact, contact.dropFirst()).allSatisfy { $0 < $1 })
        let lost = 25e6 - (try #require(report.value(of: "pressure")))
        let filled = 20e-6 * (contact.last! - 0.05) + 20e-6 * (recorder.column("counter_contact_fraction").last! - 0.05)
        let settled = recorder.column("settling").last! + recorder.column("counter_settling").last!
        #expect(abs(lost / 1.3542e11 / (filled + settled) - 1) < 1e-9)
        #expect(try #require(report.value(of: "conservation_error")) < 1e-12)
    }

    // MARK: - Symmetric cells, alloys, failure

    @Test("In a symmetric cell one electrode strips what the other plates, and only voids add thickness")
    func symmetric() throws {
        var cell = Cells.halfCell(
            creep: .thinning(Cells.thinning),
            steps: [
                CellStep(.strip(5), name: "strip", ends: [.time(7200)]),
                CellStep(.plate(5), name: "plate", ends: [.time(7200)]),
                CellStep(.rest, name: "rest", ends: [.time(7200)]),
            ])
        cell.counter = .symmetric
        cell.stack.fixture = .fixedGap
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-8)
        let (report, recorder) = try Cells.run(cell)
        let columns = [
            "thickness", "counter_thickness", "void_gap", "counter_void_gap", "pressure", "lithium", "counter_lithium",
        ]
        .map { recorder.column($0) }
        for row in recorder.rows.indices {
            let metal = columns[0][row] + columns[1][row] - columns[2][row] - columns[3][row]
            #expect(abs(metal - 100e-6) < 1e-16)
            let gained = columns[0][row] + columns[1][row] - 100e-6
            #expect(abs(columns[4][row] - 5e6 - 1.3e11 * gained) < 1e-6)
            #expect(abs(columns[5][row] + columns[6][row] - 100e-6 / Cells.molarVolume) < 1e-13)
        }
        // Plating back leaves the first electrode as it was, but for what creep moved.
        #expect(try #require(report.value(of: "charge")).magnitude < 1e-9)
        #expect(recorder.column("voltage").contains { $0 > 0 } && recorder.column("voltage").contains { $0 < 0 })
    }

    @Test("Li-Mg keeps contact and ends by depletion, when the transport model says so")
    func alloy() throws {
        let thermodynamics = try AlloyThermodynamics(
            ThermodynamicDatabase.lithiumMagnesium().binary(lithium: "LI", host: "MG"), temperature: 303.15)
        let composition = AlloyComposition(relation: .sharedVolume, lithiumVolume: 13e-6, hostVolume: 14e-6)
        var cell = Cells.halfCell(steps: [CellStep(.strip(5), name: "strip", ends: [.time(1e6)])])
        cell.working.metal = .alloy(
            ElectrodeParameters.AlloyLayer(
                frame: .slab, composition: composition, diffusivity: .constant(1e-15), concentration: 69600,
                saturation: 70000, depletion: 24000, phase: try thermodynamics.solution(named: "BCC_A2"),
                referenceEnergy: thermodynamics.referenceEnergy))
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-8)
        let (report, recorder) = try Cells.run(cell)
        #expect(report.steps.map(\.end) == ["depletion"])
        #expect(report.value(of: "contact_fraction") == 1)
        #expect(try #require(report.value(of: "conservation_error")) < 1e-12)
        var slab = TransportParameters.slab(cells: 64, tolerance: 1e-8)
        slab.thickness = 50e-6
        slab.diffusivity = .constant(1e-15)
        slab.initial = .uniform(69600)
        slab.saturation = 70000
        slab.depletion = 24000
        slab.protocolSteps = [ProtocolStep(.strip, currentDensity: 5, ends: [.surfaceDepletes])]
        let expected = try #require(try slab.run().value(of: "time_to_depletion"))
        let found = try #require(report.value(of: "time_to_failure"))
        #expect(abs(found / expected - 1) < 1e-7)
        // Losing lithium raises the potential of the surface.
        let potential = recorder.column("equilibrium_potential")
        #expect(zip(potential, potential.dropFirst()).allSatisfy { $0 < $1 } && potential[0] > 0)
    }

    @Test("Li-Mg can be stripped of all its lithium at the electrolyte, to the potential of a trace")
    func alloyWithoutLithium() throws {
        let thermodynamics = try AlloyThermodynamics(
            ThermodynamicDatabase.lithiumMagnesium().binary(lithium: "LI", host: "MG"), temperature: 303.15)
        var cell = Cells.halfCell(steps: [CellStep(.strip(5), name: "strip", ends: [.time(1e6)])])
        func strip(to depletion: Double) throws -> (time: Double, recorder: Recorder) {
            cell.working.metal = .alloy(
                ElectrodeParameters.AlloyLayer(
                    frame: .slab,
                    composition: AlloyComposition(relation: .sharedVolume, lithiumVolume: 13e-6, hostVolume: 14e-6),
                    diffusivity: .constant(1e-15), concentration: 69600, saturation: 70000, depletion: depletion,
                    phase: try thermodynamics.solution(named: "BCC_A2"),
                    referenceEnergy: thermodynamics.referenceEnergy))
            let (report, recorder) = try Cells.run(cell)
            #expect(report.steps.map(\.end) == ["depletion"])
            return (try #require(report.value(of: "time_to_failure")), recorder)
        }
        let (trace, _) = try strip(to: 0.07)
        let (none, recorder) = try strip(to: 0)
        // On the way to a depletion c, t ~ (c_0 - c)² (H. J. S. Sand).
        #expect(abs(none / trace - 1 - 2 * 0.07 / 69600) < 1e-7)
        #expect(recorder.rows.allSatisfy { $0.values.allSatisfy(\.isFinite) })
        #expect(abs(try #require(recorder.column("surface_concentration").last)) < 1e-6)
        let potential = recorder.column("equilibrium_potential")
        #expect(zip(potential, potential.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("A local current above the critical one shorts the cell where lithium is plated")
    func intrusion() throws {
        var cell = Cells.halfCell(
            creep: .thinning(Cells.thinning), steps: [CellStep(.plate(20), name: "plate", ends: [.time(3600)])])
        cell.criticalCurrentDensity = 15
        let report = try Cells.run(cell).report
        #expect(report.steps.map(\.end) == ["intrusion"])
        #expect(report.value(of: "time_to_failure") == 0)
    }

    @Test("An electrode without lithium ends the run as exhausted")
    func exhaustion() throws {
        var cell = Cells.halfCell(
            creep: .thinning(Cells.thinning), thickness: 5e-6,
            steps: [CellStep(.strip(2), name: "strip", ends: [.time(1e6)])])
        cell.stack.pressure = 5e6
        let report = try Cells.run(cell).report
        #expect(report.steps.map(\.end) == ["exhausted"])
        let expected = 5e-6 / Cells.molarVolume * Self.faraday / 2
        #expect(abs(try #require(report.value(of: "time_to_failure")) / expected - 1) < 1e-9)
    }
}
