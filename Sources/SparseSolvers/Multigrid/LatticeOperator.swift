import LinearAlgebra

/// A symmetric matrix on a lattice by its diagonals, for products: five numbers are read for each unknown where a
/// `SparseMatrix` reads nine and their columns. A time step multiplies by its mass matrix as often as it solves.
public struct LatticeOperator: ~Copyable, @unchecked Sendable {
    // Sendable: nothing changes after the initialiser but `iterate`, which belongs to one product at a time.

    private let places: StencilPlaces
    private let stencil: Stencil<Double>
    /// x with its margins.
    private let iterate: Plane<Double>

    /// Takes a matrix, of which one of each pair of symmetric entries is read.
    public init(lattice: Lattice, _ matrix: SparseMatrix) throws(LatticeError) {
        places = try StencilPlaces(matrix.pattern, lattice)
        stencil = Stencil(columns: lattice.columns, rows: lattice.rows, isPeriodic: places.lattice.isPeriodic)
        iterate = Plane(columns: lattice.columns, rows: lattice.rows)
        places.gather(matrix.values, scale: 1, into: stencil)
    }

    /// Takes other values in the same pattern.
    public mutating func update(_ matrix: SparseMatrix) { places.gather(matrix.values, scale: 1, into: stencil) }

    /// y = A x, without allocation; both have one number for every unknown.
    public mutating func multiply(_ x: [Double], into y: inout [Double]) {
        let columns = stencil.columns
        precondition(x.count == y.count && x.count == columns * stencil.rows, "one number for every unknown")
        x.withUnsafeBufferPointer { x in
            y.withUnsafeMutableBufferPointer { y in
                iterate.load(x, row: 0, isPeriodic: stencil.isPeriodic)
                for row in 0..<stencil.rows {
                    if row + 1 < stencil.rows { iterate.load(x, row: row + 1, isPeriodic: stencil.isPeriodic) }
                    let coefficients = stencil.row(row)
                    let (below, here, above) = (iterate.row(row - 1), iterate.row(row), iterate.row(row + 1))
                    let target = y.baseAddress! + row * columns
                    for at in stride(from: 0, to: columns, by: 8) {
                        let product = coefficients.product(at, below, here, above)
                        if at + 8 <= columns {
                            store(product, at: target + at)
                        } else {
                            for lane in 0..<columns - at { target[at + lane] = product[lane] }
                        }
                    }
                }
            }
        }
    }
}
