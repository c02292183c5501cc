import Cases

/// Ends the process, which libFuzzer takes for a crash, unless a condition holds.
func require(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { fatalError(what()) }
}

/// The lines of a text and their lengths, to hold places against.
struct Lines {
    private let lengths: [Int]

    init(_ bytes: [UInt8]) {
        lengths = String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).map(\.unicodeScalars.count)
    }

    /// Whether a place lies in the text, or just behind a line of it.
    func contain(line: Int, column: Int) -> Bool {
        lengths.indices.contains(line - 1) && (1...lengths[line - 1] + 1).contains(column)
    }
}

/// Requires one problem or more, each with a sentence, and with a place within the text where it is of the file at `path`.
func requirePlaces(of errors: CaseErrors, in bytes: [UInt8], of path: String) {
    require(!errors.problems.isEmpty, "there are no problems in the error")
    let lines = Lines(bytes)
    for problem in errors.problems {
        require(!problem.message.isEmpty, "\(problem) has no sentence")
        if case .file(path, let line, let column) = problem.location {
            require(lines.contain(line: line, column: column), "\(problem) is not a place in the text")
        }
    }
}
