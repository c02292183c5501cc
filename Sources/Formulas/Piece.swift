import Foundation
import LinearAlgebra

/// The instructions of a part of a formula while it is being parsed.
struct Piece {
    var code: [Instruction]

    static func constant(_ number: Double) -> Piece { Piece(code: [Instruction(.load, .constant(number))]) }
    static func variable(_ index: Int) -> Piece { Piece(code: [Instruction(.load, .variable(index))]) }

    /// The value of a part that depends on no variable.
    var constant: Double? {
        guard code.count == 1, case .constant(let number) = code[0].operand else { return nil }
        return number
    }

    /// Whether the part is one constant or one variable.
    private var isAtom: Bool { code.count == 1 }

    /// Joins `self operation other`, folding what is constant.
    mutating func join(_ operation: Instruction.Operation, _ other: Piece) {
        if let left = constant {
            if let right = other.constant {
                self = .constant(Self.fold(operation, left, right))
                return
            }
            if let swapped = Self.swapped(operation) {
                code = other.code
                code.append(Instruction(swapped, .constant(left)))
                return
            }
        }
        if other.isAtom {
            code.append(Instruction(operation, other.code[0].operand))
        } else {
            code.append(Instruction(operation, .group))
            code += other.code
            code.append(Instruction(.end))
        }
    }

    mutating func negate() {
        if let number = constant { self = .constant(-number) } else { join(.multiply, .constant(-1)) }
    }

    mutating func apply(_ function: Function) {
        if let number = constant {
            self = .constant(function(number))
        } else {
            code.append(Instruction(.apply(function)))
        }
    }

    /// Raises to a constant power.
    mutating func raise(to exponent: Double) {
        let whole = Int(exactly: exponent).flatMap { abs($0) <= 64 ? $0 : nil }
        if let number = constant {
            self = .constant(whole.map { wholePower(number, $0) } ?? pow(number, exponent))
        } else {
            code.append(Instruction(whole.map { .wholePower($0) } ?? .constantPower(exponent)))
        }
    }

    /// The operation with a constant on its left written as one on the right.
    private static func swapped(_ operation: Instruction.Operation) -> Instruction.Operation? {
        switch operation {
        case .add, .multiply: operation
        case .subtract: .subtractFrom
        case .divide: .divideInto
        default: nil
        }
    }

    private static func fold(_ operation: Instruction.Operation, _ left: Double, _ right: Double) -> Double {
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        default: pow(left, right)
        }
    }
}
