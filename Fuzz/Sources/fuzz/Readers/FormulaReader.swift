import Formulas
import LinearAlgebra

/// Formulas of both dialects: the value is the same for any scalar and each time.
@Sendable func readFormula(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let known = ["T", "x", "c"]
    hold(text) { () throws(FormulaError) in try Formula(parsing: text, variables: known) }
    hold(text) { () throws(FormulaError) in try Formula(parsingWithAnyNames: text, dialect: .database) }
}

private func hold(_ text: String, _ parse: () throws(FormulaError) -> Formula) {
    do throws(FormulaError) {
        let formula = try parse()
        require(formula == (try? parse()), "`\(text)` is another formula when read again")
        require(formula.constant?.isFinite ?? true, "`\(text)` is not finite")
        for point in [0.3, 298.15] {
            let value: Double = formula.evaluate { point + Double($0) }
            let dual: Dual<Double> = formula.evaluate { Dual(point + Double($0)) }
            let isSame = value.bitPattern == dual.value.bitPattern || (value.isNaN && dual.value.isNaN)
            require(isSame, "`\(text)` is \(value) and \(dual.value)")
        }
    } catch {
        require((0...text.count).contains(error.offset), "the offset \(error.offset) in `\(text)`")
        require(!error.message.isEmpty, "an error without a sentence")
    }
}
