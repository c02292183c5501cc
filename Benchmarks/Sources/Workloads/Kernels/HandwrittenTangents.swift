import FiniteElements

/// The element of quadratic elasticity about an axis with the tangent that one would write by hand for it, σ = λ tr e I + 2μ e with
/// e = ε - ε*(c) I: what differentiation by dual numbers costs is seen beside it.
///
/// With B_r = ∂φ/∂r, B_z = ∂φ/∂z and B_θ = φ/r at the nine points of a cell,
///
///     K_uu = Σ w [(λ + 2μ)(B_r B_rᵀ + B_θ B_θᵀ) + λ (B_r B_θᵀ + B_θ B_rᵀ) + μ B_z B_zᵀ]
///     K_uv = Σ w [λ (B_r + B_θ) B_zᵀ + μ B_z B_rᵀ] = K_vuᵀ
///     K_vv = Σ w [(λ + 2μ) B_z B_zᵀ + μ B_r B_rᵀ]
final class HandwrittenTangents {
    private typealias Lanes = SIMD4<Double>
    /// Nodes of a quadratic element, filled up to whole lanes.
    private static let (nodes, width) = (9, 12)

    private let matrices: ElementMatrices
    private let rule = ReferenceRule(cell: 3)
    private let quadratic: BasisTable
    private let linear: BasisTable
    private let (lambda, mu): (Double, Double)
    private let swelling = ElementCase.lithiumVolume / 3
    /// Rows B_r, B_z, B_θ of each point.
    private let bases: UnsafeMutablePointer<Double>
    private let weights: UnsafeMutablePointer<Double>
    private let unknowns: UnsafeMutablePointer<Double>
    /// Rows and columns of u, then those of v, 12 places each.
    private let tangent: UnsafeMutablePointer<Double>
    private let residual: UnsafeMutablePointer<Double>

    init(_ matrices: ElementMatrices) {
        func zeros(_ count: Int) -> UnsafeMutablePointer<Double> {
            let storage = UnsafeMutablePointer<Double>.allocate(capacity: count)
            storage.initialize(repeating: 0, count: count)
            return storage
        }
        self.matrices = matrices
        quadratic = BasisTable(order: .quadratic, rule: rule)
        linear = BasisTable(order: .linear, rule: rule)
        (lambda, mu) = (ElementCase.constants.lameConstant, ElementCase.constants.shearModulus)
        bases = zeros(9 * 3 * Self.width)
        weights = zeros(9)
        unknowns = zeros(2 * Self.width + 4)
        tangent = zeros(4 * Self.width * Self.width)
        residual = zeros(2 * Self.width)
    }

    deinit { for storage in [bases, weights, unknowns, tangent, residual] { storage.deallocate() } }

    /// The tangents of all cells, one after the other in one place.
    func evaluate() { for cell in 0..<matrices.parts.system.mesh.cells { evaluate(cell) } }

    private func evaluate(_ cell: Int) {
        load(cell)
        place(matrices.parts.system.mesh.corners(ofCell: cell))
        for node in 0..<Self.nodes { addRows(of: node) }
        for row in 0..<Self.nodes {
            for column in 0..<Self.nodes {
                tangent[(Self.width + column) * 2 * Self.width + row] =
                    tangent[row * 2 * Self.width + Self.width + column]
            }
        }
    }

    private func load(_ cell: Int) {
        let (system, vector) = (matrices.parts.system, matrices.parts.state)
        let (indices, state) = (system.cellUnknowns.span, vector.span)
        let first = cell * system.countPerCell
        for node in 0..<Self.nodes {
            unknowns[node] = state[Int(indices[first + node])]
            unknowns[Self.width + node] = state[Int(indices[first + Self.nodes + node])]
        }
        for node in 0..<4 { unknowns[2 * Self.width + node] = state[Int(indices[first + 2 * Self.nodes + node])] }
    }

