import LinearAlgebra

/// Conjugate gradients with a multigrid cycle, for symmetric positive definite matrices on a lattice.
///
/// x is improved by solutions of A d = b - A x, the residual in double precision and d in single precision by conjugate
/// gradients (Hestenes and Stiefel 1952) preconditioned with ``LatticeMultigrid`` B. Single precision halves the memory to
/// be read; d is given up once it has gained `passGain`, far above its rounding, and the residual is computed anew.
///
/// The error is measured in the norm of the matrix, ‖e‖_A² = e · A e, by √(r · B r), which is ‖e‖_A up to the spectrum of
/// B A. For a time step ‖x‖_A² is the L² norm of x plus its dissipation over the step.
///
/// 1. make one for a lattice and a pattern
/// 2. ``factor(_:)`` a matrix, which may be repeated for new values
/// 3. ``solve(_:rightHandSide:tolerance:maximumIterations:)`` any number of times, starting from a good guess
///
/// Solving allocates nothing. The same input gives the same bits.
public struct ConjugateGradients: ~Copyable, @unchecked Sendable {
    // Sendable: its storage belongs to one value and changes in `mutating` functions only.

    /// How a solution was reached.
    public struct Outcome: Sendable, Hashable {
        /// Applications of the multigrid cycle.
        public let iterations: Int
        /// The estimate of ‖x - A⁻¹ b‖_A / ‖x‖_A before the last correction, which makes it smaller still.
        public let error: Double
    }

    var multigrid: LatticeMultigrid
    /// x with its margins.
    private let iterate: Plane<Double>
    let direction: Plane<Float>
    let image: Plane<Float>
    let correction: Plane<Float>

    /// ‖e‖_A may fall by this factor before the residual is computed in double precision again.
    static let passGain = 1e-4

    /// Storage for the matrices of a lattice.
    public init(lattice: Lattice, pattern: SparsePattern) throws(LatticeError) {
        multigrid = try LatticeMultigrid(lattice: lattice, pattern: pattern)
        iterate = Plane(columns: lattice.columns, rows: lattice.rows)
        direction = Plane(columns: lattice.columns, rows: lattice.rows)
        image = Plane(columns: lattice.columns, rows: lattice.rows)
        correction = Plane(columns: lattice.columns, rows: lattice.rows)
    }

    /// The lattice.
    public var lattice: Lattice { multigrid.lattice }

    /// Number of unknowns of each level of the cycle, and whether its points are smoothed rather than its columns.
    public var hierarchy: [(lattice: Lattice, smoothsPoints: Bool)] { multigrid.hierarchy }

    /// Takes a matrix with the pattern given before.
    ///
    /// - Throws: ``KrylovError/notPositiveDefinite(iterations:)``.
    public mutating func factor(_ matrix: SparseMatrix) throws(KrylovError) { try multigrid.setUp(matrix) }

