/// Why a thermodynamic database cannot be read, or cannot give what was asked of it.
public struct DatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the file.
    public let path: String
    /// The line of the file that is at fault, from 1; 0 when no single line is.
    public let line: Int
    /// What is wrong, in one sentence without a full stop.
    public let message: String

    /// An error with its place and its sentence.
    public init(path: String, line: Int, _ message: String) {
        self.path = path
        self.line = line
        self.message = message
    }

    /// `path:line: message`
    public var description: String { line > 0 ? "\(path):\(line): \(message)" : "\(path): \(message)" }
}
