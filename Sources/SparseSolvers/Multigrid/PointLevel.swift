/// A level whose couplings are nearly the same in all directions: points are smoothed, every second row and column is kept.
///
/// S = ω / a_ii. Of the bilinear elements' Laplacian, a_ii⁻¹ A has its upper three quarters of the spectrum in 3/4 ... 3/2,
/// where ω = 8/9 leaves a third. Gershgorin's bound keeps ω a_ii⁻¹ A below 2, without which the cycle is not definite.
final class PointLevel: Level {
    /// ω / a_ii, zero in the margin.
    private let weight: Plane<Float>
    /// Four rows in turn, of x and of the residual.
    private let iterate: Plane<Float>
    private let residual: Plane<Float>
    /// A row between two rows of the next level, and one on the way to it.
    private let between: Plane<Float>
    private let collected: Plane<Float>
    private let halfRows: Stencil<Double>
    private let shares: Shares

    override init(columns: Int, rows: Int, isPeriodic: Bool) {
        weight = Plane(columns: columns, rows: rows)
        iterate = Plane(columns: columns, rows: 4)
        residual = Plane(columns: columns, rows: 4)
        between = Plane(columns: (columns + 1) / 2, rows: 1)
        collected = Plane(columns: columns, rows: 1)
        halfRows = Stencil(columns: columns, rows: (rows + 1) / 2, isPeriodic: isPeriodic)
        shares = .uniform(columns: columns, isPeriodic: isPeriodic)
        super.init(columns: columns, rows: rows, isPeriodic: isPeriodic)
    }

    /// The least lattice whose points are smoothed.
    static let leastSize = (columns: 10, rows: 4)

    /// Whether points may be smoothed: couplings to the four sides, each summed over the three neighbours on that side, that
    /// differ by no more than a factor of four wherever they matter beside the diagonal.
    static func suits(_ stencil: Stencil<Double>) -> Bool {
        guard stencil.columns >= leastSize.columns && stencil.rows >= leastSize.rows else { return false }
        let last = stencil.columns - 1
        for y in 1..<stencil.rows - 1 {
            let row = stencil.row(y)
            var worst = SIMD8<Double>(repeating: -.greatestFiniteMagnitude / 4)
            // Groups of eight that overlap rather than leave the interior.
            for start in stride(from: 1, to: last, by: 8) {
                let at = max(1, min(start, last - 8))
                let (east, west, north, south) = row.sides(at)
                let least = -larger(larger(east, west), larger(north, south))
                let most = -smaller(smaller(east, west), smaller(north, south))
                worst = larger(worst, smaller(most - 4 * least, most - 0.02 * eight(row.diagonal + at)))
            }
            // Not `> 0`, for NaN.
            if !(worst.max() <= 0) { return false }
        }
        return true
    }

    override func coarsen(_ stencil: Stencil<Double>, into coarse: Stencil<Double>) {
        stencil.coarsenRows(into: halfRows)
        halfRows.coarsenColumns(shares, areUniform: true, into: coarse)
    }

    override func setUp(_ stencil: Stencil<Double>) throws(KrylovError) {
        try super.setUp(stencil)
        var bounds = SIMD8<Double>.zero
        for y in 0..<rows {
            let row = stencil.row(y)
            // Not `<= 0`, for NaN.
            for at in 0..<columns where !(row.diagonal[at] > 0) { throw .notPositiveDefinite(iterations: 0) }
            for at in stride(from: 0, to: columns, by: 8) {
                let diagonal = eight(row.diagonal + at)
                let inverse = inside(1 / diagonal, at, columns)
                store(SIMD8<Float>(inverse), at: weight.row(y) + at)
                bounds = larger(bounds, row.magnitudes(at) * inverse)
            }
        }
        let omega = Float(min(8.0 / 9, 1.9 / (1 + bounds.max())))
        for y in 0..<rows {
            let row = weight.row(y)
            for at in stride(from: 0, to: columns, by: 8) { store(omega * eight(row + at), at: row + at) }
        }
    }

    override func restrict(into coarse: Plane<Float>) {
        for at in -1...columns { iterate.row(3)[at] = 0 }
        prepare(0, from: nil)
        for y in 0..<rows {
            prepare(y + 1, from: nil)
            let row = matrix.row(y)
            let (below, here, above) = (iterate.row((y + 3) & 3), iterate.row(y & 3), iterate.row((y + 1) & 3))
            let (b, r) = (right.row(y), residual.row(y & 3))
            for at in stride(from: 0, to: columns, by: 8) {
                store(eight(b + at) - row.differences(at, below, here, above), at: r + at)
            }
            residual.finish(y & 3, isPeriodic: isPeriodic)
            if y & 1 == 1 || y == rows - 1 { collect(last: y, into: coarse) }
        }
    }