    /// Solves A x = b until the estimate of ‖x - A⁻¹ b‖_A is at most `tolerance` ‖x‖_A.
    ///
    /// - Parameters:
    ///   - solution: a guess, zero if there is none; replaced by x, on failure by the last iterate.
    ///   - rightHandSide: b.
    ///   - tolerance: relative, above the rounding of double precision.
    ///   - maximumIterations: applications of the cycle allowed.
    /// - Precondition: a matrix was factored.
    @discardableResult
    public mutating func solve(
        _ solution: inout [Double], rightHandSide: [Double], tolerance: Double, maximumIterations: Int = 100
    ) throws(KrylovError) -> Outcome {
        precondition(!multigrid.levels.isEmpty, "a matrix has to be factored first")
        precondition(
            solution.count == lattice.count && rightHandSide.count == lattice.count, "one number for every unknown")
        precondition(maximumIterations > 0, "at least one iteration")
        let magnitude = norm(rightHandSide)
        guard magnitude.isFinite else { throw .notFinite(iterations: 0) }
        guard magnitude > 0 else {
            assign(0, rightHandSide, to: &solution)
            return Outcome(iterations: 0, error: 0)
        }
        var iterations = 0
        var before = Double.infinity
        while true {
            let (residual, energy) = takeResidual(of: solution, rightHandSide, magnitude: magnitude)
            guard residual.isFinite && energy.isFinite else { throw .notFinite(iterations: iterations) }
            guard residual > 0 else { return Outcome(iterations: iterations, error: 0) }
            let pass = try run(
                scale: residual, energy: energy, tolerance: tolerance, limit: maximumIterations - iterations,
                done: iterations)
            addCorrection(scale: residual, to: &solution)
            iterations += pass.iterations
            // The guess tells the size of the solution only if it was close.
            let size = max(energy, pass.first).squareRoot()
            // What single precision gains below the rounding of x is lost when it is added.
            let error = max(pass.last.squareRoot() / size, .ulpOfOne)
            let isClose = pass.first <= 0.01 * energy
            if error <= tolerance && isClose { return Outcome(iterations: iterations, error: error) }
            guard iterations < maximumIterations else {
                throw .notConverged(iterations: iterations, residual: error, tolerance: tolerance)
            }
            guard pass.first < 0.25 * before else {
                throw .stagnated(iterations: iterations, residual: error, tolerance: tolerance)
            }
            before = pass.first
        }
    }

    /// Writes (b - A x)/ρ, ρ its root mean square, to the first level, and gives ρ and x · A x.
    private func takeResidual(
        of solution: [Double], _ rightHandSide: [Double], magnitude: Double
    ) -> (scale: Double, energy: Double) {
        let (columns, rows, unit) = (lattice.columns, lattice.rows, multigrid.unit)
        let (matrix, target) = (multigrid.stencils[0], multigrid.levels[0].right)
        return solution.withUnsafeBufferPointer { x in
            rightHandSide.withUnsafeBufferPointer { b in
                let inverse = 1 / magnitude
                var (squares, energy) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
                iterate.load(x, row: 0, isPeriodic: matrix.isPeriodic)
                for y in 0..<rows {
                    if y + 1 < rows { iterate.load(x, row: y + 1, isPeriodic: matrix.isPeriodic) }
                    let (row, r) = (matrix.row(y), target.row(y))
                    let (below, here, above) = (iterate.row(y - 1), iterate.row(y), iterate.row(y + 1))
                    let right = b.baseAddress! + y * columns
                    for at in stride(from: 0, to: columns, by: 8) {
                        let product = row.product(at, below, here, above)
                        let given = at + 8 <= columns ? eight(right + at) : partial(right + at, columns - at)
                        let rest = inside(inverse * (given - unit * product), at, columns)
                        energy += inside(product, at, columns) * eight(here + at)
                        squares += rest * rest
                        store(SIMD8<Float>(rest), at: r + at)
                    }
                    target.finish(y, isPeriodic: matrix.isPeriodic)
                }
                let mean = (squares.sum() / Double(columns * rows)).squareRoot()
                let rescale = Float(1 / mean)
                for y in 0..<rows where mean > 0 {
                    let r = target.row(y)
                    for at in stride(from: 0, to: columns + 1, by: 8) { store(rescale * eight(r + at), at: r + at) }
                    target.finish(y, isPeriodic: matrix.isPeriodic)
                }
                return (mean * magnitude, unit * energy.sum())
            }
        }
    }

    private func partial(_ address: UnsafePointer<Double>, _ count: Int) -> SIMD8<Double> {
        var vector = SIMD8<Double>.zero
        for lane in 0..<count { vector[lane] = address[lane] }
        return vector
    }

    /// x += ρ d in the unit of the matrix.
    private func addCorrection(scale: Double, to solution: inout [Double]) {
        let (columns, factor) = (lattice.columns, scale / multigrid.unit)
        solution.withUnsafeMutableBufferPointer { x in
            for y in 0..<lattice.rows {
                let (target, d) = (x.baseAddress! + y * columns, correction.row(y))
                for at in 0..<columns { target[at] += factor * Double(d[at]) }
            }
        }
    }
}
