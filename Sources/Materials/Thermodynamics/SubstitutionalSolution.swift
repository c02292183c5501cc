import LinearAlgebra

/// The excess Gibbs energy of a substitutional solution at one composition, in Redlich-Kister form.
///
///     G_ex = x y P(d),   P(d) = Σ_k L_k d^k,   d = x - y,   y = 1 - x
///
/// (O. Redlich, A. T. Kister, Ind. Eng. Chem. 40 (1948) 345.) x is the mole fraction of lithium. With
/// G = x G_Li + y G_host + RT (x ln x + y ln y) + G_ex and μ_Li = G + y dG/dx, μ_host = G - x dG/dx:
///
///     μ_Li   = G_Li   + RT ln x + y² (P + 2 x P′)
///     μ_host = G_host + RT ln y + x² (P - 2 y P′)
///     d²G_ex/dx² = -2 P - 4 d P′ + 4 x y P″
@usableFromInline
@frozen
struct SubstitutionalSolution<S: LawScalar>: Sendable {
    @usableFromInline let x: S
    @usableFromInline let y: S
    @usableFromInline let polynomial: S
    @usableFromInline let slope: S
    @usableFromInline let halfCurvature: S

    /// P, P′ and P″/2 by Horner's rule; `x` and `y` add to one.
    @inlinable
    init(_ x: S, _ y: S, count: Int, coefficient: (Int) -> S) {
        let d = x - y
        var (p, q, r) = (S(0), S(0), S(0))
        for index in stride(from: count - 1, through: 0, by: -1) {
            r = r * d + q
            q = q * d + p
            p = p * d + coefficient(index)
        }
        self.x = x
        self.y = y
        polynomial = p
        slope = q
        halfCurvature = r
    }

    /// G_ex, J/mol.
    @inlinable var excess: S { x * y * polynomial }

    /// μ_Li - G_Li - RT ln x, J/mol.
    @inlinable var excessPotentialLithium: S { y * y * (polynomial + 2 * (x * slope)) }

    /// μ_host - G_host - RT ln y, J/mol.
    @inlinable var excessPotentialHost: S { x * x * (polynomial - 2 * (y * slope)) }

    /// d²G_ex/dx², J/mol.
    @inlinable var excessCurvature: S {
        let bend: S = 8 * (x * y * halfCurvature)
        let tilt: S = 4 * ((x - y) * slope)
        return bend - tilt - 2 * polynomial
    }

    /// G, J/mol, also at the ends, where x ln x is zero.
    @inlinable
    func gibbsEnergy(lithium: S, host: S, thermalEnergy: S) -> S {
        x * lithium + y * host + thermalEnergy * (Self.timesLogarithm(x) + Self.timesLogarithm(y)) + excess
    }

    @inlinable
    static func timesLogarithm(_ x: S) -> S { x.primal > 0 ? x * S.log(x) : 0 * x }
}
