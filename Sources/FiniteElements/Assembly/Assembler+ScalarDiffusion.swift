import LinearAlgebra

extension Assembler {
    /// Adds the matrix of ∫ (ρ u v + D(c) ∇u · ∇v) dV, symmetric and positive for ρ ≥ 0 and D > 0, to a block of a tangent.
    ///
    /// It is the tangent of `Diffusion` and `TimeDerivative` with the coefficient frozen at the state c, as linearly implicit
    /// steps and Picard's iteration need it, by the same quadrature. A way of its own because it is rebuilt at every step:
    /// four cells at a time and without derivatives of the law it takes a quarter of the time.
    ///
    /// - Parameters:
    ///   - diffusivity: D.
    ///   - unknowns: the state, of which c is the component of the block.
    ///   - rate: ρ, one over the time step for Euler's backward rule.
    ///   - matrix: receives the sum; made by ``TangentBlock/makeMatrix()``.
    ///   - block: that of c.
    /// - Precondition: the block is one component of linear elements.
    @inlinable
    public func addDiffusion<Law: PointLaw>(
        _ diffusivity: Law, unknowns: [Double], rate: Double, to matrix: inout SparseMatrix, block: TangentBlock
    ) {
        let component = block.components.lowerBound
        precondition(
            block.components.count == 1 && system.orders[component] == .linear,
            "a block of one component of linear elements was expected")
        precondition(matrix.values.count == block.pattern.count, "the matrix has another pattern")
        check(nil, unknowns.count, unknowns.count, unknowns.count)
        let columns = system.mesh.columns
        matrix.values.withUnsafeMutableBufferPointer { values in
            nonisolated(unsafe) let (assembler, values) = (self, values.baseAddress!)
            strips.forEach(threads: threads) { cells, thread in
                let quartet = CellQuartet(assembler, block, assembler.workspaces[thread].quartet)
                for start in stride(from: cells.lowerBound, to: cells.upperBound, by: columns) {
                    for column in stride(from: 0, to: columns, by: 4) {
                        let (first, count) = (start + column, min(4, columns - column))
                        quartet.place(first, count: count, unknowns)
                        quartet.evaluate(diffusivity, first, count: count)
                        quartet.add(rate: rate, first, count: count, to: values)
                    }
                }
            }
        }
    }
}

/// What four cells side by side have at one quadrature point.
@usableFromInline
struct CellQuartetPoint {
    @usableFromInline var x = SIMD4<Double>.zero
    @usableFromInline var y = SIMD4<Double>.zero
    @usableFromInline var weight = SIMD4<Double>.zero
    /// The state.
    @usableFromInline var value = SIMD4<Double>.zero
    @usableFromInline var coefficient = SIMD4<Double>.zero
    /// The weight times J⁻¹J⁻ᵀ: ξξ, ξη, ηη.
    @usableFromInline var along = SIMD4<Double>.zero
    @usableFromInline var across = SIMD4<Double>.zero
    @usableFromInline var up = SIMD4<Double>.zero
}

/// Bilinear elements of four cells side by side, each in a lane of its own.
@usableFromInline
struct CellQuartet {
    @usableFromInline let assembler: Assembler
    @usableFromInline let block: TangentBlock
    @usableFromInline let points: UnsafeMutablePointer<CellQuartetPoint>
    @usableFromInline let pointCount: Int

    @usableFromInline
    init(_ assembler: Assembler, _ block: TangentBlock, _ points: UnsafeMutablePointer<CellQuartetPoint>) {
        self.assembler = assembler
        self.block = block
        self.points = points
        pointCount = assembler.cellReference.rule.points.count
    }

