import Foundation

/// Two compositions in equilibrium: the tangent common to the Gibbs energies of two phases, or touching one phase twice.
public struct TieLine: Sendable, Hashable {
    /// The phase at the end that is poor in lithium.
    public let poorPhase: String
    /// The phase at the end that is rich in lithium.
    public let richPhase: String
    /// The mole fractions of lithium at the ends.
    public let moleFractions: ClosedRange<Double>
    /// μ_Li of both phases, J/mol.
    public let chemicalPotentialLithium: Double
    /// μ_host of both phases, J/mol.
    public let chemicalPotentialHost: Double
}

/// Newton's iteration for the common tangent of two phases a and b in logit coordinates.
///
/// With r_i = μ_i(a) - μ_i(b) and Δ = x_b - x_a the step is, because dμ_Li = y RTΓ dz and dμ_host = -x RTΓ dz,
///
///     dz_a = -(x_b r_Li + y_b r_host) / (Δ RTΓ_a),   dz_b = -(x_a r_Li + y_a r_host) / (Δ RTΓ_b)
///
/// The bracket of dz_a is how far the tangent of a passes above G_b at x_b, so a compound, which has no potentials but a G,
/// fits in: it stays where it is.
struct CommonTangent {
    let first: AlloyThermodynamics.Phase
    let second: AlloyThermodynamics.Phase

    private static let maximumIterations = 200
    /// Newton's error after a step of this size in z is below round-off.
    private static let lastStep = 1e-9
    /// Two compositions of one phase that are closer than this in z are the trivial solution.
    private static let separation = 1e-7

    /// The tie-line that the iteration finds from a start; `nil` when it leaves the convex parts of the phases, does not
    /// converge, or ends with both compositions the same.
    func solve(from start: (first: LogitPoint, second: LogitPoint)) -> TieLine? {
        let isOnePhase = first.name == second.name
        var (a, b) = (first.fixedPoint ?? start.first.clamped, second.fixedPoint ?? start.second.clamped)
        for _ in 0..<Self.maximumIterations {
            let delta = b.minus(a)
            guard delta != 0, !isOnePhase || abs(b.z - a.z) > Self.separation else { return nil }
            guard let (stepA, stepB) = step(a, b, delta), stepA.isFinite, stepB.isFinite else { return nil }
            let damping = min(1, Self.longest(at: a) / abs(stepA), Self.longest(at: b) / abs(stepB))
            if stepA != 0 { a = LogitPoint(z: a.z + damping * stepA) }
            if stepB != 0 { b = LogitPoint(z: b.z + damping * stepB) }
            if max(abs(stepA), abs(stepB)) < Self.lastStep { return tieLine(a, b) }
        }
        return nil
    }

    /// The longest step in z: beyond it the excess energy may be quite another, but not where a component is dilute.
    private static func longest(at point: LogitPoint) -> Double { max(1, 0.25 * abs(point.z)) }

    private func step(_ a: LogitPoint, _ b: LogitPoint, _ delta: Double) -> (Double, Double)? {
        switch (first.model, second.model) {
        case (.solution(let left), .solution(let right)):
            let (p, q) = (left.potentials(at: a), right.potentials(at: b))
            guard p.stiffness > 0, q.stiffness > 0 else { return nil }
            let (lithium, host) = (p.lithium - q.lithium, p.host - q.host)
            let stepA = -(b.x * lithium + b.y * host) / (delta * p.stiffness)
            return (stepA, -(a.x * lithium + a.y * host) / (delta * q.stiffness))
        case (.solution(let left), .compound(_, let energy)):
            let p = left.potentials(at: a)
            guard p.stiffness > 0 else { return nil }
            return (-(term(b.x, p.lithium) + term(b.y, p.host) - energy) / (delta * p.stiffness), 0)
        case (.compound(_, let energy), .solution(let right)):
            let q = right.potentials(at: b)
            guard q.stiffness > 0 else { return nil }
            return (0, (term(a.x, q.lithium) + term(a.y, q.host) - energy) / (delta * q.stiffness))
        case (.compound, .compound): return (0, 0)
        }
    }

