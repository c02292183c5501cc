import LinearAlgebra

/// A coefficient that depends on one unknown and on the place: a diffusivity, a flux, a source, a pressure.
public protocol PointLaw: Sendable {
    /// The coefficient for the value of the unknown.
    func callAsFunction<S: LawScalar>(_ u: S, at point: QuadraturePoint) -> S
}

/// A coefficient that is the same everywhere.
@frozen
public struct Uniform: PointLaw, Hashable {
    /// The coefficient.
    public var value: Double

    /// A coefficient that is the same everywhere.
    @inlinable public init(_ value: Double) { self.value = value }

    /// The coefficient.
    @inlinable public func callAsFunction<S: LawScalar>(_ u: S, at point: QuadraturePoint) -> S { S(value) }
}
