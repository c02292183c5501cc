import LinearAlgebra

/// One step of a formula on a machine with a single accumulator a.
///
/// A step is "a = a operation operand". Where the operand is a whole subexpression, its own steps follow, up to an `end`, and
/// are run with an accumulator of their own. So a sum of any length runs in one loop, and only the nesting of the text nests
/// the evaluation.
@usableFromInline
struct Instruction: Sendable, Hashable {
    @usableFromInline
    enum Operation: Sendable, Hashable {
        case load, add, subtract, multiply, divide
        /// a = operand - a
        case subtractFrom
        /// a = operand / a
        case divideInto
        /// a = exp(operand log a)
        case power
        /// a = a^n by repeated multiplication
        case wholePower(Int)
        /// a = a^p
        case constantPower(Double)
        case apply(Function)
        case end
    }

    @usableFromInline
    enum Operand: Sendable, Hashable {
        case none
        case constant(Double)
        case variable(Int)
        case group
    }

    @usableFromInline var operation: Operation
    @usableFromInline var operand: Operand

    init(_ operation: Operation, _ operand: Operand = .none) {
        self.operation = operation
        self.operand = operand
    }
}

/// The functions that a formula may call.
@usableFromInline
enum Function: String, Sendable, Hashable, CaseIterable {
    case exp, log, ln, log10, sqrt, sinh, tanh, asinh

    @inlinable
    func callAsFunction<S: LawScalar>(_ x: S) -> S {
        switch self {
        case .exp: S.exp(x)
        case .log, .ln: S.log(x)
        // log10 x = log x / log 10
        case .log10: 0.43429448190325182765 * S.log(x)
        case .sqrt: S.sqrt(x)
        case .sinh: S.sinh(x)
        case .tanh: S.tanh(x)
        case .asinh: S.asinh(x)
        }
    }
}

/// x^n by squaring; n may be negative.
@inlinable
func wholePower<S: LawScalar>(_ x: S, _ exponent: Int) -> S {
    var remaining = exponent.magnitude
    var square = x
    var product: S?
    while remaining > 0 {
        if remaining & 1 == 1 { product = product.map { $0 * square } ?? square }
        remaining >>= 1
        if remaining > 0 { square = square * square }
    }
    guard let product else { return S(1) }
    return exponent < 0 ? 1 / product : product
}
