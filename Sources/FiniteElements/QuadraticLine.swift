import Foundation
import LinearAlgebra

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// The quadratic line element with its nodes as quadrature points (Gauss-Lobatto, that is Simpson's rule).
///
/// On a cell of length h with nodes left, middle, right the mass is diagonal, h (1/6, 4/6, 1/6), and the stiffness ∫ N_i′ N_j′ dz,
/// which the rule integrates exactly, is
///
///               |  7  -8   1 |
///     K = 1/(3h)| -8  16  -8 |
///               |  1  -8   7 |
///
/// Together they keep the fourth order that quadratic elements have at the cell ends (Douglas and Dupont, Numer. Math. 22
/// (1974) 99). The columns of K add up to zero: what leaves one node enters another.
@frozen
public enum QuadraticLine {
    /// K p for the nodal values of p.
    @inlinable @inline(__always)
    public static func stiffness(times p: SIMD3<Double>, inverseLength: Double) -> SIMD3<Double> {
        let third = (1.0 / 3) * inverseLength
        let (left, right) = (p.x - p.y, p.z - p.y)
        return SIMD3(third * (7 * left + right), -(8 * third * (left + right)), third * (left + 7 * right))
    }

    /// The columns of K diag(d), the derivative of K p(u) where d is that of p at the nodes.
    @inlinable @inline(__always)
    public static func stiffness(
        scaledBy d: SIMD3<Double>, inverseLength: Double
    ) -> (left: SIMD3<Double>, middle: SIMD3<Double>, right: SIMD3<Double>) {
        let scaled = (1.0 / 3) * inverseLength * d
        return (scaled.x * SIMD3(7, -8, 1), scaled.y * SIMD3(-8, 16, -8), scaled.z * SIMD3(1, -8, 7))
    }
}

/// The lumped mass of quadratic line elements on a mesh: h/6 at each end, 4h/6 in the middle of a cell, m.
public func lumpedMass(of mesh: LineMesh) -> [Double] {
    var mass = [Double](repeating: 0, count: 2 * mesh.cells + 1)
    for cell in 0..<mesh.cells {
        let size = mesh.vertices[cell + 1] - mesh.vertices[cell]
        mass[2 * cell] += size / 6
        mass[2 * cell + 1] += size * 4 / 6
        mass[2 * cell + 2] += size / 6
    }
    return mass
}
