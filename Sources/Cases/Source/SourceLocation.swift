/// Where a piece of a case came from, for messages.
public enum SourceLocation: Sendable, Hashable, CustomStringConvertible {
    /// A place in a file; line and column count from 1.
    case file(path: String, line: Int, column: Int)
    /// A `--set` argument, in full.
    case override(String)

    /// `case.yaml:3:14` or the argument.
    public var description: String {
        switch self {
        case .file(let path, let line, let column): "\(path):\(line):\(column)"
        case .override(let argument): "--set \(argument)"
        }
    }

    /// The file; nil for an argument.
    var file: String? {
        if case .file(let path, _, _) = self { path } else { nil }
    }

    /// The folder of the file; nil for an argument, and for a file in the current directory.
    var folder: String? {
        guard let file, let slash = file.lastIndex(of: "/") else { return nil }
        return String(file[..<slash])
    }

    /// The same place moved right by a number of characters within its line.
    func moved(by characters: Int) -> SourceLocation {
        switch self {
        case .file(let path, let line, let column): .file(path: path, line: line, column: column + characters)
        case .override: self
        }
    }
}

/// One thing that is wrong with a case.
public struct CaseProblem: Sendable, Hashable, CustomStringConvertible {
    /// Where.
    public let location: SourceLocation
    /// What was found, what was expected and what to do, in one sentence.
    public let message: String

    /// A problem at a place. What the message quotes of the file is kept on its line and off the terminal's controls.
    public init(_ location: SourceLocation, _ message: String) {
        self.location = location
        self.message = String(String.UnicodeScalarView(message.unicodeScalars.map { $0.isControl ? " " : $0 }))
    }

    /// `case.yaml:3:14: error: ...`
    public var description: String { "\(location): error: \(message)" }
}

/// Everything that is wrong with a case, in the order of the file.
public struct CaseErrors: Error, Sendable, CustomStringConvertible {
    /// The problems; one at least.
    public let problems: [CaseProblem]

    init(_ problems: [CaseProblem]) { self.problems = problems }
    init(_ location: SourceLocation, _ message: String) { self.init([CaseProblem(location, message)]) }

    /// One problem a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
