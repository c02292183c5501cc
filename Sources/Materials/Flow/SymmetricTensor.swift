/// A symmetric second-order tensor in three dimensions: stress in Pa, or strain.
///
/// It holds tensor components in the order xx, yy, zz, xy, yz, xz, so a shear strain is ε_xy = γ_xy / 2. Plane strain
/// has yz = xz = 0; axisymmetry puts r, z and the hoop direction at x, y and z.
@frozen
public struct SymmetricTensor: Sendable, Hashable {
    /// The components in the lanes 0 to 5; the lanes 6 and 7 are zero.
    @usableFromInline var lanes: SIMD8<Double>

    @inlinable
    init(lanes: SIMD8<Double>) { self.lanes = lanes }

    /// A tensor of its components.
    @inlinable
    public init(xx: Double, yy: Double, zz: Double, xy: Double, yz: Double, xz: Double) {
        lanes = SIMD8(xx, yy, zz, xy, yz, xz, 0, 0)
    }

    /// The component at an index 0 to 5 in the order xx, yy, zz, xy, yz, xz.
    @inlinable
    public subscript(index: Int) -> Double {
        get {
            precondition(index < 6)
            return lanes[index]
        }
        set {
            precondition(index < 6)
            lanes[index] = newValue
        }
    }

    /// Zero.
    @inlinable public static var zero: Self { Self(lanes: SIMD8()) }

    /// The unit tensor 1.
    @inlinable public static var identity: Self { Self(xx: 1, yy: 1, zz: 1, xy: 0, yz: 0, xz: 0) }

    /// The sum of the diagonal.
    @inlinable public var trace: Double { lanes[0] + lanes[1] + lanes[2] }

    /// A third of the trace; of a stress, minus the pressure.
    @inlinable public var mean: Double { trace / 3 }

    /// The tensor less its mean times 1.
    @inlinable public var deviator: Self { self - mean * Self.identity }

    /// The double contraction a : b = Σ a_ij b_ij.
    @inlinable
    public func contracted(with other: Self) -> Double {
        let products = lanes * other.lanes
        return products[0] + products[1] + products[2] + 2 * (products[3] + products[4] + products[5])
    }

    /// The norm √(a : a).
    @inlinable public var norm: Double { contracted(with: self).squareRoot() }

    /// The von Mises equivalent √(3/2 dev a : dev a) of a stress, Pa.
    @inlinable public var vonMises: Double { Self.equivalence * deviator.norm }

    /// √(3/2), the von Mises stress of a deviator over its norm.
    @inlinable static var equivalence: Double { 1.224744871391589 }

    /// The sum.
    @inlinable
    public static func + (lhs: Self, rhs: Self) -> Self { Self(lanes: lhs.lanes + rhs.lanes) }

    /// The difference.
    @inlinable
    public static func - (lhs: Self, rhs: Self) -> Self { Self(lanes: lhs.lanes - rhs.lanes) }

    /// The product with a number.
    @inlinable
    public static func * (lhs: Double, rhs: Self) -> Self { Self(lanes: lhs * rhs.lanes) }
}
