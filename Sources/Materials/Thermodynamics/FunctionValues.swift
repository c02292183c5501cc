import LinearAlgebra
import Quantities

/// The values of functions at one temperature, each computed once.
struct FunctionValues<S: LawScalar> {
    private let table: FunctionTable
    private let temperature: S
    private let extrapolates: Bool
    private var values: [String: S]

    /// Values at a temperature in K; with `extrapolates` a function that ends before it goes on as it ended.
    init(_ table: FunctionTable, temperature: S, extrapolates: Bool = false) {
        self.table = table
        self.temperature = temperature
        self.extrapolates = extrapolates
        values = ["T": temperature]
        if table.functions["R"] == nil { values["R"] = S(Constants.gasConstant) }
    }

    /// The value of a function.
    ///
    /// - Throws: ``DatabaseError`` outside its range, or where it uses what has no value here.
    mutating func value(of function: TemperatureFunction) throws(DatabaseError) -> S {
        guard let expression = function.expression(at: temperature.primal, extrapolates: extrapolates) else {
            let upper = function.pieces.last?.upper ?? function.lower
            throw DatabaseError(
                path: table.path, line: function.line,
                "\(function.name) holds from \(function.lower) K to \(upper) K, not at \(temperature.primal) K")
        }
        var inputs: [S] = []
        for name in expression.variables { inputs.append(try value(of: name, for: function)) }
        return expression.evaluate { inputs[$0] }
    }

    private mutating func value(of name: String, for user: TemperatureFunction) throws(DatabaseError) -> S {
        if let value = values[name] { return value }
        guard let function = table.functions[name] else {
            throw DatabaseError(
                path: table.path, line: user.line, "\(user.name) uses `\(name)`, which has no value here")
        }
        let value = try value(of: function)
        values[name] = value
        return value
    }
}
