import Foundation

/// A vector of partial derivatives: `Double` for one input, a SIMD type for several.
public protocol PartialDerivatives: Sendable {
    /// No dependence on any input.
    static var zero: Self { get }
    /// Sum of two sets of derivatives.
    static func + (lhs: Self, rhs: Self) -> Self
    /// A set of derivatives scaled by a plain number.
    static func * (lhs: Double, rhs: Self) -> Self
}

extension Double: PartialDerivatives {}
extension SIMD2: PartialDerivatives where Scalar == Double {}
extension SIMD4: PartialDerivatives where Scalar == Double {}
extension SIMD8: PartialDerivatives where Scalar == Double {}

/// A number with its first derivatives (forward-mode differentiation).
///
/// With ε² = 0 and x = x₀ + ε x′, a smooth f obeys f(x) = f(x₀) + ε f′(x₀) x′, so every rule below is the chain rule of one
/// operation. `Dual<Double>` carries one derivative, `Dual<SIMD8<Double>>` eight.
@frozen
public struct Dual<Partials: PartialDerivatives>: LawScalar {
    /// The value x₀.
    public var value: Double
    /// The derivatives x′ with respect to the inputs.
    public var partials: Partials

    /// A number with given derivatives.
    @inlinable public init(_ value: Double, partials: Partials) {
        self.value = value
        self.partials = partials
    }

    /// A constant.
    @inlinable public init(_ constant: Double) { self.init(constant, partials: .zero) }

    /// The value x₀.
    @inlinable public var primal: Double { value }

    /// (x + y)′ = x′ + y′
    @inlinable public static func + (lhs: Self, rhs: Self) -> Self {
        Self(lhs.value + rhs.value, partials: lhs.partials + rhs.partials)
    }

    /// (x - y)′ = x′ - y′
    @inlinable public static func - (lhs: Self, rhs: Self) -> Self {
        Self(lhs.value - rhs.value, partials: lhs.partials + -1 * rhs.partials)
    }

    /// (x y)′ = y x′ + x y′
    @inlinable public static func * (lhs: Self, rhs: Self) -> Self {
        Self(lhs.value * rhs.value, partials: rhs.value * lhs.partials + lhs.value * rhs.partials)
    }

    /// (x / y)′ = (x′ - (x/y) y′) / y
    @inlinable public static func / (lhs: Self, rhs: Self) -> Self {
        let quotient = lhs.value / rhs.value
        let inverse = 1 / rhs.value
        return Self(quotient, partials: inverse * (lhs.partials + (-quotient) * rhs.partials))
    }

    /// (exp x)′ = x′ exp x
    @inlinable public static func exp(_ x: Self) -> Self {
        let value = Foundation.exp(x.value)
        return Self(value, partials: value * x.partials)
    }

    /// (log x)′ = x′ / x
    @inlinable public static func log(_ x: Self) -> Self {
        Self(Foundation.log(x.value), partials: (1 / x.value) * x.partials)
    }

    /// (x^p)′ = p x^(p - 1) x′
    @inlinable public static func pow(_ x: Self, _ exponent: Double) -> Self {
        let slope = exponent == 0 ? 0 : exponent * Foundation.pow(x.value, exponent - 1)
        return Self(Foundation.pow(x.value, exponent), partials: slope * x.partials)
    }

    /// (√x)′ = x′ / 2√x
    @inlinable public static func sqrt(_ x: Self) -> Self {
        let root = x.value.squareRoot()
        return Self(root, partials: (0.5 / root) * x.partials)
    }

    /// (sinh x)′ = x′ cosh x
    @inlinable public static func sinh(_ x: Self) -> Self {
        Self(Foundation.sinh(x.value), partials: Foundation.cosh(x.value) * x.partials)
    }

    /// (tanh x)′ = x′ (1 - tanh² x)
    @inlinable public static func tanh(_ x: Self) -> Self {
        let value = Foundation.tanh(x.value)
        return Self(value, partials: (1 - value * value) * x.partials)
    }

    /// (asinh x)′ = x′ / √(1 + x²)
    @inlinable public static func asinh(_ x: Self) -> Self {
        Self(Foundation.asinh(x.value), partials: (1 / (1 + x.value * x.value).squareRoot()) * x.partials)
    }
}

extension Dual where Partials == Double {
    /// The variable itself: derivative one.
    @inlinable public static func variable(_ value: Double) -> Self { Self(value, partials: 1) }
}
