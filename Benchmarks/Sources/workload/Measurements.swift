import Foundation
import Models
import Workloads

/// The two problems that scripts/compare sets against other codes: each call solves one and prints a line of JSON.
///
/// Times are CPU times in s. `setup` is what comes before the first step, `solve` the steps, `memory` the peak of the process
/// in MB.
enum Measurements {
    /// The coupled plate with error control.
    static func plate(cells: Int, tolerance: Double) throws {
        var plate = try CoupledPlate(cells: cells)
        var integrator = try plate.integrator(relativeTolerance: tolerance)
        let setup = ProcessUsage.processorTime
        while integrator.time < CoupledPlate.duration { try integrator.step(limit: CoupledPlate.duration) }
        let solve = ProcessUsage.processorTime - setup
        let memory = ProcessUsage.peakMemory
        let work = integrator.work
        try report(
            [
                ("setup", setup), ("solve", solve), ("memory", memory ?? .nan), ("steps", Double(work.steps)),
                ("rejected", Double(work.rejected)), ("iterations", Double(work.newtonIterations)),
                ("factorisations", Double(work.factorisations)),
                ("balance", plate.balanceError(of: integrator.state)),
            ], profile: plate.profile(of: integrator.state))
    }

    /// The coupled plate by equal steps of backward Euler, each solved to 1e-8 of the load.
    static func plateSteps(cells: Int, steps: Int) throws {
        var plate = try CoupledPlate(cells: cells)
        var euler = BackwardEuler(
            plate.system, state: plate.initialState, length: CoupledPlate.duration / Double(steps),
            method: .chords(tolerance: 1e-8))
        let setup = ProcessUsage.processorTime
        for _ in 0..<steps { try euler.step() }
        let solve = ProcessUsage.processorTime - setup
        let memory = ProcessUsage.peakMemory
        try report(
            [
                ("setup", setup), ("solve", solve), ("memory", memory ?? .nan), ("steps", Double(steps)),
                ("iterations", Double(euler.iterations)), ("balance", plate.balanceError(of: euler.state)),
            ], profile: plate.profile(of: euler.state))
    }

    /// The map of utilisation: the least CPU time of `count` solutions, and the errors of the last.
    static func map(_ law: UtilisationMap.Law, cells: Int, tolerance: Double, count: Int) throws {
        let map = UtilisationMap(law, side: 64, cells: cells, relativeTolerance: tolerance)
        let setup = ProcessUsage.processorTime
        var (solve, solution) = (Double.infinity, map.solve())
        for _ in 0..<count {
            let start = ProcessUsage.processorTime
            solution = map.solve()
            solve = min(solve, ProcessUsage.processorTime - start)
        }
        let memory = ProcessUsage.peakMemory
        let errors = zip(UtilisationMap.utilisations(solution), map.reference()).map { abs($0 / $1 - 1) }.sorted()
        for case .failure(let failure) in solution.prefix(4096) { print(failure); break }
        let work = solution.compactMap { try? $0.get().work }
        let steps = work.reduce(0.0) { $0 + Double($1.steps) }
        let iterations = work.reduce(0.0) { $0 + Double($1.newtonIterations) }
        try report([
            ("setup", setup), ("solve", solve), ("memory", memory ?? .nan), ("points", Double(map.layers.count)),
            ("steps", steps / Double(map.layers.count)), ("iterations", iterations / Double(map.layers.count)),
            ("error", errors.contains(where: \.isNaN) ? .nan : errors.last ?? .nan),
            ("median_error", errors[errors.count / 2]),
        ])
    }

    /// The map of the critical current density: CPU time, work, and how far the ramps are from the slow limit, in levels.
    static func criticalCurrents(side: Int, tolerance: Double, count: Int) throws {
        let map = CriticalCurrentMap(side: side, relativeTolerance: tolerance)
        let setup = ProcessUsage.processorTime
        var (solve, solution) = (Double.infinity, (densities: [Double](), steps: 0.0))
        for _ in 0..<count {
            let start = ProcessUsage.processorTime
            solution = try map.solve()
            solve = min(solve, ProcessUsage.processorTime - start)
        }
        // A ramp fails at the first level above the limit.
        let late = zip(solution.densities, map.quasiSteady()).map { ($0 - $1) / CriticalCurrentMap.increment }
        try report([
            ("setup", setup), ("solve", solve), ("memory", ProcessUsage.peakMemory ?? .nan),
            ("points", Double(map.cells.count)), ("steps", solution.steps / Double(map.cells.count)),
            ("least_levels_late", late.min() ?? .nan), ("most_levels_late", late.max() ?? .nan),
        ])
    }

    /// Lithium alone by equal steps of backward Euler, with the matrix kept, or formed from the elements and factored in
    /// every step.
    static func square(cells: Int, steps: Int, isKept: Bool) throws {
        let square = try SquareTransport(cells: cells, readsTable: !isKept)
        var euler = BackwardEuler(
            square.system, state: square.initialState, length: SquareTransport.duration / Double(steps),
            method: isKept ? .linear : .linearRebuilt)
        let setup = ProcessUsage.processorTime
        try euler.step()
        let first = ProcessUsage.processorTime
        for _ in 1..<steps { try euler.step() }
        let solve = ProcessUsage.processorTime - first
        try report([
            ("setup", setup), ("first", first - setup), ("solve", solve), ("memory", ProcessUsage.peakMemory ?? .nan),
            ("steps", Double(steps)), ("error", square.error(of: euler.state)),
        ])
    }

    /// Prints numbers, and the profile on the axis of a plate.
    private static func report(_ numbers: [(String, Double)], profile: [(x: Double, stress: Double)] = []) throws {
        var answer: [String: Any] = [:]
        for (name, value) in numbers where value.isFinite { answer[name] = value }
        if !profile.isEmpty {
            answer["x"] = profile.map(\.x)
            answer["stress"] = profile.map(\.stress)
        }
        let line = try JSONSerialization.data(withJSONObject: answer, options: .sortedKeys)
        print(String(decoding: line, as: UTF8.self))
    }
}
