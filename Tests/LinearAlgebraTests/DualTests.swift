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

    /// A sum in which each function of ``LawScalar`` appears.
    private func functions<S: LawScalar>(_ x: S) -> S {
        S.log(x) * S.sinh(0.7 * x) - S.tanh(x / 3) + S.asinh(x) / (x + 1) + S.pow(x, 2.3) - S.sqrt(x) * (-x)
    }

    @Test("The functions have the derivatives that central differences give", arguments: [0.2, 1, 1.7, 4])
    func functionDerivatives(x: Double) {
        let dual = functions(Dual<Double>.variable(x))
        let h = 1e-5 * x
        let difference = (functions(x + h) - functions(x - h)) / (2 * h)
        #expect(dual.value == functions(x))
        #expect(abs(dual.partials / difference - 1) < 1e-8)
    }

    @Test("A power above one is flat at zero, and the power zero is flat everywhere")
    func powersAtZero() {
        #expect(Dual.pow(Dual<Double>.variable(0), 6.56).partials == 0)
        #expect(Dual.pow(Dual<Double>.variable(0), 0).partials == 0)
    }

    @Test("A constant has no derivative")
    func constant() {
        #expect(law(Dual<Double>(0.4)).partials == 0)
    }
}
