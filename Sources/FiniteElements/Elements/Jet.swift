import LinearAlgebra

/// A component and its gradient at a quadrature point; or, of a residual density, what stands beside them.
///
/// For an unknown: u, ∂u/∂x, ∂u/∂y (r and z in axisymmetric coordinates). For the residual density of its equation with
/// the test function v: the coefficients s, f_x, f_y of s v + f_x ∂v/∂x + f_y ∂v/∂y.
@frozen
public struct Jet<S: LawScalar>: Sendable {
    /// u, or the coefficient of v.
    public var value: S
    /// ∂u/∂x, or the coefficient of ∂v/∂x.
    public var x: S
    /// ∂u/∂y, or the coefficient of ∂v/∂y.
    public var y: S

    /// A value and a gradient.
    @inlinable public init(value: S, x: S, y: S) {
        self.value = value
        self.x = x
        self.y = y
    }

    /// Nothing.
    @inlinable public static var zero: Self { Self(value: S(0), x: S(0), y: S(0)) }
}
