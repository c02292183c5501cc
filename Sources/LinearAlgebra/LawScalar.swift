import Foundation

/// The number a material law is written over, so that one text of the law gives values and derivatives.
///
/// `Double` conforms for plain values, ``Dual`` for values with derivatives. A law takes a generic `S: LawScalar` and is
/// marked `@inlinable`, which lets the compiler specialise it in the module that calls it.
public protocol LawScalar: Sendable {
    /// A constant of the law: no derivative.
    init(_ constant: Double)
    /// The value without derivatives, for looking up intervals in a table; never for branching in a smooth law.
    var primal: Double { get }
    /// The sum.
    static func + (lhs: Self, rhs: Self) -> Self
    /// The difference.
    static func - (lhs: Self, rhs: Self) -> Self
    /// The product.
    static func * (lhs: Self, rhs: Self) -> Self
    /// The quotient.
    static func / (lhs: Self, rhs: Self) -> Self
    /// The exponential function.
    static func exp(_ x: Self) -> Self
}

extension LawScalar {
    /// A constant plus a number.
    @inlinable public static func + (lhs: Double, rhs: Self) -> Self { Self(lhs) + rhs }
    /// A constant less a number.
    @inlinable public static func - (lhs: Double, rhs: Self) -> Self { Self(lhs) - rhs }
    /// A constant times a number.
    @inlinable public static func * (lhs: Double, rhs: Self) -> Self { Self(lhs) * rhs }
}

extension Double: LawScalar {
    /// The number itself.
    @inlinable public var primal: Double { self }
    /// The exponential function.
    @inlinable public static func exp(_ x: Double) -> Double { Foundation.exp(x) }
}
