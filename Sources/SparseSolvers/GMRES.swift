import LinearAlgebra

/// Restarted GMRES preconditioned on the right, for a matrix near one whose factors are at hand.
///
/// Minimises ‖b - A x‖₂ over x₀ + span{z₀ ... zⱼ}, zⱼ = M⁻¹ vⱼ, with v an orthonormal basis built by A zⱼ = Σ hᵢⱼ vᵢ
/// (Saad and Schultz 1986; Saad 1993 for keeping the z). Preconditioning on the right leaves the residual that of A x = b,
/// whatever M is. Keeping the z takes `restart` more vectors and saves one application of M⁻¹ in every cycle.
///
/// Storage is made once for a size; an iteration allocates nothing besides what MUMPS does.
public struct GMRES: Sendable {
    /// Number of unknowns.
    public let count: Int
    /// Iterations after which the basis is started afresh.
    public let restart: Int

    /// How a solution was reached.
    public struct Outcome: Sendable, Hashable {
        /// Applications of the preconditioner.
        public let iterations: Int
        /// ‖b - A x‖₂ / ‖b‖₂, computed from x.
        public let residual: Double
    }

    /// v₀ ... v_restart; between cycles v₀ holds the residual.
    private var basis: [[Double]]
    /// z₀ ...
    private var corrections: [[Double]]
    /// A zⱼ while it is made orthogonal.
    private var candidate: [Double]
    /// The Hessenberg matrix by columns of restart + 1, turned upper triangular column by column.
    private var columns: [[Double]]
    /// The rotations that do so.
    private var cosines: [Double]
    private var sines: [Double]
    /// The rotated right-hand side of the small problem, then its solution; its last number is the residual.
    private var projected: [Double]

    /// Storage for `count` unknowns: 2 (`restart` + 1) vectors.
    public init(count: Int, restart: Int = 20) {
        precondition(count > 0 && restart > 0, "at least one unknown and one iteration")
        self.count = count
        self.restart = restart
        func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }
        // Copies of one array would share its storage and be allocated when they are first written.
        basis = (0...restart).map { _ in zeros(count) }
        corrections = (0..<restart).map { _ in zeros(count) }
        candidate = zeros(count)
        columns = (0..<restart).map { _ in zeros(restart + 1) }
        cosines = zeros(restart)
        sines = zeros(restart)
        projected = zeros(restart + 1)
    }

    /// Solves A x = b to ‖b - A x‖₂ ≤ `tolerance` ‖b‖₂, starting from `solution`, which is replaced.
    ///
    /// The recurrence ends a cycle; the residual itself, computed from x, ends the iteration. On failure `solution` holds
    /// the last iterate.
    public mutating func solve(
        _ matrix: SparseMatrix, rightHandSide: [Double], solution: inout [Double],
        preconditioner: borrowing SparseFactor, tolerance: Double, maximumIterations: Int = 100
    ) throws(KrylovError) -> Outcome {
        precondition(
            matrix.pattern.size == count && rightHandSide.count == count && solution.count == count
                && preconditioner.pattern.size == count, "one number for every unknown")
        let scale = norm(rightHandSide)
        guard scale.isFinite else { throw .notFinite(iterations: 0) }
        guard scale > 0 else {
            assign(0, rightHandSide, to: &solution)
            return Outcome(iterations: 0, residual: 0)
        }
        var iterations = 0
        var before = Double.infinity
        while true {
            let residual = matrix.residual(of: solution, rightHandSide: rightHandSide, into: &basis[0])
            guard residual.isFinite else { throw .notFinite(iterations: iterations) }
            if residual <= tolerance { return Outcome(iterations: iterations, residual: residual) }
            guard iterations < maximumIterations else {
                throw .notConverged(iterations: iterations, residual: residual, tolerance: tolerance)
            }
            guard residual < 0.9 * before else {
                throw .stagnated(iterations: iterations, residual: residual, tolerance: tolerance)
            }
            before = residual
            let length = try cycle(
                matrix, preconditioner, residual: residual * scale, target: tolerance * scale,
                limit: min(restart, maximumIterations - iterations))
            iterations += length
            update(&solution, length: length)
        }
    }

    /// Builds the basis from the residual in v₀ until the recurrence meets the target, and returns the iterations done.
    private mutating func cycle(
        _ matrix: SparseMatrix, _ preconditioner: borrowing SparseFactor, residual: Double, target: Double, limit: Int
    ) throws(KrylovError) -> Int {
        scale(&basis[0], by: 1 / residual)
        projected[0] = residual
        for step in 0..<limit {
            assign(1, basis[step], to: &corrections[step])
            do { try preconditioner.solve(&corrections[step]) } catch { throw .preconditioner(error) }
            matrix.multiply(corrections[step], into: &candidate)
            let length = norm(candidate)
            for index in 0...step {
                let overlap = dot(candidate, basis[index])
                columns[step][index] = overlap
                add(-overlap, basis[index], to: &candidate)
            }
            let height = norm(candidate)
            rotate(step, height: height)
            // What rounding leaves of a vector inside the span is no direction: the space is exhausted.
            let isExhausted = height <= Double.ulpOfOne * length
            if abs(projected[step + 1]) <= target || isExhausted { return step + 1 }
            assign(1 / height, candidate, to: &basis[step + 1])
        }
        return limit
    }

    /// Turns column `step` of the Hessenberg matrix, with `height` below its diagonal, upper triangular.
    private mutating func rotate(_ step: Int, height: Double) {
        for index in 0..<step {
            let (upper, lower) = (columns[step][index], columns[step][index + 1])
            columns[step][index] = cosines[index] * upper + sines[index] * lower
            columns[step][index + 1] = cosines[index] * lower - sines[index] * upper
        }
        let diagonal = columns[step][step]
        let length = (diagonal * diagonal + height * height).squareRoot()
        // A column of zeros needs no rotation.
        cosines[step] = length > 0 ? diagonal / length : 1
        sines[step] = length > 0 ? height / length : 0
        columns[step][step] = length
        projected[step + 1] = -sines[step] * projected[step]
        projected[step] *= cosines[step]
    }

    /// x ← x + Σ yⱼ zⱼ with R y = g.
    private mutating func update(_ solution: inout [Double], length: Int) {
        for step in (0..<length).reversed() {
            var sum = projected[step]
            for right in stride(from: step + 1, to: length, by: 1) { sum -= columns[right][step] * projected[right] }
            // A zero on the diagonal: A zⱼ has no part that is new, and zⱼ is left out.
            projected[step] = columns[step][step] > 0 ? sum / columns[step][step] : 0
            add(projected[step], corrections[step], to: &solution)
        }
    }
}
