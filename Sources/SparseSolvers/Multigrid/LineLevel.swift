/// A level whose couplings may have any direction and vary from place to place: columns are smoothed as a whole and every
/// second column is kept. The only column of the last level is solved for.
///
/// S = T⁻¹, T tridiagonal in each column, T = D + X/2 with the block D of the column and X a mass matrix made of the
/// conductances to both sides. Of bilinear elements with a coupling a along the rows and b along the columns, A has the
/// symbol a (2 - 2 cos θ) M + b (2 + cos θ)/3 K, M and K being the mass and the stiffness of a column, and T = 3 a M + 2/3 b K.
/// T⁻¹A lies between 1/2 and 4/3 over the upper half, π/2 ≤ θ ≤ π, for any a and b; D alone would reach 2. A < 2 D holds
/// for any positive definite A whose columns are coupled in a chain, since a change of the sign of every second one leaves
/// it definite: the smoother converges and the cycle is definite for X ≥ 0.
final class LineLevel: Level {
    /// 1/d and l of T = L D Lᵀ, l at the upper of the two nodes.
    private let inversePivot: Plane<Float>
    private let multiplier: Plane<Float>
    /// What the nodes conduct to both neighbouring columns, with a row of zeros below and above.
    private let conductances: Plane<Double>
    /// Two rows of d in turn.
    private let pivots: Plane<Double>
    private let shares: Shares
    private let leftShare: Plane<Float>
    private let rightShare: Plane<Float>
    private let residual: Plane<Float>

    override init(columns: Int, rows: Int, isPeriodic: Bool) {
        inversePivot = Plane(columns: columns, rows: rows)
        multiplier = Plane(columns: columns, rows: rows)
        conductances = Plane(columns: columns, rows: rows)
        pivots = Plane(columns: columns, rows: 2)
        shares = Shares(columns: columns, rows: rows)
        leftShare = Plane(columns: (columns + 1) / 2, rows: rows)
        rightShare = Plane(columns: (columns + 1) / 2, rows: rows)
        residual = Plane(columns: columns, rows: rows)
        super.init(columns: columns, rows: rows, isPeriodic: isPeriodic)
    }

    override func coarsen(_ stencil: Stencil<Double>, into coarse: Stencil<Double>) {
        stencil.coarsenColumns(shares, into: coarse)
    }

    override func setUp(_ stencil: Stencil<Double>) throws(KrylovError) {
        try super.setUp(stencil)
        for y in -1...rows {
            for at in stride(from: 0, to: columns, by: 8) {
                let (isInside, row) = (y >= 0 && y < rows, stencil.row(max(0, min(y, rows - 1))))
                store(isInside ? conductance(row, at) : SIMD8<Double>.zero, at: conductances.row(y) + at)
            }
        }
        for y in 0..<rows {
            let (row, south) = (stencil.row(y), stencil.row(y - 1))
            let (own, above, below) = (conductances.row(y), conductances.row(y + 1), conductances.row(y - 1))
            let (before, pivots) = (self.pivots.row(y & 1 ^ 1), self.pivots.row(y & 1))
            for at in stride(from: 0, to: columns, by: 8) {
                let toAbove: SIMD8<Double> = smaller(eight(own + at), eight(above + at)) / 6
                let toBelow: SIMD8<Double> = smaller(eight(own + at), eight(below + at)) / 6
                var pivot: SIMD8<Double> = eight(row.diagonal + at) + 0.5 * (eight(own + at) - toAbove - toBelow)
                var coupling: SIMD8<Double> = eight(south.north + at) + 0.5 * toBelow
                if isLast {
                    // On a ring of one column the neighbours are the node itself and those above and below.
                    pivot = eight(row.diagonal + at) + eight(row.east + at) + eight(row.east + at - 1)
                    coupling = eight(south.north + at) + eight(south.northEast + at) + eight(south.northWest + at)
                }
                let factor: SIMD8<Double> =
                    y > 0 ? inside(coupling / eight(before + at), at, columns) : SIMD8<Double>.zero
                pivot -= factor * coupling
                store(pivot, at: pivots + at)
                store(SIMD8<Float>(factor), at: multiplier.row(y) + at)
                store(SIMD8<Float>(inside(1 / pivot, at, columns)), at: inversePivot.row(y) + at)
            }
            // Not `<= 0`, for NaN.
            for at in 0..<columns where !(pivots[at] > 0) { throw .notPositiveDefinite(iterations: 0) }
        }
        guard !isLast else { return }
        stencil.findShares(shares)
        for y in 0..<rows {
            for at in -1...leftShare.columns {
                leftShare.row(y)[at] = Float(shares.left.row(y)[at])
                rightShare.row(y)[at] = Float(shares.right.row(y)[at])
            }
        }
    }

