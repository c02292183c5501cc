import FiniteElements
import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// A surface that holds by a stiffness up to a cap and then slips.
@Suite struct FrictionTests {
    private static let (stiffness, cap) = (3.0, 0.6)
    private static let holding = cap / stiffness

    /// A surface on the top of a patch, its points and their lengths.
    private struct Surface {
        let assembler: Assembler
        let edges: [CellEdge]
        var term: ShearFriction
        var state: [Double]

        init(cells: Int) throws {
            let system = DegreesOfFreedom(mesh: try bentSquare(cells), fields: [.vector("u", .quadratic)])
            assembler = try Assembler(system)
            edges = try system.mesh.edges(ofBoundary: "top")
            term = ShearFriction(
                edges: edges, cells: system.mesh.cells, pointsPerEdge: 3, displacement: 0, stiffness: stiffness,
                cap: cap)
            state = assembler.makeVector()
        }

        /// Moves the patch and lets the surface follow; returns the mean traction, what is stored and what is dissipated, and
        /// the least dissipation at a point.
        mutating func move(_ displacement: (SIMD2<Double>) -> Double)
            -> (traction: Double, stored: Double, slipped: Double, least: Double)
        {
            assembler.system.interpolate(component: 0, into: &state, displacement)
            var slips = term.slips
            var found = (traction: 0.0, stored: 0.0, slipped: 0.0, least: Double.infinity)
            let term = term
            assembler.forEachPoint(of: .edges(edges), unknowns: state) { fields, point in
                let place = term.place(of: point)
                let traction = term.traction(fields, at: point)
                slips[place] = term.slip(after: fields, at: point)
                let slipped: Double = traction * (slips[place] - term.slips[place])
                found.traction += point.weight * traction
                found.stored += point.weight * traction * traction / (2 * term.stiffness)
                found.slipped += point.weight * slipped
                found.least = min(found.least, slipped)
            }
            self.term.slips = slips
            return found
        }
    }

    @Test("Loading, unloading and reloading follow the loop, and a cycle dissipates 4 τ (amplitude - τ/k)")
    func loop() throws {
        var surface = try Surface(cells: 2)
        let (amplitude, steps) = (0.5, 40)
        var path: [Double] = []
        // 0 to +a, then two cycles from +a to -a and back.
        for index in 1...steps { path.append(amplitude * Double(index) / Double(steps)) }
        for _ in 0..<2 {
            for index in 1...2 * steps { path.append(amplitude * (1 - Double(index) / Double(steps))) }
            for index in 1...2 * steps { path.append(amplitude * (Double(index) / Double(steps) - 1)) }
        }
        var (slip, before, work, dissipated) = (0.0, (u: 0.0, traction: 0.0), 0.0, [Double]())
        for (index, u) in path.enumerated() {
            let found = surface.move { _ in u }
            // The closed form: the spring holds within τ/k of the slip, which is dragged along beyond.
            slip = min(max(slip, u - Self.holding), u + Self.holding)
            let traction: Double = Self.stiffness * (u - slip)
            #expect(abs(found.traction - traction) < 1e-13)
            #expect(abs(found.stored - traction * traction / (2 * Self.stiffness)) < 1e-13)
            #expect(found.least >= 0)
            work += 0.5 * (u - before.u) * (found.traction + before.traction)
            before = (u, found.traction)
            dissipated.append((dissipated.last ?? 0) + found.slipped)
            if index == steps - 1 { #expect(abs(found.traction - Self.cap) < 1e-14) }
        }
        // Each cycle starts and ends at +a on the cap.
        let cycle: Double = 4 * Self.cap * (amplitude - Self.holding)
        let (first, second, third) = (dissipated[steps - 1], dissipated[5 * steps - 1], dissipated[9 * steps - 1])
        #expect(abs(first - Self.cap * (amplitude - Self.holding)) < 1e-13)
        #expect(abs(second - first - cycle) < 1e-12 && abs(third - second - cycle) < 1e-12)
        // The corners of the loop fall on steps, so that the trapezoidal rule gives the work done.
        let stored: Double = Self.cap * Self.cap / (2 * Self.stiffness)
        #expect(abs(work - third - stored) < 1e-12)
        Verification.record(
            .chemoMechanics, "dissipated in a cycle of slip", expected: String(format: "%.12f", cycle),
            found: String(format: "%.12f", second - first),
            deviation: abs((second - first) / cycle - 1), bound: 1e-12)
    }

    @Test("Any path dissipates at every point, stays below the cap, and one step is as good as a hundred")
    func randomPath() throws {
        var random = SplitMix(state: 31)
        var (coarse, fine) = (try Surface(cells: 3), try Surface(cells: 3))
        var last = SIMD2<Double>.zero
        for _ in 0..<20 {
            let next = SIMD2(Double.random(in: -1...1, using: &random), Double.random(in: -1...1, using: &random))
            let target = next
            let whole = coarse.move { target.x + target.y * $0.x }
            var slipped = 0.0
            for part in 1...100 {
                let place = last + Double(part) / 100 * (next - last)
                let found = fine.move { place.x + place.y * $0.x }
                slipped += found.slipped
                #expect(found.least >= 0 && abs(found.traction) <= Self.cap * (1 + 1e-13))
            }
            #expect(whole.least >= 0)
            #expect(abs(whole.slipped - slipped) < 1e-12)
            for (one, other) in zip(coarse.term.slips, fine.term.slips) { #expect(abs(one - other) < 1e-13) }
            last = next
        }
    }

    @Test("The tangent equals central differences where the surface holds, where it slips, and where it does both")
    func tangent() throws {
        var surface = try Surface(cells: 3)
        _ = surface.move { 0.3 - 0.9 * $0.x }
        let assembler = surface.assembler
        let block = TangentBlock(of: assembler.system)
        let direction = (0..<assembler.system.count).map { Double($0 % 7) - 2.6 }
        func force(_ state: [Double]) -> [Double] {
            var result = assembler.makeVector()
            assembler.add(surface.term, over: .edges(surface.edges), unknowns: state, residual: &result)
            return result
        }
        var stiffnesses: [Double] = []
        for (factor, offset) in [(0.98, 0.0), (1, 2.0), (1, 0.02)] {
            var state = surface.state
            assembler.system.interpolate(component: 0, into: &state) { factor * (0.3 - 0.9 * $0.x) + offset }
            var (residual, matrix) = (assembler.makeVector(), block.makeMatrix())
            assembler.add(
                surface.term, over: .edges(surface.edges), unknowns: state, residual: &residual, tangent: &matrix,
                block: block)
            var product = direction
            matrix.multiply(direction, into: &product)
            let step = 1e-6
            let (ahead, behind) = (
                force(zip(state, direction).map { $0 + step * $1 }), force(zip(state, direction).map { $0 - step * $1 })
            )
            for (index, value) in product.enumerated() {
                #expect(abs(value - (ahead[index] - behind[index]) / (2 * step)) < 1e-8)
            }
            // v K v for the rigid motion along the surface: k times the length that holds.
            let rigid = (0..<assembler.system.count).map { $0 % 2 == 0 ? 1.0 : 0 }
            matrix.multiply(rigid, into: &product)
            stiffnesses.append(zip(rigid, product).reduce(0) { $0 + $1.0 * $1.1 })
        }
        #expect(abs(stiffnesses[0] - Self.stiffness) < 1e-12 && stiffnesses[1] == 0)
        #expect(stiffnesses[2] > 0.1 && stiffnesses[2] < Self.stiffness - 0.1)
    }
}
