import LinearAlgebra

// With ε̇_e = g (a/r)^d |ȧ|/a a power law has σ_e = σ_a (a/r)^(d/n), so p = g ∫ σ_e/r dr = (g/d) n σ_a [1 - (a/b)^(d/n)],
// and |ȧ|/a = ε̇_e(a)/g closes the relation.
extension PowerLaw {
    /// The rate |ȧ|/a in 1/s at which a void closes under a pressure in Pa, in metal without end (`radiusRatio` zero) or
    /// with a ratio a/b below one of its radius to the outer radius.
    ///
    ///     sphere     (A/2) {3p / (2n [1 - (a/b)^(3/n)])}^n
    ///     cylinder   (√3/2) A {√3 p / (n [1 - (a/b)^(2/n)])}^n
    ///
    /// with rate = A σ^n. The metal is incompressible, its elasticity is left out and the void holds no gas. Derived above;
    /// the forms are those of D. S. Wilkinson and M. F. Ashby, Acta Metall. 23 (1975) 1277.
    @inlinable
    public func closureRate<S: LawScalar>(of shape: VoidShape, pressure: S, radiusRatio: S = S(0)) -> S {
        let stress: S = pressure / loadFactor(of: shape, radiusRatio: radiusRatio)
        return rate(stress: stress, resistance: S(initialResistance)) / shape.factor
    }

    /// The pressure in Pa under which a void closes at a rate |ȧ|/a above zero in 1/s: the inverse of
    /// ``closureRate(of:pressure:radiusRatio:)``.
    ///
    /// A void that grows at that rate by other means, such as a current that dissolves its surface, stays as it is.
    @inlinable
    public func closurePressure<S: LawScalar>(of shape: VoidShape, rate: S, radiusRatio: S = S(0)) -> S {
        let logRate = S.log((shape.factor / rateConstant) * rate)
        return loadFactor(of: shape, radiusRatio: radiusRatio)
            * stress(logRate: logRate, resistance: S(initialResistance))
    }

    /// p/σ_a = (g/d) n [1 - (a/b)^(d/n)]
    @inlinable
    func loadFactor<S: LawScalar>(of shape: VoidShape, radiusRatio: S) -> S {
        let n = parameters.exponent
        let alone = (shape.factor / shape.dimension) * n
        guard radiusRatio.primal > 0 else { return S(alone) }
        return alone * (1 - S.pow(radiusRatio, shape.dimension / n))
    }
}

/// A void that closes by creep in metal of any flow law without hardening.
///
/// With y = ln(ε̇_e/k) the strain rates of ``VoidShape`` make dr/r = -dy/d, so that equilibrium becomes an integral over
/// the stress, from that at the outer radius to that at the void:
///
///     p = (g/d) ∫ σ dy = (g/d) ∫_{σ_b}^{σ_a} n(σ) dσ,    n = d ln ε̇ / d ln σ,    y_b = y_a + d ln(a/b)
///
/// n is smooth and finite at zero stress, where metal without end reaches, so that Gauss's rule finds the integral to
/// round-off; a power law has n constant. ln p rises with y_a, dp/dy_a = (g/d)(σ_a - σ_b), and Newton's rule finds y_a.
/// The metal is incompressible, its elasticity is left out and the void holds no gas.
@frozen
public struct VoidClosure<Law: NonHardeningLaw>: Sendable, Hashable {
    /// The flow law.
    public let law: Law
    /// The shape of the void.
    public let shape: VoidShape

    /// A void in metal with a flow law.
    @inlinable
    public init(_ law: Law, shape: VoidShape) {
        self.law = law
        self.shape = shape
    }

    /// The rate |ȧ|/a in 1/s at which the void closes under a pressure in Pa, in metal without end (`radiusRatio` zero)
    /// or with a ratio a/b below one of its radius to the outer radius; zero without pressure.
    @inlinable
    public func rate<S: LawScalar>(pressure: S, radiusRatio: S = S(0)) -> S {
        guard pressure.primal > 0 else { return S(0) }
        let y = surfaceLogRate(pressure: pressure, radiusRatio: radiusRatio)
        return (law.rateConstant / shape.factor) * S.exp(y)
    }

