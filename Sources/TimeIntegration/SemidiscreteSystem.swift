/// Equations discretised in space, M dy/dt = R(t, y), as the time integrator sees them.
///
/// M is the mass matrix, constant in time. Vectors have length ``count``.
public protocol SemidiscreteSystem {
    /// Number of unknowns.
    var count: Int { get }
    /// Whether R is linear in y with constant coefficients: then one solve a stage is exact, and a factor lasts as long as
    /// the step size.
    var isLinear: Bool { get }
    /// The typical size of y, in its unit; tolerances are relative to it.
    var scale: Double { get }
    /// Writes R(t, y).
    func residual(time: Double, state: [Double], into result: inout [Double])
    /// Subtracts M k from a vector.
    func subtractMass(times rate: [Double], from result: inout [Double])
    /// Forms and factors M - `shift` ∂R/∂y at a state; `shift` is in s.
    ///
    /// - Returns: false when the matrix is singular or not finite.
    mutating func factor(time: Double, state: [Double], shift: Double) -> Bool
    /// Replaces a right-hand side by the solution with the matrix last factored.
    mutating func solve(_ vector: inout [Double])
    /// Takes out of a rate k what round-off has added to an invariant of the equations, such as the lithium balance.
    func restoreInvariants(of rate: inout [Double])
}

extension SemidiscreteSystem {
    /// Nothing: the equations have no invariant.
    public func restoreInvariants(of rate: inout [Double]) {}
}
