import LinearAlgebra

/// A symmetric multigrid cycle for a symmetric positive definite matrix on a lattice, an approximation B of its inverse.
///
/// For (M + s A) x = b of implicit time steps, M a mass and A a stiffness matrix of bilinear elements, whatever the step. The
/// matrix alone decides how each level is made: where the couplings of every node to its four sides are alike, points are
/// smoothed and every second row and column is kept; elsewhere (graded meshes, jumps of the coefficient) columns are
/// smoothed as a whole and every second column is kept, which is robust for any ratio of the couplings (Trottenberg,
/// Oosterlee and Schueller, Multigrid, 2001, section 5.1). Coarse matrices are Galerkin's, Pᵀ A P. The last level is one
/// column, which is solved for.
///
/// Cells may be a hundred times as long as wide; a ratio of couplings beyond some 1e6 is lost to single precision.
///
/// Neither setting up nor applying allocates: there is room for the levels of every hierarchy, which takes memory where it is used.
public struct LatticeMultigrid: ~Copyable, @unchecked Sendable {
    // Sendable: its storage belongs to one value and changes in `mutating` functions only.

    /// The lattice.
    public let lattice: Lattice
    let places: StencilPlaces
    /// The unit of the matrices of the levels, so that single precision can hold them.
    private(set) var unit = 1.0
    /// The matrix in double precision and in that unit, and those of the coarser levels.
    private(set) var stencils: [Stencil<Double>] = []
    private(set) var levels: [Level] = []
    /// Room for each level there can be, by the number of levels before it and by how many of these have halved the rows.
    private let rooms: [[LevelRoom]]

    /// Finds the couplings of a lattice in the pattern of its matrices.
    public init(lattice: Lattice, pattern: SparsePattern) throws(LatticeError) {
        places = try StencilPlaces(pattern, lattice)
        self.lattice = lattice
        var rooms: [[LevelRoom]] = []
        var columns = lattice.columns
        repeat {
            var row: [LevelRoom] = []
            var rows = lattice.rows
            for _ in 0...rooms.count {
                row.append(LevelRoom(columns: columns, rows: rows, isPeriodic: places.lattice.isPeriodic))
                rows = (rows + 1) / 2
            }
            rooms.append(row)
            columns = columns > 1 ? (columns + 1) / 2 : 0
        } while columns > 0
        self.rooms = rooms
        stencils.reserveCapacity(rooms.count)
        levels.reserveCapacity(rooms.count)
    }

    /// Number of unknowns of each level, and whether its points are smoothed rather than its columns.
    public var hierarchy: [(lattice: Lattice, smoothsPoints: Bool)] {
        levels.map { level in
            let lattice = Lattice(columns: level.columns, rows: level.rows, isPeriodic: level.isPeriodic)
            return (lattice, level is PointLevel)
        }
    }

    /// Takes a matrix and makes its coarser levels.
    ///
    /// - Parameter matrix: with the pattern given before; of each pair of symmetric entries one is read.
    /// - Throws: ``KrylovError/notPositiveDefinite(iterations:)``.
    public mutating func setUp(_ matrix: SparseMatrix) throws(KrylovError) {
        do { try makeLevels(matrix) } catch {
            // Half a hierarchy is none.
            levels.removeAll(keepingCapacity: true)
            throw error
        }
    }

    private mutating func makeLevels(_ matrix: SparseMatrix) throws(KrylovError) {
        unit = places.unit(matrix.values)
        levels.removeAll(keepingCapacity: true)
        stencils.removeAll(keepingCapacity: true)
        var room = rooms[0][0]
        places.gather(matrix.values, scale: 1 / unit, into: room.stencil)
        var halvings = 0
        while true {
            let (level, isPoint) = room.level()
            stencils.append(room.stencil)
            levels.append(level)
            try level.setUp(room.stencil)
            if level.isLast { return }
            if isPoint { halvings += 1 }
            let next = rooms[levels.count][halvings]
            level.coarsen(room.stencil, into: next.stencil)
            room = next
        }
    }

    /// Applies the cycle to the right-hand side of the first level, in the unit of the matrix.
    ///
    /// - Returns: b · B b.
    func cycle() -> Double {
        let last = levels.count - 1
        for depth in 0..<last { levels[depth].restrict(into: levels[depth + 1].right) }
        var product = levels[last].correct(by: nil)
        for depth in (0..<last).reversed() { product = levels[depth].correct(by: levels[depth + 1].solution) }
        return product
    }

    /// B b, computed in single precision.
    ///
    /// - Precondition: a matrix was set up.
    public mutating func apply(to vector: [Double]) -> [Double] {
        precondition(
            !levels.isEmpty && vector.count == lattice.count, "a matrix set up and one number for each unknown")
        let (right, solution) = (levels[0].right, levels[0].solution)
        for y in 0..<lattice.rows {
            for at in 0..<lattice.columns { right.row(y)[at] = Float(vector[y * lattice.columns + at]) }
            right.finish(y, isPeriodic: levels[0].isPeriodic)
        }
        _ = cycle()
        return (0..<lattice.count).map { index in
            let (y, at) = index.quotientAndRemainder(dividingBy: lattice.columns)
            return Double(solution.row(y)[at]) / unit
        }
    }
}

/// Room for a level of one size, whichever way its errors are smoothed.
private struct LevelRoom {
    /// The matrix in double precision.
    let stencil: Stencil<Double>
    private let points: PointLevel?
    private let lines: LineLevel

    init(columns: Int, rows: Int, isPeriodic: Bool) {
        stencil = Stencil(columns: columns, rows: rows, isPeriodic: isPeriodic)
        let least = PointLevel.leastSize
        points =
            columns >= least.columns && rows >= least.rows
            ? PointLevel(columns: columns, rows: rows, isPeriodic: isPeriodic) : nil
        lines = LineLevel(columns: columns, rows: rows, isPeriodic: isPeriodic)
    }

    /// The level that suits the matrix, and whether its points are smoothed.
    func level() -> (level: Level, isPoint: Bool) {
        if let points, PointLevel.suits(stencil) { return (points, true) }
        return (lines, false)
    }
}
