import Foundation
import Testing
import TimeIntegration

@Suite struct ESDIRK43Tests {
    /// What is left of the eight conditions for order 4, for given weights.
    private func defects(_ b: [Double]) -> [(order: Int, defect: Double)] {
        let c = ESDIRK43.rows.map { $0.reduce(0, +) }
        func a(_ i: Int, _ j: Int) -> Double { j < ESDIRK43.rows[i].count ? ESDIRK43.rows[i][j] : 0 }
        func product(_ v: [Double]) -> [Double] { (0..<6).map { i in (0..<6).reduce(0) { $0 + a(i, $1) * v[$1] } } }
        func sum(_ v: [Double]) -> Double { zip(b, v).reduce(0) { $0 + $1.0 * $1.1 } }
        let one = [Double](repeating: 1, count: 6)
        let square = c.map { $0 * $0 }
        return [
            (1, sum(one) - 1), (2, sum(c) - 1.0 / 2), (3, sum(square) - 1.0 / 3), (3, sum(product(c)) - 1.0 / 6),
            (4, sum(c.map { $0 * $0 * $0 }) - 1.0 / 4), (4, sum(zip(c, product(c)).map { $0 * $1 }) - 1.0 / 8),
            (4, sum(product(square)) - 1.0 / 12), (4, sum(product(product(c))) - 1.0 / 24),
        ]
    }

    @Test("The weights fulfil every condition of order 4, the embedded ones of order 3 and no more")
    func orderConditions() {
        for (_, defect) in defects(ESDIRK43.weights) { #expect(abs(defect) < 1e-15) }
        let embedded = defects(ESDIRK43.embeddedWeights)
        for (order, defect) in embedded where order <= 3 { #expect(abs(defect) < 1e-15) }
        #expect(embedded.contains { $0.order == 4 && abs($0.defect) > 1e-4 })
    }

    @Test("Rows add up to the abscissae, the diagonal is one γ, and the last stage is the step's end")
    func tableau() {
        for (row, abscissa) in zip(ESDIRK43.rows, ESDIRK43.abscissae) {
            #expect(abs(row.reduce(0, +) - abscissa) < 1e-15)
        }
        for row in ESDIRK43.rows.dropFirst() { #expect(row.last == ESDIRK43.gamma) }
        #expect(ESDIRK43.weights == ESDIRK43.rows[5])
    }

    /// R(z) of y' = λ y with z = λ Δt, on the complex plane as (re, im).
    private func stability(_ re: Double, _ im: Double) -> Double {
        typealias Complex = SIMD2<Double>
        func times(_ x: Complex, _ y: Complex) -> Complex { Complex(x.x * y.x - x.y * y.y, x.x * y.y + x.y * y.x) }
        func over(_ x: Complex, _ y: Complex) -> Complex {
            times(x, Complex(y.x, -y.y)) / (y.x * y.x + y.y * y.y)
        }
        let z = Complex(re, im)
        var stages: [Complex] = [Complex(1, 0)]
        for stage in 1..<6 {
            var sum = Complex(1, 0)
            for earlier in 0..<stage { sum += ESDIRK43.rows[stage][earlier] * times(z, stages[earlier]) }
            stages.append(over(sum, Complex(1, 0) - 0.25 * z))
        }
        return (stages[5] * stages[5]).sum().squareRoot()
    }

    @Test("A-stable on the imaginary axis and damping at infinity: L-stable")
    func lStability() {
        for exponent in stride(from: -3.0, through: 6.0, by: 0.01) {
            #expect(stability(0, pow(10, exponent)) <= 1 + 1e-12)
        }
        #expect(stability(-1e8, 0) < 1e-6)
        #expect(stability(-1e4, 1e5) < 1e-3)
    }
}
