/// A symmetric matrix that couples each node of a lattice with its eight neighbours, by diagonals.
///
/// A coupling is kept once, at the node from which it points east or north; the other four of a node are those of its
/// neighbours. In single precision `diagonal` holds the sum of the row instead, see ``StencilRow``. Margins are as in
/// ``Plane``: zero, or those of the other end of a row of a periodic lattice.
final class Stencil<Scalar: BinaryFloatingPoint & SIMDScalar> {
    let isPeriodic: Bool
    let diagonal: Plane<Scalar>
    let east: Plane<Scalar>
    let north: Plane<Scalar>
    let northEast: Plane<Scalar>
    let northWest: Plane<Scalar>

    init(columns: Int, rows: Int, isPeriodic: Bool) {
        func plane() -> Plane<Scalar> { Plane(columns: columns, rows: rows) }
        self.isPeriodic = isPeriodic
        (diagonal, east, north, northEast, northWest) = (plane(), plane(), plane(), plane(), plane())
    }

    var columns: Int { diagonal.columns }
    var rows: Int { diagonal.rows }

    /// Completes the margins of a row.
    func finish(_ row: Int) {
        diagonal.finish(row, isPeriodic: isPeriodic)
        east.finish(row, isPeriodic: isPeriodic)
        north.finish(row, isPeriodic: isPeriodic)
        northEast.finish(row, isPeriodic: isPeriodic)
        northWest.finish(row, isPeriodic: isPeriodic)
    }

    /// Pointers to the coefficients that a row of nodes needs.
    @inline(__always) func row(_ row: Int) -> StencilRow<Scalar> {
        StencilRow(
            diagonal: diagonal.row(row), east: east.row(row), north: north.row(row), south: north.row(row - 1),
            northEast: northEast.row(row), southWest: northEast.row(row - 1), northWest: northWest.row(row),
            southEast: northWest.row(row - 1))
    }
}

/// The coefficients of a row of nodes; those to the west and to the south are kept at the neighbours.
struct StencilRow<Scalar: BinaryFloatingPoint & SIMDScalar> {
    typealias Pointer = UnsafeMutablePointer<Scalar>
    let diagonal: Pointer
    let east: Pointer
    let north: Pointer
    let south: Pointer
    let northEast: Pointer
    /// At the node to the south-west.
    let southWest: Pointer
    let northWest: Pointer
    /// At the node to the south-east.
    let southEast: Pointer

    /// A x at eight nodes from column `at` on, with the rows of x below, here and above.
    @inline(__always)
    func product(_ at: Int, _ below: Pointer, _ here: Pointer, _ above: Pointer) -> SIMD8<Scalar> {
        var sum = eight(diagonal + at) * eight(here + at)
        var other = eight(east + at - 1) * eight(here + at - 1)
        sum += eight(east + at) * eight(here + at + 1)
        other += eight(south + at) * eight(below + at)
        sum += eight(north + at) * eight(above + at)
        other += eight(southWest + at - 1) * eight(below + at - 1)
        sum += eight(northEast + at) * eight(above + at + 1)
        other += eight(southEast + at + 1) * eight(below + at + 1)
        sum += eight(northWest + at) * eight(above + at - 1)
        return sum + other
    }

    /// A x at eight nodes as Σ a_ij (x_j - x_i) + x_i Σ a_ij, with the sum of the row in the place of the diagonal.
    ///
    /// In a long time step the sums, the mass, are far below the rounding of the diagonal in single precision; this form
    /// keeps them.
    @inline(__always)
    func differences(_ at: Int, _ below: Pointer, _ here: Pointer, _ above: Pointer) -> SIMD8<Scalar> {
        let own = eight(here + at)
        var sum = eight(diagonal + at) * own
        var other = eight(east + at - 1) * (eight(here + at - 1) - own)
        sum += eight(east + at) * (eight(here + at + 1) - own)
        other += eight(south + at) * (eight(below + at) - own)
        sum += eight(north + at) * (eight(above + at) - own)
        other += eight(southWest + at - 1) * (eight(below + at - 1) - own)
        sum += eight(northEast + at) * (eight(above + at + 1) - own)
        other += eight(southEast + at + 1) * (eight(below + at + 1) - own)
        sum += eight(northWest + at) * (eight(above + at - 1) - own)
        return sum + other
    }

    /// The four numbers that the couplings of eight nodes to one side add up to, each over the three nodes there.
    @inline(__always)
    func sides(_ at: Int) -> (east: SIMD8<Scalar>, west: SIMD8<Scalar>, north: SIMD8<Scalar>, south: SIMD8<Scalar>) {
        let (toNE, toNW) = (eight(northEast + at), eight(northWest + at))
        let (toSW, toSE) = (eight(southWest + at - 1), eight(southEast + at + 1))
        return (
            eight(east + at) + toNE + toSE, eight(east + at - 1) + toNW + toSW, eight(north + at) + toNE + toNW,
            eight(south + at) + toSE + toSW
        )
    }

    /// Σ_j a_ij at eight nodes, the diagonal included.
    @inline(__always)
    func rowSum(_ at: Int) -> SIMD8<Scalar> {
        let straight = eight(east + at) + eight(east + at - 1) + eight(north + at) + eight(south + at)
        let slanted = eight(northEast + at) + eight(southWest + at - 1) + eight(northWest + at)
        return (eight(diagonal + at) + straight) + (slanted + eight(southEast + at + 1))
    }
}

extension StencilRow<Double> {
    /// Σ_j |a_ij| at eight nodes without the diagonal.
    @inline(__always)
    func magnitudes(_ at: Int) -> SIMD8<Double> {
        var sum = magnitude(eight(east + at)) + magnitude(eight(east + at - 1))
        sum += magnitude(eight(north + at)) + magnitude(eight(south + at))
        sum += magnitude(eight(northEast + at)) + magnitude(eight(southWest + at - 1))
        sum += magnitude(eight(northWest + at)) + magnitude(eight(southEast + at + 1))
        return sum
    }
}
