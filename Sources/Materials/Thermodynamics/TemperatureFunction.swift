import Formulas

/// A function of temperature in pieces, as a FUNCTION or PARAMETER command gives it: `T0 expr; T1 Y expr; T2 N`.
struct TemperatureFunction: Sendable, Hashable {
    /// One expression and the temperature in K up to which it holds.
    struct Piece: Sendable, Hashable {
        var upper: Double
        var expression: Formula
    }

    /// The name in messages, such as ``FUNCTION GHSERLI``.
    let name: String
    /// The line of the command.
    let line: Int
    /// The temperature in K from which the first piece holds.
    let lower: Double
    /// The pieces, by temperature.
    let pieces: [Piece]

    /// The names of all functions and variables used.
    var names: Set<String> { Set(pieces.flatMap(\.expression.variables)) }

    /// Whether the function is the number zero.
    var isZero: Bool { pieces.allSatisfy { $0.expression.constant == 0 } }

    /// The expression at a temperature; at a joint that of the upper piece. Outside the range it is `nil`, or that of the
    /// nearest piece.
    func expression(at temperature: Double, extrapolates: Bool) -> Formula? {
        guard let last = pieces.last, extrapolates || (temperature >= lower && temperature <= last.upper) else {
            return nil
        }
        return (pieces.first { temperature < $0.upper } ?? last).expression
    }
}
