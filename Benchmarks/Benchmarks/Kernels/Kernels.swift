import Benchmark
import FiniteElements
import LinearAlgebra
import Workloads

let time = BenchmarkMetric.custom("ns per call", useScalingFactor: false)
let rate = BenchmarkMetric.custom("Nodes per us", polarity: .prefersLarger, useScalingFactor: false)
let lapackTime = BenchmarkMetric.custom("ns per call of LAPACK", useScalingFactor: false)
let ratio = BenchmarkMetric.custom("Percent of LAPACK's time", useScalingFactor: false)

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [time, rate],
        units: [time: .count, rate: .count, slowRate: .count, lapackTime: .count, ratio: .count],
        warmupIterations: 5, maxDuration: .seconds(1), maxIterations: 200)

    for count in [100, 10_000] { compareTridiagonal(count: count) }
    measureCondensedMatrix()
    for (name, parameters) in [
        ("constant diffusivity", TransportCases.constantDiffusivity()), ("Li-Mg", TransportCases.lithiumMagnesium()),
        ("Li-Mg, host frame", TransportCases.lithiumMagnesium(frame: .host)),
    ] {
        measureTransport(name, TransportCase(parameters))
    }
    for cells in [16, 64] { measureLayerParts(cells: cells) }
}

/// The mean time of one of `calls` calls, in ns.
@inline(__always)
func nanoseconds(calls: Int, _ body: () -> Void) -> Double {
    let began = ContinuousClock.now
    for _ in 0..<calls { body() }
    return (ContinuousClock.now - began) / .nanoseconds(calls)
}

/// Registers a kernel that passes once over `nodes` nodes.
func measureKernel(_ name: String, nodes: Int, calls: Int, _ body: @escaping () -> Void) {
    Benchmark(name) { benchmark in
        let each = nanoseconds(calls: calls, body)
        benchmark.measurement(time, Int(each.rounded()))
        benchmark.measurement(rate, Int((1000 * Double(nodes) / each).rounded()))
    }
}

// MARK: - Solvers

/// Our elimination without pivoting against LAPACK's with it, on one matrix, in turns.
func compareTridiagonal(count: Int) {
    let calls = 1_000_000 / count
    let problem = TridiagonalProblem(count: count)
    var ours = TridiagonalFactor(count: count)
    var theirs = ReferenceTridiagonal(problem)
    var solution = problem.right

    func agrees() -> Bool {
        guard ours.factor(lower: problem.lower, diagonal: problem.diagonal, upper: problem.upper), theirs.factor()
        else { return false }
        solution = problem.right
        ours.solve(&solution)
        var reference = problem.right
        theirs.solve(&reference)
        return zip(solution, reference).allSatisfy { abs($0 - $1) <= 1e-13 * (1 + abs($1)) }
    }
    func compare(_ name: String, ours: @escaping () -> Void, theirs: @escaping () -> Void) {
        var configuration = Benchmark.defaultConfiguration
        configuration.metrics = [time, lapackTime, ratio, rate]
        Benchmark("Tridiagonal \(name), \(count) unknowns", configuration: configuration) { benchmark in
            guard agrees() else {
                return benchmark.error("FAILED: TridiagonalFactor and LAPACK disagree on \(count) unknowns")
            }
            let our = nanoseconds(calls: calls, ours)
            let their = nanoseconds(calls: calls, theirs)
            benchmark.measurement(time, Int(our.rounded()))
            benchmark.measurement(lapackTime, Int(their.rounded()))
            benchmark.measurement(ratio, Int((100 * our / their).rounded()))
            benchmark.measurement(rate, Int((1000 * Double(count) / our).rounded()))
        }
    }
    compare(
        "factor",
        ours: { blackHole(ours.factor(lower: problem.lower, diagonal: problem.diagonal, upper: problem.upper)) },
        theirs: { blackHole(theirs.factor()) })
    // The solution of one call is the right-hand side of the next: the matrix is dominated by its diagonal, so it decays
    // to zero slowly; a fresh start for each call would time the copy too.
    compare(
        "solve",
        ours: { ours.solve(&solution) },
        theirs: { theirs.solve(&solution) })
}

func measureCondensedMatrix() {
    let cells = 64
    var matrix = CondensedLineMatrix(cells: cells)
    matrix.clear()
    for cell in 0..<cells {
        matrix.add(cell: cell, left: [2, -0.5, 0.1], middle: [-0.5, 3, -0.5], right: [0.1, -0.5, 2])
    }
    let sound = matrix.factor()
    precondition(sound)
    var vector = [Double](repeating: 1, count: matrix.count)
    measureKernel("CondensedLineMatrix.solve, 64 cells", nodes: matrix.count, calls: 1000) {
        matrix.solve(&vector)
        // Keeps the numbers away from the denormal ones.
        vector[0] = 1
    }
}

// MARK: - Transport

func measureTransport(_ name: String, _ start: TransportCase) {
    var system = start.system
    let state = start.developedState
    var result = state
    measureKernel("Residual, \(name)", nodes: state.count, calls: 500) {
        do { try system.residual(time: 0, state: state, into: &result) } catch { fatalError("\(error)") }
    }
    var factored = system
    measureKernel("Factor, \(name)", nodes: state.count, calls: 500) {
        blackHole(factored.factor(time: 0, state: state, shift: 2.5))
    }
    // Steps as a solve meets them: the first of a fresh integrator takes its storage, the next fifty are timed.
    let steps = 50
    Benchmark("ESDIRK step, \(name)") { benchmark in
        do {
            var integrator = try start.integratorAfterFirstStep()
            let began = ContinuousClock.now
            for _ in 0..<steps { try integrator.step(limit: .infinity) }
            let each = (ContinuousClock.now - began) / .nanoseconds(steps)
            benchmark.measurement(time, Int(each.rounded()))
            benchmark.measurement(rate, Int((1000 * Double(state.count) / each).rounded()))
        } catch {
            benchmark.error("FAILED: ESDIRK step, \(name): \(error)")
        }
    }
}