    /// y = ln(ε̇_e/k) of the metal at the void under a pressure above zero in Pa.
    @inlinable
    public func surfaceLogRate<S: LawScalar>(pressure: S, radiusRatio: S = S(0)) -> S {
        let (p, ratio) = (pressure.primal, radiusRatio.primal)
        let y = surfaceLogRate(underPressure: p, ratio: ratio)
        let (inner, outer) = stresses(surfaceLogRate: y, ratio: ratio)
        // dp = (g/d)(σ_a - σ_b) dy - g σ_b d ln(a/b), solved for dy
        let change: S = pressure - p
        let slope = shape.factor / shape.dimension * (inner - outer)
        guard ratio > 0 else { return y + (1 / slope) * change }
        let confinement: S = (shape.factor * outer / ratio) * (radiusRatio - ratio)
        return y + (1 / slope) * (change + confinement)
    }

    /// The pressure in Pa under which the void closes at a rate |ȧ|/a above zero in 1/s.
    @inlinable
    public func pressure(rate: Double, radiusRatio: Double = 0) -> Double {
        let y = Double.log(shape.factor * rate / law.rateConstant)
        let (inner, outer) = stresses(surfaceLogRate: y, ratio: radiusRatio)
        return carriedPressure(from: inner, to: outer)
    }

    /// The pressure in Pa that a shell carries over whose thickness the equivalent stress falls from one value to
    /// another in Pa, (g/d) ∫ n dσ.
    ///
    /// Panels halve the stress down to the scale of the law, below which the last one is: n of the sinh law has its poles
    /// at multiples of iπ of that scale, so that ten points to a panel leave less than 1e-15.
    @inlinable
    public func carriedPressure(from inner: Double, to outer: Double) -> Double {
        var (sum, high) = (0.0, inner)
        while high > outer {
            let low = high > 2 * law.initialResistance ? max(outer, 0.5 * high) : outer
            sum += exponentIntegral(from: low, to: high)
            high = low
        }
        return shape.factor / shape.dimension * sum
    }

    /// The equivalent stress in Pa at y.
    @inlinable
    public func stress(logRate: Double) -> Double {
        law.stress(logRate: logRate, resistance: law.initialResistance)
    }

    // MARK: - Solving for y

    /// The stresses at the void and at the outer radius.
    @inlinable
    func stresses(surfaceLogRate y: Double, ratio: Double) -> (inner: Double, outer: Double) {
        let outer = ratio > 0 ? stress(logRate: y + shape.dimension * Double.log(ratio)) : 0
        return (stress(logRate: y), outer)
    }

    /// Newton's rule for ln p over y. For the laws here ln p bends down, so that it converges from anywhere; a step out of
    /// the interval in which the root is known to be is halved into it.
    @inlinable
    func surfaceLogRate(underPressure p: Double, ratio: Double) -> Double {
        let target = Double.log(p)
        // as if the exponent were everywhere that at the stress p
        let n = exponent(stress: p)
        let share = ratio > 0 ? 1 - Double.pow(ratio, shape.dimension / n) : 1
        let guess = shape.dimension / shape.factor * p / (n * share)
        var y = law.logRate(stress: guess, resistance: law.initialResistance)
        var (low, high) = (-Double.infinity, Double.infinity)
        for _ in 0..<100 {
            let (inner, outer) = stresses(surfaceLogRate: y, ratio: ratio)
            let found = carriedPressure(from: inner, to: outer)
            let excess = Double.log(found) - target
            if excess > 0 { high = y } else { low = y }
            let slope = shape.factor / shape.dimension * (inner - outer) / found
            var next = y - excess / slope
            if !(next >= low && next <= high) { next = 0.5 * (low + high) }
            let change = next - y
            y = next
            if !(abs(change) > 1e-14 * (1 + abs(y))) { break }
        }
        return y
    }

    /// n = d ln ε̇ / d ln σ at a stress above zero in Pa.
    @inlinable
    func exponent(stress: Double) -> Double {
        let y = law.logRate(stress: Dual<Double>.variable(stress), resistance: Dual(law.initialResistance))
        return stress * y.partials
    }

    /// ∫ n dσ by Gauss's rule of ten points.
    @inlinable
    func exponentIntegral(from low: Double, to high: Double) -> Double {
        let nodes = SIMD8(
            0.14887433898163122, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717, 0, 0, 0
        )
        let weights = SIMD8(
            0.2955242247147529, 0.26926671930999635, 0.21908636251598204, 0.1494513491505806, 0.06667134430868814, 0, 0,
            0)
        let (middle, half) = (0.5 * (low + high), 0.5 * (high - low))
        var sum = 0.0
        for index in 0..<5 {
            let step = half * nodes[index]
            sum += weights[index] * (exponent(stress: middle - step) + exponent(stress: middle + step))
        }
        return half * sum
    }
}
