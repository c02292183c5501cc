/// A tridiagonal matrix like that of a diffusion step, M + γ Δt K on a graded mesh, and a right-hand side.
///
/// Rows add up to one, so a solution is about as large as its right-hand side and can be solved for again and again.
public struct TridiagonalProblem: Sendable {
    /// Sub-diagonal; the first entry is not part of the matrix.
    public let lower: [Double]
    /// Diagonal.
    public let diagonal: [Double]
    /// Super-diagonal; the last entry is not part of the matrix.
    public let upper: [Double]
    /// Right-hand side.
    public let right: [Double]

    /// The matrix with `count` rows, three or more.
    public init(count: Int) {
        // Coupling between neighbours falls tenfold along the line; an end has one neighbour.
        var coupling = (0...count).map { index -> Double in 2 - 1.8 * Double(index) / Double(count) }
        coupling[0] = 0
        coupling[count] = 0
        lower = coupling.dropLast().map { -$0 }
        upper = coupling.dropFirst().map { -$0 }
        diagonal = zip(coupling, coupling.dropFirst()).map { 1 + $0 + $1 }
        right = (0..<count).map { 1 + Double($0 % 7) }
    }
}
