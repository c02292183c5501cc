import Formulas
import Foundation
import TestSupport
import Testing

/// A formula as a tree that is evaluated directly.
private indirect enum Tree {
    case number(Double)
    case variable(Int)
    case negative(Tree)
    case operation(Character, Tree, Tree)
    case power(Tree, Int)
    case call(String, Tree)

    static func random(depth: Int, _ random: inout SplitMix) -> Tree {
        if depth == 0 || Int.random(in: 0..<8, using: &random) == 0 {
            return Bool.random(using: &random)
                ? .variable(Int.random(in: 0..<3, using: &random))
                : .number(Double(Int.random(in: 1...99, using: &random)) / 8)
        }
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return .negative(.random(depth: depth - 1, &random))
        case 1: return .power(.random(depth: depth - 1, &random), Int.random(in: -2...3, using: &random))
        case 2:
            let name = ["exp", "tanh", "asinh", "sinh"].randomElement(using: &random) ?? "exp"
            return .call(name, .random(depth: depth - 1, &random))
        default:
            let symbol = Array("+-*/").randomElement(using: &random) ?? "+"
            return .operation(symbol, .random(depth: depth - 1, &random), .random(depth: depth - 1, &random))
        }
    }

    /// With as few parentheses as precedence allows; `level` is the binding strength asked for by the surroundings.
    func text(level: Int = 0) -> String {
        let (own, inner): (Int, String)
        switch self {
        case .number(let value): return value.description
        case .variable(let index): return ["a", "b", "c"][index]
        case .call(let name, let tree): return "\(name)(\(tree.text()))"
        case .negative(let tree): (own, inner) = (3, "-\(tree.text(level: 3))")
        case .power(let tree, let exponent): (own, inner) = (4, "\(tree.text(level: 5))^\(exponent)")
        case .operation(let symbol, let left, let right):
            own = "+-".contains(symbol) ? 1 : 2
            inner = "\(left.text(level: own)) \(symbol) \(right.text(level: own + 1))"
        }
        return own < level ? "(\(inner))" : inner
    }

    func value(_ variables: [Double]) -> Double {
        switch self {
        case .number(let value): return value
        case .variable(let index): return variables[index]
        case .negative(let tree): return -tree.value(variables)
        case .power(let tree, let exponent): return pow(tree.value(variables), Double(exponent))
        case .call(let name, let tree):
            let x = tree.value(variables)
            return name == "exp" ? exp(x) : name == "tanh" ? tanh(x) : name == "asinh" ? asinh(x) : sinh(x)
        case .operation(let symbol, let left, let right):
            let (x, y) = (left.value(variables), right.value(variables))
            return symbol == "+" ? x + y : symbol == "-" ? x - y : symbol == "*" ? x * y : x / y
        }
    }
}

@Suite struct RandomFormulaTests {
    @Test("Random trees, printed and parsed, have the value of the tree")
    func trees() throws {
        var random = SplitMix(state: 20_261)
        var compared = 0
        for round in 0..<4000 {
            let tree = Tree.random(depth: 2 + round % 5, &random)
            let variables = (0..<3).map { _ in Double.random(in: -2...2, using: &random) }
            let expected = tree.value(variables)
            guard let formula = try? Formula(parsing: tree.text(), variables: ["a", "b", "c"]) else {
                // Refused are only constant parts without a finite value, such as 1/(2 - 2).
                #expect(throws: FormulaError.self) {
                    try Formula(parsing: tree.text(), variables: ["a", "b", "c"])
                }
                continue
            }
            let found = formula.evaluate { variables[$0] }
            guard expected.isFinite, abs(expected) < 1e100 else { continue }
            // A rounding of one part in 1e15 grows with the derivatives, so the bound is that of a perturbed tree.
            let shifted = tree.value(variables.map { $0 * (1 + 1e-14) })
            let sensitivity = abs(shifted - expected)
            #expect(abs(found - expected) <= 1e-12 * abs(expected) + 100 * sensitivity + 1e-13, "\(tree.text())")
            compared += 1
        }
        #expect(compared > 3000)
    }

    @Test("A sum of thousands of terms is neither nested nor slow")
    func longSum() throws {
        let text = Array(repeating: "a*2", count: 4900).joined(separator: "+")
        let formula = try Formula(parsing: text, variables: ["a"])
        #expect(formula.evaluate { _ in 0.5 } == 4900)
    }

    @Test("Length and nesting are bounded, up to the bound they work")
    func limits() throws {
        func nest(_ open: String, _ inner: String, _ close: String, _ count: Int) -> String {
            String(repeating: open, count: count) + inner + String(repeating: close, count: count)
        }
        let bound = Formula.maximumDepth
        for (open, inner, close) in [("(", "1", ")"), ("exp(", "-a", ")"), ("a*(1+", "a", ")"), ("a^", "a", "")] {
            #expect(throws: Never.self) {
                try Formula(parsing: nest(open, inner, close, bound), variables: ["a"])
            }
            let error = #expect(throws: FormulaError.self) {
                try Formula(parsing: nest(open, inner, close, bound + 1), variables: ["a"])
            }
            #expect(error?.message.contains("nested more than \(bound) deep") == true)
        }
        #expect(failure(of: String(repeating: "-", count: 10_000) + "1") == nil)
        let long = failure(of: String(repeating: "x", count: Formula.maximumLength + 1))
        #expect(long?.offset == Formula.maximumLength)
    }

    @Test("Random text is parsed or refused within its own length")
    func hostile() {
        var random = SplitMix(state: 7)
        let alphabet = Array("xy01.eE+-*/^()# ,;!é\n\t\u{0}explogsqrt🙂")
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...24, using: &random)
            let text = String((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
            let error = failure(of: text)
            #expect(error.map { (0...text.count).contains($0.offset) } ?? true)
        }
    }
}