    /// Computes the geometry and the state of `count` cells from `first` on, which lie in one row; lanes without a cell
    /// repeat the last.
    @usableFromInline
    func place(_ first: Int, count: Int, _ state: [Double]) {
        let system = assembler.system
        let mesh = system.mesh
        let (row, column) = first.quotientAndRemainder(dividingBy: mesh.columns)
        let (vertices, state) = (mesh.vertices.span, state.span)
        let unknowns = system.cellUnknowns.span
        let (perCell, local) = (system.countPerCell, block.locals.lowerBound)
        typealias Corners = (x: SIMD4<Double>, y: SIMD4<Double>, value: SIMD4<Double>)
        func corner(_ right: Int, _ top: Int) -> Corners {
            var (x, y, value) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
            let start = (row + top) * (mesh.columns + 1) + column + right
            for lane in 0..<4 {
                let place = min(lane, count - 1)
                let vertex = vertices[start + place]
                (x[lane], y[lane]) = (vertex.x, vertex.y)
                value[lane] = state[Int(unknowns[perCell * (first + place) + local + 2 * top + right])]
            }
            return (x, y, value)
        }
        let (a, b, c, d) = (corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1))
        let rule = assembler.cellReference.rule
        for index in 0..<pointCount {
            let place = rule.points[index]
            let (left, right, low, high) = (1 - place.x, place.x, 1 - place.y, place.y)
            let xiX: SIMD4<Double> = low * (b.x - a.x) + high * (d.x - c.x)
            let xiY: SIMD4<Double> = low * (b.y - a.y) + high * (d.y - c.y)
            let etaX: SIMD4<Double> = left * (c.x - a.x) + right * (d.x - b.x)
            let etaY: SIMD4<Double> = left * (c.y - a.y) + right * (d.y - b.y)
            let jacobian: SIMD4<Double> = xiX * etaY - xiY * etaX
            var point = CellQuartetPoint()
            point.x = low * (left * a.x + right * b.x) + high * (left * c.x + right * d.x)
            point.y = low * (left * a.y + right * b.y) + high * (left * c.y + right * d.y)
            point.value = low * (left * a.value + right * b.value) + high * (left * c.value + right * d.value)
            let measure: SIMD4<Double> =
                rule.weights[index] * (assembler.coordinates == .axisymmetric ? 2 * .pi * point.x : .one)
            point.weight = measure * jacobian
            let factor = measure / jacobian
            point.along = factor * (etaX * etaX + etaY * etaY)
            point.across = -factor * (xiX * etaX + xiY * etaY)
            point.up = factor * (xiX * xiX + xiY * xiY)
            points[index] = point
        }
    }

    /// Computes the coefficient.
    @inlinable
    func evaluate<Law: PointLaw>(_ law: Law, _ first: Int, count: Int) {
        for index in 0..<pointCount {
            for lane in 0..<count {
                let value = law(points[index].value[lane], at: point(index, lane: lane, cell: first + lane))
                points[index].coefficient[lane] = value
            }
        }
    }

    /// A point of a cell as laws know it.
    @inlinable
    func point(_ index: Int, lane: Int, cell: Int) -> QuadraturePoint {
        let (x, isAxial) = (points[index].x[lane], assembler.coordinates == .axisymmetric)
        return QuadraturePoint(
            position: SIMD2(x, points[index].y[lane]), normal: .zero, weight: points[index].weight[lane],
            inverseRadius: isAxial && x != 0 ? 1 / x : 0, isOnAxis: isAxial && x == 0, cell: cell, index: index)
    }

    /// Adds the matrices of `count` cells from `first` on.
    ///
    /// With node (a, b) the product l_a(ξ) l_b(η), s = (-1, 1) the slopes of l, and P, Q, R the integrals of w D J⁻¹J⁻ᵀ with
    /// l_b l_b', l_a l_a' and l_a l_b,
    ///
    ///     K = s_a s_a' P_bb' + s_b s_b' Q_aa' + s_a s_b' R_a'b + s_b s_a' R_ab'
    @usableFromInline
    func add(rate: Double, _ first: Int, count: Int, to values: UnsafeMutablePointer<Double>) {
        typealias Lanes = SIMD4<Double>
        let rule = assembler.cellReference.rule
        var (p00, p01, p11) = (Lanes.zero, Lanes.zero, Lanes.zero)
        var (q00, q01, q11) = (Lanes.zero, Lanes.zero, Lanes.zero)
        var (r00, r10, r01, r11) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
        // Masses by the products of l(ξ) and of l(η): 00, 01, 11 of each.
        var (m00, m01, m02) = (Lanes.zero, Lanes.zero, Lanes.zero)
        var (m10, m11, m12) = (Lanes.zero, Lanes.zero, Lanes.zero)
        var (m20, m21, m22) = (Lanes.zero, Lanes.zero, Lanes.zero)
        for index in 0..<pointCount {
            let (point, place) = (points[index], rule.points[index])
            let (left, right, low, high) = (1 - place.x, place.x, 1 - place.y, place.y)
            let along = point.coefficient * point.along
            p00 += (low * low) * along
            p01 += (low * high) * along
            p11 += (high * high) * along
            let up = point.coefficient * point.up
            q00 += (left * left) * up
            q01 += (left * right) * up
            q11 += (right * right) * up
            let across = point.coefficient * point.across
            r00 += (left * low) * across
            r10 += (right * low) * across
            r01 += (left * high) * across
            r11 += (right * high) * across
            let mass = rate * point.weight
            let (bottom, middle, top) = ((low * low) * mass, (low * high) * mass, (high * high) * mass)
            m00 += (left * left) * bottom
            m01 += (left * left) * middle
            m02 += (left * left) * top
            m10 += (left * right) * bottom
            m11 += (left * right) * middle
            m12 += (left * right) * top
            m20 += (right * right) * bottom
            m21 += (right * right) * middle
            m22 += (right * right) * top
        }
        let k00: Lanes = p00 + q00 + 2 * r00 + m00
        let k01: Lanes = q01 - p00 - r00 + r10 + m10
        let k02: Lanes = p01 - q00 - r00 + r01 + m01
        let k03: Lanes = m11 - p01 - q01 - r10 - r01
        let k11: Lanes = p00 + q11 - 2 * r10 + m20
        let k12: Lanes = m11 - p01 - q01 + r00 + r11
        let k13: Lanes = p01 - q11 + r10 - r11 + m21
        let k22: Lanes = p11 + q00 - 2 * r01 + m02
        let k23: Lanes = q01 - p11 + r01 - r11 + m12
        let k33: Lanes = p11 + q11 + 2 * r11 + m22
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 16) { dense in
            for lane in 0..<count {
                (dense[0], dense[1], dense[2], dense[3]) = (k00[lane], k01[lane], k02[lane], k03[lane])
                (dense[4], dense[5], dense[6], dense[7]) = (k01[lane], k11[lane], k12[lane], k13[lane])
                (dense[8], dense[9], dense[10], dense[11]) = (k02[lane], k12[lane], k22[lane], k23[lane])
                (dense[12], dense[13], dense[14], dense[15]) = (k03[lane], k13[lane], k23[lane], k33[lane])
                block.scatter.add(dense.baseAddress!, rowStride: 4, block: first + lane, to: values)
            }
        }
    }
}
