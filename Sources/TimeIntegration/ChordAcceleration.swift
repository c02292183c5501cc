/// Anderson's acceleration of a chord iteration (D. G. Anderson, J. ACM 12 (1965) 547; H. F. Walker and P. Ni, SIAM J.
/// Numer. Anal. 49 (2011) 1715): GMRES for a system that is not quite linear.
///
/// With the iterates k_n and their chord steps δ_n, the next iterate is
///
///     k + δ - Σ_j γ_j (Δk_j + Δδ_j),   γ = argmin ‖δ - Σ_j γ_j Δδ_j‖
///
/// over the last differences Δk_j, Δδ_j. It keeps every linear invariant that the iterates share.
public struct ChordAcceleration {
    /// Differences that are remembered.
    private static let depth = 8
    /// Iterations after which a stage is given up.
    public let mostIterations = 25

    /// What is known of the iteration from one stage to the next.
    struct Experience: Codable {
        /// The factor by which an iteration shrinks the step, as last seen.
        var contraction = 0.5
        /// Whether the matrix should be formed anew before the next stage.
        var isSlow = false
    }

    var experience = Experience()
    /// Whether the matrix should be formed anew before the next stage.
    public var isSlow: Bool { experience.isSlow }

    private var iterateChanges: [[Double]]
    private var stepChanges: [[Double]]
    private var lastIterate: [Double]
    private var lastStep: [Double]
    private var known = 0
    private var isFirst = true
    private var gram = [Double](repeating: 0, count: depth * depth)
    private var weights = [Double](repeating: 0, count: depth)

    /// Storage for vectors of `count` unknowns.
    public init(count: Int) {
        // Copies of one array would share its storage and be allocated when they are first written.
        func zeros() -> [Double] { [Double](repeating: 0, count: count) }
        iterateChanges = (0..<Self.depth).map { _ in zeros() }
        stepChanges = (0..<Self.depth).map { _ in zeros() }
        lastIterate = zeros()
        lastStep = zeros()
    }

    /// Forgets the differences: another equation is solved.
    ///
    /// Differences of earlier equations are not kept, even where these have the same derivative: with them and extrapolated
    /// guesses the iteration was seen to diverge, for a tenth fewer iterations elsewhere.
    public mutating func begin() {
        known = 0
        isFirst = true
    }

    /// Notes how many iterations a stage took.
    public mutating func end(iterations: Int) { experience.isSlow = iterations > 12 }

    /// Takes in by how much an iteration has shrunk the step. One says little: the mean of it and of what was seen before counts.
    ///
    /// Never less than a thousandth, or a stage that was solved by chance at once would have all later ones taken after their first
    /// iteration, which measures nothing.
    mutating func learn(_ ratio: Double) {
        experience.contraction = max(0.001, min(0.9, (experience.contraction * ratio).squareRoot()))
    }

    /// Replaces an iterate by the next, given its chord step.
    public mutating func improve(_ iterate: inout [Double], by step: [Double]) {
        if !isFirst {
            // The oldest difference makes room for the newest, in front.
            let spare = Self.depth - 1
            for index in stride(from: spare, to: 0, by: -1) {
                iterateChanges.swapAt(index, index - 1)
                stepChanges.swapAt(index, index - 1)
            }
            known = min(known + 1, Self.depth)
            copy(iterate, to: &iterateChanges[0])
            add(-1, times: lastIterate, to: &iterateChanges[0])
            copy(step, to: &stepChanges[0])
            add(-1, times: lastStep, to: &stepChanges[0])
        }
        isFirst = false
        copy(iterate, to: &lastIterate)
        copy(step, to: &lastStep)
        add(1, times: step, to: &iterate)
        for index in 0..<solveLeastSquares(step) {
            let weight = -weights[index]
            add(weight, times: iterateChanges[index], to: &iterate)
            add(weight, times: stepChanges[index], to: &iterate)
        }
    }

    /// γ in `weights` by Cholesky's factors of the normal equations; returns how many of the differences are used: those
    /// before the first that depends on the others to rounding.
    private mutating func solveLeastSquares(_ step: [Double]) -> Int {
        for row in 0..<known {
            for column in 0...row {
                var sum = product(stepChanges[row], stepChanges[column])
                for earlier in 0..<column {
                    sum -= gram[row * Self.depth + earlier] * gram[column * Self.depth + earlier]
                }
                if column < row {
                    gram[row * Self.depth + column] = sum / gram[column * Self.depth + column]
                } else {
                    let whole = product(stepChanges[row], stepChanges[row])
                    guard sum > 1e-10 * whole, whole > 0 else { return substitute(step, rows: row) }
                    gram[row * Self.depth + row] = sum.squareRoot()
                }
            }
        }
        return substitute(step, rows: known)
    }

    /// Forward and backward substitution with the leading rows.
    private mutating func substitute(_ step: [Double], rows: Int) -> Int {
        for row in 0..<rows {
            var sum = product(stepChanges[row], step)
            for column in 0..<row { sum -= gram[row * Self.depth + column] * weights[column] }
            weights[row] = sum / gram[row * Self.depth + row]
        }
        for row in stride(from: rows - 1, through: 0, by: -1) {
            var sum = weights[row]
            for below in row + 1..<rows { sum -= gram[below * Self.depth + row] * weights[below] }
            weights[row] = sum / gram[row * Self.depth + row]
        }
        return rows
    }
}
