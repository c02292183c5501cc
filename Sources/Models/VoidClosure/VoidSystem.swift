import Foundation
import LinearAlgebra
import Materials
import TimeIntegration

/// The course of a closing void, as the time integrator sees it.
///
/// A void that surface tension closes collapses in steps shorter than the resolution of time, and one in a thin shell
/// slows down by many decades. So the independent variable is the length τ of the curve (z, θ) of z = ln(a/a_0) and
/// θ = ln(1 + t/T), along which both are smooth to the end:
///
///     dz/dτ = v/√(1 + v²),   dθ/dτ = 1/√(1 + v²),   v = dz/dθ = (T + t) ȧ/a,   T = 1/(closing + growing rate at the start)
public struct VoidSystem: SemidiscreteSystem {
    /// Number of unknowns, z and θ.
    public var count: Int { 2 }
    /// Newton's own.
    public var stageMatrix: StageMatrix { .exact }
    /// z and θ begin at zero and pass through several units.
    public var scale: Double { 1 }
    /// The scale of time T, s.
    public private(set) var timeScale = 1.0
    /// The metal around the void.
    let closure: VoidClosure<SteadyFlow>

    private let parameters: VoidClosureParameters
    // (b_0/a_0)^d - 1, infinite for a void alone.
    private let metalVolume: Double
    // u and w of the derivative J = u wᵀ, and γ Δτ.
    private var left = (0.0, 0.0)
    private var right = (0.0, 0.0)
    private var shift = 0.0

    /// The void of a case at its start, z = θ = 0.
    public init(_ parameters: VoidClosureParameters) {
        self.parameters = parameters
        closure = VoidClosure(parameters.flow, shape: parameters.shape)
        let ratio = parameters.outerRadius / parameters.radius
        metalVolume = Double.pow(ratio, parameters.shape.dimension) - 1
        timeScale = 1 / (closingRate(logRadius: 0.0) + parameters.growthVelocity / parameters.radius)
    }

    // MARK: - The void

    /// The radius a at z, m.
    public func radius(logRadius z: Double) -> Double { parameters.radius * Double.exp(z) }

    /// The outer radius b at z, m.
    public func outerRadius(logRadius z: Double) -> Double {
        parameters.isAlone ? .infinity : radius(logRadius: z) / radiusRatio(logRadius: z)
    }

    /// a/b at z: (a/b)^d = A / (A + V) with A = (a/a_0)^d and the volume V of the metal.
    func radiusRatio<S: LawScalar>(logRadius z: S) -> S {
        guard metalVolume < .infinity else { return S(0) }
        let volume: S = S.exp(parameters.shape.dimension * z)
        return S.pow(volume / (volume + metalVolume), 1 / parameters.shape.dimension)
    }

    /// The pressure that closes the void, that of its surface included, Pa.
    func effectivePressure<S: LawScalar>(logRadius z: S) -> S {
        parameters.pressure
            + parameters.shape.surfacePressure(
                surfaceEnergy: parameters.surfaceEnergy, radius: parameters.radius * S.exp(z))
    }

    /// y = ln(ε̇_e/k) at the void.
    func surfaceLogRate(logRadius z: Double) -> Double {
        closure.surfaceLogRate(
            pressure: effectivePressure(logRadius: z), radiusRatio: radiusRatio(logRadius: z))
    }

    /// The equivalent stress at the void, its largest, Pa.
    public func surfaceStress(logRadius z: Double) -> Double {
        closure.stress(logRate: surfaceLogRate(logRadius: z))
    }

    /// The rate -ȧ/a by creep alone, 1/s.
    func closingRate<S: LawScalar>(logRadius z: S) -> S {
        closure.rate(pressure: effectivePressure(logRadius: z), radiusRatio: radiusRatio(logRadius: z))
    }

    /// The rate ȧ/a, 1/s.
    public func rate<S: LawScalar>(logRadius z: S) -> S {
        let closing = closingRate(logRadius: z)
        guard parameters.growthVelocity > 0 else { return -closing }
        return parameters.growthVelocity / parameters.radius * S.exp(-z) - closing
    }

    /// What an unknown is, for messages.
    public func place(ofUnknown index: Int) -> String { index == 0 ? "the radius of the void" : "the time of the void" }

    // MARK: - The course

    /// The time t at θ, s.
    public func time(logTime: Double) -> Double { timeScale * expm1(logTime) }

    /// θ at the time t in s.
    public func logTime(time: Double) -> Double { log1p(time / timeScale) }

    /// dz/dτ and dθ/dτ at v, without overflow for large v.
    private func direction(_ v: Double) -> (radius: Double, time: Double) {
        if abs(v) <= 1 {
            let s = 1 / (1 + v * v).squareRoot()
            return (v * s, s)
        }
        let q = 1 / abs(v)
        let s = 1 / (1 + q * q).squareRoot()
        return (v < 0 ? -s : s, q * s)
    }

    /// Writes (dz/dτ, dθ/dτ).
    ///
    /// - Throws: `EvaluationFailure` where the rate is not finite.
    public mutating func residual(
        time: Double, state: [Double], into result: inout [Double]
    ) throws(EvaluationFailure) {
        let v = timeScale * Double.exp(state[1]) * rate(logRadius: state[0])
        guard v.isFinite else {
            throw EvaluationFailure("the rate is not finite at the radius \(digits(radius(logRadius: state[0]))) m")
        }
        let slope = direction(v)
        result[0] = slope.radius
        result[1] = slope.time
    }

    /// Subtracts k, as M is the unit matrix.
    public func subtractMass(times rate: [Double], from result: inout [Double]) {
        result[0] -= rate[0]
        result[1] -= rate[1]
    }

    /// Keeps J = s³ (1, -v) (∂v/∂z, v)ᵀ with s = dθ/dτ and ∂v/∂θ = v, as u = s² (1, -v) and w = s (∂v/∂z, v), which are of
    /// the order of one where v is large. A rate that is not finite is left to ``residual(time:state:into:)`` to report.
    public mutating func factor(time: Double, state: [Double], shift: Double) -> Bool {
        let rate = rate(logRadius: Dual<Double>.variable(state[0]))
        let present = timeScale * Double.exp(state[1])
        (left, right, self.shift) = ((0, 0), (0, 0), shift)
        let (v, byRadius) = (present * rate.value, present * rate.partials)
        guard v.isFinite && byRadius.isFinite else { return true }
        let slope = direction(v)
        let s = slope.time
        left = (s * s, -s * slope.radius)
        right = (s * byRadius, slope.radius)
        return determinant != 0
    }

    /// 1 - γ Δτ w·u
    private var determinant: Double { 1 - shift * (right.0 * left.0 + right.1 * left.1) }

    /// (1 - γ Δτ u wᵀ)⁻¹ r = r + γ Δτ u (w·r) / (1 - γ Δτ w·u)
    public mutating func solve(_ vector: inout [Double]) {
        let share = shift * (right.0 * vector[0] + right.1 * vector[1]) / determinant
        vector[0] += share * left.0
        vector[1] += share * left.1
    }
}
