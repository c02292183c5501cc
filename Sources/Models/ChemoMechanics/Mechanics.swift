import FiniteElements
import LinearAlgebra
import SparseSolvers
import TimeIntegration
import TimeIntegration

/// Which stress state a layer is in.
enum StressKind {
    case planeStrain
    case planeStress
    case axisymmetric
}

/// Mechanical equilibrium of a layer, ∫ σ : ε(v) dV + ∮ τ v_t dA = -∮ p n · v dA, at given lithium.
///
/// Newton's iteration with the tangent of an earlier state as long as that converges fast: the stiffness changes little while
/// lithium comes and goes, and its factors are most of the work. Where it does not, as where a surface begins to slip, the
/// tangent is formed anew, and a step of Newton's after which the next correction with its tangent is larger is halved
/// (natural monotonicity, P. Deuflhard, Newton Methods for Nonlinear Problems, 2004). The energy is convex in the
/// displacement, so that the equilibrium is the only one.
final class Mechanics {
    let assembler: Assembler
    let scalars: ScalarField
    let solid: AlloySolid
    let stressState: StressKind
    let potential: Int
    let pressure: Pressure?
    let electrolyteEdges: [CellEdge]
    let width: Double
    /// Friction on the electrolyte and on the collector.
    var frictions: [(term: ShearFriction, edges: [CellEdge])]
    let block: TangentBlock
    let fixed: FixedUnknowns
    var stiffness: SparseMatrix
    var factor: SparseFactor
    /// Whether the next state begins with a tangent of its own.
    var needsTangent = true
    /// Where the tangent was formed; not kept where it is the same everywhere.
    var formed: LaggedPlace<TangentPlace>
    /// ``needsTangent`` when the step began.
    var neededTangent = true
    var linear: LinearResponse?
    // Storage.
    var residual: [Double]
    var correction: [Double]
    var lastCorrection: [Double]
    var projection: [Double]
    var guess: [Double]
    /// Room for the slips of the surfaces while others are used, or found.
    var otherSlips: [[Double]]

    /// What the tangent was formed of.
    struct TangentPlace {
        var fields: [Double] = []
        var slips: [[Double]] = []
    }

    /// Iterations after which an equilibrium is given up.
    static let mostIterations = 60
    /// The change of the displacement, over its largest, that is taken for none.
    static let tolerance = 1e-7
    /// The displacement, over the width, below which it counts as this large.
    static let leastDisplacement = 1e-9

    /// Equilibrium of a layer whose displacement is component 0 and 1.
    ///
    /// - Throws: `MeshError`, `SparseFactorError`; ``RunFailure`` when the layer is free to move as a whole.
    init(
        _ parameters: MechanicsParameters, stressState: StressKind, sideIsHeld: Bool, assembler: Assembler,
        scalars: ScalarField, potential: Int
    ) throws {
        let system = assembler.system
        let mesh = system.mesh
        self.assembler = assembler
        self.scalars = scalars
        self.stressState = stressState
        self.potential = potential
        solid = parameters.solid
        pressure = parameters.stackPressure == 0 ? nil : Pressure(parameters.stackPressure, displacement: 0)
        electrolyteEdges = try mesh.edges(ofBoundary: "top")
        width = mesh.vertices.reduce(0) { max($0, $1.x) }
        block = TangentBlock(of: system, components: 0..<2)

        var held = try system.unknowns(ofComponent: 1, onBoundary: "bottom")
        if !mesh.isPeriodic { held += try system.unknowns(ofComponent: 0, onBoundary: "left") }
        if sideIsHeld { held += try system.unknowns(ofComponent: 0, onBoundary: "right") }
        frictions = []
        for (contact, side) in [(parameters.electrolyte, "top"), (parameters.collector, "bottom")] {
            switch contact {
            case .bonded: held += try system.unknowns(ofComponent: 0, onBoundary: side)
            case .sliding: break
            case .friction(let cap, let slip):
                let edges = try mesh.edges(ofBoundary: side)
                let term = ShearFriction(
                    edges: edges, cells: mesh.cells, pointsPerEdge: 3, displacement: 0, stiffness: cap / slip, cap: cap)
                frictions.append((term, edges))
            }
        }
        fixed = FixedUnknowns(held, in: block.pattern)
        stiffness = block.makeMatrix()
        factor = try SparseFactor(pattern: block.pattern, symmetry: .positiveDefinite)
        // Each has storage of its own: one that shared it would be copied when it is first written.
        func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }
        residual = zeros(system.count)
        correction = zeros(block.unknowns.count)
        lastCorrection = zeros(block.unknowns.count)
        projection = zeros(scalars.weights.count)
        guess = zeros(scalars.weights.count)
        let isLinear = solid.isUniform && frictions.isEmpty
        let slips = frictions.map(\.term.slips.count)
        otherSlips = slips.map(zeros)
        formed = LaggedPlace {
            isLinear ? TangentPlace() : TangentPlace(fields: zeros(system.count), slips: slips.map(zeros))
        }
        linear = makeLinearResponse()
    }

    /// Refuses a layer that can move as a whole.
    ///
    /// - Throws: ``RunFailure`` with the place and the direction that nothing holds.
    func checkSupport(_ fields: [Double]) throws {
        do throws(SparseFactorError) {
            try formTangent(fields)
            try factor.checkRegularity(of: stiffness)
        } catch {
            switch error {
            case .nearlySingular(let row, _): throw RunFailure(unsupported(row))
            case .singular(let row): throw RunFailure(unsupported(row ?? 0))
            case .notPositiveDefinite: throw RunFailure(unsupported(0))
            default: throw error
            }
        }
    }

    /// The direction of the displacement that an equation is of, and its place, m.
    func place(ofRow row: Int) -> (axis: String, position: SIMD2<Double>) {
        let system = assembler.system
        let component = system.unknowns(ofComponent: 0).contains(Int32(row)) ? 0 : 1
        let node = system.unknowns(ofComponent: component).firstIndex(of: Int32(row)) ?? 0
        return (component == 0 ? "x" : "y", system.space(ofComponent: component).positions[node])
    }

    private func unsupported(_ row: Int) -> String {
        let (axis, place) = self.place(ofRow: row)
        return
            "chemo-mechanics: nothing holds the layer along \(axis) (found at x = \(place.x) m, "
            + "y = \(place.y) m); hold it with `electrolyte.contact` or `collector.contact` as `bonded` or `friction`, or with "
            + "`geometry.side: symmetric`"
    }
}
