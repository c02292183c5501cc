import FiniteElements
import Foundation
import LinearAlgebra
import Materials
import Models
import TestSupport
import Testing
import TimeIntegration

/// Manufactured solutions of ∂u/∂t = ∂/∂Z (𝒟(u) ∂u/∂Z) + s with the composition-dependent diffusivity of Li-Mg, in both frames.
@Suite struct ManufacturedSolutionTests {
    enum Frame: String, CaseIterable, CustomTestStringConvertible {
        case slab
        case host
        var testDescription: String { rawValue }
    }

    /// u = c₀ (1 + 0.3 cos(ω t) g(ζ)) with g = (1 - ζ)² + 0.4 cos πζ, ζ = Z/L: a flux at the electrolyte, none at the collector.
    private struct Solution: Sendable {
        let length: Double
        let base = 25000.0
        let omega: Double
        let frame: LayerFrame
        let alloy: AlloyDiffusivity
        let composition = AlloyComposition(relation: .sharedVolume, lithiumVolume: 13e-6, hostVolume: 14e-6)

        init(_ frame: Frame, length: Double, omega: Double) throws {
            alloy = try lithiumMagnesium(temperature: 330)
            self.frame = LayerFrame(swelling: frame == .host ? 13e-6 : 0)
            self.length = length
            self.omega = omega
        }

        /// u and its derivatives with respect to Z, Z twice, and t.
        func values(_ time: Double, _ z: Double) -> (u: Double, slope: Double, curvature: Double, rate: Double) {
            let s = z / length
            let g = (1 - s) * (1 - s) + 0.4 * cos(.pi * s)
            let g1 = (-2 * (1 - s) - 0.4 * .pi * sin(.pi * s)) / length
            let g2 = (2 - 0.4 * .pi * .pi * cos(.pi * s)) / (length * length)
            let a = 0.3 * base * cos(omega * time)
            return (base + a * g, a * g1, a * g2, -0.3 * base * omega * sin(omega * time) * g)
        }

        func coefficient<S: LawScalar>(_ u: S) -> S {
            let stretch = frame.stretch(u)
            let x = composition.moleFraction(concentration: u / stretch)
            return alloy(moleFraction: x) / (stretch * stretch)
        }

        func source(_ time: Double, _ z: Double) -> Double {
            let v = values(time, z)
            let d = coefficient(Dual<Double>.variable(v.u))
            return v.rate - d.partials * v.slope * v.slope - d.value * v.curvature
        }

        func flux(_ time: Double) -> Double {
            let v = values(time, 0)
            return -coefficient(v.u) * v.slope
        }

        func integrator(
            cells: Int, settings: IntegratorSettings
        ) -> ESDIRKIntegrator<TransportSystem> {
            var system = TransportSystem(
                mesh: LineMesh(length: length, cells: cells, grading: 4), frame: frame,
                diffusivity: .alloy(alloy), composition: composition, scale: base)
            let solution = self
            system.forcing = TransportSystem.Forcing(
                source: { solution.source($0, $1) }, flux: { solution.flux($0) })
            let start = system.mesh.quadraticNodes.map { values(0, $0).u }
            return ESDIRKIntegrator(system: system, state: start, settings: settings)
        }
    }

    @Test("Fourth order in space at the ends of the cells", arguments: Frame.allCases)
    func space(frame: Frame) throws {
        // Long enough for diffusion to cross the layer, L²/D being about 1000 s.
        let solution = try Solution(frame, length: 1e-6, omega: 2e-3)
        let end = 800.0
        let counts = [8, 16, 32, 64]
        let errors = try counts.map { cells in
            var integrator = solution.integrator(
                cells: cells, settings: IntegratorSettings(relativeTolerance: 1e-11))
            try integrator.restart()
            while integrator.time < end { try integrator.step(limit: end) }
            let vertices = integrator.system.mesh.vertices
            return (0...cells).map { abs(integrator.state[2 * $0] - solution.values(end, vertices[$0]).u) }.max() ?? 0
        }
        let order = observedOrder(errors: errors, sizes: counts.map { 1 / Double($0) })
        #expect(abs(order - 4) < 0.1, "errors \(errors)")
        #expect(errors[3] < 1e-6 * solution.base)
        Verification.record(
            .space, "D(c) of Li-Mg, \(frame.rawValue) frame, 32 to 64 cells", expected: "4",
            found: String(format: "%.3f", order), deviation: abs(order - 4), bound: 0.1)
    }

    @Test("Fourth order in time", arguments: Frame.allCases)
    func time(frame: Frame) throws {
        let solution = try Solution(frame, length: 5e-6, omega: 0.02)
        let end = 240.0
        func state(steps: Int) throws -> [Double] {
            var integrator = solution.integrator(
                cells: 16,
                settings: IntegratorSettings(
                    relativeTolerance: 1e-12, maximumStep: end / Double(steps), hasFixedSteps: true))
            try integrator.restart()
            for step in 1...steps { try integrator.step(limit: step == steps ? end : .infinity) }
            return integrator.state
        }
        let counts = [20, 40, 80, 160]
        let fine = try state(steps: 1280)
        let errors = try counts.map { count in zip(try state(steps: count), fine).map { abs($0 - $1) }.max() ?? 0 }
        let order = observedOrder(errors: errors, sizes: counts.map { 1 / Double($0) })
        #expect(abs(order - 4) < 0.1, "errors \(errors)")
        Verification.record(
            .time, "D(c) of Li-Mg, \(frame.rawValue) frame, 80 to 160 fixed steps", expected: "4",
            found: String(format: "%.3f", order), deviation: abs(order - 4), bound: 0.1)
    }
}