    /// Bases and weights of the points, and the residual Σ w (σ_rr B_r + σ_rz B_z + σ_θθ B_θ, σ_rz B_r + σ_zz B_z).
    private func place(_ corners: CellCorners) {
        residual.update(repeating: 0, count: 2 * Self.width)
        for point in 0..<9 {
            let place = rule.points[point]
            let (position, xi, eta) = (corners.position(place), corners.alongXi(place), corners.alongEta(place))
            let jacobian = xi.x * eta.y - xi.y * eta.x
            let (inverse, inverseRadius) = (1 / jacobian, 1 / position.x)
            let weight = rule.weights[point] * jacobian * 2 * .pi * position.x
            weights[point] = weight
            let rows = bases + 3 * Self.width * point
            var (ur, uz, ut, vr, vz) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
            quadratic.rows.withUnsafeBufferPointer { table in
                let source = table.baseAddress! + 3 * Self.width * point
                for lane in stride(from: 0, to: Self.width, by: 4) {
                    let (alongXi, alongEta) = (load(source + Self.width + lane), load(source + 2 * Self.width + lane))
                    let alongR = (inverse * eta.y) * alongXi - (inverse * xi.y) * alongEta
                    let alongZ = (inverse * xi.x) * alongEta - (inverse * eta.x) * alongXi
                    let around = inverseRadius * load(source + lane)
                    store(alongR, rows + lane)
                    store(alongZ, rows + Self.width + lane)
                    store(around, rows + 2 * Self.width + lane)
                    let (u, v) = (load(unknowns + lane), load(unknowns + Self.width + lane))
                    ur += alongR * u
                    uz += alongZ * u
                    ut += around * u
                    vr += alongR * v
                    vz += alongZ * v
                }
            }
            let concentration = linear.rows.withUnsafeBufferPointer {
                (load($0.baseAddress! + 12 * point) * load(unknowns + 2 * Self.width)).sum()
            }
            let free = swelling * (concentration - ElementCase.stressFree)
            let (rr, zz, hoop) = (ur.sum() - free, vz.sum() - free, ut.sum() - free)
            let (pressure, double) = (lambda * (rr + zz + hoop), 2 * mu)
            let shear = weight * mu * (uz.sum() + vr.sum())
            let (alongR, alongZ) = (weight * (pressure + double * rr), weight * (pressure + double * zz))
            let around = weight * (pressure + double * hoop)
            for lane in stride(from: 0, to: Self.width, by: 4) {
                let (r, z, t) = (load(rows + lane), load(rows + Self.width + lane), load(rows + 2 * Self.width + lane))
                store(load(residual + lane) + alongR * r + shear * z + around * t, residual + lane)
                let second = residual + Self.width + lane
                store(load(second) + shear * r + alongZ * z, second)
            }
        }
    }

    /// The rows of K_uu, K_uv and K_vv of one test function.
    private func addRows(of node: Int) {
        var (uu0, uu1, uu2) = (Lanes.zero, Lanes.zero, Lanes.zero)
        var (uv0, uv1, uv2) = (Lanes.zero, Lanes.zero, Lanes.zero)
        var (vv0, vv1, vv2) = (Lanes.zero, Lanes.zero, Lanes.zero)
        let stiff = lambda + 2 * mu
        for point in 0..<9 {
            let r = bases + 3 * Self.width * point
            let (z, t, weight) = (r + Self.width, r + 2 * Self.width, weights[point])
            let (br, bz, bt) = (weight * r[node], weight * z[node], weight * t[node])
            let (ofR, ofT, ofZ) = (stiff * br + lambda * bt, stiff * bt + lambda * br, mu * bz)
            let (volumetric, along, shear) = (lambda * (br + bt), stiff * bz, mu * br)
            @inline(__always) func add(_ lane: Int, _ uu: inout Lanes, _ uv: inout Lanes, _ vv: inout Lanes) {
                let (r, z, t) = (load(r + lane), load(z + lane), load(t + lane))
                uu += ofR * r + ofT * t + ofZ * z
                uv += volumetric * z + ofZ * r
                vv += along * z + shear * r
            }
            add(0, &uu0, &uv0, &vv0)
            add(4, &uu1, &uv1, &vv1)
            add(8, &uu2, &uv2, &vv2)
        }
        let (first, second) = (tangent + node * 2 * Self.width, tangent + (Self.width + node) * 2 * Self.width)
        func keep(_ lane: Int, _ uu: Lanes, _ uv: Lanes, _ vv: Lanes) {
            store(uu, first + lane)
            store(uv, first + Self.width + lane)
            store(vv, second + Self.width + lane)
        }
        keep(0, uu0, uv0, vv0)
        keep(4, uu1, uv1, vv1)
        keep(8, uu2, uv2, vv2)
    }

    @inline(__always)
    private func load(_ address: UnsafePointer<Double>) -> Lanes {
        UnsafeRawPointer(address).loadUnaligned(as: Lanes.self)
    }

    @inline(__always)
    private func store(_ vector: Lanes, _ address: UnsafeMutablePointer<Double>) {
        UnsafeMutableRawPointer(address).storeBytes(of: vector, as: Lanes.self)
    }

    /// - Throws: ``KernelMismatch`` where a residual or a tangent is not that of dual numbers.
    func check() throws {
        try matrices.parts.checkElasticity()
        let (theirs, count) = (matrices.workspace, 2 * Self.nodes)
        func place(_ local: Int) -> Int { local < Self.nodes ? local : Self.width + local - Self.nodes }
        var (tangents, residuals): ([Double], [Double]) = ([], [])
        matrices.evaluateTangents(of: matrices.parts.elasticity) { cell in
            evaluate(cell)
            let rows = 0..<count
            let exact = rows.flatMap { row in rows.map { theirs.tangent[row * theirs.rowStride + $0] } }
            let found = rows.flatMap { row in rows.map { tangent[place(row) * 2 * Self.width + place($0)] } }
            tangents.append(deviation(found, from: exact))
            let vectors = (rows.map { residual[place($0)] }, rows.map { theirs.residual[$0] })
            residuals.append(deviation(vectors.0, from: vectors.1))
        }
        for tangent in tangents { try require("the tangent by hand from dual numbers", tangent, atMost: 1e-12) }
        for residual in residuals { try require("the residual by hand", residual, atMost: 1e-11) }
    }
}