    /// What eight nodes conduct to both of the neighbouring columns.
    private func conductance(_ row: StencilRow<Double>, _ at: Int) -> SIMD8<Double> {
        let (east, west, _, _) = row.sides(at)
        let none = SIMD8<Double>.zero
        return larger(none - east, none) + larger(none - west, none)
    }

    /// x ← L⁻ᵀ 1/d x, from the top down, where x holds L⁻¹ b.
    private func sweepDown(_ x: Plane<Float>) {
        for y in (0..<rows).reversed() {
            let (here, above) = (x.row(y), x.row(y + 1))
            let (d, l) = (inversePivot.row(y), multiplier.row(y + 1))
            for at in stride(from: 0, to: columns, by: 8) {
                store(eight(d + at) * eight(here + at) - eight(l + at) * eight(above + at), at: here + at)
            }
            x.finish(y, isPeriodic: isPeriodic)
        }
    }

    override func restrict(into coarse: Plane<Float>) {
        solve()
        for y in 0..<rows {
            let row = matrix.row(y)
            let (below, here, above) = (solution.row(y - 1), solution.row(y), solution.row(y + 1))
            let (b, r) = (right.row(y), residual.row(y))
            for at in stride(from: 0, to: columns, by: 8) {
                store(eight(b + at) - row.differences(at, below, here, above), at: r + at)
            }
            residual.finish(y, isPeriodic: isPeriodic)
            let (l, h, target) = (leftShare.row(y), rightShare.row(y), coarse.row(y))
            for at in stride(from: 0, to: coarse.columns, by: 8) {
                let pairs = UnsafeRawPointer(r + 2 * at).loadUnaligned(as: SIMD16<Float>.self)
                let before = UnsafeRawPointer(r + 2 * at - 1).loadUnaligned(as: SIMD16<Float>.self)
                let sum = pairs.evenHalf + eight(l + at) * before.evenHalf + eight(h + at) * pairs.oddHalf
                store(sum, at: target + at)
            }
            coarse.finish(y, isPeriodic: isPeriodic)
        }
    }

    /// x = S b
    private func solve() {
        for y in 0..<rows {
            let (b, l, x, below) = (right.row(y), multiplier.row(y), solution.row(y), solution.row(y - 1))
            for at in stride(from: 0, to: columns, by: 8) {
                store(eight(b + at) - eight(l + at) * eight(below + at), at: x + at)
            }
        }
        sweepDown(solution)
    }

    private func add(_ coarse: Plane<Float>, toRow y: Int) {
        let (e, l, h, x) = (coarse.row(y), leftShare.row(y), rightShare.row(y), solution.row(y))
        for at in stride(from: 0, to: coarse.columns, by: 8) {
            let kept = eight(e + at)
            let next = eight(h + at) * kept + eight(l + at + 1) * eight(e + at + 1)
            let (first, second) = interleaved(kept, next)
            store(eight(x + 2 * at) + first, at: x + 2 * at)
            if 2 * at + 8 < columns { store(eight(x + 2 * at + 8) + second, at: x + 2 * at + 8) }
        }
        solution.finish(y, isPeriodic: isPeriodic)
    }

    override func correct(by coarse: Plane<Float>?) -> Double {
        guard let coarse else {
            solve()
            return product()
        }
        add(coarse, toRow: 0)
        for y in 0..<rows {
            if y + 1 < rows { add(coarse, toRow: y + 1) }
            let row = matrix.row(y)
            let (below, here, above) = (solution.row(y - 1), solution.row(y), solution.row(y + 1))
            let (b, l, r, before) = (right.row(y), multiplier.row(y), residual.row(y), residual.row(y - 1))
            for at in stride(from: 0, to: columns, by: 8) {
                let rest = eight(b + at) - row.differences(at, below, here, above)
                store(rest - eight(l + at) * eight(before + at), at: r + at)
            }
        }
        sweepDown(residual)
        for y in 0..<rows {
            let (x, z) = (solution.row(y), residual.row(y))
            for at in stride(from: 0, to: columns, by: 8) { store(eight(x + at) + eight(z + at), at: x + at) }
            solution.finish(y, isPeriodic: isPeriodic)
        }
        return product()
    }

    /// b · x
    private func product() -> Double {
        var product = 0.0
        for y in 0..<rows {
            let (b, x) = (right.row(y), solution.row(y))
            var sum = SIMD8<Float>.zero
            for at in stride(from: 0, to: columns, by: 8) { sum += inside(eight(b + at), at, columns) * eight(x + at) }
            product += Double(sum.sum())
        }
        return product
    }
}
