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
    /// The natural logarithm of a positive number.
    static func log(_ x: Self) -> Self
    /// A number, not negative unless the exponent is whole, to a constant power.
    static func pow(_ x: Self, _ exponent: Double) -> Self
    /// The square root of a number that is not negative.
    static func sqrt(_ x: Self) -> Self
    /// The hyperbolic sine.
    static func sinh(_ x: Self) -> Self
    /// The hyperbolic tangent.
    static func tanh(_ x: Self) -> Self
    /// The inverse of the hyperbolic sine.
    static func asinh(_ x: Self) -> Self
}

extension LawScalar {
    /// The opposite.
    @inlinable public static prefix func - (x: Self) -> Self { -1 * x }
    /// A number plus a constant.
    @inlinable public static func + (lhs: Self, rhs: Double) -> Self { lhs + Self(rhs) }
    /// A number less a constant.
    @inlinable public static func - (lhs: Self, rhs: Double) -> Self { lhs - Self(rhs) }
    /// A constant over a number.
    @inlinable public static func / (lhs: Double, rhs: Self) -> Self { Self(lhs) / rhs }
    /// A number over a constant.
    @inlinable public static func / (lhs: Self, rhs: Double) -> Self { (1 / rhs) * lhs }
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
    /// The natural logarithm.
    @inlinable public static func log(_ x: Double) -> Double { Foundation.log(x) }
    /// A power.
    @inlinable public static func pow(_ x: Double, _ exponent: Double) -> Double { Foundation.pow(x, exponent) }
    /// The square root.
    @inlinable public static func sqrt(_ x: Double) -> Double { x.squareRoot() }
    /// The hyperbolic sine.
    @inlinable public static func sinh(_ x: Double) -> Double { Foundation.sinh(x) }
    /// The hyperbolic tangent.
    @inlinable public static func tanh(_ x: Double) -> Double { Foundation.tanh(x) }
    /// The inverse of the hyperbolic sine.
    @inlinable public static func asinh(_ x: Double) -> Double { Foundation.asinh(x) }
}