    /// x μ, which is zero for an absent component.
    private func term(_ x: Double, _ potential: Double) -> Double { x > 0 ? x * potential : 0 }

    /// The tie-line between two converged ends.
    private func tieLine(_ a: LogitPoint, _ b: LogitPoint) -> TieLine? {
        let potentials: (lithium: Double, host: Double)
        switch (first.model, second.model) {
        case (.solution(let left), _):
            let p = left.potentials(at: a)
            potentials = (p.lithium, p.host)
        case (_, .solution(let right)):
            let q = right.potentials(at: b)
            potentials = (q.lithium, q.host)
        case (.compound(_, let g), .compound(_, let h)):
            let slope = (h - g) / b.minus(a)
            potentials = (g + a.y * slope, g - a.x * slope)
        }
        let isForward = b.minus(a) > 0
        let (poor, rich) = isForward ? (a.x, b.x) : (b.x, a.x)
        guard poor < rich, potentials.lithium.isFinite, potentials.host.isFinite else { return nil }
        return TieLine(
            poorPhase: isForward ? first.name : second.name, richPhase: isForward ? second.name : first.name,
            moleFractions: poor...rich, chemicalPotentialLithium: potentials.lithium,
            chemicalPotentialHost: potentials.host)
    }
}

extension AlloyThermodynamics.Phase {
    /// The composition of a compound.
    var fixedPoint: LogitPoint? {
        guard case .compound(let x, _) = model else { return nil }
        return LogitPoint(x: x)
    }

    /// Whether the Gibbs energy lies on or above a tie-line at all sampled compositions.
    func isAbove(_ line: TieLine) -> Bool {
        let (lithium, host) = (line.chemicalPotentialLithium, line.chemicalPotentialHost)
        // J/mol: far above round-off, far below what a wrong tangent would miss by
        let tolerance = 1e-6
        switch model {
        case .solution(let solution):
            return CompositionGrid.points.allSatisfy {
                solution.gibbsEnergy(at: $0, aboveLithium: lithium, aboveHost: host) > -tolerance
            }
        case .compound(let x, let energy): return energy - x * lithium - (1 - x) * host > -tolerance
        }
    }
}

extension AlloyThermodynamics {
    /// The lower common tangent of two phases: two compositions with equal potentials, below which neither phase's Gibbs
    /// energy passes. For twice the same phase it is its miscibility gap.
    ///
    /// Newton's iteration runs from `start`, the mole fractions of lithium in the first and in the second phase, both in the
    /// open interval from 0 to 1. Where it goes astray, and without a start, it runs from the convex hull of sampled Gibbs
    /// energies; of several tie-lines there it takes the one nearest to the start.
    ///
    /// - Throws: ``DatabaseError`` for a phase that is not here and phases without a common tangent.
    public func commonTangent(
        between first: String, and second: String, from start: (first: Double, second: Double)? = nil
    ) throws(DatabaseError) -> TieLine {
        let (a, b) = (try phase(named: first), try phase(named: second))
        if let start, start.first > 0, start.first < 1, start.second > 0, start.second < 1 {
            let points = (first: LogitPoint(x: start.first), second: LogitPoint(x: start.second))
            if let line = CommonTangent(first: a, second: b).solve(from: points), a.isAbove(line), b.isAbove(line) {
                return line
            }
        }
        let lines = try equilibrium(among: [a.name, b.name]).tieLines.filter {
            Set([$0.poorPhase, $0.richPhase]) == Set([a.name, b.name])
        }
        func distance(_ line: TieLine) -> Double {
            guard let start else { return 0 }
            let (low, high) = (line.moleFractions.lowerBound, line.moleFractions.upperBound)
            let (x, y) = line.poorPhase == a.name ? (low, high) : (high, low)
            return abs(x - start.first) + abs(y - start.second)
        }
        if let line = lines.min(by: { distance($0) < distance($1) }) { return line }
        throw DatabaseError(
            path: system.path, line: 0, "\(a.name) and \(b.name) have no common tangent at \(temperature) K")
    }
}
