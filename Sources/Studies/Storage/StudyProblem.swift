import SystemFiles
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

    /// A call of the system that failed.
    package init(_ error: SystemFileError) {
        // What a lock answers on a file system that has none.
        guard [ENOLCK, EOPNOTSUPP, ENOSYS].contains(error.code) else {
            self.init("\(error)", isOfOutput: error.isOfDisk)
            return
        }
        self.init(
            "\(error); this file system has no locks, without which two processes could work on the same points: take "
                + "an --output on another one, or have this one mounted with locks (for Lustre the option `flock`)")
    }
}

/// Does work on files of a study; what the system refuses is a problem of the study.
func onFiles<Value>(_ work: () throws(SystemFileError) -> Value) throws(StudyProblem) -> Value {
    do throws(SystemFileError) { return try work() } catch { throw StudyProblem(error) }
}
