internal import Glibc

/// A study directory that cannot be used, or a file in it that cannot be read or written, and why.
public struct StudyProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence for the user: which file, what was found and what to do.
    public let description: String

    /// Whether a file of the study could not be written: nothing is wrong with what the user gave.
    public let isOfOutput: Bool

    /// A problem in one sentence.
    public init(_ description: String, isOfOutput: Bool = false) {
        self.description = description
        self.isOfOutput = isOfOutput
    }

    /// A call of the system that failed just now.
    ///
    /// - Parameter failed: what cannot be done, such as `cannot be written`.
    static func system(_ path: String, _ failed: String, code: Int32 = errno) -> StudyProblem {
        StudyProblem(
            "\(path): the file \(failed) (\(String(cString: strerror(code))))",
            isOfOutput: code == ENOSPC || code == EDQUOT || code == EIO || code == EFBIG)
    }
}
