import LinearAlgebra

/// A term, or a sum of terms, of the weak form of a system, stated at a quadrature point.
///
/// The residual of the equation of component a, with test functions φ_i, is
///
///     R_ai = ∫ (s_a φ_i + f_a · ∇φ_i) dV
///
/// over the cells, or over the edges of a boundary. The form states the densities s_a and f_a from the unknowns and their
/// gradients, once, generic over the scalar; evaluated with `Double` they give the residual, with ``Dual`` the tangent too.
public protocol WeakForm: Sendable {
    /// The coordinates that the form is written for; nil when it holds in either.
    var coordinates: Coordinates? { get }
    /// The components whose equations the form adds to; nil for all.
    var equations: Range<Int>? { get }
    /// The components that the form reads; nil for all.
    var inputs: Range<Int>? { get }

    /// Adds the densities at a point.
    ///
    /// - Parameters:
    ///   - density: s and f of each component.
    ///   - fields: the unknowns and their gradients, one jet for each component.
    ///   - previous: the same of the earlier state, from which time derivatives are taken.
    ///   - point: the place.
    func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint)
}

extension WeakForm {
    /// Either kind.
    @inlinable public var coordinates: Coordinates? { nil }
    /// All components.
    @inlinable public var equations: Range<Int>? { nil }
    /// All components.
    @inlinable public var inputs: Range<Int>? { nil }

    /// The sum of two forms.
    @inlinable public static func + <Other: WeakForm>(lhs: Self, rhs: Other) -> FormSum<Self, Other> {
        FormSum(lhs, rhs)
    }
}

/// The sum of two weak forms.
@frozen
public struct FormSum<First: WeakForm, Second: WeakForm>: WeakForm {
    /// The first form.
    public var first: First
    /// The second form.
    public var second: Second

    /// The sum of two forms.
    ///
    /// - Precondition: they are not for different coordinates.
    @inlinable public init(_ first: First, _ second: Second) {
        if let ours = first.coordinates, let theirs = second.coordinates {
            precondition(ours == theirs, "a form for \(ours) coordinates cannot be added to one for \(theirs)")
        }
        self.first = first
        self.second = second
    }

    /// Those of the form that has any.
    @inlinable public var coordinates: Coordinates? { first.coordinates ?? second.coordinates }
    /// From the first of either form to the last.
    @inlinable public var equations: Range<Int>? { Self.hull(first.equations, second.equations) }
    /// From the first of either form to the last.
    @inlinable public var inputs: Range<Int>? { Self.hull(first.inputs, second.inputs) }

    @inlinable
    static func hull(_ a: Range<Int>?, _ b: Range<Int>?) -> Range<Int>? {
        guard let a, let b else { return nil }
        return min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
    }

    /// Adds the densities of both.
    @inlinable
    public func add<S: LawScalar>(
        to density: inout MutableSpan<Jet<S>>, fields: Span<Jet<S>>, previous: Span<Jet<Double>>,
        at point: QuadraturePoint
    ) {
        first.add(to: &density, fields: fields, previous: previous, at: point)
        second.add(to: &density, fields: fields, previous: previous, at: point)
    }
}
