import Cases
import Models
import Testing

@Suite("The protocol of a cell")
struct CellStepTests {
    private let hour = "until: {time: 1 h}"

    @Test("Steps with a current and without")
    func simple() throws {
        #expect(
            try SampleCell.steps(
                "[{step: strip, current_density: 1 mA/cm^2, until: {charge: 1 mAh/cm^2, contact_fraction: 0.5}}, "
                    + "{step: plate, current_density: 2 mA/cm^2, until: {voltage: -50 mV, time: 2 h}}, "
                    + "{step: rest, until: {time: 1 h, contact_fraction: 0.9}}]")
                == [
                    CellStep(.strip(10), name: "strip", ends: [.charge(36_000), .contact(0.5)]),
                    CellStep(.plate(20), name: "plate", ends: [.time(7200), .voltage(-0.05)]),
                    CellStep(.rest, name: "rest", ends: [.time(3600), .contact(0.9)]),
                ])
    }

    @Test("A full cell is charged and discharged")
    func fullCell() throws {
        #expect(
            try SampleCell.steps(
                "[{step: charge, current_density: 1 mA/cm^2, until: {voltage: 4.2 V}}, "
                    + "{step: discharge, current_density: 1 mA/cm^2, \(hour)}]", of: SampleCell.full)
                == [
                    CellStep(.plate(10), name: "charge", ends: [.voltage(4.2)]),
                    CellStep(.strip(10), name: "discharge", ends: [.time(3600)]),
                ])
    }

    @Test("Pressure and fixture from a step on")
    func fixtures() throws {
        let steps = try SampleCell.steps(
            "[{step: hold, pressure: 25 MPa, fixture: fixed_gap, \(hour)}, "
                + "{step: rest, fixture: {springs: 1e9 Pa/m}, \(hour)}, {step: rest, fixture: constant_pressure, \(hour)}]",
            set: "stack.stiffness=1.3e11 Pa/m", "stack.confined_creep=on", "stack.radius=5 mm")
        #expect(steps[0] == CellStep(.hold, name: "hold", pressure: 25e6, fixture: .fixedGap, ends: [.time(3600)]))
        #expect(steps[1].fixture == .springs(stiffness: 1e9) && steps[1].pressure == nil)
        #expect(steps[2].fixture == .constantPressure)
    }

    @Test(
        "A ramp",
        arguments: [
            ("strip", CellStep.Ramp.Direction.strip), ("plate", .plate), ("alternate", .alternate),
        ])
    func ramp(word: String, direction: CellStep.Ramp.Direction) throws {
        let steps = try SampleCell.steps(
            "[{step: ramp, direction: \(word), from: 0.05 mA/cm^2, to: 3 mA/cm^2, increment: 0.05 mA/cm^2, "
                + "level: {charge: 1 mAh/cm^2}, rest: 10 min, pressure: 7 MPa}]")
        let ramp = CellStep.Ramp(
            direction: direction, first: 0.5, increment: 0.5, last: 30, length: .charge(36_000), rest: 600)
        #expect(steps == [CellStep(.ramp(ramp), name: "ramp", pressure: 7e6, ends: [])])
        #expect(ramp.levels == 60)
        let timed = try SampleCell.steps(
            "[{step: ramp, direction: strip, from: 1 mA/cm^2, to: 1 mA/cm^2, increment: 1 mA/cm^2, level: {time: 1 h}}]"
        )
        guard case .ramp(let level)? = timed.first?.kind else {
            Issue.record("the step is not a ramp")
            return
        }
        #expect(level.length == .time(3600) && level.rest == 0 && level.levels == 1)
    }

    @Test("Cycles are written out")
    func cycles() throws {
        let steps = try SampleCell.steps(
            "[{step: rest, \(hour)}, {step: cycle, count: 3, steps: [{step: strip, current_density: 1 mA/cm^2, \(hour)}, "
                + "{step: plate, current_density: 1 mA/cm^2, pressure: 6 MPa, \(hour)}]}]")
        #expect(steps.map(\.name) == ["rest", "strip", "plate", "strip", "plate", "strip", "plate"])
        #expect(steps[4].pressure == 6e6 && steps[3].kind == .strip(10))
        let most = try SampleCell.steps("[{step: cycle, count: 100000, steps: [{step: rest, \(hour)}]}]")
        #expect(most.count == 100_000)
    }
}
