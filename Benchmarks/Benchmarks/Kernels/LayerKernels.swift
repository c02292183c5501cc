import Benchmark
import Models
import Workloads

let slowRate = BenchmarkMetric.custom("Nodes per ms", polarity: .prefersLarger, useScalingFactor: false)

/// The parts of an iteration of the coupled plate on one mesh, in nodes of their elements per millisecond.
func measureLayerParts(cells: Int) {
    var configuration = Benchmark.defaultConfiguration
    configuration.metrics = [time, slowRate]
    configuration.warmupIterations = 1
    // Made at first use, so that a filtered run of other kernels does not wait for it.
    let made = Parts(cells: cells)
    func measure(_ name: String, calls: Int, isLinear: Bool = false, _ body: @escaping (LayerParts) throws -> Void) {
        Benchmark("\(name), \(cells) x \(cells)", configuration: configuration) { benchmark in
            do {
                let parts = try made.parts
                let nodes = isLinear ? parts.nodes.linear : parts.nodes.quadratic
                let began = ContinuousClock.now
                for _ in 0..<calls { try body(parts) }
                let each = (ContinuousClock.now - began) / .nanoseconds(calls)
                benchmark.measurement(time, Int(each.rounded()))
                benchmark.measurement(slowRate, Int((1e6 * Double(nodes) / each).rounded()))
            } catch {
                benchmark.error("FAILED: \(name): \(error)")
            }
        }
    }
    measure("Residual, Q2 elasticity", calls: 10) { $0.elasticResidual() }
    measure("Tangent and assembly, Q2 elasticity", calls: 5) { $0.assembleStiffness() }
    measure("Residual, Q1 mechanical potential", calls: 10, isLinear: true) { $0.potentialResidual() }
    measure("Residual, Q1 diffusion with drift", calls: 10, isLinear: true) { $0.diffusionResidual() }
    measure("Tangent and assembly, Q1 diffusion", calls: 10, isLinear: true) { $0.assembleStageMatrix() }
    measure("Factor, stiffness", calls: 1) { try $0.factorStiffness() }
    measure("Solve, stiffness", calls: 5) { try $0.solveStiffness() }
    measure("Solve, Q1 mass", calls: 10, isLinear: true) { try $0.solveMass() }
}

/// The parts of a mesh, made once. Benchmarks run one after the other on one thread.
private final class Parts: @unchecked Sendable {
    private let cells: Int
    private var made: LayerParts?

    init(cells: Int) { self.cells = cells }

    var parts: LayerParts {
        get throws {
            if let made { return made }
            let parts = try LayerParts(cells: cells)
            made = parts
            return parts
        }
    }
}
