extension ElementWorkspace {
    /// R = Σ_r w d_r B_rᵀ
    @usableFromInline
    func sumResidual(of equations: Range<Int>) {
        for component in equations {
            let segment = segments[component]
            let basis = bases[segment.table]
            for lane in stride(from: 0, to: segment.rowLength, by: 4) {
                var sum = SIMD4<Double>.zero
                for point in 0..<pointCount {
                    let density = densities[point * components + component]
                    let weight = points[point].weight
                    let rows = basis + 3 * point * segment.rowLength + lane
                    sum += (weight * density.value) * vector4(rows)
                    sum += (weight * density.x) * vector4(rows + segment.rowLength)
                    sum += (weight * density.y) * vector4(rows + 2 * segment.rowLength)
                }
                store(sum, at: residual + segment.first + lane)
            }
        }
    }

    /// K = Σ_r B_rᵀ P_r with P_r = Σ_s w D_rs B_s, component after component, in the columns of the block.
    @usableFromInline
    func sumTangent(_ block: Range<Int>) {
        let lastSegment = segments[block.upperBound - 1]
        let lastColumn = min(rowStride, lastSegment.first + lastSegment.rowLength)
        // Whole lanes, so that the first may lie before the block: what is found there is of no use to anybody.
        let firstColumn = segments[block.lowerBound].first / 4 * 4
        for component in block {
            let rows = multiplyDerivatives(ofComponent: component, block)
            let segment = segments[component]
            for node in 0..<segment.nodes {
                let target = tangent + (segment.first + node) * rowStride
                var lane = firstColumn
                while lane + 8 <= rowStride && lane < lastColumn {
                    sumProducts(SIMD8<Double>.self, rows, tests + node, segment.rowLength, lane, into: target)
                    lane += 8
                }
                if lane < lastColumn {
                    sumProducts(SIMD4<Double>.self, rows, tests + node, segment.rowLength, lane, into: target)
                }
            }
        }
    }

    /// One test function's sum over the rows of `products`, for as many unknowns from `lane` on as `Lanes` holds.
    @inline(__always)
    private func sumProducts<Lanes: SIMD>(
        _: Lanes.Type, _ rows: Int, _ test: UnsafeMutablePointer<Double>, _ testStride: Int, _ lane: Int,
        into target: UnsafeMutablePointer<Double>
    ) where Lanes.Scalar == Double {
        var sum = Lanes.zero
        var (test, product) = (test, products + lane)
        for _ in 0..<rows {
            sum += test.pointee * UnsafeRawPointer(product).loadUnaligned(as: Lanes.self)
            test += testStride
            product += rowStride
        }
        UnsafeMutableRawPointer(target + lane).storeBytes(of: sum, as: Lanes.self)
    }

    /// Collects the rows P_r of a component that are not zero at every unknown in `products`, and their B_r in `tests`.
    ///
    /// - Returns: how many there are.
    private func multiplyDerivatives(ofComponent component: Int, _ block: Range<Int>) -> Int {
        let own = segments[component]
        var rows = 0
        for point in 0..<pointCount {
            let weight = points[point].weight
            for entry in 0..<3 {
                let slopes = derivatives + (3 * (point * components + component) + entry) * inputStride
                guard !isZero(slopes, 3 * block.lowerBound..<3 * block.upperBound) else { continue }
                let basis = bases[own.table] + (3 * point + entry) * own.rowLength
                for lane in stride(from: 0, to: own.rowLength, by: 4) {
                    store(vector4(basis + lane), at: tests + rows * own.rowLength + lane)
                }
                let target = products + rows * rowStride
                for column in block {
                    let segment = segments[column]
                    combine(
                        bases[segment.table] + 3 * point * segment.rowLength, length: segment.rowLength,
                        weight * SIMD3(slopes[3 * column], slopes[3 * column + 1], slopes[3 * column + 2]),
                        into: target + segment.first)
                }
                rows += 1
            }
        }
        return rows
    }

    /// The sum of the three rows of a basis at a point, each times its factor.
    @inline(__always)
    private func combine(
        _ basis: UnsafeMutablePointer<Double>, length: Int, _ factors: SIMD3<Double>,
        into target: UnsafeMutablePointer<Double>
    ) {
        guard factors != .zero else {
            target.update(repeating: 0, count: length)
            return
        }
        for lane in stride(from: 0, to: length, by: 4) {
            var sum = factors.x * vector4(basis + lane)
            sum += factors.y * vector4(basis + length + lane)
            sum += factors.z * vector4(basis + 2 * length + lane)
            store(sum, at: target + lane)
        }
    }

    private func isZero(_ vector: UnsafeMutablePointer<Double>, _ entries: Range<Int>) -> Bool {
        for entry in entries where vector[entry] != 0 { return false }
        return true
    }
}
