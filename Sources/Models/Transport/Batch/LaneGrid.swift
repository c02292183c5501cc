import FiniteElements

/// Eight numbers, one for each of eight cases that are computed together.
public typealias Lanes = SIMD8<Double>
/// Which of eight cases something holds for.
typealias LaneMask = SIMDMask<SIMD8<Int64>>

/// A node of eight meshes, with the state there and the rates of the stages of a time step.
struct LaneNode {
    /// The unknown u at the start of the step, mol/m3.
    var state = Lanes.zero
    /// The unknown where the step has come, mol/m3.
    var trial = Lanes.zero
    /// What the stages before give to the present one, mol/m3.
    var base = Lanes.zero
    /// Rates k of the stages without their corrections, mol/(m3 s).
    var rates = InlineArray<6, Lanes>(repeating: .zero)
    /// Lumped mass W, m.
    var mass = Lanes.zero
    /// The slope of Kirchhoff's φ, m2/s.
    var slope = Lanes.zero
}

/// A cell of eight meshes, with what is kept of its matrix. One more than there are cells holds the last end.
struct LaneCell {
    /// D/(3h) of the cell's length h and the factor D of the law, m/s.
    var third = Lanes.zero
    /// 8 γ Δt D/(3h), m.
    var coupling = Lanes.zero
    /// What the middle node adds to the equations of the ends.
    var intoEnds = Lanes.zero
    /// 1 / entry of the middle node.
    var inverseMiddle = Lanes.zero
    /// Entry that couples the left end to the right one.
    var upper = Lanes.zero
    /// Multiple of the equation before that is taken away.
    var multiplier = Lanes.zero
    /// 1 / pivot of the left end.
    var inversePivot = Lanes.zero
    /// Right-hand side of the left end after elimination.
    var end = Lanes.zero
    /// Right-hand side of the middle node.
    var middle = Lanes.zero
}

/// Eight layers, each on a mesh of its own with the same number of cells: what ``TransportBatch`` steps.
public struct LaneGrid {
    /// Cells of each mesh.
    let cells: Int
    var nodes: [LaneNode]
    var lines: [LaneCell]
    /// Lengths of the layers in the coordinate of their frame, m.
    var length = Lanes(repeating: 1)
    /// What the rates of each stage lack to make Σ W k = J to the last digit, mol/(m3 s): the same at every node, so it is kept
    /// apart. See ``TransportSystem/restoreInvariants(of:)``.
    var corrections = InlineArray<6, Lanes>(repeating: .zero)

    /// Room for layers with so many cells.
    public init(cells: Int) {
        self.cells = cells
        nodes = [LaneNode](repeating: LaneNode(), count: 2 * cells + 1)
        lines = [LaneCell](repeating: LaneCell(), count: cells + 1)
    }

    /// Puts a layer into a lane: its mesh, its state in mol/m3 by nodes, and the factor of its law in m2/s.
    public mutating func put(_ mesh: LineMesh, state: (Int) -> Double, factor: Double, into lane: Int) {
        length[lane] = mesh.length
        for node in nodes.indices {
            nodes[node].mass[lane] = 0
            nodes[node].state[lane] = state(node)
        }
        for cell in 0..<cells {
            let size = mesh.vertices[cell + 1] - mesh.vertices[cell]
            lines[cell].third[lane] = factor / (3 * size)
            nodes[2 * cell].mass[lane] += size / 6
            nodes[2 * cell + 1].mass[lane] = size * 4 / 6
            nodes[2 * cell + 2].mass[lane] = size / 6
        }
    }

    /// The rates of a stage at a node, without the corrections that balance the lithium, mol/(m3 s).
    public func rate(ofStage stage: Int, node: Int) -> Lanes { nodes[node].rates[stage] }

    /// Lithium in the layers at the start of the step Σ W u, mol/m2.
    var content: Lanes {
        var sum = Lanes.zero
        for node in nodes.indices { sum += nodes[node].mass * nodes[node].state }
        return sum
    }
}
