import Foundation
import Models
import TimeIntegration

extension Kernels {
    /// The parts of a time step of transport for a constant diffusivity and for that of Li-Mg in both frames, 64 cells.
    ///
    /// Operations of the residual: 13 a cell for K φ and the balance of its end; a node takes one where φ = D u and 23 where the
    /// cubic of Kirchhoff's transform is found and evaluated with its slope. The factor adds 42 a cell: the slopes scaled (4), the
    /// entries of W + γ Δt K diag(𝒟) (18), the condensation (15) and the elimination (5). A step is its iterations, of a residual,
    /// a solution (14 a cell) and 4 a node for the rate and its balance each, its factors, 6.6 a node and stage for what the stages
    /// before give and 24 a node for its end; iterations and factors are those that the integrator counts.
    ///
    /// Bytes: state, φ, its slope and the result (32 a node), the lengths (8 a cell), a cubic (32 a node) where there is one; of
    /// the matrix 40 a cell in the middle nodes and 48 at the ends. A step reads the stages before (24 a node) besides.
    static let transport: [Kernel] =
        transport("constant", "constant D") { TransportCases.constantDiffusivity(relativeTolerance: $0) }
        + transport("li-mg", "Li-Mg") { TransportCases.lithiumMagnesium(relativeTolerance: $0) }
        + transport("li-mg-host", "Li-Mg, host frame") {
            TransportCases.lithiumMagnesium(frame: .host, relativeTolerance: $0)
        }

    private static func transport(
        _ id: String, _ title: String, _ parameters: @escaping @Sendable (Double) -> TransportParameters
    ) -> [Kernel] {
        let isLinear = id == "constant"
        let (nodes, cells) = (129.0, 64.0)
        let residual = (isLinear ? 1 : 23) * nodes + 13 * cells
        let factor = (isLinear ? 1 : 23) * nodes + 42 * cells
        let residualBytes = (isLinear ? 32 : 64) * nodes + 8 * cells
        let factorBytes = residualBytes + 88 * cells
        // The vectors of the system, the matrix, and the cubics that the nodes need.
        let footprint = residualBytes + 112 * cells
        return [
            Kernel(
                "transport-residual-\(id)", "TransportSystem.residual, \(title)", unit: "nodes", countedCalls: 500,
                cost: {
                    Kernel.Cost(work: nodes, bytes: residualBytes, footprint: footprint, operations: residual)
                },
                prepare: {
                    let parts = try TransportParts(TransportCase(parameters(1e-8)))
                    return { try parts.evaluate() }
                }),
            Kernel(
                "transport-factor-\(id)", "TransportSystem.factor, \(title)", unit: "nodes", countedCalls: 500,
                cost: { Kernel.Cost(work: nodes, bytes: factorBytes, footprint: footprint, operations: factor) },
                prepare: {
                    let parts = try TransportParts(TransportCase(parameters(1e-8)))
                    return { parts.factor() }
                }),
            Kernel(
                "transport-step-\(id)", "ESDIRK step, \(title), fifty after the first", unit: "steps",
                countedCalls: 2,
                cost: {
                    let work = try TransportSteps(parameters).stepped().work
                    let (iterations, factors) = (Double(work.newtonIterations), Double(work.factorisations))
                    let (steps, each) = (Double(TransportSteps.count), residual + 14 * cells + 4 * nodes)
                    return Kernel.Cost(
                        work: steps,
                        bytes: iterations * (residualBytes + 112 * cells + 40 * nodes) + factors * factorBytes
                            + steps * 160 * nodes,
                        footprint: footprint + 15 * 8 * nodes,
                        operations: iterations * each + factors * factor + steps * (5 * 6.6 + 24) * nodes)
                },
                prepare: {
                    let steps = try TransportSteps(parameters)
                    try steps.check(isLinear: isLinear)
                    return { steps.last = try steps.stepped().state[0] }
                }),
        ]
    }
}

/// The residual and the matrix of a transport case at a state that falls through the layer.
private final class TransportParts {
    private var system: TransportSystem
    private let state: [Double]
    private var result: [Double]
    private static let shift = 2.5

