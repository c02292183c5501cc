import LinearAlgebra

/// A lattice of unknowns, numbered row by row: those of a scalar field of bilinear elements on a logically rectangular mesh.
@frozen
public struct Lattice: Sendable, Hashable {
    /// Number of unknowns in a row.
    public let columns: Int
    /// Number of rows.
    public let rows: Int
    /// Whether each row closes on itself: its last unknown is a neighbour of its first.
    public let isPeriodic: Bool

    /// A lattice with the given numbers of unknowns.
    ///
    /// - Precondition: at least one column and one row.
    public init(columns: Int, rows: Int, isPeriodic: Bool = false) {
        precondition(columns > 0 && rows > 0, "a lattice has at least one column and one row")
        self.columns = columns
        self.rows = rows
        self.isPeriodic = isPeriodic
    }

    /// Number of unknowns.
    public var count: Int { columns * rows }
}

/// Why a matrix is not one of a lattice.
public enum LatticeError: Error, Sendable, Hashable {
    /// The matrix has another number of rows than the lattice has unknowns.
    case otherSize(rows: Int, unknowns: Int)
    /// The matrix has a place that couples two unknowns that are no neighbours.
    case notNeighbours(row: Int, column: Int)
}

extension LatticeError: CustomStringConvertible {
    /// What was found, what was expected and what to do.
    public var description: String {
        switch self {
        case .otherSize(let rows, let unknowns):
            "the matrix has \(rows) rows and the lattice \(unknowns) unknowns, give the lattice of the matrix"
        case .notNeighbours(let row, let column):
            "the matrix couples the unknowns \(row) and \(column), which are no neighbours on the lattice, "
                + "give the lattice on which every unknown is coupled with at most the eight around it"
        }
    }
}

/// Where the coefficients of a stencil stand among the values of a sparse matrix.
struct StencilPlaces: Sendable {
    let lattice: Lattice
    /// Places of the diagonal and of the couplings to the east, north, north-east and north-west of each node; -1 for none.
    private let places: [Int32]
    private let valueCount: Int

    init(_ pattern: SparsePattern, _ lattice: Lattice) throws(LatticeError) {
        guard pattern.size == lattice.count else { throw .otherSize(rows: pattern.size, unknowns: lattice.count) }
        let (columns, rows) = (lattice.columns, lattice.rows)
        // Around two columns the neighbours to the east and to the west are one.
        let isPeriodic = lattice.isPeriodic && columns > 2
        var places = [Int32](repeating: -1, count: 5 * lattice.count)
        for row in 0..<pattern.size {
            let (y, x) = row.quotientAndRemainder(dividingBy: columns)
            for position in pattern.rowStarts[row]..<pattern.rowStarts[row + 1] {
                let column = Int(pattern.columns[position])
                let (otherY, otherX) = column.quotientAndRemainder(dividingBy: columns)
                var step = otherX - x
                if isPeriodic && abs(step) == columns - 1 { step = -step.signum() }
                guard abs(step) <= 1 && abs(otherY - y) <= 1 && otherY < rows else {
                    throw .notNeighbours(row: row, column: column)
                }
                let kind: Int? =
                    switch (step, otherY - y) {
                    case (0, 0): 0
                    case (1, 0): 1
                    case (0, 1): 2
                    case (1, 1): 3
                    case (-1, 1): 4
                    default: nil
                    }
                if let kind { places[5 * row + kind] = Int32(position) }
            }
        }
        self.lattice = Lattice(columns: columns, rows: rows, isPeriodic: isPeriodic)
        self.places = places
        valueCount = pattern.count
    }

    /// The power of two next to the first entry of the diagonal.
    func unit(_ values: [Double]) -> Double {
        let first = places[0] >= 0 ? abs(values[Int(places[0])]) : 0
        return first > 0 && first.isFinite ? first.binade : 1
    }

    /// Takes the values of a symmetric matrix times a factor.
    func gather(_ values: [Double], scale: Double, into stencil: Stencil<Double>) {
        precondition(values.count == valueCount, "the matrix has another pattern")
        let (places, values) = (places.span, values.span)
        var next = 0
        for y in 0..<lattice.rows {
            let (c, e, n) = (stencil.diagonal.row(y), stencil.east.row(y), stencil.north.row(y))
            let (ne, nw) = (stencil.northEast.row(y), stencil.northWest.row(y))
            for at in 0..<lattice.columns {
                func value(_ kind: Int) -> Double {
                    let place = Int(places[next + kind])
                    return place >= 0 ? scale * values[place] : 0
                }
                (c[at], e[at], n[at], ne[at], nw[at]) = (value(0), value(1), value(2), value(3), value(4))
                next += 5
            }
            stencil.finish(y)
        }
    }
}
