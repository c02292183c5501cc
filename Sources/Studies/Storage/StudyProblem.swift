internal import Glibc

/// A study directory that cannot be used, or a file in it that cannot be read or written, and why.
public struct StudyProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence for the user: which file, what was found and what to do.
    public let description: String

    /// A problem in one sentence.
    public init(_ description: String) { self.description = description }

    /// A call of the system that failed just now.
    ///
    /// - Parameter failed: what cannot be done, such as `cannot be written`.
    static func system(_ path: String, _ failed: String, code: Int32 = errno) -> StudyProblem {
        StudyProblem("\(path): the file \(failed) (\(String(cString: strerror(code))))")
    }
}
