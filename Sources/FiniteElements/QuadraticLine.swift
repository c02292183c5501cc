import Foundation
import LinearAlgebra

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// The quadratic line element with its nodes as quadrature points (Gauss-Lobatto, that is Simpson's rule).
///
/// On a cell of length h with nodes left, middle, right, weights h ω = h (1/6, 4/6, 1/6) and the derivatives of the shape
/// functions at the nodes
///
///     φ_left′   = (-3, -1,  1) / h
///     φ_middle′ = ( 4,  0, -4) / h
///     φ_right′  = (-1,  1,  3) / h
///
/// The weak form of -∂/∂z (D ∂u/∂z) is r_i = Σ_q h ω_q φ_i′(q) D_q u′(q). The rule is exact to third degree: enough for the
/// fourth order that quadratic elements have at the cell ends (Douglas and Dupont, Numer. Math. 22 (1974) 99), and
/// it makes the mass matrix diagonal. Since Σ_i φ_i′ = 0, the three entries of r add up to zero: what leaves one
/// node enters another, whatever D is.
@frozen
public enum QuadraticLine {
    /// Derivatives of the solution at the three nodes, per unit length.
    @inlinable
    public static func gradient(_ u: SIMD3<Double>, inverseLength: Double) -> SIMD3<Double> {
        inverseLength * SIMD3(-3 * u.x + 4 * u.y - u.z, u.z - u.x, u.x - 4 * u.y + 3 * u.z)
    }

    /// The weak form r of the text above from the nodal values of the product D u′.
    @inlinable
    public static func weakDivergence(_ q: SIMD3<Double>) -> SIMD3<Double> {
        (1.0 / 6) * SIMD3(-3 * q.x - 4 * q.y + q.z, 4 * (q.x - q.z), -q.x + 4 * q.y + 3 * q.z)
    }

    /// Columns of the tangent ∂r_i/∂u_j for nodal D and dD/du, the solution's nodal gradient and 1/h.
    ///
    /// ∂q_q/∂u_j = D_q φ_j′(q) + δ_qj (dD/du)_q u′(q)
    @inlinable
    public static func tangent(
        coefficient: SIMD3<Double>, slope: SIMD3<Double>, gradient: SIMD3<Double>, inverseLength: Double
    ) -> (left: SIMD3<Double>, middle: SIMD3<Double>, right: SIMD3<Double>) {
        let scaled = inverseLength * coefficient
        let own = slope * gradient
        let left = scaled * SIMD3(-3, -1, 1) + SIMD3(own.x, 0, 0)
        let middle = scaled * SIMD3(4, 0, -4) + SIMD3(0, own.y, 0)
        let right = scaled * SIMD3(-1, 1, 3) + SIMD3(0, 0, own.z)
        return (weakDivergence(left), weakDivergence(middle), weakDivergence(right))
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
