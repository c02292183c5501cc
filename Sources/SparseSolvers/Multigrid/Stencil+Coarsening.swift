// Galerkin's coarse matrices Pᵀ A P. Every second node of a row (or of a column) is kept; a node between takes shares of the
// kept ones on either side, which add up to one: the last of an even number has one kept neighbour only.

/// The shares that the nodes between take from the kept nodes.
///
/// On a periodic row with an odd number of nodes two kept nodes, the last and the first, are neighbours: there is no node
/// between them, and no share.
final class Shares {
    /// Share of each kept node in the node to its left; beyond the last of a periodic row that of the first.
    let left: Plane<Double>
    /// Share of each kept node in the node to its right.
    let right: Plane<Double>

    init(columns: Int, rows: Int) {
        left = Plane(columns: (columns + 1) / 2, rows: rows)
        right = Plane(columns: (columns + 1) / 2, rows: rows)
    }
}

extension Shares {
    /// One row of equal shares, for every row.
    static func uniform(columns: Int, isPeriodic: Bool) -> Shares {
        let shares = Shares(columns: columns, rows: 1)
        let (left, right) = (shares.left.row(0), shares.right.row(0))
        for kept in 0..<columns / 2 {
            let isLast = !isPeriodic && 2 * kept + 1 == columns - 1
            right[kept] = isLast ? 1 : 0.5
            left[kept + 1] = isLast ? 0 : 0.5
        }
        if isPeriodic && columns.isMultiple(of: 2) { left[0] = 0.5 }
        shares.left.finish(0, isPeriodic: isPeriodic)
        shares.right.finish(0, isPeriodic: isPeriodic)
        return shares
    }
}

extension Stencil where Scalar == Double {
    /// Shares of the nodes between in the ratio of their couplings to either side, summed over the column.
    ///
    /// The sum leaves the conductance along the row, so that a node follows the side to which it conducts better (Dendy,
    /// Black box multigrid, J. Comput. Phys. 48, 1982). Where the mass prevails, both sides are alike.
    func findShares(_ shares: Shares) {
        for y in 0..<rows {
            let row = row(y)
            let (left, right) = (shares.left.row(y), shares.right.row(y))
            for kept in 0..<columns / 2 {
                let at = 2 * kept + 1
                let toWest = max(-(row.east[at - 1] + row.southWest[at - 1] + row.northWest[at]), 0)
                let toEast = max(-(row.east[at] + row.northEast[at] + row.southEast[at + 1]), 0)
                let isLast = !isPeriodic && at == columns - 1
                let west = isLast ? 1 : toWest + toEast > 0 ? toWest / (toWest + toEast) : 0.5
                right[kept] = west
                left[kept + 1] = 1 - west
            }
            // The node behind the last of a periodic row is in front of the first.
            if isPeriodic { left[0] = columns.isMultiple(of: 2) ? left[columns / 2] : 0 }
            shares.left.finish(y, isPeriodic: isPeriodic)
            shares.right.finish(y, isPeriodic: isPeriodic)
        }
    }

