import Formulas
import Foundation

extension KeyReader {
    /// How the current is spread along the electrolyte: a formula of the place x over the width; nil after a mistake.
    func currentProfile(isDisk: Bool) -> Formula? {
        let name = "current_profile"
        let text = text(
            name, example: "1 + 0.5 * x", default: "1",
            "How the current is spread along the electrolyte, in any unit: a formula of x, the place over the width, 0 on the "
                + "axis of a strip or a disk and 1 at its side, 0 to 1 over the period of a periodic strip; it is scaled to the "
                + "mean `current_density` of each step. + - * / ^, parentheses, exp, log (natural), log10, sqrt, sinh, tanh, "
                + "asinh, pi.")
        guard let text else { return nil }
        let formula: Formula
        do {
            formula = try Formula(parsing: text, variables: ["x"])
        } catch {
            let place = entry(name)?.value.place(ofCharacter: error.offset)
            context.report(place ?? location, "`\(name)`: \(error.message)")
            return nil
        }
        return isProfile(formula, isDisk: isDisk, name: name) ? formula : nil
    }

    /// Whether a formula is finite at 201 places and its mean positive; what is wrong is noted.
    private func isProfile(_ formula: Formula, isDisk: Bool, name: String) -> Bool {
        var (sum, size) = (0.0, 0.0)
        for index in 0...200 {
            let x = Double(index) / 200
            let value: Double = formula.evaluate { _ in x }
            guard value.isFinite else {
                problem(name, "the current is not a finite number at x = \(shown(x)); it must be one from x = 0 to 1")
                return false
            }
            // Trapezoids; the area of a ring grows with its radius.
            let weight: Double = (index == 0 || index == 200 ? 0.5 : 1) * (isDisk ? x : 1)
            sum += weight * value
            size += weight * abs(value)
        }
        guard sum > 1e-9 * size else {
            problem(
                name,
                "the mean of the current is not positive, and it is scaled to `current_density`; give a formula with a positive mean"
            )
            return false
        }
        return true
    }
}

extension Formula {
    /// The value at a place in m of a body whose width in m is given.
    func profile(overWidth width: Double) -> @Sendable (Double) -> Double {
        { position in evaluate { _ in position / width } }
    }
}
