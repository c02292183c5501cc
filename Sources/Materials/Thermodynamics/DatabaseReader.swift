import Formulas

/// Reads the commands of a database file one by one.
struct DatabaseReader {
    let path: String
    private(set) var elements: Set<String> = ["VA", "/-"]
    /// The elements of each species.
    private(set) var species: [String: Set<String>] = [:]
    private(set) var phases: [DatabasePhase] = []
    private(set) var parameters: [DatabaseParameter.Key: DatabaseParameter] = [:]
    private(set) var functions: FunctionTable
    private(set) var phaseIndices: [String: Int] = [:]

    /// The most sublattices of a phase.
    static let maximumSublattices = 10
    /// The most pieces of a function.
    static let maximumPieces = 40
    /// The range of a function whose file does not give it, K.
    private static let defaultRange = (lower: 298.15, upper: 6000.0)

    init(_ bytes: [UInt8], path: String) throws(DatabaseError) {
        self.path = path
        functions = FunctionTable(path: path)
        guard bytes.count <= ThermodynamicDatabase.largestSize else {
            throw DatabaseError(
                path: path, line: 0,
                "the file has \(bytes.count) bytes, at most \(ThermodynamicDatabase.largestSize) are read")
        }
        var commands = DatabaseCommandSequence(bytes, path: path)
        while let command = try commands.next() { try read(command) }
        try checkPhases()
        for (key, parameter) in parameters {
            let problem = parameter.problem ?? problem(of: parameter)
            parameters[key]?.problem = problem
        }
        try functions.checkCycles()
    }

    private mutating func read(_ command: DatabaseCommand) throws(DatabaseError) {
        var scanner = CommandScanner(command, path: path)
        switch command.keyword {
        case .element: try readElement(&scanner)
        case .species: try readSpecies(&scanner)
        case .function: try readFunction(&scanner, line: command.line)
        case .phase: try readPhase(&scanner, line: command.line)
        case .constituent: try readConstituents(&scanner)
        case .parameter: try readParameter(&scanner, line: command.line)
        default: return
        }
    }

    // MARK: Commands

    /// `ELEMENT LI BCC_A2 6.941 4623.3 29.095`
    private mutating func readElement(_ scanner: inout CommandScanner) throws(DatabaseError) {
        let name = try scanner.word("the name of an element")
        guard name.count <= 2 else { throw scanner.error("`\(name.prefix(40))` is not the name of an element") }
        _ = try scanner.word("the reference phase of \(name)")
        for what in ["the molar mass", "H(298.15 K) - H(0 K)", "S(298.15 K)"] where scanner.peek() != nil {
            _ = try scanner.number("\(what) of \(name)")
        }
        try scanner.end(of: "ELEMENT \(name)")
        let isNew = elements.insert(name).inserted || name == "VA" || name == "/-"
        guard isNew else { throw scanner.error("the element \(name) is there twice") }
    }

    /// `SPECIES MG2SN MG2SN1`, `SPECIES C2-1 C2/-1`
    private mutating func readSpecies(_ scanner: inout CommandScanner) throws(DatabaseError) {
        let name = try scanner.word("the name of a species")
        let formula = Array(try scanner.word("the formula of \(name)"))
        try scanner.end(of: "SPECIES \(name)")
        var members: Set<String> = []
        var position = 0
        while position < formula.count, formula[position] != "/" {
            let two = String(formula[position...].prefix(2))
            let one = String(formula[position])
            guard let element = [two, one].first(where: elements.contains) else {
                throw scanner.error("the formula `\(String(formula))` of \(name) has no element at `\(two)`")
            }
            members.insert(element)
            position += element.count
            while position < formula.count, formula[position].isNumber || formula[position] == "." { position += 1 }
        }
        guard species.updateValue(members, forKey: name) == nil else {
            throw scanner.error("the species \(name) is there twice")
        }
    }

