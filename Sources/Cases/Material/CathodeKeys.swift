import Formulas
import Materials
import Quantities

// Cathodes.
extension KeyReader {
    func openCircuit() -> Stated<OpenCircuitPotential>? {
        law("open_circuit", "Potential of a cathode in equilibrium against Li/Li+ over the lithium fraction s.") {
            keys in
            let formula = keys.potentialFormula()
            let ends = keys.quantities(
                "lithium_fraction", .dimensionless, example: "[0.27, 0.91]", range: .from("0", to: "1"),
                "Lithium fractions s of the charged and the discharged cathode, between which the formula is stated.")
            keys.keepList("lithium_fraction", "Lithium fractions s of the charged and the discharged cathode.")
            let capacity = keys.parameter(
                "specific_capacity", .chargePerMass, example: "200 mAh/g",
                range: .above("0 mAh/g", upTo: "1e5 mAh/g"),
                "Charge per mass of active material between the two lithium fractions.")
            guard let formula, !ends.isEmpty, areKnown(capacity) else { return nil }
            guard ends.count == 2, ends[0] < ends[1] else {
                keys.problem(
                    "lithium_fraction",
                    "expected two values, that of the charged cathode first and lower, such as `[0.27, 0.91]`")
                return nil
            }
            do throws(OpenCircuitPotential.Invalid) {
                return try OpenCircuitPotential(
                    formula, lithiumFraction: ends[0]...ends[1], specificCapacity: capacity)
            } catch {
                keys.problem("formula", error.description)
                return nil
            }
        }
    }

    private func potentialFormula() -> Formula? {
        let text = text(
            "formula", example: "4.4 - 0.8 * s", isRequired: true,
            "U in V, with s the lithium in the host over the most that it can hold; + - * / ^, parentheses, exp, log (natural), "
                + "log10, sqrt, sinh, tanh, asinh, pi.")
        guard let text, let node = entry("formula")?.value else { return nil }
        do {
            return try Formula(parsing: text, variables: OpenCircuitPotential.variables)
        } catch {
            context.report(node.place(ofCharacter: error.offset), "`formula`: \(error.message)")
            return nil
        }
    }
}
