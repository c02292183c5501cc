extension ConjugateGradients {
    /// Conjugate gradients for A d = r/ρ from d = 0, with r/ρ on the first level, until r · B r has fallen to what is asked.
    ///
    /// - Returns: r · B r at first and in the end, in the units of the problem, before B r was added to d for the last time.
    func run(
        scale: Double, energy: Double, tolerance: Double, limit: Int, done: Int
    ) throws(KrylovError) -> (first: Double, last: Double, iterations: Int) {
        correction.clear()
        direction.clear()
        var product = multigrid.cycle()
        let first = product
        let square = scale * scale / multigrid.unit
        let size = max(energy / square, first)
        let target = max(tolerance * tolerance * size, Self.passGain * Self.passGain * first)
        var beta: Float = 0
        for iteration in 1...limit {
            guard product.isFinite else { throw .notFinite(iterations: done + iteration) }
            guard product >= 0 else { throw .notPositiveDefinite(iterations: done + iteration) }
            if product <= target || iteration == limit {
                advance(by: 1, along: multigrid.levels[0].solution)
                return (first * square, product * square, iteration)
            }
            let curvature = turn(beta)
            guard curvature > 0 else { throw .notPositiveDefinite(iterations: done + iteration) }
            step(by: Float(product / curvature))
            let new = multigrid.cycle()
            beta = Float(new / product)
            product = new
        }
        preconditionFailure("the limit is at least one iteration")
    }

    /// p = z + β p and q = A p.
    ///
    /// - Returns: p · q.
    private func turn(_ beta: Float) -> Double {
        let level = multigrid.levels[0]
        let (matrix, columns, rows) = (level.matrix, lattice.columns, lattice.rows)
        func update(_ y: Int) {
            let (p, z) = (direction.row(y), level.solution.row(y))
            for at in stride(from: 0, to: columns, by: 8) { store(eight(z + at) + beta * eight(p + at), at: p + at) }
            direction.finish(y, isPeriodic: matrix.isPeriodic)
        }
        var product = 0.0
        update(0)
        for y in 0..<rows {
            if y + 1 < rows { update(y + 1) }
            let (row, q) = (matrix.row(y), image.row(y))
            let (below, here, above) = (direction.row(y - 1), direction.row(y), direction.row(y + 1))
            var sum = SIMD8<Float>.zero
            for at in stride(from: 0, to: columns, by: 8) {
                let value = row.differences(at, below, here, above)
                store(value, at: q + at)
                sum += inside(value, at, columns) * eight(here + at)
            }
            product += Double(sum.sum())
            image.finish(y, isPeriodic: matrix.isPeriodic)
        }
        return product
    }

    /// d += α p and r -= α q
    private func step(by alpha: Float) {
        let residual = multigrid.levels[0].right
        for y in 0..<lattice.rows {
            let (d, p, r, q) = (correction.row(y), direction.row(y), residual.row(y), image.row(y))
            for at in stride(from: 0, to: residual.stride - 8, by: 8) {
                store(eight(d + at) + alpha * eight(p + at), at: d + at)
                store(eight(r + at) - alpha * eight(q + at), at: r + at)
            }
        }
        for y in 0..<lattice.rows { residual.finish(y, isPeriodic: multigrid.levels[0].isPeriodic) }
    }

    /// d += α p
    private func advance(by alpha: Float, along vector: Plane<Float>) {
        for y in 0..<lattice.rows {
            let (d, p) = (correction.row(y), vector.row(y))
            for at in stride(from: 0, to: lattice.columns, by: 8) {
                store(eight(d + at) + alpha * eight(p + at), at: d + at)
            }
        }
    }
}
