/// Gauss and Legendre's rule on [0, 1], exact to degree 2n - 1 with n points.
public struct GaussLegendre: Sendable, Hashable {
    /// The points, ascending.
    public let points: [Double]
    /// Their weights, which add up to one.
    public let weights: [Double]

    /// The rule with `count` points (Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, table 25.4).
    ///
    /// On [-1, 1] the points are ±1/√3 (two), 0 and ±√(3/5) (three), ±√(3/7 ∓ 2/7 √(6/5)) (four).
    /// - Precondition: two, three or four points.
    public init(count: Int) {
        let half: [(point: Double, weight: Double)]
        switch count {
        case 2: half = [((1.0 / 3).squareRoot(), 1)]
        case 3: half = [(0, 8.0 / 9), ((3.0 / 5).squareRoot(), 5.0 / 9)]
        case 4:
            let inner = 2.0 / 7 * (6.0 / 5).squareRoot()
            let share = 30.0.squareRoot() / 36
            half = [((3.0 / 7 - inner).squareRoot(), 0.5 + share), ((3.0 / 7 + inner).squareRoot(), 0.5 - share)]
        default: preconditionFailure("a Gauss rule of 2, 3 or 4 points was expected, not \(count)")
        }
        let mirrored = half.reversed().filter { $0.point > 0 }.map { (point: -$0.point, weight: $0.weight) } + half
        points = mirrored.map { 0.5 + 0.5 * $0.point }
        weights = mirrored.map { 0.5 * $0.weight }
    }
}

/// Points of the reference square with weights: a rule for the cell or for one of its sides.
public struct ReferenceRule: Sendable, Hashable {
    /// The points (ξ, η).
    public let points: [SIMD2<Double>]
    /// Their weights, which add up to one.
    public let weights: [Double]
    /// The side on which the points lie; nil for a rule over the cell.
    public let side: Side?

    /// The tensor rule of `count` by `count` points over the cell.
    public init(cell count: Int) {
        let line = GaussLegendre(count: count)
        points = line.points.flatMap { eta in line.points.map { xi in SIMD2(xi, eta) } }
        weights = line.weights.flatMap { eta in line.weights.map { xi in xi * eta } }
        side = nil
    }

    /// The rule of `count` points on a side of the cell.
    public init(side: Side, count: Int) {
        let line = GaussLegendre(count: count)
        points = line.points.map { side.start + $0 * side.direction }
        weights = line.weights
        self.side = side
    }
}
