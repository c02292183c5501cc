import Materials

/// The metal around a void, on radii that grow by one ratio from the void to the outer radius or, where there is none, a limit.
struct VoidShell {
    /// Intervals between points.
    static let intervals = 100
    /// The farthest point around a void alone, in its radii.
    static let reach = 20.0

    /// Radii, m.
    private(set) var radii = [Double](repeating: 0, count: intervals + 1)
    /// The fields of ``VoidClosureQuantities/fields``, one after the other, each point after point.
    private(set) var fields = [Double](
        repeating: 0, count: VoidClosureQuantities.fields.count * (intervals + 1))

    /// Writes the points and fields of a void at z = ln(a/a_0).
    ///
    ///     σ_r(a) = 2γ/a,   dσ_r/dr = -g σ_e/r,   σ_θ = σ_r - σ_e (sphere), σ_r - (2/√3) σ_e (cylinder)
    mutating func write(_ system: VoidSystem, _ parameters: VoidClosureParameters, logRadius z: Double) {
        let (closure, shape) = (system.closure, parameters.shape)
        let radius = system.radius(logRadius: z)
        let end = parameters.isAlone ? Self.reach : system.outerRadius(logRadius: z) / radius
        let y = system.surfaceLogRate(logRadius: z)
        let count = Self.intervals + 1
        let hoop = shape == .sphere ? 1 : shape.factor
        var radial = shape.surfacePressure(surfaceEnergy: parameters.surfaceEnergy, radius: radius)
        var before = closure.stress(logRate: y)
        for index in 0..<count {
            let logRatio = Double(index) / Double(Self.intervals) * Double.log(end)
            let logRate = y - shape.dimension * logRatio
            let stress = closure.stress(logRate: logRate)
            radial -= closure.carriedPressure(from: before, to: stress)
            before = stress
            radii[index] = radius * Double.exp(logRatio)
            fields[index] = radial
            fields[count + index] = radial - hoop * stress
            fields[2 * count + index] = stress
            fields[3 * count + index] = closure.law.rateConstant * Double.exp(logRate)
        }
    }

    /// The points as an observer takes them.
    var points: [SIMD2<Double>] { radii.map { SIMD2($0, 0) } }
}
