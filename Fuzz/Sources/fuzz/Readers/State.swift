import Cases
import Checkpoints
import Models

/// States of runs: what the head of an input chooses is put into a true state of a small run, which then goes on for a step or is refused.
@Sendable func readState(_ bytes: [UInt8]) {
    guard bytes.count >= 2 else { return }
    let (model, state) = trueStates[Int(bytes[0]) % trueStates.count]
    var (numbers, records) = (state.numbers, state.records)
    let names = (Array(numbers.keys) + Array(records.keys)).sorted()
    let name = names[Int(bytes[1]) % names.count]
    let rest = bytes[2...]
    if records[name] != nil {
        records[name] = String(decoding: rest, as: UTF8.self)
    } else {
        // Eight bytes a number, over those that are there.
        var values = numbers[name] ?? []
        for (index, start) in stride(from: rest.startIndex, to: rest.endIndex - 7, by: 8).enumerated() {
            let pattern = rest[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            if index < values.count { values[index] = Double(bitPattern: pattern) } else { values.append(0) }
        }
        numbers[name] = values
    }
    do { _ = try model.run(observer: Observer(), resuming: SavedState(numbers: numbers, records: records)) } catch {
        require(error is SavedState.Problem || error is RunFailure, "\(error) is no refusal")
    }
}

/// A small case of each kind, and its state after some steps.
private let trueStates: [(model: any CaseModel, state: SavedState)] = cases.map { text in
    do {
        let model = try Case(bytes: Array(text.utf8), path: "case.yaml").model
        let observer = Observer(saving: 6)
        _ = try model.run(observer: observer)
        guard let state = observer.state else { fatalError("no state of\n\(text)") }
        return (model, state)
    } catch {
        fatalError("\(error)\n\(text)")
    }
}

/// Stops a run after some steps and takes its state.
private final class Observer: RunObserver {
    var state: SavedState?
    private var stepsLeft: Int

    init(saving steps: Int = 1) { stepsLeft = steps }

    func begin(_ outline: RunOutline) {}
    func record(time: Double, row: [Double]) {}
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) {}
    func progress(_ progress: RunProgress) -> RunDirective {
        stepsLeft -= 1
        return stepsLeft > 0 ? .goOn : .stop
    }
    func save(_ state: SavedState) { self.state = state }
}

private let cases = [
    """
    model: transport
    layer: {thickness: 5 um}
    diffusivity: 6e-11 cm^2/s
    initial: 0 mmol/cm^3
    limits: {saturation: 69.6 mmol/cm^3}
    protocol:
      - {step: plate, current_density: 1 mA/cm^2, until: {event: surface_saturates}}
      - {step: rest, until: {time: 1 min}}
    mesh: {cells: 4}
    numerics: {max_steps: 50}
    """,
    """
    model: chemo-mechanics
    material: li-mg
    geometry: {shape: strip, thickness: 300 nm, width: 300 nm, side: free, across: plane_strain}
    initial: {li_per_mg: 1}
    limits: {saturation: {li_per_mg: 2}, depletion: {li_per_mg: 0.5}}
    electrolyte: {contact: friction, friction: {adhesion_energy: 1 J/m^2}}
    collector: {contact: sliding}
    protocol:
      - {step: plate, current_density: 0.1 mA/cm^2, until: {charge: 0.005 mAh/cm^2}}
    mesh: {columns: 2, rows: 4}
    numerics: {max_steps: 50}
    """,
    """
    model: flux-balance
    temperature: 30 degC
    material: {from: li, allow_extrapolation: [thinning.pressure]}
    electrode: {thickness: 1 mm, creep: thinning}
    voids: {height: 1 um}
    stack: {pressure: 5 MPa, fixture: constant_pressure}
    short: {critical_current_density: 1.453 mA/cm^2}
    protocol:
      - step: ramp
        direction: alternate
        from: 0.5 mA/cm^2
        to: 1.45 mA/cm^2
        increment: 0.01 mA/cm^2
        level: {charge: 1.1 mAh/cm^2}
        rest: 1 min
    numerics: {max_steps: 50}
    """,
    """
    model: void-closure
    temperature: 25 degC
    material: {from: li, flow: {use: garofalo}}
    geometry: {shape: sphere, radius: 1 um}
    pressure: 3 MPa
    until: {fraction: 0.01}
    numerics: {max_steps: 50}
    """,
]
