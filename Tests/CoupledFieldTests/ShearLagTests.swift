import FiniteElements
import Foundation
import LinearAlgebra
import Models
import TestSupport
import Testing

/// A thin film that swells, in plane strain, on a surface that holds it by shear: with the mean stress E' (u' - (1 + ν) ε*),
/// E' = E/(1 - ν²), its balance along x is
///
///     E' h u'' = τ(u),   u(0) = 0,   u'(w) = (1 + ν) ε*
///
/// (H. L. Cox, Br. J. Appl. Phys. 3 (1952) 72). While the surface holds, τ = k u and
///
///     u = (1 + ν) ε* l sinh(x/l) / cosh(w/l),   l² = E' h / k
///
/// where it slips, the force along the film is that of the cap, N = -τ_max (w - x).
@Suite struct ShearLagTests {
    private static let (height, width) = (1.0, 80.0)
    private static let columns = 100
    private static let strain = Layer.volume * 0.02 * Layer.maximum / 3
    private static let plane = Layer.young / (1 - Layer.poisson * Layer.poisson)

    private static let start = 0.02 * Layer.maximum
    private static let free = (1 + Layer.poisson) * strain
    /// The force of the film between rigid ends, N/m.
    private static let clamped = plane * height * free

    /// A film free of stress without lithium, and its elasticity.
    private func film(cap: Double, slip: Double) throws -> LayerSystem {
        let body = LayerBody(
            shape: .strip, thickness: Self.height, width: Self.width, side: .free, columns: Self.columns, rows: 2,
            sideGrading: 4)
        let mechanics = MechanicsParameters(
            solid: Layer.solid(), electrolyte: .sliding, collector: .friction(cap: cap, slip: slip))
        return try Layer.system(body, mechanics, start: Self.start)
    }

    /// The force along the film over x, N/m: the mean over each column of cells at the middle of three Gauss points.
    private func forces(_ system: LayerSystem) -> [(x: Double, force: Double)] {
        let elasticity = LinearElasticity(PlaneStrain.self, displacement: 0, solid: Layer.solid())
        var forces = [(x: Double, force: Double)](repeating: (0, 0), count: Self.columns)
        let vertices = system.assembler.system.mesh.vertices
        system.assembler.forEachPoint(unknowns: system.fields) { fields, point in
            let column = point.cell % Self.columns
            let middle: Double = 0.5 * (vertices[column].x + vertices[column + 1].x)
            guard abs(point.position.x - middle) < 1e-9 * Self.width else { return }
            let length: Double = vertices[column + 1].x - vertices[column].x
            // 8/18 is the weight of the middle point.
            forces[column].x = middle
            forces[column].force += point.weight * 18 / (8 * length) * elasticity.stress(fields, at: point).xx
        }
        return forces
    }

    private func uniform(_ system: LayerSystem, _ c: Double) -> [Double] { [Double](repeating: c, count: system.count) }

    @Test("A film held by shear follows the shear-lag solution")
    func held() throws {
        let stiffness: Double = Self.plane * Self.height / 100
        var system = try film(cap: stiffness, slip: 1)
        try system.equilibrate(uniform(system, Self.start))
        let length = 10.0
        let largest: Double = Self.free * length * tanh(Self.width / length)
        let unknowns = system.assembler.system
        let space = unknowns.space(ofComponent: 0)
        var worst = 0.0
        for node in try space.nodes(onBoundary: "bottom") {
            let exact: Double = Self.free * length * sinh(space.positions[node].x / length) / cosh(Self.width / length)
            worst = max(worst, abs(system.fields[Int(unknowns.unknowns(ofComponent: 0)[node])] - exact))
        }
        #expect(worst < 0.01 * largest)
        #expect(system.energies().mechanical?.slipped == 0)
        var gap = 0.0
        for (x, force) in forces(system) {
            let exact: Double = -Self.clamped * (1 - cosh(x / length) / cosh(Self.width / length))
            gap = max(gap, abs(force - exact))
        }
        #expect(gap < 0.005 * Self.clamped)
        Verification.record(
            .chemoMechanics, "film held by shear, displacement against the shear-lag solution, over its largest",
            expected: "0", found: String(format: "%.4f", worst / largest), deviation: worst / largest, bound: 0.01)
        Verification.record(
            .chemoMechanics, "film held by shear, force against the shear-lag solution, over that of a clamped film",
            expected: "0", found: String(format: "%.4f", gap / Self.clamped), deviation: gap / Self.clamped,
            bound: 0.005)
    }

    @Test("A film that slips carries the force of the cap, swelling and, after it, shrinking again")
    func slipping() throws {
        // The cap carries the clamped film's force over half its width.
        let cap: Double = Self.clamped / (0.5 * Self.width)
        var system = try film(cap: cap, slip: Self.free * 0.005)
        func check(_ name: String, dissipated: Double, fronts: [Double], _ exact: (Double) -> Double) {
            // At a front of the slip the stress varies over a thickness.
            var worst = 0.0
            for (x, force) in forces(system) where fronts.allSatisfy({ abs(x - $0) > 2 * Self.height }) {
                worst = max(worst, abs(force - exact(x)))
            }
            let slipped = system.energies().mechanical?.slipped ?? 0
            #expect(worst < 0.01 * Self.clamped)
            #expect(abs(slipped / dissipated - 1) < 0.02)
            Verification.record(
                .chemoMechanics, "film that slips, \(name), force against the closed form, over that of a clamped film",
                expected: "0", found: String(format: "%.4f", worst / Self.clamped), deviation: worst / Self.clamped,
                bound: 0.01)
            Verification.record(
                .chemoMechanics, "film that slips, \(name), dissipated energy against the closed form", expected: "1",
                found: String(format: "%.4f", slipped / dissipated), deviation: abs(slipped / dissipated - 1),
                bound: 0.02)
        }
        try system.equilibrate(uniform(system, Self.start))
        // u'' = 2 free/w in the half that slips, and τ times the integral of u is dissipated.
        let square: Double = cap * Self.free * Self.width * Self.width
        check("swelling", dissipated: square / 24, fronts: [0.5 * Self.width]) {
            -min(Self.clamped, cap * (Self.width - $0))
        }
        let largest = system.energies().mechanical?.largestSlip ?? 0
        #expect(abs(largest / (Self.free * Self.width / 4) - 1) < 0.02)

        // From -τ to τ the surface carries the force of the change over half as much of the width.
        try system.beginStep(time: 0, state: uniform(system, Self.start))
        try system.equilibrate(uniform(system, 0))
        check("shrinking", dissipated: square / 96, fronts: [0.5 * Self.width, 0.75 * Self.width]) { x in
            min(cap * (Self.width - x), Self.clamped - min(Self.clamped, cap * (Self.width - x)))
        }
    }
}