    /// `FUNCTION GHSERLI 200 expr; 453.6 Y expr; 3000 N`
    private mutating func readFunction(_ scanner: inout CommandScanner, line: Int) throws(DatabaseError) {
        let name = try scanner.word("the name of a function", stops: [","])
        let function = try temperatureFunction(&scanner, name: "FUNCTION \(name)", line: line)
        guard let earlier = functions.functions.updateValue(function, forKey: name) else { return }
        throw DatabaseError(
            path: path, line: line, "FUNCTION \(name) is there twice, first on line \(earlier.line)")
    }

    /// `PHASE BCC_A2 % 2 1 3`
    private mutating func readPhase(_ scanner: inout CommandScanner, line: Int) throws(DatabaseError) {
        let word = try scanner.word("the name of a phase").split(separator: ":", maxSplits: 1)
        guard let name = word.first.map(String.init) else { throw scanner.error("expected the name of a phase") }
        _ = try scanner.word("the type codes of \(name)")
        let count = try scanner.number("the number of sublattices of \(name)")
        guard let sublattices = Int(exactly: count), (1...Self.maximumSublattices).contains(sublattices) else {
            throw scanner.error(
                "\(name) has \(count) sublattices, which should be a whole number up to \(Self.maximumSublattices)")
        }
        var sites: [Double] = []
        for _ in 0..<sublattices { sites.append(try scanner.number("the sites of each sublattice of \(name)")) }
        guard sites.allSatisfy({ $0 > 0 }) else { throw scanner.error("the sites of \(name) are not all positive") }
        if scanner.peek() != ">" { try scanner.end(of: "PHASE \(name)") }
        guard phaseIndices.updateValue(phases.count, forKey: name) == nil else {
            throw DatabaseError(path: path, line: line, "PHASE \(name) is there twice")
        }
        phases.append(DatabasePhase(name: name, line: line, kind: word.dropFirst().first?.first, sites: sites))
    }

    /// `CONSTITUENT BCC_A2 : LI%,MG : VA :`
    private mutating func readConstituents(_ scanner: inout CommandScanner) throws(DatabaseError) {
        let name = try scanner.word("the name of a phase", stops: [":"])
        guard let index = phaseIndices[name] else { throw unknownPhase(name, scanner) }
        var lists = [try constituents(&scanner, of: name)]
        while scanner.peek() != nil { lists.append(try constituents(&scanner, of: name)) }
        // the last colon closes the last list; the first word may be the letter of the kind, as in `LIQUID:L : LI,MG :`
        if lists.last == [] { lists.removeLast() }
        let phase = phases[index]
        if lists.count == phase.sites.count + 1, let letter = lists[0].first, lists[0].count == 1, letter.count == 1 {
            phases[index].kind = phase.kind ?? letter.first
            lists.removeFirst()
        }
        guard lists.count == phase.sites.count, lists.allSatisfy({ !$0.isEmpty }) else {
            throw scanner.error(
                "\(name) has \(phase.sites.count) sublattices, its CONSTITUENT lists \(lists.count) (each needs one or more)"
            )
        }
        guard phase.constituents.isEmpty else { throw scanner.error("CONSTITUENT \(name) is there twice") }
        for constituent in lists.joined() where !isKnown(constituent) {
            throw scanner.error("`\(constituent)` in CONSTITUENT \(name) is neither an ELEMENT nor a SPECIES")
        }
        phases[index].constituents = lists
    }

    /// A colon and the constituents after it.
    private func constituents(_ scanner: inout CommandScanner, of name: String) throws(DatabaseError) -> [String] {
        try scanner.expect(":", after: "the constituents of \(name)")
        var list: [String] = []
        while let next = scanner.peek(), next != ":" {
            if scanner.skip(",") || scanner.skip("%") { continue }
            list.append(try scanner.word("a constituent", stops: [",", ":", "%"]))
        }
        return list
    }

