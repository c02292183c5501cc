extension ElementWorkspace {
    /// Computes positions, weights and the physical basis of a cell at the points of a rule.
    ///
    /// With J = ∂(x, y)/∂(ξ, η), the gradient is ∇φ = J⁻ᵀ ∂φ/∂(ξ, η) and the weight ω det J, or ω |J t| on a side with the
    /// direction t, times 2πr in axisymmetric coordinates.
    public func place(_ corners: CellCorners, cell: Int, reference: ReferenceElement) {
        precondition(
            reference.rule.points.count <= maximumPoints && reference.tables.count == bases.count,
            "a workspace for \(maximumPoints) points and \(bases.count) degrees got another reference element")
        pointCount = reference.rule.points.count
        for index in 0..<pointCount {
            let place = reference.rule.points[index]
            let (xi, eta) = (corners.alongXi(place), corners.alongEta(place))
            let jacobian = xi.x * eta.y - xi.y * eta.x
            var point = QuadraturePoint(
                position: corners.position(place), normal: .zero, weight: reference.rule.weights[index] * jacobian,
                inverseRadius: 0, cell: cell, index: index)
            if let side = reference.rule.side {
                let tangent = side.direction.x * xi + side.direction.y * eta
                let length = (tangent * tangent).sum().squareRoot()
                point.normal = SIMD2(tangent.y, -tangent.x) / length
                point.weight = reference.rule.weights[index] * length
            }
            if coordinates == .axisymmetric {
                point.weight *= 2 * .pi * point.position.x
                point.isOnAxis = point.position.x == 0
                point.inverseRadius = point.isOnAxis ? 0 : 1 / point.position.x
            }
            points[index] = point
            let inverse = 1 / jacobian
            let toX = inverse * SIMD2(eta.y, -xi.y)
            let toY = inverse * SIMD2(-eta.x, xi.x)
            for (table, basis) in zip(reference.tables, bases) {
                Self.transform(table, point: index, toX: toX, toY: toY, into: basis)
            }
        }
    }

    /// The three rows of a point: φ, ∂φ/∂x and ∂φ/∂y from φ, ∂φ/∂ξ and ∂φ/∂η.
    private static func transform(
        _ table: BasisTable, point: Int, toX: SIMD2<Double>, toY: SIMD2<Double>,
        into basis: UnsafeMutablePointer<Double>
    ) {
        let length = table.rowLength
        let start = 3 * point * length
        table.rows.withUnsafeBufferPointer { rows in
            let source = UnsafeRawPointer(rows.baseAddress! + start)
            let target = UnsafeMutableRawPointer(basis + start)
            for offset in stride(from: 0, to: length * 8, by: 32) {
                let value = source.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
                let xi = source.loadUnaligned(fromByteOffset: offset + 8 * length, as: SIMD4<Double>.self)
                let eta = source.loadUnaligned(fromByteOffset: offset + 16 * length, as: SIMD4<Double>.self)
                target.storeBytes(of: value, toByteOffset: offset, as: SIMD4<Double>.self)
                target.storeBytes(
                    of: toX.x * xi + toX.y * eta, toByteOffset: offset + 8 * length, as: SIMD4<Double>.self)
                target.storeBytes(
                    of: toY.x * xi + toY.y * eta, toByteOffset: offset + 16 * length, as: SIMD4<Double>.self)
            }
        }
    }

    /// Takes an element's unknowns from the vectors of the system and computes the fields at the points.
    ///
    /// - Parameters:
    ///   - inputs: the components that are read; the others keep what they were.
    ///   - earlier: the earlier state; nil where it is the same.
    public func load(
        _ inputs: Range<Int>, unknowns vector: Span<Double>, previous earlier: Span<Double>?,
        of system: DegreesOfFreedom, cell: Int
    ) {
        precondition(system.countPerCell == count, "a workspace of \(count) unknowns got another system")
        let locals = system.localStarts[inputs.lowerBound]..<system.localStarts[inputs.upperBound]
        let indices = system.cellUnknowns.span
        for local in locals { unknowns[local] = vector[Int(indices[cell * count + local])] }
        interpolate(unknowns, inputs, into: jets)
        earlierJets = jets
        if let earlier {
            for local in locals { previous[local] = earlier[Int(indices[cell * count + local])] }
            interpolate(previous, inputs, into: previousJets)
            earlierJets = previousJets
        }
    }

    /// u = Σ_i φ_i u_i and its gradient at every point, for every component.
    private func interpolate(
        _ vector: UnsafeMutablePointer<Double>, _ inputs: Range<Int>, into jets: UnsafeMutablePointer<Jet<Double>>
    ) {
        for component in inputs {
            let segment = segments[component]
            let basis = bases[segment.table]
            let nodal = vector + segment.first
            for point in 0..<pointCount {
                let rows = basis + 3 * point * segment.rowLength
                var (value, x, y) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
                for lane in stride(from: 0, to: segment.rowLength, by: 4) {
                    let nodes = vector4(nodal + lane)
                    value += vector4(rows + lane) * nodes
                    x += vector4(rows + segment.rowLength + lane) * nodes
                    y += vector4(rows + 2 * segment.rowLength + lane) * nodes
                }
                jets[point * components + component] = Jet(value: value.sum(), x: x.sum(), y: y.sum())
            }
        }
    }
}

/// Four numbers from any address.
@inline(__always)
func vector4(_ address: UnsafeMutablePointer<Double>) -> SIMD4<Double> {
    UnsafeRawPointer(address).loadUnaligned(as: SIMD4<Double>.self)
}

/// Puts four numbers at any address.
@inline(__always)
func store(_ vector: SIMD4<Double>, at address: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(address).storeBytes(of: vector, as: SIMD4<Double>.self)
}
