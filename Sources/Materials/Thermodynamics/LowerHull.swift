import Foundation

/// The compositions at which solutions are sampled: even steps of the logit, dense at both ends.
enum CompositionGrid {
    /// The step in z; in x it is at most a quarter of this.
    static let step = 0.02
    /// z of the last point on each side: x = 2e-16.
    static let limit = 36.0
    static let points: [LogitPoint] = {
        let count = Int((limit / step).rounded())
        return (-count...count).map { LogitPoint(z: Double($0) * step) }
    }()

    /// Finer steps from half the distance below `low` to half of it above `high`.
    static func points(around low: LogitPoint, _ high: LogitPoint) -> [LogitPoint] {
        let (count, width) = (400, high.z - low.z)
        return (0...count).map { LogitPoint(z: low.z - width / 2 + 2 * width * Double($0) / Double(count)) }
    }
}

/// The lower convex hull of the sampled Gibbs energies of several phases.
struct LowerHull {
    /// A sample on the hull.
    struct Vertex {
        let point: LogitPoint
        /// Its place among the compositions sampled.
        let index: Int
        /// The phase with the lowest Gibbs energy there.
        let phase: Int
        let energy: Double
    }

    /// All compositions sampled, ascending.
    let points: [LogitPoint]
    /// The hull, ascending.
    let vertices: [Vertex]

    /// The hull of phases whose solutions are sampled at the compositions of a grid.
    init(_ phases: [AlloyThermodynamics.Phase], grid: [LogitPoint] = CompositionGrid.points) {
        let compounds = phases.map(\.fixedPoint)
        let solutions: [SolutionPhase] = phases.compactMap {
            if case .solution(let solution) = $0.model { solution } else { nil }
        }
        // Energies are taken above the line between the lowest pure ends, so that they keep their digits there.
        let lithium = solutions.map(\.lithium).min() ?? 0
        let host = solutions.map(\.host).min() ?? 0
        let all = (solutions.isEmpty ? [] : grid) + compounds.compactMap(\.self)
        let sorted = all.sorted { $0.z < $1.z }
        points = sorted.indices.filter { $0 == 0 || sorted[$0 - 1].z < sorted[$0].z }.map { sorted[$0] }
        var chain: [Vertex] = []
        for (index, point) in points.enumerated() {
            var best: Vertex?
            for (number, phase) in phases.enumerated() {
                let energy: Double
                switch phase.model {
                case .solution(let solution):
                    energy = solution.gibbsEnergy(at: point, aboveLithium: lithium, aboveHost: host)
                case .compound(_, let value):
                    guard compounds[number]?.z == point.z else { continue }
                    energy = value - point.x * lithium - point.y * host
                }
                if best.map({ energy < $0.energy }) ?? true {
                    best = Vertex(point: point, index: index, phase: number, energy: energy)
                }
            }
            guard let best else { continue }
            while chain.count > 1, !Self.isConvex(chain[chain.count - 2], chain[chain.count - 1], best) {
                chain.removeLast()
            }
            chain.append(best)
        }
        vertices = chain
    }

    /// The pairs of neighbours between which two phases coexist: different phases, or sides of a miscibility gap of one, which
    /// has Γ < 0 inside.
    func gaps(of phases: [AlloyThermodynamics.Phase]) -> [(low: Vertex, high: Vertex)] {
        zip(vertices, vertices.dropFirst()).filter { low, high in
            guard low.phase == high.phase, case .solution(let solution) = phases[low.phase].model else { return true }
            return points[low.index...high.index].contains { solution.potentials(at: $0).stiffness < 0 }
        }
    }

    /// Whether b lies below the chord from a to c.
    private static func isConvex(_ a: Vertex, _ b: Vertex, _ c: Vertex) -> Bool {
        b.point.minus(a.point) * (c.energy - a.energy) > c.point.minus(a.point) * (b.energy - a.energy)
    }
}
