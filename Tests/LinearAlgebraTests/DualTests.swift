import Foundation
import LinearAlgebra
import Testing

@Suite struct DualTests {
    /// (x² exp(x) - 3x) / (2 + x), whose derivative the test knows in closed form.
    private func law<S: LawScalar>(_ x: S) -> S { (x * x * S.exp(x) - 3 * x) / (2 + x) }

    @Test("One derivative follows the chain rule", arguments: [-1.5, -0.3, 0, 0.7, 2.4])
    func derivative(x: Double) {
        let dual = law(Dual<Double>.variable(x))
        let numerator = x * x * exp(x) - 3 * x
        let slope = ((2 * x + x * x) * exp(x) - 3) / (2 + x) - numerator / ((2 + x) * (2 + x))
        #expect(dual.value == law(x))
        #expect(abs(dual.partials - slope) <= 1e-14 * max(1, abs(slope)))
    }

    @Test("Several derivatives are those of one input at a time")
    func severalInputs() {
        typealias Two = Dual<SIMD2<Double>>
        let x = Two(0.7, partials: SIMD2(1, 0))
        let y = Two(-1.3, partials: SIMD2(0, 1))
        let product = x * y + Two.exp(x) / y
        let e = exp(0.7)
        #expect(abs(product.partials.x - (-1.3 + e / -1.3)) < 1e-15)
        #expect(abs(product.partials.y - (0.7 - e / 1.69)) < 1e-15)
    }

    @Test("A constant has no derivative")
    func constant() {
        #expect(law(Dual<Double>(0.4)).partials == 0)
    }
}