    /// `PARAMETER G(BCC_A2,LI,MG:VA;0) 298.15 expr; 6000 N REF`
    private mutating func readParameter(_ scanner: inout CommandScanner, line: Int) throws(DatabaseError) {
        let (written, key) = try parameterKey(&scanner)
        let array = key.constituents.map { $0.joined(separator: ",") }.joined(separator: ":")
        let name = "PARAMETER \(written)(\(key.phase),\(array);\(key.order))"
        let function = try temperatureFunction(&scanner, name: name, line: line)
        if let earlier = parameters[key] {
            parameters[key]?.problem = earlier.problem ?? "is there twice, also on line \(line)"
        } else {
            parameters[key] = DatabaseParameter(key: key, function: function)
        }
    }

    /// The kind as it is written, and the key with `L` taken for `G`.
    private func parameterKey(
        _ scanner: inout CommandScanner
    ) throws(DatabaseError) -> (written: String, key: DatabaseParameter.Key) {
        let kind = try scanner.word("the kind of a parameter, such as `G`", stops: ["("])
        try scanner.expect("(", after: "the kind \(kind.prefix(40)) of a parameter")
        let phase = try scanner.word("the name of a phase", stops: [",", "&", ")", ";"])
        let diffusing = scanner.skip("&") ? try scanner.word("a constituent", stops: [",", ")", ";"]) : nil
        try scanner.expect(",", after: "the phase \(phase.prefix(40))")
        var lists: [[String]] = [[]]
        while let next = scanner.peek(), next != ";" && next != ")" {
            if scanner.skip(",") { continue }
            if scanner.skip(":") {
                lists.append([])
            } else {
                let word = try scanner.word("a constituent", stops: [",", ":", ";", ")", "%"])
                _ = scanner.skip("%")
                lists[lists.count - 1].append(word)
            }
        }
        var order = 0
        if scanner.skip(";") {
            let number = try scanner.number("the order of the parameter", stops: [")"])
            guard let whole = Int(exactly: number), (0...99).contains(whole) else {
                throw scanner.error("the order of a parameter is a whole number from 0 to 99, not \(number)")
            }
            order = whole
        }
        try scanner.expect(")", after: "the constituents of a parameter")
        let key = DatabaseParameter.Key(
            kind: kind == "L" ? "G" : kind, phase: phase, diffusing: diffusing, constituents: lists.map { $0.sorted() },
            order: order)
        return (kind, key)
    }

    /// `T0 expr; T1 Y expr; T2 N REF`, where a comma stands for a temperature that is left out.
    private func temperatureFunction(
        _ scanner: inout CommandScanner, name: String, line: Int
    ) throws(DatabaseError) -> TemperatureFunction {
        let lower = scanner.isAtNumber() ? try scanner.temperature() : Self.defaultRange.lower
        while scanner.skip(",") {}
        var last = lower
        var pieces: [TemperatureFunction.Piece] = []
        while true {
            let (text, textLine) = try scanner.expression()
            let expression = try expression(text, line: textLine, of: name)
            while scanner.skip(",") {}
            let upper = scanner.isAtNumber() ? try scanner.temperature() : Self.defaultRange.upper
            while scanner.skip(",") {}
            guard upper > last else {
                throw scanner.error("the temperatures of \(name) should increase, \(upper) K follows \(last) K")
            }
            pieces.append(TemperatureFunction.Piece(upper: upper, expression: expression))
            guard pieces.count <= Self.maximumPieces else {
                throw scanner.error("\(name) has more than \(Self.maximumPieces) temperature ranges")
            }
            last = upper
            if scanner.skip("N") || scanner.skip("n") { break }
            guard scanner.skip("Y") || scanner.skip("y") else {
                throw scanner.error("expected `Y` or `N` after \(upper) K of \(name), found \(scanner.found())")
            }
        }
        _ = scanner.word()
        try scanner.end(of: name)
        return TemperatureFunction(name: name, line: line, lower: lower, pieces: pieces)
    }

    private func expression(_ text: String, line: Int, of name: String) throws(DatabaseError) -> Formula {
        do {
            return try Formula(parsingWithAnyNames: text, dialect: .database)
        } catch {
            let lines = text.prefix(error.offset).count { $0 == "\n" }
            throw DatabaseError(path: path, line: line + lines, "\(error.message) in \(name)")
        }
    }
}