    /// Puts a row of x into its place among the four: S b, with P e where there is a correction.
    private func prepare(_ y: Int, from coarse: Plane<Float>?) {
        let x = iterate.row(y & 3)
        guard y < rows else {
            for at in -1...columns { x[at] = 0 }
            return
        }
        let (b, w) = (right.row(y), weight.row(y))
        guard let coarse else {
            for at in stride(from: 0, to: columns, by: 8) { store(eight(w + at) * eight(b + at), at: x + at) }
            iterate.finish(y & 3, isPeriodic: isPeriodic)
            return
        }
        var e = coarse.row(y / 2)
        if y & 1 == 1 {
            let (low, high) = (coarse.row(y / 2), coarse.row(y / 2 + (y < rows - 1 ? 1 : 0)))
            e = between.row(0)
            for at in stride(from: 0, to: coarse.columns, by: 8) {
                store(0.5 * (eight(low + at) + eight(high + at)), at: e + at)
            }
            between.finish(0, isPeriodic: isPeriodic)
        }
        // An even number of nodes leaves the last without a kept node behind it.
        let isOpenEnd = !isPeriodic && columns & 1 == 0
        if isOpenEnd { e[coarse.columns] = e[coarse.columns - 1] }
        for at in stride(from: 0, to: coarse.columns, by: 8) {
            let kept: SIMD8<Float> = eight(e + at)
            let between: SIMD8<Float> = 0.5 * (kept + eight(e + at + 1))
            let (first, second) = interleaved(kept, between)
            let place = 2 * at
            store(first + eight(w + place) * eight(b + place), at: x + place)
            if place + 8 < columns {
                store(second + eight(w + place + 8) * eight(b + place + 8), at: x + place + 8)
            }
        }
        if isOpenEnd { e[coarse.columns] = 0 }
        iterate.finish(y & 3, isPeriodic: isPeriodic)
    }

    /// Restricts to the row of the next level whose nodes are in the row `last` of residuals or in the one before.
    private func collect(last y: Int, into coarse: Plane<Float>) {
        let sum = collected.row(0)
        let middle = residual.row(y & 2)
        let (low, high): (Float, Float) = (y > 1 ? 0.5 : 0, y & 1 == 0 ? 0 : y == rows - 1 ? 1 : 0.5)
        let (below, above) = (residual.row((y & 2) ^ 2 | 1), residual.row(y & 2 | 1))
        for at in stride(from: 0, to: columns, by: 8) {
            store(eight(middle + at) + low * eight(below + at) + high * eight(above + at), at: sum + at)
        }
        collected.finish(0, isPeriodic: isPeriodic)
        if columns & 1 == 0 {
            if !isPeriodic { sum[columns - 1] *= 2 }
        } else {
            (sum[-1], sum[columns]) = (0, 0)
        }
        let target = coarse.row(y / 2)
        for at in stride(from: 0, to: coarse.columns, by: 8) {
            let pairs = UnsafeRawPointer(sum + 2 * at).loadUnaligned(as: SIMD16<Float>.self)
            let before = UnsafeRawPointer(sum + 2 * at - 1).loadUnaligned(as: SIMD16<Float>.self)
            store(pairs.evenHalf + 0.5 * (before.evenHalf + pairs.oddHalf), at: target + at)
        }
        coarse.finish(y / 2, isPeriodic: isPeriodic)
    }

    override func correct(by coarse: Plane<Float>?) -> Double {
        for at in -1...columns { iterate.row(3)[at] = 0 }
        prepare(0, from: coarse)
        var product = 0.0
        for y in 0..<rows {
            prepare(y + 1, from: coarse)
            let row = matrix.row(y)
            let (below, here, above) = (iterate.row((y + 3) & 3), iterate.row(y & 3), iterate.row((y + 1) & 3))
            let (b, w, x) = (right.row(y), weight.row(y), solution.row(y))
            var sum = SIMD8<Float>.zero
            for at in stride(from: 0, to: columns, by: 8) {
                let rest = eight(b + at) - row.differences(at, below, here, above)
                let new = eight(here + at) + eight(w + at) * rest
                store(new, at: x + at)
                sum += new * inside(eight(b + at), at, columns)
            }
            product += Double(sum.sum())
            solution.finish(y, isPeriodic: isPeriodic)
        }
        return product
    }
}

/// Eight numbers from column `at` on without those behind the last column.
@inline(__always)
func inside<Scalar: SIMDScalar & BinaryFloatingPoint>(_ x: SIMD8<Scalar>, _ at: Int, _ columns: Int) -> SIMD8<Scalar> {
    if at + 8 <= columns { return x }
    var kept = x
    for lane in columns - at..<8 { kept[lane] = 0 }
    return kept
}