    /// The matrix of every second column.
    ///
    /// - Parameter areUniform: whether the shares are one row for every row.
    func coarsenColumns(_ shares: Shares, areUniform: Bool = false, into coarse: Stencil) {
        let isOddRing = isPeriodic && !columns.isMultiple(of: 2)
        for y in 0..<rows {
            let (c, e, n) = (diagonal.row(y), east.row(y), north.row(y))
            let (ne, nw) = (northEast.row(y), northWest.row(y))
            let (place, next) = areUniform ? (0, 0) : (y, y + 1)
            let (left, right) = (shares.left.row(place), shares.right.row(place))
            let (leftAbove, rightAbove) = (shares.left.row(next), shares.right.row(next))
            let (toC, toE, toN) = (coarse.diagonal.row(y), coarse.east.row(y), coarse.north.row(y))
            let (toNE, toNW) = (coarse.northEast.row(y), coarse.northWest.row(y))
            for column in 0..<coarse.columns {
                let at = 2 * column
                // Shares of this kept node in the nodes to its left and right, here and in the row above; and there the
                // shares of the next kept nodes in the same. Across the seam of an odd ring these are kept themselves.
                let (l, r, lAbove, rAbove) = (left[column], right[column], leftAbove[column], rightAbove[column])
                let isEastSeam = isOddRing && column == coarse.columns - 1
                let isWestSeam = isOddRing && column == 0
                let farEast = isEastSeam ? 1 : left[column + 1]
                let farEastAbove = isEastSeam ? 1 : leftAbove[column + 1]
                let farWestAbove = isWestSeam ? 1 : rightAbove[column - 1]
                let sides = r * r * c[at + 1] + l * l * c[at - 1]
                toC[column] = c[at] + 2 * (r * e[at] + l * e[at - 1]) + sides
                toE[column] = e[at] * farEast + r * (c[at + 1] * farEast + e[at + 1])
                let fromRight = r * (n[at + 1] * rAbove + nw[at + 1])
                let fromLeft = l * (n[at - 1] * lAbove + ne[at - 1])
                toN[column] = n[at] + ne[at] * rAbove + nw[at] * lAbove + fromRight + fromLeft
                toNE[column] = ne[at] * farEastAbove + r * (n[at + 1] * farEastAbove + ne[at + 1])
                toNW[column] = nw[at] * farWestAbove + l * (n[at - 1] * farWestAbove + nw[at - 1])
            }
            coarse.finish(y)
        }
    }

    /// The matrix of every second row, the rows between being means of the kept ones.
    func coarsenRows(into coarse: Stencil) {
        for row in 0..<coarse.rows {
            let y = 2 * row
            let isNextLast = y + 1 == rows - 1
            // Shares in the rows below and above; the next kept row's share in the row above.
            let (low, high) = (y > 0 ? 0.5 : 0.0, y + 1 >= rows ? 0.0 : isNextLast ? 1.0 : 0.5)
            let far = y + 2 < rows ? 0.5 : 0.0
            let (here, above) = (self.row(y), self.row(y + 1))
            let (cBelow, eBelow) = (diagonal.row(y - 1), east.row(y - 1))
            for at in Swift.stride(from: 0, to: columns, by: 8) {
                let (c, cAbove) = (eight(here.diagonal + at), eight(above.diagonal + at))
                let (n, ne, nw) = (eight(here.north + at), eight(here.northEast + at), eight(here.northWest + at))
                let (e, eAbove) = (eight(here.east + at), eight(above.east + at))
                var toC: SIMD8<Double> = c + 2 * (high * n + low * eight(here.south + at))
                toC += high * high * cAbove
                toC += low * low * eight(cBelow + at)
                store(toC, at: coarse.diagonal.row(row) + at)
                let rising: SIMD8<Double> = ne + eight(here.northWest + at + 1)
                let falling: SIMD8<Double> = eight(here.southEast + at + 1) + eight(here.southWest + at)
                let sides: SIMD8<Double> = high * high * eAbove + low * low * eight(eBelow + at)
                let toE: SIMD8<Double> = e + high * rising + low * falling + sides
                store(toE, at: coarse.east.row(row) + at)
                let toN: SIMD8<Double> = far * n + high * (far * cAbove + eight(above.north + at))
                store(toN, at: coarse.north.row(row) + at)
                let toNE: SIMD8<Double> = far * ne + high * (far * eAbove + eight(above.northEast + at))
                store(toNE, at: coarse.northEast.row(row) + at)
                let toNW: SIMD8<Double> =
                    far * nw + high * (far * eight(above.east + at - 1) + eight(above.northWest + at))
                store(toNW, at: coarse.northWest.row(row) + at)
            }
            coarse.finish(row)
        }
    }
}
