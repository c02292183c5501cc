import Foundation
import Formulas
import LinearAlgebra
import Materials
import Testing

@Suite("The potential of a cathode") struct OpenCircuitTests {
    private func potential(_ text: String, _ range: ClosedRange<Double> = 0.2...0.9) throws -> OpenCircuitPotential {
        let formula = try Formula(parsing: text, variables: OpenCircuitPotential.variables)
        return try OpenCircuitPotential(formula, lithiumFraction: range, specificCapacity: 7.2e5)
    }

    @Test("A formula gives the potential and its slope")
    func formula() throws {
        let law = try potential("4.4 - 0.8 * s - 0.05 * tanh(18 * (s - 0.55))")
        for s in [0.2, 0.5, 0.9] {
            let found = law(lithiumFraction: Dual<Double>.variable(s))
            let value: Double = 4.4 - 0.8 * s - 0.05 * tanh(18 * (s - 0.55))
            let slope: Double = -0.8 - 0.9 / (cosh(18 * (s - 0.55)) * cosh(18 * (s - 0.55)))
            #expect(abs(found.value - value) < 1e-14)
            #expect(abs(found.partials - slope) < 1e-13)
            #expect(law(lithiumFraction: s) == found.value)
        }
        #expect(law.lithiumFraction == 0.2...0.9 && law.specificCapacity == 7.2e5)
    }

    @Test(
        "A formula that is no potential of a cathode is refused with the place",
        arguments: [
            ("4 + s", "U goes from 4.2 V at s = 0.2 to 4.9 V at s = 0.9, expected a fall"),
            ("4", "expected a fall towards more lithium"),
            ("4 - 0.1 / (s - 0.2)", "U is -inf at s = 0.2, expected a finite potential"),
            ("4 - s + log(0.8 - s)", "expected a finite potential"),
        ])
    func refusal(text: String, sentence: String) throws {
        #expect {
            try potential(text)
        } throws: { error in
            "\(error)".contains(sentence) && !"\(error)".hasSuffix(".")
        }
    }
}
