import Checkpoints

/// What a system's matrix M - γ Δt J says about the derivative A = ∂R/∂y.
public enum StageMatrix: Sendable, Hashable {
    /// J = A, the same at every state: one solve a stage is exact, and a factor lasts as long as the step size.
    case constant
    /// J = A at the state at which it is formed: Newton's iteration.
    case exact
    /// J is near A: a chord iteration with the factor of an earlier stage or step, accelerated.
    case approximate
}

/// Why R cannot be evaluated at a state, in words for the user.
public struct EvaluationFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What could not be found and why, in one clause.
    public var description: String

    /// A failure in words.
    public init(_ description: String) { self.description = description }
}

/// Equations discretised in space, M dy/dt = R(t, y), as the time integrator sees them.
///
/// M is the mass matrix, constant in time. Vectors have length ``count``.
///
/// A system may keep what makes the next evaluation cheaper, such as a matrix or a guess. It keeps it from one accepted step to the
/// next: a step that is tried again begins with ``rewind()``, and ``Resumable`` has what must outlive the process.
public protocol SemidiscreteSystem: Resumable {
    /// Number of unknowns.
    var count: Int { get }
    /// What the factored matrix is.
    var stageMatrix: StageMatrix { get }
    /// The typical size of y, in its unit; tolerances are relative to it.
    var scale: Double { get }
    /// Makes the state the one from which the next step begins, as it has been accepted; what depends on the path of the
    /// state, such as slip, goes on from here.
    ///
    /// - Throws: ``EvaluationFailure``.
    mutating func beginStep(time: Double, state: [Double]) throws(EvaluationFailure)
    /// Goes back to where ``beginStep(time:state:)`` left off, whatever has been evaluated and factored since: the step is tried
    /// again, and the result must have the same bits as that of a first try.
    mutating func rewind()
    /// Writes R(t, y).
    ///
    /// - Throws: ``EvaluationFailure`` where the state has no R; the step is then cut.
    mutating func residual(time: Double, state: [Double], into result: inout [Double]) throws(EvaluationFailure)
    /// Subtracts M k from a vector.
    func subtractMass(times rate: [Double], from result: inout [Double])
    /// Forms and factors M - `shift` J at a state; `shift` is in s, and with 0 the matrix is M itself. It
    /// depends on nothing else: one that is kept may have to be formed again.
    ///
    /// - Returns: false when the matrix is singular or not finite.
    mutating func factor(time: Double, state: [Double], shift: Double) -> Bool
    /// Replaces a right-hand side by the solution with the matrix last factored.
    mutating func solve(_ vector: inout [Double])
    /// Whether solving is an iteration, which ends sooner from a good guess.
    var solvesByIteration: Bool { get }
    /// The same where a vector near the solution is known.
    mutating func solve(_ vector: inout [Double], near guess: [Double])
    /// Takes out of a rate k what round-off has added to an invariant of the equations, such as the lithium balance.
    func restoreInvariants(of rate: inout [Double])
    /// Why the last solution is not one, where it has become NaN for that; nil where it is one.
    var solutionProblem: String? { get }
    /// The equation of an unknown and its place, for messages: "the lithium balance at 1e-06 m from the electrolyte".
    func place(ofUnknown index: Int) -> String
    /// The first equation in whose row M - `shift` J has an entry that is not finite; nil where there is none. Asked where
    /// ``factor(time:state:shift:)`` has failed.
    mutating func notFiniteRow(time: Double, state: [Double], shift: Double) -> Int?
}

extension SemidiscreteSystem {
    /// Nothing: the equations have no invariant.
    public func restoreInvariants(of rate: inout [Double]) {}
    /// A direct solution.
    public var solvesByIteration: Bool { false }
    /// Does without the guess.
    public mutating func solve(_ vector: inout [Double], near guess: [Double]) { solve(&vector) }
    /// A direct solution has none.
    public var solutionProblem: String? { nil }
    /// Nothing: R does not depend on the path of the state.
    public func beginStep(time: Double, state: [Double]) throws(EvaluationFailure) {}
    /// Nothing: an evaluation leaves no trace.
    public func rewind() {}
    /// Its number.
    public func place(ofUnknown index: Int) -> String { "equation \(index)" }
    /// Not known.
    public func notFiniteRow(time: Double, state: [Double], shift: Double) -> Int? { nil }
    /// Nothing: the future follows from the state.
    public func save(to saved: inout SavedState) {}
    /// Nothing.
    public func restore(from saved: SavedState) throws(SavedState.Problem) {}
}
