import Foundation
import Materials
import Models
import TestSupport
import Testing

@Suite("Critical current density by ramps")
struct RampTests {
    /// A half cell at constant pressure that is stripped at rising currents, each for five times the charge of a void.
    static func ramp(pressure: Double, critical: Double, temperature: Double = 303.15) -> FluxBalanceParameters {
        let charge = 5 * 1e-6 / Cells.molarVolume * 96485.33212
        let ramp = CellStep.Ramp(
            direction: .strip, first: 0.02 * Cells.milliampere, increment: 0.002 * Cells.milliampere,
            last: 3 * Cells.milliampere, length: .charge(charge))
        var cell = Cells.halfCell(
            creep: .thinning(Cells.thinning), thickness: 0.05, steps: [CellStep(.ramp(ramp), name: "ramp", ends: [])])
        cell.stack.pressure = pressure
        cell.temperature = temperature
        cell.criticalCurrentDensity = critical * Cells.milliampere
        return cell
    }

    @Test("A ramp to and fro, whose voids close about where a level ends, goes on to the failure of the cell")
    func alternating() throws {
        var cell = Self.ramp(pressure: 5e6, critical: 1.453)
        guard case .ramp(var ramp) = cell.steps[0].kind else { return }
        (ramp.direction, ramp.increment) = (.alternate, 0.05)
        (ramp.first, ramp.length) = (0.1, .charge(1.1 * Cells.milliampereHour))
        cell.steps[0].kind = .ramp(ramp)
        let report = try Cells.run(cell).report
        let found = try #require(report.value(of: "critical_current_density")) / Cells.milliampere
        #expect(report.steps.map(\.end) == ["contact_lost"], "\(found)")
        #expect(abs(found - 0.93) < 0.006)
        let sustained = try #require(report.value(of: "sustained_current_density"))
        #expect(abs(10 * found - sustained - 0.05) < 1e-12)
    }

    @Test(
        "A ramp at constant pressure finds the critical current density of the quasi-steady balance",
        arguments: [(1.0, 0.294), (3, 0.663), (5, 0.926)])
    func constantPressure(pressure: Double, expected: Double) throws {
        let report = try Cells.run(Self.ramp(pressure: pressure * 1e6, critical: 1.453)).report
        let found = try #require(report.value(of: "critical_current_density")) / Cells.milliampere
        #expect(abs(found / expected - 1) < 0.01)
        #expect(report.steps.last?.end == "contact_lost")
        Verification.record(
            .fluxBalance, "critical current density at \(pressure) MPa, by a ramp of 0.002 mA/cm2 a level",
            expected: "\(expected)", found: String(format: "%.3f", found), deviation: abs(found / expected - 1),
            bound: 0.01)
    }
}

extension RampTests {
    /// A ramp of some levels of 0.1 mA/cm2 and 1 mAh/cm2 each.
    static func levels(_ direction: CellStep.Ramp.Direction, last: Double) -> CellStep {
        let ramp = CellStep.Ramp(
            direction: direction, first: 1, increment: 1, last: last, length: .charge(Cells.milliampereHour))
        return CellStep(.ramp(ramp), name: "ramp", ends: [])
    }

    @Test("A ramp whose cathode is full or empty ends there, and no level counts through which no current flowed")
    func capacity() throws {
        let full = try Cells.run(try CellTests.fullCell(.constantPressure, steps: [Self.levels(.plate, last: 19)]))
            .report
        #expect(full.steps.map(\.end) == ["capacity"])
        #expect(try #require(full.value(of: "sustained_current_density")) == 4)
        let empty = try Cells.run(try CellTests.fullCell(.constantPressure, steps: [Self.levels(.strip, last: 19)]))
            .report
        #expect(empty.steps.map(\.end) == ["capacity"])
        #expect(empty.value(of: "sustained_current_density") == nil && empty.value(of: "time_to_voids") == nil)
    }

    @Test("A foil that is used up has no critical current density")
    func usedUp() throws {
        var cell = Cells.halfCell(
            creep: .thinning(Cells.thinning), thickness: 8e-6, steps: [Self.levels(.strip, last: 19)])
        cell.criticalCurrentDensity = 20
        let report = try Cells.run(cell).report
        #expect(report.steps.map(\.end) == ["exhausted"])
        #expect(report.value(of: "critical_current_density") == nil)
        #expect(report.value(of: "sustained_current_density") == 1)
    }

    @Test("A cell that fails at the first level is known to that level only; of two ramps the larger current counts")
    func firstLevel() throws {
        var cell = Self.ramp(pressure: 5e6, critical: 1.453)
        cell.steps = [Self.levels(.strip, last: 3), Self.levels(.strip, last: 2), Self.levels(.strip, last: 19)]
        let report = try Cells.run(cell).report
        #expect(try #require(report.value(of: "sustained_current_density")) == 9)
        guard case .ramp(var ramp) = cell.steps[0].kind else { return }
        (ramp.first, ramp.last) = (12, 19)
        cell.steps = [CellStep(.ramp(ramp), name: "ramp", ends: [])]
        let late = try Cells.run(cell).report
        let critical = try #require(late.results.first { $0.quantity.name == "critical_current_density" })
        #expect(critical.value == 12 && critical.errorEstimate == 12)
    }
}
