extension String {
    /// The text as a shell needs it to be one word, in single quotes where it holds more than plain characters.
    public var shellWord: String {
        let safe = allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,+".contains($0)) }
        return safe && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}
