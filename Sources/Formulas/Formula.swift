import LinearAlgebra

/// A formula given as text, parsed once and evaluated for any scalar without allocation.
///
/// Numbers (`1`, `.5`, `5.`, `1.0E+28`), `+ - * /`, powers `^` or `**`, parentheses, the constant `pi` and the functions
/// exp, log (= ln, natural), log10, sqrt, sinh, tanh and asinh. Powers bind tightest and to the right, then the sign, then
/// `* /`, then `+ -`: `-2^2` is -4 and `2^3^2` is 512.
///
/// Constants are folded. A constant exponent that is whole and within ±64 is done by multiplication, so the base may have
/// either sign; any other constant exponent is `LawScalar.pow`; an exponent that varies is exp(b log a), so the base must
/// then be positive.
public struct Formula: Sendable, Hashable {
    /// What distinguishes the formulas of one kind of file from those of another.
    public enum Dialect: Sendable, Hashable {
        /// Names are case-sensitive.
        case formula
        /// Names are not case-sensitive and stand in capitals in ``variables``; a `#` after a name says nothing more, as in
        /// the files of thermodynamic databases. There is no `pi`.
        case database
    }

    /// A formula may have this many characters at most.
    public static let maximumLength = 20_000
    /// Parentheses, functions, signs and powers may be nested this deep at most.
    public static let maximumDepth = 64

    /// The names that stand for variables, in the order of their indices.
    public let variables: [String]
    /// The indices of the variables that the formula depends on, ascending.
    public let usedVariables: [Int]
    @usableFromInline let code: [Instruction]

    /// Parses a formula of the given variables.
    ///
    /// - Throws: ``FormulaError`` for a text that is not a formula, an unknown name, a constant part that is not finite,
    ///   or a text beyond ``maximumLength`` or ``maximumDepth``.
    public init(
        parsing text: String, variables: [String], dialect: Dialect = .formula
    ) throws(FormulaError) {
        try self.init(Parser(text, dialect: dialect, names: variables, isOpen: false))
    }

    /// Parses a formula in which every name that is not a constant is a variable; ``variables`` lists them as they occur.
    ///
    /// - Throws: ``FormulaError`` as ``init(parsing:variables:dialect:)``, without the unknown names.
    public init(parsingWithAnyNames text: String, dialect: Dialect = .formula) throws(FormulaError) {
        try self.init(Parser(text, dialect: dialect, names: [], isOpen: true))
    }

    private init(_ parser: consuming Parser) throws(FormulaError) {
        let piece = try parser.parse()
        variables = parser.names
        code = piece.code
        let used = code.compactMap { if case .variable(let index) = $0.operand { index } else { nil } }
        usedVariables = Set(used).sorted()
    }

    /// The number that the formula is when it depends on no variable.
    public var constant: Double? {
        guard code.count == 1, case .constant(let number) = code[0].operand else { return nil }
        return number
    }

    /// The value of the formula; `value` gives the variable of an index.
    @inlinable
    public func evaluate<S: LawScalar>(_ value: (Int) -> S) -> S {
        var position = 0
        return run(from: &position, value)
    }

    /// Runs the instructions of one group, up to its end.
    @inlinable
    func run<S: LawScalar>(from position: inout Int, _ value: (Int) -> S) -> S {
        var accumulator = operand(at: &position, value)
        while position < code.count {
            switch code[position].operation {
            case .add: accumulator = accumulator + operand(at: &position, value)
            case .subtract: accumulator = accumulator - operand(at: &position, value)
            case .multiply:
                if case .constant(let factor) = code[position].operand {
                    position += 1
                    accumulator = factor * accumulator
                } else {
                    accumulator = accumulator * operand(at: &position, value)
                }
            case .divide: accumulator = accumulator / operand(at: &position, value)
            case .subtractFrom: accumulator = operand(at: &position, value) - accumulator
            case .divideInto: accumulator = operand(at: &position, value) / accumulator
            case .power: accumulator = S.exp(operand(at: &position, value) * S.log(accumulator))
            case .wholePower(let exponent):
                position += 1
                accumulator = wholePower(accumulator, exponent)
            case .constantPower(let exponent):
                position += 1
                accumulator = S.pow(accumulator, exponent)
            case .apply(let function):
                position += 1
                accumulator = function(accumulator)
            case .load: accumulator = operand(at: &position, value)
            case .end:
                position += 1
                return accumulator
            }
        }
        return accumulator
    }

    /// The operand of an instruction; leaves `position` after it.
    @inlinable
    func operand<S: LawScalar>(at position: inout Int, _ value: (Int) -> S) -> S {
        let operand = code[position].operand
        position += 1
        switch operand {
        case .constant(let number): return S(number)
        case .variable(let index): return value(index)
        case .group, .none: return run(from: &position, value)
        }
    }
}
