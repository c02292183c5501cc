/// One level of a multigrid cycle: its matrix and how its errors are smoothed and carried to the next.
///
/// The cycle is symmetric: one step of a symmetric smoother S before and one after the correction by the coarser level, and
/// a restriction that is the transpose of the interpolation. In single precision, which halves the memory read.
class Level {
    let matrix: Stencil<Float>
    /// The right-hand side.
    let right: Plane<Float>
    /// What the cycle makes of it.
    let solution: Plane<Float>
    /// Whether there is no next level.
    let isLast: Bool

    init(columns: Int, rows: Int, isPeriodic: Bool) {
        matrix = Stencil(columns: columns, rows: rows, isPeriodic: isPeriodic)
        right = Plane(columns: columns, rows: rows)
        solution = Plane(columns: columns, rows: rows)
        isLast = columns == 1
    }

    var isPeriodic: Bool { matrix.isPeriodic }
    var columns: Int { matrix.columns }
    var rows: Int { matrix.rows }

    /// Takes the matrix, and with it what the smoother needs.
    func setUp(_ stencil: Stencil<Double>) throws(KrylovError) {
        func convert(_ from: Plane<Double>, _ to: Plane<Float>) {
            for y in 0..<from.rows {
                let (source, target) = (from.row(y), to.row(y))
                for at in stride(from: -8, to: from.stride - 8, by: 8) {
                    store(SIMD8<Float>(eight(source + at)), at: target + at)
                }
            }
        }
        for y in 0..<rows {
            let row = stencil.row(y)
            for at in stride(from: 0, to: columns, by: 8) {
                store(SIMD8<Float>(row.rowSum(at)), at: matrix.diagonal.row(y) + at)
            }
            matrix.diagonal.finish(y, isPeriodic: false)
        }
        convert(stencil.east, matrix.east)
        convert(stencil.north, matrix.north)
        convert(stencil.northEast, matrix.northEast)
        convert(stencil.northWest, matrix.northWest)
    }

    /// The matrix of the next level.
    func coarsen(_ stencil: Stencil<Double>, into coarse: Stencil<Double>) {}

    /// x = S b, and Pᵀ (b - A x) for the next level.
    func restrict(into coarse: Plane<Float>) {}

    /// x + P e, then x + S (b - A x); x = S b on the last level, where S is the inverse.
    /// - Returns: b · x.
    func correct(by coarse: Plane<Float>?) -> Double { 0 }
}
