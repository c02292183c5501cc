import Quantities

/// The functions of a database, by name.
struct FunctionTable: Sendable, Hashable {
    /// The name of the file, for messages.
    let path: String
    var functions: [String: TemperatureFunction] = [:]

    /// Functions may use functions that use functions this often.
    static let maximumDepth = 64
    /// The names that need no FUNCTION.
    static let builtIn: Set<String> = ["T", "P", "R"]

    /// Refuses names without a FUNCTION, in some functions or in those that they use.
    func checkNames(of users: [TemperatureFunction]) throws(DatabaseError) {
        for function in users + closure(of: users).values.sorted(by: { ($0.line, $0.name) < ($1.line, $1.name) }) {
            for name in function.names.sorted() where functions[name] == nil && !Self.builtIn.contains(name) {
                let hint = closestMatch(to: name, among: functions.keys.sorted()).map { ", did you mean `\($0)`" } ?? ""
                throw DatabaseError(
                    path: path, line: function.line, "\(function.name) uses `\(name)`, which no FUNCTION defines\(hint)"
                )
            }
        }
    }

    /// Refuses functions that use themselves, directly or through others.
    func checkCycles() throws(DatabaseError) {
        var depths: [String: Int] = [:]
        for name in functions.keys.sorted() { _ = try depth(of: name, above: [], known: &depths) }
    }

    /// How deep the functions nest below a name.
    private func depth(
        of name: String, above: [String], known: inout [String: Int]
    ) throws(DatabaseError) -> Int {
        if let depth = known[name] { return depth }
        guard let function = functions[name] else { return 0 }
        if let start = above.firstIndex(of: name) {
            let circle = (above[start...] + [name]).joined(separator: " uses ")
            throw DatabaseError(path: path, line: function.line, "functions go in a circle: \(circle)")
        }
        var depth = 0
        for used in function.names.sorted() where above.count <= Self.maximumDepth {
            depth = max(depth, try self.depth(of: used, above: above + [name], known: &known) + 1)
        }
        guard depth <= Self.maximumDepth, above.count <= Self.maximumDepth else {
            throw DatabaseError(
                path: path, line: function.line, "functions use each other more than \(Self.maximumDepth) deep here")
        }
        known[name] = depth
        return depth
    }

    /// The functions that a set of functions uses, directly or through others.
    func closure(of users: [TemperatureFunction]) -> [String: TemperatureFunction] {
        var found: [String: TemperatureFunction] = [:]
        var pending = users.flatMap(\.names)
        while let name = pending.popLast() {
            guard found[name] == nil, let function = functions[name] else { continue }
            found[name] = function
            pending += function.names
        }
        return found
    }

    /// The temperatures in K at which a function and all it uses hold, from its lowest on; `nil` when there are none.
    func range(of function: TemperatureFunction) -> ClosedRange<Double>? {
        var known: [String: ClosedRange<Double>?] = [:]
        return range(of: function, known: &known)
    }

    private func range(
        of function: TemperatureFunction, known: inout [String: ClosedRange<Double>?]
    ) -> ClosedRange<Double>? {
        if let range = known[function.name] { return range }
        var result: ClosedRange<Double>?
        var start = function.lower
        for piece in function.pieces {
            var (lower, upper) = (start, piece.upper)
            for name in piece.expression.variables {
                guard let used = functions[name] else { continue }
                let range = range(of: used, known: &known)
                lower = max(lower, range?.lowerBound ?? .infinity)
                upper = min(upper, range?.upperBound ?? -.infinity)
            }
            start = piece.upper
            if let before = result, lower > before.upperBound { break }
            if lower <= upper { result = (result?.lowerBound ?? lower)...upper }
            if result != nil && upper < piece.upper { break }
        }
        known[function.name] = .some(result)
        return result
    }
}