    /// - Throws: ``KernelMismatch`` where the residual or a solution is not that of dense matrices.
    init(_ start: TransportCase) throws {
        system = start.system
        state = start.developedState
        result = state
        let law = system.diffusivity.law
        func coefficient(_ unknown: Double) -> Double {
            let stretch = system.frame.stretch(unknown)
            return law.value(concentration: unknown / stretch, composition: system.composition) / (stretch * stretch)
        }
        // φ from node to node by Simpson's rule on 64 parts: what is constant in φ does not matter.
        var potentials = [0.0]
        for (left, right) in zip(state, state.dropFirst()) {
            let part = (right - left) / 64
            let sum = (0..<64).reduce(0.0) { sum, index in
                let start = left + part * Double(index)
                return sum + coefficient(start) + 4 * coefficient(start + 0.5 * part) + coefficient(start + part)
            }
            potentials.append(potentials[potentials.count - 1] + sum * part / 6)
        }
        let stiffness = lineStiffness(system.mesh)
        var exact = product(stiffness, potentials).map { -$0 }
        exact[0] += system.flux
        try evaluate()
        try require("TransportSystem.residual from quadrature", deviation(result, from: exact), atMost: 1e-8)
        var matrix = stiffness.map { row in zip(row, state).map { Self.shift * $0 * coefficient($1) } }
        for node in state.indices { matrix[node][node] += system.mass[node] }
        factor()
        system.solve(&result)
        try require(
            "TransportSystem.solve from LAPACK's dgesv", deviation(result, from: try denseSolution(matrix, exact)),
            atMost: 1e-8)
    }

    func evaluate() throws { try system.residual(time: 0, state: state, into: &result) }

    func factor() { if !system.factor(time: 0, state: state, shift: Self.shift) { result[0] = .nan } }
}

/// Steps as a solve meets them: the first of a fresh integrator takes its storage, the next fifty are a call.
private final class TransportSteps {
    /// How many.
    static let count = 50
    private let parameters: @Sendable (Double) -> TransportParameters
    private let start: ESDIRKIntegrator<TransportSystem>
    var last = 0.0

    init(_ parameters: @escaping @Sendable (Double) -> TransportParameters) throws {
        self.parameters = parameters
        start = try TransportCase(parameters(1e-8)).integratorAfterFirstStep()
    }

    /// The integrator after the steps; its vectors are copied at the first of them.
    func stepped() throws -> ESDIRKIntegrator<TransportSystem> {
        var integrator = start
        for _ in 0..<Self.count { try integrator.step(limit: .infinity) }
        return integrator
    }

    /// - Throws: ``KernelMismatch`` where lithium is lost, or the surface is not that of the series of the slab (constant D) or of
    ///   a solution to a tolerance a hundred times as tight.
    func check(isLinear: Bool) throws {
        let found = try stepped()
        let system = found.system
        let initial = TransportCase(parameters(1e-8)).initialState
        let gained = system.content(of: found.state) - system.content(of: initial)
        try require("the lithium after the steps", abs(gained / (system.flux * found.time) - 1), atMost: 1e-10)
        if isLinear, case .constant(let diffusivity) = system.diffusivity {
            // c = 2 J √(t/D) Σ ierfc(|n| L / √(Dt)) at the surface, images of the far side (Carslaw and Jaeger, 1959, §3.8).
            let root = (diffusivity * found.time).squareRoot()
            let sum = (-8...8).reduce(0.0) { sum, n in
                let x = abs(Double(n)) * system.mesh.length / root
                return sum + exp(-x * x) / Double.pi.squareRoot() - x * erfc(x)
            }
            let exact = 2 * system.flux * root / diffusivity * sum
            // The mesh is made for later times.
            try require("the surface from the series", abs(found.state[0] / exact - 1), atMost: 1e-5)
        } else {
            var fine = try TransportCase(parameters(1e-10)).integratorAfterFirstStep()
            while fine.time < found.time { try fine.step(limit: found.time) }
            try require("the state from shorter steps", deviation(found.state, from: fine.state), atMost: 1e-6)
        }
    }
}
