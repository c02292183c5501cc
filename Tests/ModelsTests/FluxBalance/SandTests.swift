import Foundation
import Models
import TestSupport
import Testing
import TimeIntegration

@Suite("Voids after the lattice is depleted: Sand's time and what follows")
struct SandTests {
    static let diffusivity = 1e-13
    static let deficit = 0.01
    static let density = 1.0 * Cells.milliampere
    /// i/F, mol/(m2 s).
    static let flux = density / 96485.33212

    /// Sand's time with part of the flux brought by creep, t_on = (π D / 4) [c_L Δθ / (i/F - J_creep)]².
    static func onset(creep: Double = 0) -> Double {
        let lost = deficit / Cells.molarVolume / (flux - creep)
        return Double.pi * diffusivity / 4 * lost * lost
    }

    /// A layer 40 diffusion lengths thick, stripped for `times` Sand's times.
    static func cell(creep: Double = 0, times: Double, cells: Int = 240) -> FluxBalanceParameters {
        var cell = Cells.halfCell(
            lattice: .resolved(diffusivity: diffusivity, criticalDeficit: deficit),
            creep: creep > 0 ? .prescribed(flux: creep) : .none,
            thickness: 12 * (diffusivity * times * onset(creep: creep)).squareRoot(),
            steps: [CellStep(.strip(density), name: "strip", ends: [.time(times * onset(creep: creep))])])
        cell.cells = cells
        cell.grading = 2000
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-10)
        return cell
    }

    @Test("Voids open at Sand's time, with and without creep", arguments: [0, 0.4])
    func sandTime(share: Double) throws {
        let creep = share * Self.flux
        let expected = Self.onset(creep: creep)
        let report = try Cells.run(Self.cell(creep: creep, times: 2)).report
        let found = try #require(report.value(of: "time_to_voids"))
        let deviation = abs(found / expected - 1)
        #expect(deviation < 1e-6)
        Verification.record(
            .fluxBalance, "Sand's time, \(share) of the flux by creep (s)", expected: String(format: "%.8f", expected),
            found: String(format: "%.8f", found), deviation: deviation, bound: 1e-6)
    }

    @Test("After it the flux of the lattice follows the exact tail, and the gap is its integral", arguments: [0, 0.4])
    func tail(share: Double) throws {
        let creep = share * Self.flux
        let onset = Self.onset(creep: creep)
        let recorder = try Cells.run(Self.cell(creep: creep, times: 20)).recorder
        let (fluxes, gaps) = (recorder.column("flux_diffusion"), recorder.column("void_gap"))
        let net = Self.flux - creep
        var (worstFlux, worstGap) = (0.0, 0.0)
        for (row, (time, _)) in recorder.rows.enumerated() where time > 1.5 * onset {
            let angle = asin((onset / time).squareRoot())
            let exact = 2 / Double.pi * net * angle
            worstFlux = max(worstFlux, abs(fluxes[row] / exact - 1))
            let part: Double = time * angle + (onset * (time - onset)).squareRoot() - onset * Double.pi / 2
            let gap = Cells.molarVolume * net * (time - onset - 2 / Double.pi * part)
            worstGap = max(worstGap, abs(gaps[row] / gap - 1))
        }
        #expect(worstFlux < 1e-6)
        #expect(worstGap < 1e-6)
        Verification.record(
            .fluxBalance, "tail (2/π)(i/F - J_creep) arcsin √(t_on/t), 1.5 to 20 t_on, \(share) by creep",
            expected: "exact", found: "largest deviation", deviation: worstFlux, bound: 1e-6)
        Verification.record(
            .fluxBalance, "mean void gap as its integral, \(share) by creep", expected: "exact",
            found: "largest deviation", deviation: worstGap, bound: 1e-6)
    }

    @Test("Voids that are there feed the lattice by Cottrell's flux")
    func cottrell() throws {
        let end = 20 * Self.onset()
        var cell = Self.cell(times: 20)
        cell.working.contactFraction = 0.5
        cell.steps = [CellStep(.rest, name: "rest", ends: [.time(end)])]
        let recorder = try Cells.run(cell).recorder
        let fluxes = recorder.column("flux_diffusion")
        var worst = 0.0
        for (row, (time, _)) in recorder.rows.enumerated() where time > 0.05 * end {
            let exact = Self.deficit / Cells.molarVolume * (Self.diffusivity / (Double.pi * time)).squareRoot()
            worst = max(worst, abs(fluxes[row] / exact - 1))
        }
        #expect(worst < 1e-6)
        Verification.record(
            .fluxBalance, "Cottrell's flux c_L Δθ √(D/πt)", expected: "exact", found: "largest deviation",
            deviation: worst, bound: 1e-6)
    }

    @Test("No void opens where creep outruns stripping")
    func creepOutruns() throws {
        var cell = Self.cell(creep: 1.2 * Self.flux, times: 1)
        cell.steps[0].ends = [.time(3600)]
        cell.working.thickness = 5e-6
        let (report, recorder) = try Cells.run(cell)
        #expect(report.value(of: "time_to_voids") == nil)
        #expect(recorder.column("flux_void").allSatisfy { $0 == 0 })
        #expect(recorder.column("flux_diffusion").allSatisfy { abs($0) < 1e-15 * Self.flux })
        let thickness = try #require(report.value(of: "thickness"))
        #expect(abs(5e-6 - Cells.molarVolume * Self.flux * 3600 - thickness) < 1e-15)
    }

    @Test("Full contact ends a step, with a resolved lattice too")
    func fullContact() throws {
        let onset = Self.onset()
        var cell = Self.cell(times: 1, cells: 60)
        cell.steps = [
            CellStep(.strip(Self.density), name: "strip", ends: [.time(3 * onset)]),
            CellStep(.plate(Self.density), name: "plate", ends: [.contact(1), .charge(36_000)]),
            CellStep(.strip(Self.density), name: "strip", ends: [.time(3 * onset)]),
            CellStep(.rest, name: "rest", ends: [.contact(1)]),
        ]
        let report = try Cells.run(cell).report
        #expect(report.steps.map(\.end) == ["time", "contact_fraction", "time", "contact_fraction"])
        #expect(report.value(of: "contact_fraction") == 1)
    }

    @Test("A smaller current than vacancies come back with leaves no metal to grow, and takes none")
    func slowPlating() throws {
        let onset = Self.onset()
        var cell = Self.cell(times: 2, cells: 60)
        cell.steps = [
            CellStep(.strip(Self.density), name: "strip", ends: [.time(0.8 * onset)]),
            CellStep(.plate(2 * Self.density), name: "plate", ends: [.time(0.3 * onset)]),
            CellStep(.plate(1e-3 * Self.density), name: "plate", ends: [.time(2 * onset)]),
        ]
        let (report, recorder) = try Cells.run(cell)
        #expect(recorder.column("flux_growth").allSatisfy { $0 <= 0 })
        #expect(recorder.column("flux_growth").contains { $0 < 0 })
        #expect(try #require(report.value(of: "conservation_error")) < 1e-12)
    }

    @Test("Lithium is conserved through strip, plate and rest, and the void volume is the integral of its flux")
    func conservation() throws {
        let onset = Self.onset()
        var cell = Self.cell(times: 6, cells: 60)
        cell.steps = [
            CellStep(.strip(Self.density), name: "strip", ends: [.time(4 * onset)]),
            CellStep(.rest, name: "rest", ends: [.time(2 * onset)]),
            CellStep(.plate(Self.density), name: "plate", ends: [.time(6 * onset)]),
            CellStep(.rest, name: "rest", ends: [.time(onset)]),
            CellStep(.strip(2 * Self.density), name: "strip", ends: [.time(onset)]),
        ]
        cell.integrator = IntegratorSettings(relativeTolerance: 1e-8, maximumStep: onset / 300)
        let (report, recorder) = try Cells.run(cell)
        let error = try #require(report.value(of: "conservation_error"))
        #expect(error < 1e-12)
        let (fluxes, gaps) = (recorder.column("flux_void"), recorder.column("void_gap"))
        var (sum, worst) = (0.0, 0.0)
        for row in 1..<fluxes.count {
            let step = recorder.rows[row].time - recorder.rows[row - 1].time
            sum += 0.5 * step * (fluxes[row] + fluxes[row - 1]) * Cells.molarVolume
            worst = max(worst, abs(sum - gaps[row]))
        }
        let largest = try #require(gaps.max())
        #expect(worst < 1e-4 * largest)
        // Plating closes the voids and refills the lattice; what is left grows.
        #expect(recorder.column("flux_growth").contains { $0 < 0 })
        let growth = recorder.column("flux_growth")
        #expect(growth.allSatisfy { $0 <= 0 })
        let steps = recorder.column("protocol_step")
        let contact = recorder.column("contact_fraction")
        let platedShut = recorder.rows.indices.filter { steps[$0] == 2 && contact[$0] == 1 && growth[$0] < 0 }
        #expect(!platedShut.isEmpty && contact.allSatisfy { $0 <= 1 })
        Verification.record(
            .fluxBalance, "lithium conserved through strip, rest and plate", expected: "0", found: "largest error",
            deviation: error, bound: 1e-12)
    }
}
