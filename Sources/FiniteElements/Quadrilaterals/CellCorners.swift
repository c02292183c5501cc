/// The corners of a quadrilateral cell and its bilinear map from the reference square.
///
///     X(ξ, η) = (1-ξ)(1-η) X₀₀ + ξ(1-η) X₁₀ + (1-ξ)η X₀₁ + ξη X₁₁
///
/// det ∂X/∂(ξ, η) has no ξη term, so it takes its least value over the cell at a corner.
@frozen
public struct CellCorners: Sendable, Hashable {
    /// X₀₀, m.
    public var bottomLeft: SIMD2<Double>
    /// X₁₀, m.
    public var bottomRight: SIMD2<Double>
    /// X₀₁, m.
    public var topLeft: SIMD2<Double>
    /// X₁₁, m.
    public var topRight: SIMD2<Double>

    /// X(ξ, η), m.
    @inlinable public func position(_ reference: SIMD2<Double>) -> SIMD2<Double> {
        let (xi, eta) = (reference.x, reference.y)
        let bottom = (1 - xi) * bottomLeft + xi * bottomRight
        let top = (1 - xi) * topLeft + xi * topRight
        return (1 - eta) * bottom + eta * top
    }

    /// ∂X/∂ξ, m.
    @inlinable public func alongXi(_ reference: SIMD2<Double>) -> SIMD2<Double> {
        (1 - reference.y) * (bottomRight - bottomLeft) + reference.y * (topRight - topLeft)
    }

    /// ∂X/∂η, m.
    @inlinable public func alongEta(_ reference: SIMD2<Double>) -> SIMD2<Double> {
        (1 - reference.x) * (topLeft - bottomLeft) + reference.x * (topRight - bottomRight)
    }

    /// det ∂X/∂(ξ, η), m2.
    @inlinable public func jacobian(_ reference: SIMD2<Double>) -> Double {
        let (xi, eta) = (alongXi(reference), alongEta(reference))
        return xi.x * eta.y - xi.y * eta.x
    }
}
