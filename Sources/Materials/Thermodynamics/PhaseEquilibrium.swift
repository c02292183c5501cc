import Foundation
import LinearAlgebra
import Quantities

/// The phases that are stable at one temperature, over the mole fraction of lithium.
///
/// Fields follow from the lower convex hull of sampled Gibbs energies; their limits are then polished by Newton's iteration
/// on equal potentials to round-off. A miscibility gap shows when it is wider than about 0.005 in x.
public struct PhaseEquilibrium: Sendable, Hashable {
    /// A range of compositions with the same phases.
    public struct Field: Sendable, Hashable {
        /// What is there.
        public enum Content: Sendable, Hashable {
            /// One phase; of a compound the field has no width.
            case single(AlloyThermodynamics.Phase)
            /// Two phases of fixed compositions and potential.
            case twoPhase(TieLine)
        }
        /// The mole fractions of lithium.
        public let moleFractions: ClosedRange<Double>
        /// The phases.
        public let content: Content
        /// The names of the phases, the one poor in lithium first.
        public var phases: [String] {
            switch content {
            case .single(let phase): [phase.name]
            case .twoPhase(let line): [line.poorPhase, line.richPhase]
            }
        }
    }

    /// The fields from low to high mole fraction of lithium.
    public let fields: [Field]
    /// The Gibbs energy of solid lithium, against which potentials are measured, J/mol.
    public let referenceEnergy: Double
    /// The name of the database, for messages.
    @usableFromInline let path: String

    /// The lines between coexisting phases, from low to high mole fraction of lithium.
    public var tieLines: [TieLine] {
        fields.compactMap { if case .twoPhase(let line) = $0.content { line } else { nil } }
    }

    init(of thermodynamics: AlloyThermodynamics, among phases: [AlloyThermodynamics.Phase]) throws(DatabaseError) {
        path = thermodynamics.system.path
        referenceEnergy = thermodynamics.referenceEnergy
        let hull = LowerHull(phases)
        guard let first = hull.vertices.first, let last = hull.vertices.last else {
            throw DatabaseError(path: path, line: 0, "no phase is left for an equilibrium")
        }
        var fields: [Field] = []
        var start = phases[first.phase].fixedPoint?.x ?? 0
        func close(_ phase: AlloyThermodynamics.Phase, at end: Double) {
            // Round-off may put the limits of a field without width in the wrong order.
            fields.append(Field(moleFractions: start...max(start, end), content: .single(phase)))
        }
        for (low, high) in hull.gaps(of: phases) {
            guard let line = Self.tieLine(low, high, phases), line.moleFractions.lowerBound > start - 1e-9 else {
                // So close to its critical point a miscibility gap is below what this resolves.
                if low.phase == high.phase { continue }
                throw DatabaseError(
                    path: path, line: 0,
                    "the equilibrium of \(phases[low.phase].name) and \(phases[high.phase].name) near x = \(low.point.x)"
                        + " cannot be resolved at \(thermodynamics.temperature) K")
            }
            close(phases[low.phase], at: line.moleFractions.lowerBound)
            fields.append(Field(moleFractions: line.moleFractions, content: .twoPhase(line)))
            start = line.moleFractions.upperBound
        }
        close(phases[last.phase], at: phases[last.phase].fixedPoint?.x ?? 1)
        self.fields = fields
    }

    /// The tie-line between two neighbours on the hull.
    private static func tieLine(
        _ low: LowerHull.Vertex, _ high: LowerHull.Vertex, _ phases: [AlloyThermodynamics.Phase]
    ) -> TieLine? {
        let tangent = CommonTangent(first: phases[low.phase], second: phases[high.phase])
        if let line = tangent.solve(from: (low.point, high.point)) { return line }
        // Near a critical point the samples may lie between the spinodal and the gap's limits; finer ones do not.
        guard low.phase == high.phase else { return nil }
        let phase = [phases[low.phase]]
        let hull = LowerHull(phase, grid: CompositionGrid.points(around: low.point, high.point))
        return hull.gaps(of: phase).first.flatMap { tangent.solve(from: ($0.low.point, $0.high.point)) }
    }

    /// The field at a mole fraction of lithium; `nil` outside the compositions that the phases reach. Where fields meet it
    /// is that of higher mole fraction, so at a compound the one rich in lithium.
    @inlinable
    public func field(moleFraction x: Double) -> Field? {
        fields.last { field in
            if case .single(let phase) = field.content, case .compound = phase.model { return false }
            return field.moleFractions.contains(x)
        }
    }

    /// The equilibrium potential U = -(μ_Li - G_Li,ref) / F against solid lithium, V, at mole fraction x of lithium; constant
    /// in a two-phase field, infinite for x = 0 in a solution.
    ///
    /// - Throws: ``DatabaseError`` for a composition that the phases do not reach.
    @inlinable
    public func equilibriumPotential<S: LawScalar>(moleFraction x: S) throws(DatabaseError) -> S {
        let potential: S
        switch field(moleFraction: x.primal)?.content {
        case .twoPhase(let line)?: potential = S(line.chemicalPotentialLithium)
        case .single(let phase)?:
            guard case .solution(let solution) = phase.model else { throw unreachable(x.primal) }
            potential = solution.chemicalPotentialLithium(moleFraction: x)
        case nil: throw unreachable(x.primal)
        }
        return (-1 / Constants.faraday) * (potential - referenceEnergy)
    }

    /// U = -(μ_Li - G_Li,ref) / F of a tie-line, V.
    public func plateauPotential(of line: TieLine) -> Double {
        (-1 / Constants.faraday) * (line.chemicalPotentialLithium - referenceEnergy)
    }

    @usableFromInline
    func unreachable(_ x: Double) -> DatabaseError {
        let low = fields.first?.moleFractions.lowerBound ?? 0
        let high = fields.last?.moleFractions.upperBound ?? 1
        return DatabaseError(
            path: path, line: 0,
            "no equilibrium at mole fraction \(x) of lithium, the phases reach from \(low) to \(high)")
    }
}
