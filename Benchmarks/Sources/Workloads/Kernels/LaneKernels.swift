import FiniteElements
import Models
import TimeIntegration

extension Kernels {
    /// Eight linear layers side by side as the batched engine of studies steps them: the condensed matrices factored, and the
    /// five stages of a step, each eliminated downwards and substituted upwards.
    ///
    /// Operations in each lane: factor 18 a cell; a stage takes 6.6 a node for what the stages before give (mean of the five), 16
    /// a cell to condense and eliminate and 11 a cell for the rates and their sum. A stage passes some 23 vectors of 64 bytes a
    /// cell, the factor 9. A node is 11 vectors, a cell 9: 33 kB, in the first cache.
    static let lanes: [Kernel] = {
        let cells = 16
        let (n, width, nodes) = (Double(cells), 8.0, Double(2 * cells + 1))
        let footprint = 64 * (11 * nodes + 9 * (n + 1))
        return [
            Kernel(
                "tridiagonal-factor-lanes", "LaneGrid.factor, 8 layers of 16 cells", unit: "systems",
                countedCalls: 1000,
                cost: {
                    Kernel.Cost(work: width, bytes: 9 * 64 * n, footprint: footprint, operations: 18 * n * width)
                },
                prepare: {
                    let layers = try LaneLayers(cells: cells)
                    return { layers.grid.factor(shift: layers.shift) }
                }),
            Kernel(
                "tridiagonal-solve-lanes", "LaneGrid.solveStage, five stages of 8 layers of 16 cells", unit: "systems",
                countedCalls: 500,
                cost: {
                    Kernel.Cost(
                        work: 5 * width, bytes: 5 * 23 * 64 * n, footprint: footprint,
                        operations: 5 * (6.6 * nodes + 27 * n) * width)
                },
                prepare: {
                    let layers = try LaneLayers(cells: cells)
                    return { layers.solve() }
                }),
        ]
    }()
}

/// Eight layers of different lengths, diffusivities and time steps.
private final class LaneLayers {
    var grid: LaneGrid
    let (length, flux, shift): (Lanes, Lanes, Lanes)

    /// - Throws: ``KernelMismatch`` where a rate is not that of LAPACK.
    init(cells: Int) throws {
        let lane = Lanes(0, 1, 2, 3, 4, 5, 6, 7)
        length = 0.5 + 0.2 * lane
        flux = 1 + 0.1 * lane
        shift = ESDIRK43.gamma * length
        grid = LaneGrid(cells: cells)
        let meshes = (0..<8).map { LineMesh(length: 1 + 0.1 * Double($0), cells: cells, grading: 10) }
        func state(_ node: Int, _ lane: Int) -> Double { 1 / (1 + meshes[lane].quadraticNodes[node] + Double(lane)) }
        for lane in 0..<8 {
            grid.put(meshes[lane], state: { state($0, lane) }, factor: 0.5 + 0.1 * Double(lane), into: lane)
        }
        grid.factor(shift: shift)
        solve()
        for lane in 0..<8 {
            let nodes = 2 * cells + 1
            let exact = try Self.rates(
                meshes[lane], diffusivity: 0.5 + 0.1 * Double(lane), length: length[lane], flux: flux[lane],
                state: (0..<nodes).map { state($0, lane) })
            for stage in 1..<ESDIRK43.stages {
                let found = (0..<nodes).map { grid.rate(ofStage: stage, node: $0)[lane] }
                try require("LaneGrid from LAPACK's dgesv", deviation(found, from: exact[stage]), atMost: 1e-11)
            }
        }
    }

    func solve() {
        for stage in 1..<ESDIRK43.stages { grid.solveStage(stage, length: length, flux: flux) }
    }

    /// The rates of the stages of (W + γ Δt D K) k_i = J δ - D K (u + Δt Σ a_ij k_j), j < i and k_0 = 0, by dense matrices.
    private static func rates(
        _ mesh: LineMesh, diffusivity: Double, length: Double, flux: Double, state: [Double]
    ) throws -> [[Double]] {
        let stiffness = lineStiffness(mesh).map { $0.map { diffusivity * $0 } }
        let mass = lumpedMass(of: mesh)
        var matrix = stiffness.map { $0.map { ESDIRK43.gamma * length * $0 } }
        for node in mass.indices { matrix[node][node] += mass[node] }
        var rates = [[Double](repeating: 0, count: state.count)]
        for stage in 1..<ESDIRK43.stages {
            let base = state.indices.map { node in
                (0..<stage).reduce(state[node]) { $0 + length * ESDIRK43.rows[stage][$1] * rates[$1][node] }
            }
            var right = product(stiffness, base).map { -$0 }
            right[0] += flux
            rates.append(try denseSolution(matrix, right))
        }
        return rates
    }
}

/// K_ij = ∫ N_i′ N_j′ dz of quadratic elements by rows: 1/(3h) (7, -8, 1), (-8, 16, -8), (1, -8, 7) in each cell.
func lineStiffness(_ mesh: LineMesh) -> [[Double]] {
    let block: [[Double]] = [[7, -8, 1], [-8, 16, -8], [1, -8, 7]]
    let count = 2 * mesh.cells + 1
    var rows = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for cell in 0..<mesh.cells {
        let third = 1 / (3 * (mesh.vertices[cell + 1] - mesh.vertices[cell]))
        for row in 0..<3 {
            for column in 0..<3 { rows[2 * cell + row][2 * cell + column] += third * block[row][column] }
        }
    }
    return rows
}

/// A x of a dense matrix.
func product(_ rows: [[Double]], _ x: [Double]) -> [Double] {
    rows.map { row in zip(row, x).reduce(0) { $0 + $1.0 * $1.1 } }
}
